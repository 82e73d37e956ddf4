"""The clinical variables of tki-response: what the card asks for, and how the made-up patients get them.

Numbers: (name, LOINC codes, UCUM unit, mean, standard deviation, plausible low, high, weight).
Yes or no: (name, criteria, share, weight). The weights are the planted signal: what one standard
deviation (or a yes) adds to the made-up patient's log odds of response. Most are 0.

The values are plausible for adults with lung cancer, and nothing more: no real patient stands behind
any of them. Code: Apache-2.0.
"""
LOINC = "http://loinc.org|"
SNOMED = "http://snomed.info/sct|"
OURS = "https://auspex-fhir.org/fhir/CodeSystem/measurement|"

NUMBERS = [
    ("performanceStatus", [LOINC + "89247-1"], "{score}", 1.0, 0.8, 0, 4, -0.45),
    ("bodyMassIndex", [LOINC + "39156-5"], "kg/m2", 24.5, 4.0, 10, 70, 0.0),
    ("weight", [LOINC + "29463-7"], "kg", 68.0, 13.0, 25, 250, 0.0),
    ("heartRate", [LOINC + "8867-4"], "/min", 80.0, 13.0, 20, 250, 0.0),
    ("systolicPressure", [LOINC + "8480-6"], "mm[Hg]", 128.0, 17.0, 40, 300, 0.0),
    ("saturation", [LOINC + "59408-5", LOINC + "2708-6"], "%", 96.0, 2.0, 40, 100, 0.0),
    ("hemoglobin", [LOINC + "718-7"], "g/dL", 12.8, 1.6, 3, 25, 0.0),
    ("leukocytes", [LOINC + "6690-2"], "10*3/uL", 7.8, 2.4, 0.1, 200, 0.0),
    ("neutrophils", [LOINC + "751-8"], "10*3/uL", 5.2, 2.0, 0, 150, -0.35),
    ("lymphocytes", [LOINC + "731-0"], "10*3/uL", 1.6, 0.5, 0, 100, 0.35),
    ("monocytes", [LOINC + "742-7"], "10*3/uL", 0.6, 0.2, 0, 50, 0.0),
    ("eosinophils", [LOINC + "711-2"], "10*3/uL", 0.2, 0.1, 0, 50, 0.0),
    ("platelets", [LOINC + "777-3"], "10*3/uL", 265.0, 80.0, 1, 3000, 0.0),
    ("sodium", [LOINC + "2951-2"], "mmol/L", 138.5, 3.0, 90, 200, 0.0),
    ("potassium", [LOINC + "2823-3"], "mmol/L", 4.2, 0.4, 1, 12, 0.0),
    ("calcium", [LOINC + "17861-6"], "mg/dL", 9.4, 0.6, 2, 25, 0.0),
    ("urea", [LOINC + "3094-0"], "mg/dL", 16.0, 5.0, 1, 300, 0.0),
    ("glucose", [LOINC + "2345-7"], "mg/dL", 108.0, 25.0, 10, 2000, 0.0),
    ("totalProtein", [LOINC + "2885-2"], "g/dL", 7.0, 0.6, 1, 20, 0.0),
    ("albumin", [LOINC + "1751-7"], "g/dL", 3.8, 0.5, 0.5, 8, 0.45),
    ("totalBilirubin", [LOINC + "1975-2"], "mg/dL", 0.6, 0.3, 0, 80, 0.0),
    ("alanineAminotransferase", [LOINC + "1742-6"], "U/L", 26.0, 13.0, 0, 20000, 0.0),
    ("aspartateAminotransferase", [LOINC + "1920-8"], "U/L", 27.0, 12.0, 0, 20000, 0.0),
    ("alkalinePhosphatase", [LOINC + "6768-6"], "U/L", 95.0, 35.0, 0, 10000, 0.0),
    ("gammaGlutamylTransferase", [LOINC + "2324-2"], "U/L", 40.0, 25.0, 0, 10000, 0.0),
    ("lactateDehydrogenase", [LOINC + "2532-0"], "U/L", 240.0, 80.0, 10, 20000, -0.45),
    ("cReactiveProtein", [LOINC + "1988-5"], "mg/L", 14.0, 10.0, 0, 1000, 0.0),
    ("ferritin", [LOINC + "2276-4"], "ng/mL", 230.0, 140.0, 0, 100000, 0.0),
    ("carcinoembryonicAntigen", [LOINC + "2039-6"], "ng/mL", 18.0, 12.0, 0, 100000, 0.0),
    ("internationalNormalizedRatio", [LOINC + "6301-6"], "1", 1.05, 0.12, 0.5, 20, 0.0),
    ("pdL1TumourProportion", [OURS + "pd-l1-tumour-proportion-score"], "%", 25.0, 20.0, 0, 100, -0.25),
    ("largestLesion", [OURS + "largest-lesion-diameter"], "mm", 42.0, 18.0, 1, 400, -0.3),
    ("metastaticSites", [OURS + "metastatic-site-count"], "1", 2.0, 1.1, 0, 30, 0.0),
]
FLAGS = [
    ("exon19Deletion", f"Observation?code={OURS}egfr-exon-19-deletion", 0.5, 0.9),
    ("tp53Alteration", f"Observation?code={OURS}tp53-alteration", 0.45, -0.7),
    ("brainMetastases", f"Condition?code={SNOMED}94225005", 0.3, 0.0),
    ("liverMetastases", f"Condition?code={SNOMED}94381002", 0.2, -0.9),
    ("boneMetastases", f"Condition?code={SNOMED}94222008", 0.35, 0.0),
    ("pleuralEffusion", f"Condition?code={SNOMED}60046008", 0.25, 0.0),
    ("hypertension", f"Condition?code={SNOMED}38341003", 0.35, 0.0),
    ("obstructiveLungDisease", f"Condition?code={SNOMED}13645005", 0.2, 0.0),
]
# Answered yes or no by an Observation, so that they can be unknown. A Condition is there or it is not.
ANSWERED = ("exon19Deletion", "tp53Alteration")
AGE = ("age", "a", 63.0, 10.0, 18, 120)

# The order of the columns that the network reads; the slide has one too, which says whether there is any.
COLUMNS = ["slide", "age", "sex"] + [row[0] for row in NUMBERS] + [row[0] for row in FLAGS]
