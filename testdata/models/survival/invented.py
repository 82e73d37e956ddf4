"""Made-up patients for the golden cases, none of them in the data: (description, inputs by the card's names).

Code: Apache-2.0.
"""


def _gbsg(hormonal, size, postmenopausal, age, nodes, pgr, er):
    return {"hormonalTherapy": hormonal, "tumourSize": size, "postmenopausal": postmenopausal, "age": age,
            "positiveNodes": nodes, "progesteroneReceptor": pgr, "oestrogenReceptor": er}


def _support(age, sex, others, diabetes, dementia, cancer, pressure, rate, breaths, temperature, sodium, cells,
             creatinine):
    return {"age": age, "sex": sex, "otherDiseases": others, "diabetes": diabetes, "dementia": dementia,
            "cancer": cancer, "meanPressure": pressure, "heartRate": rate, "respiration": breaths,
            "temperature": temperature, "sodium": sodium, "leukocytes": cells, "creatinine": creatinine}


def _metabric(*given):
    return dict(zip(["x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "age"], given))


PATIENTS = {
    "gbsg": [
        ("One node, small tumour, receptors rich", _gbsg("yes", "20 mm or less", "yes", 58, 1, 220, 310)),
        ("Three nodes, in between", _gbsg("no", "21 to 50 mm", "no", 44, 3, 35, 48)),
        ("Many nodes, large tumour, no receptors", _gbsg("no", "over 50 mm", "yes", 67, 16, 0, 2)),
        ("Far outside, taken at the edge of the data", _gbsg("no", "over 50 mm", "yes", 89, 60, 9000, 9000)),
    ],
    "support": [
        ("Forty, no other disease, stable", _support(
            40, "female", 0, "no", "no", "none", 88, 84, 18, 36.9, 138, 8.4, 0.9)),
        ("Seventy, diabetic, creatinine raised", _support(
            71, "male", 2, "yes", "no", "none", 66, 112, 26, 38.1, 134, 15.2, 2.3)),
        ("Metastatic cancer in old age", _support(
            79, "male", 1, "no", "no", "metastatic", 60, 124, 30, 36.1, 131, 21.0, 1.6)),
        ("Localised cancer with dementia", _support(
            83, "female", 3, "no", "yes", "localised", 71, 96, 22, 37.2, 141, 9.9, 1.1)),
    ],
    "metabric": [
        ("Young, low x3", _metabric(5.6, 7.2, 10.2, 5.5, "yes", "yes", "no", "yes", 46)),
        ("In between", _metabric(6.1, 5.8, 10.7, 5.9, "yes", "no", "no", "yes", 63)),
        ("Old, high x2 and x3", _metabric(8.4, 5.2, 13.9, 6.6, "no", "no", "no", "no", 82)),
    ],
}
