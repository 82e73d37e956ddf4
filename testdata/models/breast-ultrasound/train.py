"""Train the breast-ultrasound models, the shared encoder and its few-shot heads of Auspex.

    /usr/bin/python3 testdata/models/breast-ultrasound/pack.py --data ../shared/data --out images.npz
    python3 testdata/models/breast-ultrasound/train.py --data images.npz --out OUT --minutes 9 --device cuda

With `--trial` it compares settings of augmentation inside the training clusters of fold 0 instead; its test part, and the
held-out photographs, are left out.

Runs jobs side by side, each a process of its own, until all are done or the minutes are over. What is
finished lies in OUT at once: at most eight files, none above 16 MiB. export.py then makes TorchScript
of them. `--tiny --device cpu` tries every path in some minutes; its figures mean nothing.

Jobs, in the order in which they are started: the shipped fold 0 (full, unet, swin, vit), the encoder,
few-shot draws, and folds 1 to 4 of the cross-validation as far as time allows (`--folds` chooses).

Needs PyTorch (1.13 or 2) and NumPy; downloads nothing. Seeds are fixed in data.py; on a GPU the last
digits differ from run to run all the same. Data: see README.md; the data are not part of this project.
This code: Apache-2.0.
"""
import argparse
import glob
import json
import os
import shutil
import subprocess
import sys
import time

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "encoder"))

import fewshot  # noqa: E402
import metrics  # noqa: E402
import networks  # noqa: E402
import pretraining  # noqa: E402
import segmenters  # noqa: E402
import training  # noqa: E402
from augmentation import SETTINGS  # noqa: E402
from data import FOLDS, SEED, load  # noqa: E402
from encoder import Encoder  # noqa: E402
from training import prepare  # noqa: E402

VARIANTS = ["full", "unet", "swin", "vit"]
TRIALS = ["full@mild-0", "unet@mild-0", "full@strong-0", "unet@strong-0", "encoder", "vessels-0",
          "lesions@mild-0", "lesions@strong-0"]
SETTING = "strong"                # of the shipped networks, see README.md for why
DRAWS = 3                        # of labelled cases for the few-shot curves
STEPS = {"segmenter": 3600, "encoder": 4000, "fewshot": 500}
TINY_STEPS = {"segmenter": 3, "encoder": 3, "fewshot": 2}
SHARE = {"segmenter": 0.80, "encoder": 0.50, "fewshot": 0.40}   # longest, as a share of all the time
START_UP = 15                    # seconds a job may need to start and to save
UNKNOWN = 45                     # seconds a job is expected to take before one like it has ended
SHIPPED = ["full-0"]


def kind(job: str) -> str:
    """segmenter, encoder or fewshot. Jobs: full-0 (variant, fold), encoder, vessels-0 (task, draw)."""
    name = likeness(job)
    return "encoder" if name == "encoder" else "fewshot" if name in fewshot.CASES else "segmenter"


def likeness(job: str) -> str:
    """Jobs of one likeness take about as long: the variant, or the task."""
    return job.split("-")[0].split("@")[0]


def setting_of(job: str, arguments) -> str:
    """full@strong-0 is trained with strong augmentation, full-0 as the arguments say."""
    return job.split("-")[0].partition("@")[2] or arguments.setting


def needs(job: str):
    """The job whose weights this one starts from, or None."""
    return "encoder" if kind(job) == "fewshot" else None


def plan(folds) -> list:
    """All jobs, the most wanted first."""
    jobs = []
    if 0 in folds:
        jobs = ["full-0", "encoder", "vit-0", "swin-0", "unet-0"]
        jobs += [f"{task}-{draw}" for draw in range(DRAWS) for task in ("vessels", "lesions")]
    return jobs + [f"{variant}-{fold}" for fold in folds if fold > 0 for variant in VARIANTS]


# ---------------------------------------------------------------- one job, in a process of its own

def save(path: str, arrays: dict) -> None:
    """Write whole or not at all."""
    np.savez(path + ".part.npz", **arrays)
    os.replace(path + ".part.npz", path)


def state(module: torch.nn.Module) -> dict:
    """Weights, with 16 bits where `round_to_half` has rounded them."""
    half = {key for key, value in module.named_parameters() if value.numel() >= training.STORED_AS_HALF}
    return {key: (value.half() if key in half else value).detach().cpu().numpy()
            for key, value in module.state_dict().items()}


