"""Train the text networks, note-entities and passage-embedding, and export them as TorchScript.

    OMP_NUM_THREADS=1 /usr/bin/python3 testdata/models/text/train.py

Writes `model.pt`, `tokenizer.json` and `metrics.json` into ../note-entities/1.0.0 and ../passage-embedding/1.0.0. Needs PyTorch
and NumPy, and the public texts that corpus.py names; downloads nothing; fixed seeds. Code: Apache-2.0.
"""
import copy
import json
import math
import os
import random
import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn.functional as F

sys.dont_write_bytecode = True
import corpus  # noqa: E402
from network import LONGEST, Entities, Passages, Trunk, mean  # noqa: E402
from wordpiece import BEGIN, END, MASK, PAD, SPECIAL, UNKNOWN, Tokenizer, learn  # noqa: E402

SEED, PIECES, WINDOW = 20261128, 5000, 96
MASKED_STEPS, ENTITY_STEPS, PASSAGE_STEPS, BATCH, RATE = 3000, 1500, 1000, 32, 1e-3
LABELS = ["O"] + [begin + kind for kind in corpus.KINDS for begin in ("B-", "I-")]
IGNORED = -100
HELD_OUT_CONCEPTS = 0.2          # of our concepts: never labelled in training, and looked for afterwards
DISGUISED = 0.4                  # of the mentions in training: their pieces are hidden, so that what stands around counts
TEMPERATURE = 0.05


def padded(lists, fill):
    longest = max(len(one) for one in lists)
    return torch.tensor([list(one) + [fill] * (longest - len(one)) for one in lists])


def fit(net, steps, loss_of, rate=RATE):
    """AdamW, warm-up, cosine. loss_of(step) -> scalar."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    net.train()
    begun, seen = time.time(), []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / (0.05 * steps)) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
        loss = loss_of(step)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        seen.append(float(loss.detach()))
        if (step + 1) % max(1, steps // 8) == 0:
            print("  step %d loss %.3f, %.0f s" % (step + 1, np.mean(seen[-200:]), time.time() - begun), flush=True)
    net.eval()


def hidden_pieces(ids, mask, draw):
    """BERT's way: 15 % of the pieces are to be told; most of them are hidden. -> ids, target."""
    chosen = (torch.rand(ids.shape, generator=draw) < 0.15) & (ids >= len(SPECIAL)) & (mask > 0)
    target = torch.where(chosen, ids, torch.full_like(ids, IGNORED))
    turn = torch.rand(ids.shape, generator=draw)
    ids = torch.where(chosen & (turn < 0.8), torch.full_like(ids, MASK), ids)
    other = torch.randint(len(SPECIAL), PIECES, ids.shape, generator=draw)
    return torch.where(chosen & (turn > 0.9), other, ids), target


def batch_of(lists):
    ids = padded([[BEGIN] + one[:WINDOW - 2] + [END] for one in lists], PAD)
    return ids, (ids != PAD).long()


def pretrained(tokens, pieces):
    """A trunk that tells hidden pieces of windows of all texts."""
    trunk, draw, rng = Trunk(pieces), torch.Generator().manual_seed(SEED), random.Random(SEED)
    tell = torch.nn.Linear(trunk.piece.weight.shape[1], pieces)
    both = torch.nn.ModuleList([trunk, tell])
    weights = [len(t) for t in tokens]

    def loss(_):
        chosen = rng.choices(tokens, weights, k=BATCH)
        starts = [rng.randrange(max(1, len(t) - 64)) for t in chosen]
        ids, mask = batch_of([[p[0] for p in t[s:s + 64]] for t, s in zip(chosen, starts)])
        shown, target = hidden_pieces(ids, mask, draw)
        wanted = target != IGNORED
        return F.cross_entropy(tell(trunk(shown, mask)[wanted]), target[wanted])

    fit(both, MASKED_STEPS, loss)
    return trunk


class Mentions:
    """Where our vocabularies' words stand in a sentence: (start, end, kind, concept) in code points, longest first."""

    def __init__(self):
        self.terms = corpus.vocabulary()
        self.longest = max(len(term) for term in self.terms)
        self.firsts = {term[0] for term in self.terms}

    def of(self, sentence: str):
        text, found, at = sentence.lower(), [], 0
        if len(text) != len(sentence):
            return found

        def inside(place):
            def latin(c):
                return c.isalnum() and not "\u3400" <= c <= "\u9fff"
            return 0 < place < len(text) and latin(text[place - 1]) and latin(text[place])

        while at < len(text):
            stop = 0
            if text[at] in self.firsts and not inside(at):
                for end in range(min(len(text), at + self.longest), at + 1, -1):
                    if text[at:end] in self.terms:
                        plural = end + 1 if text[end:end + 1] == "s" else end
                        if not inside(end) or not inside(plural):
                            stop = end
                            found.append((at, end if not inside(end) else plural) + self.terms[text[at:end]])
                            break
            at = stop or at + 1
        return found


