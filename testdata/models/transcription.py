"""A second transcription of SCORE2, SCORE2-OP and PREVENT, made apart from the cards, to compare with them.

    python3 testdata/models/transcription.py FOLDER
    java -jar plugin/server/target/auspex-server.jar check FOLDER/score2/1.0.0
    java -jar plugin/server/target/auspex-server.jar check FOLDER/prevent/1.0.0

Copies both models to FOLDER with 600 random patients each in place of their golden cases; `check` then says whether card and
transcription agree within 0.0000001. Coefficients: SCORE2 working group, SCORE2-OP working group, Eur Heart J 2021;42, supplements;
Khan SS et al. Circulation 2024;149:430-449, supplement. Needs only Python 3. This code: Apache-2.0.
"""
import json
import math
import os
import random
import shutil
import sys

SEED, PATIENTS = 20261127, 600
HERE = os.path.dirname(os.path.abspath(__file__))
REGIONS = ["low", "moderate", "high", "very-high"]

# age, smoking, pressure, total and HDL cholesterol; the last four again times age; baseline survival; mean predictor
SCORE2 = {
    "male": [.3742, .6012, .2777, .1458, -.2698, -.0755, -.0255, -.0281, .0426, .9605, 0],
    "female": [.4648, .7744, .3131, .1002, -.2606, -.1088, -.0277, -.0226, .0613, .9776, 0],
}
SCORE2_OP = {
    "male": [.0634, .3524, .0094, .0850, -.3564, -.0247, -.0005, .0073, .0091, .7576, .0929],
    "female": [.0789, .4921, .0102, .0605, -.3040, -.0255, -.0004, -.0009, .0154, .8082, .2290],
}
SCALES = {
    "male": [(-.5699, .7476), (-.1565, .8009), (.3207, .9360), (.5836, .8294)],
    "female": [(-.7380, .7019), (-.3143, .7701), (.5710, .9369), (.9412, .8329)],
}
SCALES_OP = {
    "male": [(-.34, 1.19), (.01, 1.25), (.08, 1.15), (.05, .70)],
    "female": [(-.52, 1.01), (-.10, 1.10), (.38, 1.09), (.38, .69)],
}

