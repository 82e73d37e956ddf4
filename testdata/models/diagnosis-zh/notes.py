"""Measure diagnosis-zh on notes as a server reads them: facts read from the parents' text instead of annotated symptoms.

    /usr/bin/python3 testdata/models/diagnosis-zh/notes.py --data PATH/zh-diagnosis --write notes.ndjson
    java -jar plugin/server/target/auspex-server.jar facts notes.ndjson > facts.jsonl
    /usr/bin/python3 testdata/models/diagnosis-zh/notes.py --data PATH/zh-diagnosis --facts facts.jsonl \
        --weights testdata/models/diagnosis-zh/1.0.0/model.pt --out testdata/models/diagnosis-zh/1.0.0/notes.json

Only DXY has text: the parents' report, and the report with their answers. The second step reads it by the vocabularies and rules of a server; the third
makes inputs of what was read by the card's rules. The test part is that of train.py, and what is chosen is chosen by folds of the training part.
"""
import argparse
import base64
import json
import re
import sys

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import torch  # noqa: E402

import data  # noqa: E402
from baselines import LogisticRegression, Majority, NearestNeighbours, features, softmax  # noqa: E402
from network import Network, train  # noqa: E402
from train import CLASSES, draws, fit, folds, interval, places  # noqa: E402

TEXTS = ("report", "report and answers")

# The other names in the card that count for an input.
ALSO = {"cough": ["dry-cough"], "fever": ["low-grade-fever", "high-fever"], "diarrhoea": ["watery-stools"]}
# Of the network that was shipped; not chosen anew.
PENALTY = 0.001
YES, NO = ("present", "historical"), ("negated",)


def texts(case):
    """The two texts of a case of DXY."""
    return {"report": case["text"].split("\n")[0], "report and answers": case["text"]}


def write(cases, path: str) -> None:
    """A DocumentReference on each line for each case and text."""
    with open(path, "w", encoding="utf-8") as f:
        for i, case in enumerate(cases):
            for kind, text in enumerate(texts(case).values()):
                content = {"contentType": "text/plain; charset=utf-8", "data": base64.b64encode(text.encode()).decode()}
                f.write(json.dumps({"resourceType": "DocumentReference", "id": f"{i}-{kind}", "status": "current",
                                    "date": "2020-01-01T00:00:00Z", "content": [{"attachment": content}]}) + "\n")


def read(path: str, count: int):
    """For each text float32 [N, inputs] by the card's rules: 1 stated, 0 denied, NaN neither or both."""
    said = {}
    with open(path, encoding="utf-8") as f:
        for line in map(json.loads, f):
            if line["outcome"] != "unreadable":
                said.setdefault(line["document"].split("/")[1], {}).setdefault(line["concept"], set()).add(line["assertion"])
    columns = data.symptoms()
    values = np.full((len(TEXTS), count, len(columns)), np.nan, dtype=np.float32)
    for i in range(count):
        for kind in range(len(TEXTS)):
            stated = said.get(f"{i}-{kind}", {})
            for j, (_, concept, _) in enumerate(columns):
                # Of each thing what is said one way; of several things "stated" outweighs "denied", as the card takes them.
                answers = [answer(stated.get(name, set())) for name in [concept, *ALSO.get(concept, [])]]
                known = [a for a in answers if a is not None]
                if known:
                    values[kind, i, j] = max(known)
    return dict(zip(TEXTS, values))


def answer(assertions):
    yes, no = any(a in YES for a in assertions), any(a in NO for a in assertions)
    return None if yes == no else float(yes)


def without_names(text: str) -> str:
    """Without the names of the diagnoses, which parents sometimes write: they would give the answer away."""
    return re.sub("过敏性鼻炎|鼻炎|上呼吸道感染|上感|感冒|肺炎|手足口病?|支气管炎|消化不良", "〇", text)


class WithCharacters(LogisticRegression):
    """Logistic regression on read facts and pairs of characters that occur in at least five training texts."""

    LEAST = 5

    def fit_texts(self, values, written, truth, classes, inner):
        pairs = {}
        for text in map(without_names, written):
            for pair in {text[i:i + 2] for i in range(len(text) - 1)}:
                pairs[pair] = pairs.get(pair, 0) + 1
        self.pairs = sorted(p for p, n in pairs.items() if n >= self.LEAST)
        return self.fit(self.joined(values, written), truth, classes, inner)

    def joined(self, values, written):
        """[N, inputs + pairs]; a pair is stated or, as it cannot be denied, not mentioned."""
        has = np.array([[1.0 if p in text else np.nan for p in self.pairs] for text in map(without_names, written)],
                       np.float32)
        return np.concatenate([values, has], axis=1)



