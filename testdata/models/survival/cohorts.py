"""The three cohorts: their columns, the times of the curve, and the horizons at which risks are named.

Times, horizons and bands are round numbers; the times lie so that every interval holds some of the
events. `sex`, `cancer` and `race` of SUPPORT are coded by numbers that the file does not explain;
what the first two mean was inferred from how common each code is. Code: Apache-2.0.
"""
import csv
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Column:
    """A column of the file. kind: number, logarithm (skewed: log(1 + x) is used), flag (0 or 1) or code (0, 1, 2)."""
    name: str
    input: str
    kind: str
    known: tuple = ()          # for flag and code: the names of 0, 1, 2


@dataclass(frozen=True)
class Cohort:
    name: str
    unit: str                  # UCUM
    columns: tuple             # what the network sees
    times: tuple               # of the curve; its end is where prediction stops
    horizons: tuple            # the last is the one of the risk groups
    repeats: int               # of the cross-validation
    unseen: tuple = field(default=())   # what only the Cox model sees
    groups: tuple = field(default=())   # subgroups: (name, column, lowest, below)


NO_YES = ("no", "yes")

METABRIC = Cohort(
    "metabric", "mo",
    tuple(Column(f"x{i}", f"x{i}", "number") for i in range(4))
    + tuple(Column(f"x{i}", f"x{i}", "flag", NO_YES) for i in range(4, 8))
    + (Column("age", "age", "number"),),
    (12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 144, 168, 192, 216, 240), (60, 120), 2,
    groups=(("under 50", "age", 0, 50), ("50 to under 70", "age", 50, 70), ("70 and over", "age", 70, 200),
            ("x7 = 0", "x7", 0, 1), ("x7 = 1", "x7", 1, 2)))

SUPPORT = Cohort(
    "support", "d",
    (Column("age", "age", "number"),
     Column("sex", "sex", "flag", ("male", "female")),
     Column("num_co", "otherDiseases", "number"),
     Column("diabetes", "diabetes", "flag", NO_YES),
     Column("dementia", "dementia", "flag", NO_YES),
     Column("cancer", "cancer", "code", ("metastatic", "none", "localised")),
     Column("meanbp", "meanPressure", "number"),
     Column("hrt", "heartRate", "number"),
     Column("resp", "respiration", "number"),
     Column("temp", "temperature", "number"),
     Column("sodium", "sodium", "number"),
     Column("wblc", "leukocytes", "logarithm"),
     Column("crea", "creatinine", "logarithm")),
    (7, 14, 21, 30, 45, 60, 90, 120, 180, 240, 365, 545, 730, 1095, 1460, 1825), (30, 180, 365), 1,
    unseen=(Column("race", "race", "sixfold"),),
    groups=(("men", "sex", 0, 1), ("women", "sex", 1, 2),
            ("under 65", "age", 0, 65), ("65 and over", "age", 65, 200)))

GBSG = Cohort(
    "gbsg", "mo",
    (Column("hormon", "hormonalTherapy", "flag", NO_YES),
     Column("size_cat", "tumourSize", "code", ("20 mm or less", "21 to 50 mm", "over 50 mm")),
     Column("meno", "postmenopausal", "flag", NO_YES),
     Column("age", "age", "number"),
     Column("nodes", "positiveNodes", "logarithm"),
     Column("pgr", "progesteroneReceptor", "logarithm"),
     Column("er", "oestrogenReceptor", "logarithm")),
    (3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60, 72, 84), (24, 60), 3,
    groups=(("under 50", "age", 0, 50), ("50 to under 65", "age", 50, 65), ("65 and over", "age", 65, 200),
            ("hormonal therapy", "hormon", 1, 2), ("no hormonal therapy", "hormon", 0, 1)))

COHORTS = {cohort.name: cohort for cohort in (METABRIC, SUPPORT, GBSG)}


def load(path, cohort):
    """Return values [N, columns], unseen [N, others], time [N] and event [N] (bool), in float64."""
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))

    def of(names):
        return np.array([[float(row[n]) for n in names] for row in rows])

    outcome = of(["time", "event"])
    return (of([c.name for c in cohort.columns]), of([c.name for c in cohort.unseen]),
            outcome[:, 0], outcome[:, 1] == 1)