# In the order of `terms` below; 0 where an equation has no such term.
PREVENT = {
    ("cvd10", "female"): [
        0.7939329, 0, 0.0305239, -0.1606857, -0.2394003, 0.360078, 0.8667604, 0.5360739, 0.6045917,
        0.0433769, 0.3151672, -0.1477655, -0.0663612, 0.1197879, -0.0819715, 0.0306769, -0.0946348,
        -0.27057, -0.078715, -0.1637806, 0, 0, 0, -3.307728],
    ("cvd10", "male"): [
        0.7688528, 0, 0.0736174, -0.0954431, -0.4347345, 0.3362658, 0.7692857, 0.4386871, 0.5378979,
        0.0164827, 0.288879, -0.1337349, -0.0475924, 0.150273, -0.0517874, 0.0191169, -0.1049477,
        -0.2251948, -0.0895067, -0.1543702, 0, 0, 0, -3.031168],
    ("ascvd10", "female"): [
        0.719883, 0, 0.1176967, -0.151185, -0.0835358, 0.3592852, 0.8348585, 0.4831078, 0.4864619,
        0.0397779, 0.2265309, -0.0592374, -0.0395762, 0.0844423, -0.0567839, 0.0325692, -0.1035985,
        -0.2417542, -0.0791142, -0.1671492, 0, 0, 0, -3.819975],
    ("ascvd10", "male"): [
        0.7099847, 0, 0.1658663, -0.1144285, -0.2837212, 0.3239977, 0.7189597, 0.3956973, 0.3690075,
        0.0203619, 0.2036522, -0.0865581, -0.0322916, 0.114563, -0.0300005, 0.0232747, -0.0927024,
        -0.2018525, -0.0970527, -0.1217081, 0, 0, 0, -3.500655],
    ("hf10", "female"): [
        0.8998235, 0, 0, 0, -0.4559771, 0.3576505, 1.038346, 0.583916, 0.7451638, 0.0557087, 0.3534442, 0,
        -0.0981511, 0, 0, 0, -0.0946663, -0.3581041, -0.1159453, -0.1884289, -0.0072294, 0.2997706,
        -0.003878, -4.310409],
    ("hf10", "male"): [
        0.8972642, 0, 0, 0, -0.6811466, 0.3634461, 0.923776, 0.5023736, 0.6926917, 0.0251827, 0.2980922, 0,
        -0.0497731, 0, 0, 0, -0.1289201, -0.3040924, -0.1401688, -0.1797778, -0.0485841, 0.3726929,
        0.0068126, -3.946391],
    ("cvd30", "female"): [
        0.5503079, -0.0928369, 0.0409794, -0.1663306, -0.1628654, 0.3299505, 0.6793894, 0.3196112,
        0.1857101, 0.0553528, 0.2894, -0.075688, -0.056367, 0.1071019, -0.0751438, 0.0301786, -0.0998776,
        -0.3206166, -0.1607862, -0.1450788, 0, 0, 0, -1.318827],
    ("cvd30", "male"): [
        0.4627309, -0.0984281, 0.0836088, -0.1029824, -0.2140352, 0.2904325, 0.5331276, 0.2141914,
        0.1155556, 0.0603775, 0.232714, -0.0272112, -0.0384488, 0.134192, -0.0511759, 0.0165865, -0.1101437,
        -0.2585943, -0.1566406, -0.1166776, 0, 0, 0, -1.148204],
    ("ascvd30", "female"): [
        0.4669202, -0.0893118, 0.1256901, -0.1542255, -0.0018093, 0.322949, 0.6296707, 0.268292, 0.100106,
        0.0499663, 0.1875292, 0.0152476, -0.0276123, 0.0736147, -0.0521962, 0.0316918, -0.1046101,
        -0.2727793, -0.1530907, -0.1299149, 0, 0, 0, -1.974074],
    ("ascvd30", "male"): [
        0.3994099, -0.0937484, 0.1744643, -0.120203, -0.0665117, 0.2753037, 0.4790257, 0.1782635,
        -0.0218789, 0.0602553, 0.1421182, 0.0135996, -0.0218265, 0.1013148, -0.0312619, 0.020673,
        -0.0920935, -0.2159947, -0.1548811, -0.0712547, 0, 0, 0, -1.736444],
    ("hf30", "female"): [
        0.6254374, -0.0983038, 0, 0, -0.3919241, 0.3142295, 0.8330787, 0.3438651, 0.2981642, 0.0667159,
        0.333921, 0, -0.0893177, 0, 0, 0, -0.0974299, -0.404855, -0.1982991, -0.1564215, 0.0594874,
        0.2525536, -0.0035619, -2.205379],
    ("hf30", "male"): [
        0.5681541, -0.1048388, 0, 0, -0.4761564, 0.30324, 0.6840338, 0.2656273, 0.2541805, 0.0638923,
        0.2583631, 0, -0.0391938, 0, 0, 0, -0.1269124, -0.3273572, -0.2043019, -0.1342618, 0.0833107,
        0.26999, -0.0182831, -1.95751],
}


def score2(patient):
    """The probability of a first event within 10 years, for the inputs of the card."""
    age, sex = patient["age"], patient["sex"]
    region = REGIONS.index(patient["region"])
    smokes = float(patient["smoker"] == "yes")
    pressure, total, hdl = (patient[n] for n in ("systolicPressure", "totalCholesterol", "hdlCholesterol"))
    if age < 70:
        c, (scale1, scale2) = SCORE2[sex], SCALES[sex][region]
        a, x = (age - 60) / 5, [smokes, (pressure - 120) / 20, total - 6, (hdl - 1.3) / 0.5]
    else:
        c, (scale1, scale2) = SCORE2_OP[sex], SCALES_OP[sex][region]
        a, x = age - 73, [smokes, pressure - 150, total - 6, hdl - 1.4]
    predictor = c[0] * a + sum(b * v for b, v in zip(c[1:5], x)) + a * sum(b * v for b, v in zip(c[5:9], x))
    risk = 1 - c[9] ** math.exp(predictor - c[10])
    return 1 - math.exp(-math.exp(scale1 + scale2 * math.log(-math.log(1 - risk))))