def answers(rows, test, annotated_rows):
    """Probabilities of every model for read test rows. rows, test: (values, written, truth, groups)."""
    values, written, truth, groups = rows
    seen, text, _, _ = test
    a_values, a_truth, a_groups = annotated_rows
    both = np.concatenate([a_values, values]), np.concatenate([a_truth, truth]), np.concatenate([a_groups, groups])
    characters = WithCharacters().fit_texts(values, written, truth, CLASSES, folds(groups, 4, 7))
    return {
        "logistic regression": fit(LogisticRegression, a_values, a_truth, a_groups).probabilities(seen),
        "nearest neighbours": fit(NearestNeighbours, a_values, a_truth, a_groups).probabilities(seen),
        "majority": fit(Majority, a_values, a_truth, a_groups).probabilities(seen),
        "logistic regression, read rows too": fit(LogisticRegression, *both).probabilities(seen),
        "network, read rows too": Network.answer(train(both[0], both[1], CLASSES, PENALTY, Network.SEED), seen),
        "logistic regression, read rows of DXY alone": fit(LogisticRegression, values, truth, groups).probabilities(seen),
        "logistic regression, read rows of DXY alone and characters":
            softmax(features(characters.joined(seen, text)) @ characters.weights),
    }


def figures(place, groups, base: str):
    drawn = draws(groups)
    shown = {}
    for name, at in place.items():
        shown[name] = {f"top{k}": interval((at <= k).astype(float), drawn) for k in (1, 3)}
        if name != base:
            shown[name]["top1 less " + base] = interval(
                (at <= 1).astype(float) - (place[base] <= 1).astype(float), drawn)
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the folder zh-diagnosis")
    parser.add_argument("--write", help="where to write the notes as DocumentReferences")
    parser.add_argument("--facts", help="what the command `facts` printed for them")
    parser.add_argument("--weights", help="the model's weights")
    parser.add_argument("--out", help="where to write the figures")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    cases = data.read(arguments.data)
    own = np.array([case["set"] == "dxy" for case in cases])
    dxy = [case for case in cases if case["set"] == "dxy"]
    if arguments.write:
        write(dxy, arguments.write)
        return
    all_groups, all_truth = data.groups(cases), np.array([case["truth"] for case in cases])
    annotated, held = data.matrix(cases), data.is_test(data.groups(cases))
    groups, truth, test = all_groups[own], all_truth[own], held[own]
    seen = read(arguments.facts, len(dxy))
    net = torch.jit.load(arguments.weights)
    result = {"rows": {"training": int((~test).sum()), "test": int(test.sum())}}
    for kind in TEXTS:
        values, written = seen[kind], np.array([texts(case)[kind] for case in dxy])
        marked = data.matrix(dxy, asked=kind != "report")
        found = ~np.isnan(values[test])
        result[kind] = {
            "factsOfAnnotated": {
                "annotated": int((~np.isnan(marked[test])).sum()), "read": int(found.sum()),
                "same": int((values[test] == marked[test]).sum()),
                "nothingKnown": int((~found.any(1)).sum())},
        }
        # Out of fold within the training part: what is chosen is chosen here.
        inner = {}
        for fold_train, fold_test in folds(groups[~test], 5, 100):
            rows = tuple(x[~test][fold_train] for x in (values, written, truth, groups))
            kept = ~held & ~np.isin(all_groups, groups[~test][fold_test])
            check = tuple(x[~test][fold_test] for x in (values, written, truth, groups))
            for name, p in answers(rows, check, (annotated[kept], all_truth[kept], all_groups[kept])).items():
                inner.setdefault(name, np.zeros((~test).sum(), int))[fold_test] = places(p, check[2])
        result[kind]["innerFolds"] = figures(inner, groups[~test], "logistic regression")
        print(kind, json.dumps(result[kind], indent=1), flush=True)
        rows = tuple(x[~test] for x in (values, written, truth, groups))
        checked = tuple(x[test] for x in (values, written, truth, groups))
        p = {"network": Network.answer(net, values[test]),
             **answers(rows, checked, (annotated[~held], all_truth[~held], all_groups[~held]))}
        p["network, annotated symptoms"] = Network.answer(net, marked[test])
        result[kind]["test"] = figures({n: places(q, truth[test]) for n, q in p.items()}, groups[test],
                                       "logistic regression")
        known = found.any(1)
        result[kind]["testWhereSomethingIsKnown"] = {"rows": int(known.sum()), **figures(
            {n: places(q, truth[test])[known] for n, q in p.items()}, groups[test][known], "logistic regression")}
    with open(arguments.out, "w") as f:
        json.dump(result, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