def restore(module: torch.nn.Module, path: str) -> torch.nn.Module:
    """Load weights saved by `save`; entries beginning with '#' are not weights."""
    with np.load(path) as stored:
        arrays = {k: torch.as_tensor(stored[k]) for k in stored.files if not k.startswith("#")}
    module.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in arrays.items()})
    return module.eval().requires_grad_(False)


def run_segmenter(job: str, data, steps: int, seconds: float, arguments) -> dict:
    name, fold = job.split("-")[0], int(job.split("-")[1])
    variant, setting, work = likeness(job), setting_of(job, arguments), arguments.work
    split = data.inner(fold) if arguments.trial else data.split(fold)
    net, temperatures, results, log = segmenters.train(variant, data, split, setting, steps, seconds)
    save(os.path.join(work, f"weights-{job}.npz"), {**state(net), "#temperatures": np.array(temperatures)})
    named = {"-".join(filter(None, (name, text))): r for text, r in results.items()}
    save(os.path.join(work, f"results-{job}.npz"),
         {f"{label}/{fold}/{field}": value for label, r in named.items() for field, value in r.items()})
    for label, r in named.items():
        score = metrics.samples(r, np.ones((1, len(r["row"]))))
        print(label, fold, {m: round(float(score[m][0]), 4) for m in
                            ("dice", "auroc", "brier", "eceClass", "ecePixel", "aurocLesionPresent")}, flush=True)
    return {**log, "setting": setting}


def run_encoder(ultrasound, retina, split, steps: int, seconds: float, work: str) -> dict:
    encoder, log = pretraining.pretrain(*pretraining.allowed(ultrasound, retina, split), steps, seconds)
    save(os.path.join(work, "weights-encoder.npz"), state(encoder))
    return log


def run_fewshot(job: str, ultrasound, retina, split, steps: int, seconds: float, arguments) -> dict:
    name, draw = likeness(job), int(job.split("-")[1])
    task = fewshot.Task(name, ultrasound, retina, split, setting_of(job, arguments))
    encoder = restore(Encoder(), os.path.join(arguments.work, "weights-encoder.npz")).to(task.image.device)
    if arguments.tiny:
        task.held_out = task.held_out[:2]
    scores, made = {}, {}

    def report(cases: int, found: dict, logs: dict) -> None:
        made[cases] = {kind: log["steps"] for kind, log in logs.items()}
        scores[cases] = {kind: [round(float(d), 4) for d in values] for kind, values in found.items()}
        print(job, cases, "cases:", {kind: round(float(v.mean()), 4) for kind, v in found.items()}, flush=True)

    cases = (1, 3) if arguments.tiny else (10, None) if arguments.trial else None
    heads = fewshot.curve(task, encoder, draw, steps, seconds, report, cases)
    save(os.path.join(arguments.work, f"heads-{job}.npz"), {f"{name}-{cases}-{draw}/{key}": value
                                                            for cases, head in heads.items() for key, value in state(head).items()})
    return {"dice": scores, "steps": made, "group": [int(task.group[r]) for r in task.held_out]}


def run_job(job: str, arguments) -> None:
    """Do one job and leave log-JOB.json beside its weights."""
    device = torch.device(arguments.device)
    steps = TINY_STEPS[kind(job)] if arguments.tiny else arguments.steps[kind(job)]
    torch.set_num_threads(1 if arguments.tiny else 2)
    training.EAGER = arguments.eager
    networks.FUSED_ATTENTION = networks.FUSED_ATTENTION and not arguments.eager
    if arguments.tiny:
        segmenters.BATCH, fewshot.BATCH, pretraining.ULTRASOUND, pretraining.RETINA = 2, 2, 2, 2
    start = time.monotonic()
    ultrasound, retina = load(arguments.data, device, arguments.tiny)
    split = ultrasound.inner(0) if arguments.trial else ultrasound.split(0)
    if arguments.trial:
        retina.inner()
    prepare(SEED + int((job + "-0").split("-")[1]), device)
    if kind(job) == "segmenter":
        log = run_segmenter(job, ultrasound, steps, arguments.seconds, arguments)
    elif kind(job) == "encoder":
        log = run_encoder(ultrasound, retina, split, steps, arguments.seconds, arguments.work)
    else:
        log = run_fewshot(job, ultrasound, retina, split, steps, arguments.seconds, arguments)
    log["wall"] = round(time.monotonic() - start, 1)
    with open(os.path.join(arguments.work, f"log-{job}.json"), "w") as f:
        json.dump(log, f)
    print(job, json.dumps({k: v for k, v in log.items() if k != "dice"}), flush=True)