def labelled(pieces, mentions, held_out):
    """A label for each piece; pieces of held-out concepts are ignored."""
    labels = [0] * len(pieces)
    for start, end, kind, concept in mentions:
        number = 1 + 2 * corpus.KINDS.index(kind)
        inside = [i for i, (_, s, e) in enumerate(pieces) if s < end and e > start]
        for place, i in enumerate(inside):
            labels[i] = IGNORED if concept in held_out else number + (place > 0)
    return labels


def entities(trunk, examples, rng):
    """A network that labels pieces. examples: (ids, labels) of sentences."""
    net = Entities(trunk, len(LABELS))
    with_some = [e for e in examples if any(label > 0 for label in e[1])]
    without = [e for e in examples if not any(label > 0 for label in e[1])]

    def disguised(ids, labels):
        ids, i = list(ids), 0
        while i < len(ids):
            stop = i + 1
            if labels[i] > 0 and labels[i] % 2:
                while stop < len(ids) and labels[stop] == labels[i] + 1:
                    stop += 1
                if rng.random() < DISGUISED:
                    for at in range(i, stop):
                        ids[at] = rng.choice([MASK, UNKNOWN, rng.randrange(len(SPECIAL), PIECES)])
            i = stop
        return ids

    def loss(_):
        chosen = rng.choices(with_some, k=BATCH * 3 // 4) + rng.choices(without, k=BATCH // 4)
        ids, mask = batch_of([disguised(*e) for e in chosen])
        labels = padded([[IGNORED] + list(e[1][:WINDOW - 2]) + [IGNORED] for e in chosen], IGNORED)
        return F.cross_entropy(net(ids, mask).transpose(1, 2), labels, ignore_index=IGNORED)

    fit(net, ENTITY_STEPS, loss, 5e-4)
    return net


@torch.no_grad()
def recovered(net, sentences):
    """Of the mentions of held-out concepts, the share of which a piece is labelled, by kind or at all; and of unmentioned
    pieces the share that is labelled. sentences: (pieces, mentions, held-out concepts)."""
    right = anyhow = total = wrong = others = 0
    for pieces, mentions, held_out in sentences:
        ids, mask = batch_of([[p[0] for p in pieces]])
        said = net(ids, mask)[0].argmax(1).tolist()[1:-1]
        mentioned = set()
        for start, end, kind, concept in mentions:
            inside = [i for i, (_, s, e) in enumerate(pieces[:len(said)]) if s < end and e > start]
            mentioned.update(inside)
            if concept in held_out and inside:
                total += 1
                anyhow += any(said[i] > 0 for i in inside)
                right += any((said[i] + 1) // 2 == 1 + corpus.KINDS.index(kind) for i in inside if said[i] > 0)
        for i, label in enumerate(said):
            if i not in mentioned:
                others += 1
                wrong += label > 0
    return {"mentions": total, "of their kind": right / total, "of any kind": anyhow / total,
            "share of other pieces labelled": wrong / others}


def passages(trunk, pairs, rng):
    """A network whose mean embeddings of two texts that belong together are alike (InfoNCE, van den Oord 2018)."""
    net = Passages(trunk)

    def cut(ids, most):
        start = rng.randrange(max(1, len(ids) - most))
        return ids[start:start + most]

    def loss(_):
        chosen = rng.sample(pairs, BATCH)
        sides = []
        for side in (0, 1):
            ids, mask = batch_of([cut(pair[side], 80) for pair in chosen])
            sides.append(mean(net(ids, mask), mask))
        alike = sides[0] @ sides[1].t() / TEMPERATURE
        target = torch.arange(BATCH)
        return F.cross_entropy(alike, target) + F.cross_entropy(alike.t(), target)

    fit(net, PASSAGE_STEPS, loss, 5e-4)
    return net


@torch.no_grad()
def embedded(net, lists):
    out = []
    for i in range(0, len(lists), 64):
        ids, mask = batch_of(lists[i:i + 64])
        out.append(mean(net(ids, mask), mask))
    return torch.cat(out)


def bm25(texts):
    """score(question pieces) -> [texts], k1 = 1.2, b = 0.75, over whole words."""
    from collections import Counter
    docs = [Counter(t) for t in texts]
    length = np.array([sum(d.values()) for d in docs])
    having = Counter(w for d in docs for w in d)

    def score(question):
        total = np.zeros(len(docs))
        for w in set(question):
            idf = math.log(1 + (len(docs) - having[w] + 0.5) / (having[w] + 0.5))
            tf = np.array([d[w] for d in docs])
            total += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / length.mean()))
        return total
    return score


