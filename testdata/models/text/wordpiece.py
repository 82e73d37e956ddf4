"""The tokenizer of the text networks: BERT's normalisation and WordPiece (Devlin 2019), learnt by merging pairs (Sennrich 2016).

What is written, tokenizer.json, is in the format of Hugging Face's tokenizers, which the server reads it with; `pieces` says the
same in Python for the training, and the golden cases hold the two together.
"""
import json
import unicodedata
from collections import Counter, defaultdict

PAD, UNKNOWN, BEGIN, END, MASK = range(5)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LONGEST = 100                    # characters of a word; longer ones are unknown


def is_chinese(sign: str) -> bool:
    point = ord(sign)
    return 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x2FA1F


def is_punctuation(sign: str) -> bool:
    point = ord(sign)
    return 33 <= point <= 47 or 58 <= point <= 64 or 91 <= point <= 96 or 123 <= point <= 126 \
        or unicodedata.category(sign).startswith("P")


def words(text: str):
    """Words with their places: (lower case without accents, start, end in code points). Each Chinese sign is a word."""
    found, start, letters = [], 0, ""

    def close(end: int) -> None:
        nonlocal letters
        if letters:
            found.append((letters, start, end))
        letters = ""

    for at, sign in enumerate(text):
        if sign in "\t\n\r" or unicodedata.category(sign) == "Zs":
            close(at)
            continue
        if unicodedata.category(sign)[0] == "C" or sign == "\ufffd":
            continue
        plain = "".join(c for c in unicodedata.normalize("NFD", sign.lower()) if unicodedata.category(c) != "Mn")
        if is_chinese(sign) or (plain and is_punctuation(plain)):
            close(at)
            found.append((plain, at, at + 1))
        elif plain:
            if not letters:
                start = at
            letters += plain
    close(len(text))
    return found


def learn(texts, size: int):
    """A vocabulary of `size` pieces from texts; pieces within a word begin with ##."""
    counts = Counter(word for text in texts for word, _, _ in words(text))
    split = {word: [word[0]] + ["##" + c for c in word[1:]] for word in counts}
    signs = Counter()
    for word, n in counts.items():
        for piece in split[word]:
            signs[piece] += n
    vocabulary = list(SPECIAL) + [piece for piece, n in sorted(signs.items(), key=lambda s: (-s[1], s[0])) if n >= 2]
    pairs, having = Counter(), defaultdict(set)
    for word, n in counts.items():
        for pair in zip(split[word], split[word][1:]):
            pairs[pair] += n
            having[pair].add(word)
    while len(vocabulary) < size and pairs:
        best = max(pairs.items(), key=lambda p: (p[1], p[0]))[0]
        joined = best[0] + best[1][2:]
        vocabulary.append(joined)
        for word in list(having[best]):
            pieces, n = split[word], counts[word]
            for pair in zip(pieces, pieces[1:]):
                pairs[pair] -= n
            merged, i = [], 0
            while i < len(pieces):
                if tuple(pieces[i:i + 2]) == best:
                    merged.append(joined)
                    i += 2
                else:
                    merged.append(pieces[i])
                    i += 1
            split[word] = merged
            for pair in zip(merged, merged[1:]):
                pairs[pair] += n
                having[pair].add(word)
        del pairs[best]
    return list(dict.fromkeys(vocabulary))[:size]


class Tokenizer:
    """Text to pieces: (number, start, end in code points), without the special ones."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.number = {piece: i for i, piece in enumerate(vocabulary)}

    def pieces(self, text: str):
        return [piece for word, start, end in words(text) for piece in self.word(word, start, end)]

    def word(self, word: str, start: int, end: int):
        """The pieces of a word; where accents were taken off, they share its whole place."""
        found, at = [], 0
        if len(word) > LONGEST:
            return [(UNKNOWN, start, end)]
        while at < len(word):
            stop = len(word)
            while stop > at and ("##" if at else "") + word[at:stop] not in self.number:
                stop -= 1
            if stop == at:
                return [(UNKNOWN, start, end)]
            place = (start + at, start + stop) if end - start == len(word) else (start, end)
            found.append((self.number[("##" if at else "") + word[at:stop]], *place))
            at = stop
        return found

    def save(self, path: str) -> None:
        special = [{"id": i, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                    "special": True} for i, content in enumerate(SPECIAL)]
        one = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
               {"SpecialToken": {"id": "[SEP]", "type_id": 0}}]
        two = one + [{"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}]
        whole = {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": True,
                           "lowercase": True},
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {
                "type": "TemplateProcessing", "single": one, "pair": two,
                "special_tokens": {name: {"id": name, "ids": [i], "tokens": [name]}
                                   for name, i in (("[CLS]", BEGIN), ("[SEP]", END))}},
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                      "max_input_chars_per_word": LONGEST, "vocab": self.number}}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(whole, file, ensure_ascii=False, indent=0)
            file.write("\n")