# ---------------------------------------------------------------- all jobs

class Schedule:
    """Starts jobs, the most wanted first, a few side by side, while there is time to finish them."""

    def __init__(self, arguments):
        self.arguments = arguments
        jobs = TRIALS if arguments.trial else plan(arguments.folds)
        self.waiting = [j for j in jobs if kind(j) in arguments.kinds]
        self.deadline = time.monotonic() + arguments.minutes * 60
        self.running, self.done, self.failed, self.longest = {}, set(), [], {}
        self.slots = arguments.parallel

    def left(self) -> float:
        return self.deadline - time.monotonic()

    def longest_for(self, job: str) -> float:
        """Seconds this job may train at most."""
        return max(1.0, min(SHARE[kind(job)] * self.arguments.minutes * 60, self.left() - START_UP))

    def expected(self, job: str) -> float:
        """Seconds it will take in all, as long as its like did."""
        known = self.longest.get(likeness(job))
        return known * 1.1 if known else UNKNOWN

    def ready(self):
        for job in self.waiting:
            if (needs(job) is None or needs(job) in self.done) and self.expected(job) < self.left() - 5:
                return job
        return None

    def start(self, job: str) -> None:
        a = self.arguments
        command = [sys.executable, os.path.abspath(__file__), "--data", a.data, "--out", a.out, "--work", a.work,
                   "--device", a.device, "--setting", a.setting, "--job", job, "--seconds", str(self.longest_for(job)),
                   "--steps", ",".join(f"{k}={v}" for k, v in a.steps.items())]
        command += [f"--{flag}" for flag in ("tiny", "trial") if getattr(a, flag)]
        command += ["--eager"] if a.eager or job in self.failed else []   # a second try does without graphs
        log = open(os.path.join(a.work, f"output-{job}.txt"), "a")
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self.waiting.remove(job)
        self.running[job] = (process, time.monotonic(), log)

    def collect(self) -> bool:
        """Take note of jobs that ended; True if there were any."""
        ended = [job for job, (process, _, _) in self.running.items() if process.poll() is not None]
        for job in ended:
            process, begun, log = self.running.pop(job)
            log.close()
            took = time.monotonic() - begun
            if process.returncode == 0:
                self.done.add(job)
                self.longest[likeness(job)] = max(took, self.longest.get(likeness(job), 0))
            elif self.failed.count(job) == 0:
                self.waiting.insert(0, job)
            if process.returncode:
                self.failed.append(job)
            self.say(f"{job}: code {process.returncode} after {took:.0f} s, {self.left():.0f} s left")
        return bool(ended)

    def say(self, line: str) -> None:
        print(line, flush=True)
        with open(os.path.join(self.arguments.work, "schedule.txt"), "a") as f:
            f.write(line + "\n")

    def run(self) -> None:
        while self.left() > 3:
            while len(self.running) < self.slots and self.ready():
                self.start(self.ready())
            if self.collect():
                gather(self.arguments.work, self.arguments.out, self.waiting + list(self.running))
            elif not self.running and not self.ready():
                break
            time.sleep(0.2)
        for process, _, log in self.running.values():
            process.kill()
            log.close()
        gather(self.arguments.work, self.arguments.out, self.waiting + list(self.running))


def gather(work: str, out: str, unfinished) -> None:
    """Put what is finished into the eight files of `out`."""
    for job in SHIPPED + ["encoder"]:
        source, target = os.path.join(work, f"weights-{job}.npz"), os.path.join(out, f"{job.split('-')[0]}.npz")
        if os.path.exists(source) and not os.path.exists(target):
            shutil.copy(source, target + ".part")
            os.replace(target + ".part", target)
    for pattern, name in (("results-*.npz", "results.npz"), ("heads-*.npz", "heads.npz")):
        arrays = {}
        for path in sorted(glob.glob(os.path.join(work, pattern))):
            with np.load(path) as stored:
                arrays.update({key: stored[key] for key in stored.files})
        if arrays:
            save(os.path.join(out, name), arrays)
    report(work, out, unfinished)


