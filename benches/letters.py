"""How often a letter that was lost is put back right, by what speaks for it: where `confidence` in a pack's spelling.toml is from.

    python3 benches/letters.py TEXTS.jsonl … [--bin target/release/newsframe] [--show N]

The texts are sound ones, a row each with `text` and `language`, that no word list here was made from. Letters beyond ASCII, and
apostrophes inside words (made typographic first), are replaced by U+FFFD or by "?", all of them or half of them by a throw of a seeded die, and the rows of
`edits` are held against what stood there. A letter counts once for each way in which it was damaged. `least` is the lower end of
the one-sided exact interval of 95 % (Clopper & Pearson 1934), as if every letter fell by itself.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from math import lgamma, exp, log
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
WAYS = [("\ufffd", 1.0), ("?", 1.0), ("\ufffd", 0.5), ("?", 0.5)]


def places(text):
    """Where a letter can be lost."""
    inside = lambda i: 0 < i < len(text) - 1 and text[i - 1].isalpha() and text[i + 1].isalpha()
    return [i for i, c in enumerate(text) if (c.isalpha() and not c.isascii()) or (c == "’" and inside(i))]


def extract(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "damaged.jsonl"
        corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
        subprocess.run([program, "extract", corpus, "--out", Path(folder) / "out", "--format", "jsonl"], check=True, capture_output=True)
        return [json.loads(line) for line in (Path(folder) / "out" / "edits.jsonl").open()]


def at_least(right, of):
    """The smallest share under which so many right ones have a chance of 5 %."""
    chance = lambda p: sum(exp(lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(p) + (of - k) * log(1 - p)) for k in range(right, of)) + p**of
    low, high = 1e-9, 1 - 1e-9
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if chance(middle) < 0.05 else (low, middle)
    return low


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("texts", nargs="+", type=Path)
    options.add_argument("--bin", default=PROJECT / "target/release/newsframe")
    options.add_argument("--show", type=int, default=0, help="so many wrong ones of each kind")
    given = options.parse_args()
    sound = [row for path in given.texts for row in map(json.loads, path.open())]
    die = random.Random(1)
    rows, lost = [], {}
    for number, row in enumerate(sound):
        text = re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", row["text"])
        if "\ufffd" in text or not text.isprintable() and any(ord(c) < 32 and c not in "\n" for c in text):
            continue
        for way, (mark, share) in enumerate(WAYS):
            gone = [i for i in places(text) if share == 1 or die.random() < share]
            bad = list(text)
            for i in gone:
                bad[i] = mark
            name = f"{number}-{way}"
            # Places are counted in bytes in the tables.
            at = [0]
            for c in bad:
                at.append(at[-1] + len(c.encode()))
            lost[name] = (row["language"], text, {at[i]: i for i in gone})
            rows.append({"id": name, "text": "".join(bad), "language": row["language"]})

    counts, damaged, shown = defaultdict(Counter), Counter(), defaultdict(list)
    for language, _, gone in lost.values():
        damaged[language] += len(gone)
    for edit in extract(given.bin, rows):
        if not edit["rule"].startswith("lexicon."):
            continue
        language, text, gone = lost[edit["doc_id"]]
        i = gone.get(edit["raw_start"])
        right = i is not None and text[i] == edit["after"]
        counts[language, edit["rule"]][right] += 1
        if not right:
            around = text[max(0, i - 20) : i + 20] if i is not None else edit["before"]
            shown[language, edit["rule"]].append(f"  {around!r}: {edit['after']}")
    print("| language | rule | put back | right | share | least |\n|---|---|---|---|---|---|")
    for (language, rule), n in sorted(counts.items()):
        print(f"| {language} | {rule} | {n.total()} | {n[True]} | {n[True] / n.total():.4f} | {at_least(n[True], n.total()):.4f} |")
    for language, of in damaged.items():
        print(f"{language}: {of} lost, {sum(n.total() for (l, _), n in counts.items() if l == language)} put back")
    for kind, lines in shown.items():
        for line, times in Counter(lines).most_common(given.show):
            print(kind, times, line)


if __name__ == "__main__":
    main()