def ranks(scores):
    """The place of the right answer for each question; the right one of row i is i."""
    scores = np.asarray(scores)
    return 1 + (scores > np.diagonal(scores)[:, None]).sum(1)


def retrieval(net, tokenizer):
    """Held-out topics: each question against all answers (beginnings, 80 pieces). Recall at 1 and 5, mean reciprocal rank."""
    from wordpiece import words
    held = [(q, a) for name, q, a in corpus.questions() if corpus.is_held_out(name)]
    q = embedded(net, [[p[0] for p in tokenizer.pieces(t)][:80] for t, _ in held])
    beginnings = [" ".join(a.split()[:60]) for _, a in held]
    a = embedded(net, [[p[0] for p in tokenizer.pieces(t)][:80] for t in beginnings])
    cosine = (q @ a.t()).numpy()
    score = bm25([[w for w, _, _ in words(t)] for t in beginnings])
    lexical = np.stack([score([w for w, _, _ in words(t)]) for t, _ in held])
    fused = 1 / (60 + (-cosine).argsort(1).argsort(1)) + 1 / (60 + (-lexical).argsort(1).argsort(1))
    out = {"questions": len(held)}
    for name, scores in (("embedding", cosine), ("BM25", lexical), ("both, by reciprocal rank", fused)):
        place = ranks(scores)
        out[name] = {"recall at 1": float((place == 1).mean()), "recall at 5": float((place <= 5).mean()),
                     "mean reciprocal rank": float((1 / place).mean())}
    own = np.diagonal(cosine)
    other = cosine[~np.eye(len(cosine), dtype=bool)]
    out["cosine of the own answer, 10 % and 50 %"] = [float(v) for v in np.quantile(own, (0.1, 0.5))]
    out["cosine of other answers, 50 % and 99 %"] = [float(v) for v in np.quantile(other, (0.5, 0.99))]
    return out


def export(net, name, tokenizer, metrics):
    folder = os.path.join(corpus.HERE, "..", name, "1.0.0")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "model.pt")
    torch.jit.script(net.eval()).save(path + ".tmp")
    with zipfile.ZipFile(path + ".tmp") as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as lean:
        for entry in whole.infolist():
            if not entry.filename.endswith(".debug_pkl"):        # they hold paths of this machine
                lean.writestr(zipfile.ZipInfo(entry.filename), whole.read(entry))
    os.remove(path + ".tmp")
    tokenizer.save(os.path.join(folder, "tokenizer.json"))
    with open(os.path.join(folder, "metrics.json"), "w", encoding="utf-8") as file:
        json.dump(metrics, file, indent=1)
        file.write("\n")


def main():
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    notes, chinese, pairs = corpus.notes(), corpus.chinese(), corpus.dialogues()
    asked = [(q, a) for name, q, a in corpus.questions() if not corpus.is_held_out(name)]
    texts = notes + chinese + [d for d, _ in pairs] + [q + " " + a for q, a in asked]
    tokenizer = Tokenizer(learn(texts, PIECES))
    tokens = [pieces for pieces in (tokenizer.pieces(text) for text in texts) if len(pieces) > 4]
    print(len(tokenizer.vocabulary), "pieces,", sum(len(t) for t in tokens), "in", len(tokens), "texts", flush=True)
    trunk = pretrained(tokens, len(tokenizer.vocabulary))

    find = Mentions()
    concepts = sorted({concept for _, concept in find.terms.values()})
    held_out = set(rng.sample(concepts, round(HELD_OUT_CONCEPTS * len(concepts))))
    said = [s for text in notes + chinese for s in corpus.sentences(text)]
    rng.shuffle(said)
    cut = len(said) // 10
    read = [(tokenizer.pieces(s), find.of(s)) for s in said]
    read = [(pieces, mentions) for pieces, mentions in read if pieces]
    trial = entities(copy.deepcopy(trunk), [([p[0] for p in pieces], labelled(pieces, mentions, held_out))
                                            for pieces, mentions in read[cut:]], rng)
    metrics = {"held-out concepts": len(held_out), "sentences": cut,
               **recovered(trial, [(pieces, mentions, held_out) for pieces, mentions in read[:cut]])}
    print(metrics, flush=True)
    final = entities(copy.deepcopy(trunk), [([p[0] for p in pieces], labelled(pieces, mentions, set()))
                                            for pieces, mentions in read], rng)
    export(final, "note-entities", tokenizer, metrics)

    together = [([p[0] for p in tokenizer.pieces(a)], [p[0] for p in tokenizer.pieces(b)]) for a, b in asked * 3 + pairs]
    net = passages(copy.deepcopy(trunk), [pair for pair in together if all(pair)], rng)
    metrics = retrieval(net, tokenizer)
    print(json.dumps(metrics, indent=1), flush=True)
    export(net, "passage-embedding", tokenizer, metrics)


if __name__ == "__main__":
    main()
