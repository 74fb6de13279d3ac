"""Writes a JSONL export of so many megabytes of varied articles, the same for the same size and seed.

    python3 benches/export.py 200 > export.jsonl

Articles are put together from the packs' own examples and from the labelled prose of `tests`: a headline, a byline, paragraphs of one to
four sentences. Persons, places and figures are others in each article, some common and most rare; some articles have furniture,
wrongly decoded paragraphs, no date or no language, and some repeat an earlier one.
"""

import argparse
import csv
import json
import random
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS, DATA = ROOT / "tests", ROOT / "data"
CODES = ["en", "es"]
# Labels of the samples in tests: "{word|d indirect}" is the word, "[L Almaty]" the name, "[July|DATE 2022-07]" the date; other brackets go.
LABEL = re.compile(r"\{([^|{}]*)\|[^{}]*\}|\[[PLOGE] ([^\[\]]*)\]|\[([^|\[\]]*)\|[A-Z]+ [^\[\]]*\]")
# Months that are given names too.
MONTHS = {"April", "May", "June", "August", "Abril", "Julio", "Agosto"}
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|(?<![\d.,:/-])\d{1,3}(?![\d.,:/%-])")
SENTENCE = re.compile(r"(?<=[.!?”\"»])\s+(?=[A-ZÁÉÍÓÚÑ¿¡“\"«])")


def plain(text):
    text = LABEL.sub(lambda m: m[1] or m[2] or m[3] or '', text)
    return text.replace("[[", "\0").replace("]]", "\1").replace("[", "").replace("]", "").replace("\0", "[").replace("\1", "]")


def texts(value):
    """Every text in a file of labelled prose."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            elif key == "text" or isinstance(inner, (dict, list)) and key not in ("says", "why"):
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)


def sentences(code):
    """Sentences of a language: the packs' examples and the labelled prose."""
    found = []
    for path in sorted((DATA / "packs" / code).glob("*.toml")):
        if path.stem in ("pack", "furniture", "spelling"):
            continue
        for rule in tomllib.loads(path.read_text()).get("rule", []):
            examples = rule.get("finds", []) + rule.get("ignores", [])
            found += [plain(e.rsplit("=>", 1)[0]).strip() for e in examples if len(e) > 30]
    for path in sorted(TESTS.glob(f"*/*{code}.toml")):
        for text in texts(tomllib.loads(path.read_text())):
            found += [s.strip() for line in plain(text).split("\n") for s in SENTENCE.split(line) if len(s) > 30]
    return [s for s in found if s[-1] in ".!?”\"»"]


class Slots:
    """A sentence with its names and figures as places to fill."""

    kinds: dict = {}

    def __init__(self, sentence):
        self.parts, at = [], 0
        for match in WORD.finditer(sentence):
            word = match[0]
            kind = "figure" if word[0].isdigit() else self.kinds.get(word)
            if kind:
                self.parts += [sentence[at : match.start()], (kind, word)]
                at = match.end()
        self.parts.append(sentence[at:])

    def filled(self, article):
        return "".join(p if isinstance(p, str) else article.name(*p) for p in self.parts)


class Article:
    def __init__(self, die, pools):
        self.die, self.pools, self.names = die, pools, {}

    def name(self, kind, word):
        if kind == "figure":
            return str(min(int(self.die.paretovariate(0.7) * 2), 999))
        key = (kind, word)
        if key not in self.names:
            pool = self.pools[kind]
            # A few names are in many articles, most in few.
            self.names[key] = pool[min(int(self.die.paretovariate(0.2)) - 1, self.die.randrange(len(pool)))]
        return self.names[key]


def words(path):
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return [w for w in " ".join(lines).split() if "_" not in w]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("megabytes", type=float)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    die = random.Random(options.seed)
    cities = [row["en"].split("|")[0] for row in csv.DictReader((DATA / "gazetteer/cities.csv").open())]
    pools = {"given": words(DATA / "gazetteer/given-names.txt"), "surname": words(DATA / "gazetteer/surnames.txt"), "city": cities}
    for pool in pools.values():
        die.shuffle(pool)
    Slots.kinds = {w: kind for kind in ["surname", "given", "city"] for w in pools[kind] if w.isalpha() and w not in MONTHS}
    samples = {code: [Slots(s) for s in sentences(code)] for code in CODES}
    furniture = [line[2:] for line in (TESTS / "furniture/open.txt").read_text().splitlines() if line.startswith("~ ")]
    sources = [f"Outlet {n}" for n in range(40)]
    left, number, earlier = int(options.megabytes * (1 << 20)), 0, []
    while left > 0:
        code = die.choice(CODES)
        article = Article(die, pools)
        draw = lambda n: [s.filled(article) for s in die.choices(samples[code], k=n)]
        head = [draw(1)[0].rstrip(".")[:90], ("By " if code == "en" else "Por ") + " ".join(article.name(k, "byline") for k in ("given", "surname"))]
        body = [" ".join(draw(die.randint(1, 4))) for _ in range(min(int(die.lognormvariate(2.2, 0.7)) + 2, 120))]
        if earlier and die.random() < 0.04:
            body = die.choice(earlier)[: die.randint(3, 40)]
        elif len(body) > 5 and die.random() < 0.05:
            earlier = (earlier + [body])[-200:]
        if die.random() < 0.03:
            wrong = die.choice(["cp1252", "mac_roman"])
            body = [p.encode().decode(wrong, errors="replace") if die.random() < 0.7 else p for p in body]
        if die.random() < 0.1:
            for line in die.choices(furniture, k=die.randint(2, 8)):
                body.insert(die.randint(0, len(body)), line)
        row = {"id": f"row{number}", "text": "\n\n".join(head + body), "source": die.choice(sources)}
        if die.random() < 0.9:
            row["published"] = f"20{die.randint(10, 24)}-{die.randint(1, 12):02}-{die.randint(1, 28):02}"
        if die.random() < 0.5:
            row["language"] = code
        line = json.dumps(row, ensure_ascii=False) + "\n"
        left -= len(line.encode())
        number += 1
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
