"""The two public sets as symptoms that are said, denied or not mentioned, and their fixed split."""
import csv
import hashlib
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))

# The card's choices, in its order, and how the sets write them.
DISEASES = [
    ("allergic-rhinitis", "过敏性鼻炎"),
    ("upper-respiratory-infection", "上呼吸道感染"),
    ("pneumonia", "肺炎"),
    ("hand-foot-mouth-disease", "小儿手足口病"),
    ("infantile-diarrhoea", "小儿腹泻"),
    ("bronchitis", "小儿支气管炎"),
    ("dyspepsia", "小儿消化不良"),
]
SETS = ("dxy", "mz4")


def symptoms():
    """The card's inputs in its order: (name, concept, {set: the slots that mean it})."""
    with open(os.path.join(HERE, "symptoms.tsv"), encoding="utf-8") as f:
        lines = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return [(name, concept, {s: [slot for slot in slots.split("|") if slot] for s, slots in zip(SETS, both)})
            for name, concept, *both in lines]


def read(folder: str):
    """Every case of both sets: dictionaries of set, truth (its number), said ({slot: bool}), asked and text.

    `said` is what the patient's own report holds, `asked` what came out when asked. `text` is the report and the patient's
    answers; the doctor's turns are left out, because they ask what nobody said and the last one names the disease.
    """
    names = [name for _, name in DISEASES]
    cases = []
    for s in SETS:
        with open(os.path.join(folder, f"{s}-train.jsonl"), encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        texts = [""] * len(rows)
        if s == "dxy":
            with open(os.path.join(folder, "dxy-dialogues-train.jsonl"), encoding="utf-8") as f:
                texts = ["\n".join(turn.strip() for turn in json.loads(line)["dialog"][::2]) for line in f]
        for row, text in zip(rows, texts):
            cases.append({"set": s, "truth": names.index(row["disease_tag"]), "said": row["explicit_inform_slots"],
                          "asked": row["implicit_inform_slots"], "text": text})
    return cases


def matrix(cases, asked: bool = True):
    """float32 [N, inputs]: 1 said, 0 denied, NaN not mentioned. What is said of one slot outweighs what is denied of another."""
    columns = symptoms()
    values = np.full((len(cases), len(columns)), np.nan, dtype=np.float32)
    for i, case in enumerate(cases):
        slots = {**case["said"], **(case["asked"] if asked else {})}
        for j, (_, _, by_set) in enumerate(columns):
            answers = [slots[slot] for slot in by_set[case["set"]] if slot in slots]
            if answers:
                values[i, j] = float(any(answers))
    return values


def groups(cases):
    """A number for each case; cases of the same symptoms have the same, and are never divided between training and test."""
    keys = [json.dumps([case["set"], sorted({**case["said"], **case["asked"]}.items())], ensure_ascii=False)
            for case in cases]
    return np.array([int(hashlib.sha256(key.encode()).hexdigest(), 16) % (1 << 62) for key in keys])


def is_test(numbers):
    """A fifth of the groups, by their hash alone; nothing is chosen or fitted on them."""
    return numbers % 5 == 0


def write_table(cases, values, path: str) -> None:
    """A table for `evaluate`: a column for each input, the set, the text and the diagnosis."""
    with open(path, "w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow([name for name, _, _ in symptoms()] + ["set", "text", "diagnosis"])
        for case, row in zip(cases, values):
            cells = ["" if np.isnan(v) else str(int(v)) for v in row]
            writer.writerow(cells + [case["set"], case["text"], DISEASES[case["truth"]][1]])