def egfr(creatinine, sex, age):
    """CKD-EPI 2021, mL/min/1.73 m2, from mg/dL."""
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1)
    ratio = creatinine / kappa
    return 142 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.2 * 0.9938 ** age * factor


def prevent(output, patient):
    """The probability of one outcome, for the inputs of the card."""
    yes = {n: float(patient[n] == "yes") for n in ("smoker", "diabetes", "antihypertensive", "statin")}
    age, sex = patient["age"], patient["sex"]
    kidney = patient["reportedEgfr"] or egfr(patient["creatinine"], sex, age)
    a = (age - 55) / 10
    non_hdl = (patient["totalCholesterol"] - patient["hdlCholesterol"]) * 0.02586 - 3.5
    hdl = (patient["hdlCholesterol"] * 0.02586 - 1.3) / 0.3
    low = (min(patient["systolicPressure"], 110) - 110) / 20
    high = (max(patient["systolicPressure"], 110) - 130) / 20
    kidney_low, kidney_high = (min(kidney, 60) - 60) / -15, (max(kidney, 60) - 90) / -15
    bmi_low, bmi_high = (min(patient["bmi"], 30) - 25) / 5, (max(patient["bmi"], 30) - 30) / 5
    drug, statin, diabetes, smokes = (yes[n] for n in ("antihypertensive", "statin", "diabetes", "smoker"))
    terms = [a, a * a, non_hdl, hdl, low, high, diabetes, smokes, kidney_low, kidney_high, drug, statin,
             drug * high, statin * non_hdl, a * non_hdl, a * hdl, a * high, a * diabetes, a * smokes,
             a * kidney_low, bmi_low, bmi_high, a * bmi_high, 1]
    return 1 / (1 + math.exp(-sum(c * t for c, t in zip(PREVENT[output, sex], terms))))


def yes_no(generator):
    return generator.choice(["no", "yes"])


def for_score2(g):
    patient = {"region": g.choice(REGIONS), "age": g.randint(40, 89), "sex": g.choice(["female", "male"]),
               "smoker": yes_no(g), "systolicPressure": round(g.uniform(60, 300), 1),
               "totalCholesterol": round(g.uniform(1, 20), 2), "hdlCholesterol": round(g.uniform(0.2, 5), 2),
               "diabetes": "no", "cardiovascularDisease": "no"}
    return patient, {"probability": score2(patient)}


def for_prevent(g):
    reported = g.random() < 0.5
    patient = {"age": g.randint(30, 79), "sex": g.choice(["female", "male"]),
               "totalCholesterol": round(g.uniform(130, 320), 1), "hdlCholesterol": round(g.uniform(20, 100), 1),
               "systolicPressure": round(g.uniform(90, 200), 1), "bmi": round(g.uniform(18.5, 39.9), 1),
               "reportedEgfr": round(g.uniform(15, 140), 1) if reported else None,
               "creatinine": None if reported else round(g.uniform(0.7, 2.5), 2),
               "smoker": yes_no(g), "diabetes": yes_no(g), "antihypertensive": yes_no(g), "statin": yes_no(g),
               "cardiovascularDisease": "no"}
    years = ("10", "30") if patient["age"] <= 59 else ("10",)
    return patient, {"probabilities": {o + y: prevent(o + y, patient) for o in ("cvd", "ascvd", "hf") for y in years}}


def main():
    generator = random.Random(SEED)
    for name, invent in (("score2", for_score2), ("prevent", for_prevent)):
        folder = os.path.join(sys.argv[1], name, "1.0.0")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(os.path.join(HERE, name, "1.0.0"), folder, ignore=shutil.ignore_patterns("golden"))
        os.mkdir(os.path.join(folder, "golden"))
        for number in range(PATIENTS):
            patient, outcome = invent(generator)
            case = {"description": "an invented patient, by another transcription", "inputs": patient,
                    "outcome": outcome, "tolerance": {"absolute": 1e-7, "because": "coefficients have 7 digits"}}
            with open(os.path.join(folder, "golden", f"{number:03d}.json"), "w") as f:
                json.dump(case, f)


if __name__ == "__main__":
    main()
