"""Public texts that the text networks learn from, and the words of our vocabularies in them.

Not read: the validation part of aci-bench and the documents named in ../../notes/facts.tsv, on which facts are counted; and of
the public questions those of topics with an odd number, on which retrieval is measured.
"""
import csv
import html
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../../../../shared/data")
VOCABULARIES = os.path.join(HERE, "../../../plugin/language/src/main/resources/org/auspex/language/facts")
KINDS = ["problem", "finding", "drug", "test", "procedure", "site"]

csv.field_size_limit(sys.maxsize)


def rows(*path):
    with open(os.path.join(DATA, *path), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def annotated(source: str) -> set:
    """The rows of a public file whose facts people annotated, as they are numbered there."""
    with open(os.path.join(HERE, "../../notes/facts.tsv"), encoding="utf-8") as file:
        return {name.split("#")[1].split("/")[0] for name in (line.split("\t")[1] for line in file if line.startswith("document\t"))
                if name.startswith(source)}


def notes():
    """English notes and sections of notes."""
    held = annotated("radiology-reports/")
    texts = [row["note"] for row in rows("clinical-notes", "aci-bench", "train.csv")]
    texts += [row["section_text"] for row in rows("clinical-notes", "mts-dialog", "MTS-Dialog-TrainingSet.csv")]
    for row in rows("radiology-reports", "reports.csv"):
        if row["uid"] not in held:
            texts.append("\n".join(row[key] for key in ("indication", "findings", "impression") if row[key]))
    return texts


def dialogues():
    """Dialogues with the section of a note that was written of each: (dialogue, section)."""
    return [(row["dialogue"], row["section_text"])
            for row in rows("clinical-notes", "mts-dialog", "MTS-Dialog-TrainingSet.csv")]


def chinese():
    """What parents wrote and were asked."""
    held, texts = annotated("zh-diagnosis/"), []
    with open(os.path.join(DATA, "zh-diagnosis", "dxy-dialogues-train.jsonl"), encoding="utf-8") as file:
        for number, line in enumerate(file):
            case = json.loads(line)
            if not {str(number), str(number + 1)} & held:         # whichever they are counted from
                texts.append(case["self_repo"].strip())
                texts += case["dialog"][1:]
    return texts


def questions():
    """Public questions: (topic's file, question, answer), of all topics."""
    folder, found = os.path.join(DATA, "patient-questions"), []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".xml"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            for question, answer in re.findall(r"<Question[^>]*>(.*?)</Question>\s*<Answer>(.*?)</Answer>", text, re.S):
                found.append((name, html.unescape(question).strip(), re.sub(r"\s+", " ", html.unescape(answer)).strip()))
    return found


def is_held_out(name: str) -> bool:
    """The half of the topics on which retrieval is measured: odd numbers."""
    return int(re.sub(r"\D", "", name)) % 2 == 1


def vocabulary():
    """Words of our lists, lower case: {words: (kind, concept)}."""
    found = {}
    for name in ("vocabulary.tsv", "general.tsv", "paediatrics.tsv"):
        with open(os.path.join(VOCABULARIES, name), encoding="utf-8") as file:
            for line in file:
                if line.startswith("#"):
                    continue
                kind, concept, _, english, chinese = (line.rstrip("\n").split("\t") + [""] * 5)[:5]
                for said in (english + "|" + chinese).lower().split("|"):
                    if len(said) > 1 and kind in KINDS:
                        found.setdefault(said, (kind, concept))
    return found


def sentences(text: str):
    """Roughly, for training."""
    return [part for part in re.split(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n+", text) if len(part) > 3]