def report(work: str, out: str, unfinished) -> None:
    """metrics.json and log.txt."""
    logs = {}
    for path in sorted(glob.glob(os.path.join(work, "log-*.json"))):
        with open(path) as f:
            logs[os.path.basename(path)[4:-5]] = json.load(f)
    found = {"torch": torch.__version__, "seed": SEED, "unfinished": list(unfinished),
             "fewShot": metrics.fewshot(logs), "jobs": {j: {k: v for k, v in log.items() if k not in ("dice", "group")}
                                                        for j, log in logs.items()}}
    results = os.path.join(out, "results.npz")
    if os.path.exists(results):
        try:
            found.update(metrics.evaluate(metrics.read([results])))
        except Exception as problem:                # figures can be made again from results.npz
            found["problem"] = repr(problem)
    with open(os.path.join(out, "metrics.json.part"), "w") as f:
        json.dump(found, f, indent=1)
    os.replace(os.path.join(out, "metrics.json.part"), os.path.join(out, "metrics.json"))
    with open(os.path.join(out, "log.txt"), "w") as f:
        for path in [os.path.join(work, "schedule.txt")] + sorted(glob.glob(os.path.join(work, "output-*.txt"))):
            if os.path.exists(path):
                with open(path, errors="replace") as g:
                    f.write(f"== {os.path.basename(path)}\n{g.read()[-20000:]}\n")


def choice(results: dict) -> str:
    """The setting with the larger sum of Dice and AUROC of the full model and the U-Net in a trial."""
    score = {}
    for label, by_fold in results.items():
        name, _, setting = label.partition("@")
        if setting in SETTINGS:
            found = metrics.samples(by_fold[0], np.ones((1, len(by_fold[0]["row"]))))
            score[setting] = score.get(setting, 0) + float(found["dice"][0] + found["auroc"][0])
    print("sum of Dice and AUROC by setting:", score, flush=True)
    return max(score, key=score.get)


def steps_of(text: str) -> dict:
    """segmenter=4000,fewshot=800 -> steps of each kind of job; those not named stay."""
    return {**STEPS, **{k: int(v) for k, v in (part.split("=") for part in text.split(","))}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="the .npz made by pack.py")
    parser.add_argument("--out", required=True, help="where to write results")
    parser.add_argument("--work", help="where to keep files in between; default OUT/../work")
    parser.add_argument("--minutes", type=float, default=9.0, help="wall time for everything")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--folds", type=lambda s: [int(x) for x in s.split(",")], default=list(range(FOLDS)),
                        help="folds to train; without 0 no encoder is trained either")
    parser.add_argument("--kinds", type=lambda s: s.split(","), default=list(STEPS),
                        help="which of segmenter,encoder,fewshot to train")
    parser.add_argument("--parallel", type=int, default=4, help="jobs side by side")
    parser.add_argument("--steps", type=steps_of, default=STEPS, help="such as segmenter=4000,encoder=6000,fewshot=800")
    parser.add_argument("--setting", choices=SETTINGS, default=SETTING, help="how strong augmentation is")
    parser.add_argument("--trial", action="store_true", help="compare settings inside the training clusters")
    parser.add_argument("--eager", action="store_true", help="no CUDA graphs")
    parser.add_argument("--tiny", action="store_true", help="a few steps on little data, to try the code")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.job:
        run_job(arguments.job, arguments)
        return
    arguments.work = arguments.work or os.path.join(os.path.dirname(os.path.abspath(arguments.out)), "work")
    for folder in (arguments.work, arguments.out):
        os.makedirs(folder, exist_ok=True)
    Schedule(arguments).run()
    results = os.path.join(arguments.out, "results.npz")
    if arguments.trial and os.path.exists(results):
        with open(os.path.join(arguments.out, "setting.txt"), "w") as f:
            f.write(choice(metrics.read([results])))


if __name__ == "__main__":
    main()
