"""Damages sound text in every way the cleaner knows, and says how much of it newsframe and ftfy bring back.

    python3 -m venv ENV && ENV/bin/pip install ftfy
    ENV/bin/python benches/repair.py [--bin target/release/newsframe] [--half open|all] [--show N]

The texts are those of `tests/damage`: prose written for this, twelve paragraphs a language, and single lines that tempt a
repairer (`sound.txt`). Each paragraph is written in UTF-8 and read as another character set: once, twice and three times in the
same one, and once in each of two. A byte that a set has no character for becomes the control of that number, as browsers do it,
or, in the rows "lossy", U+FFFD. newsframe reads a language's paragraphs as one document, as an article would come, once
with all of them damaged, once with every second one sound, and, damaged once, each as a document of its own. ftfy is given one paragraph at a time, its best case, and only
its repair of encodings (`fix_encoding`), as newsframe has no wish to straighten quotation marks. What is compared has
its spaces and invisible characters made plain on both sides. A paragraph counts if it comes back whole.
"""

import argparse
import importlib.metadata
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import ftfy

PROJECT = Path(__file__).resolve().parent.parent
TEXTS = PROJECT / "tests" / "damage"
SETS = {
    "windows-1252": "cp1252",
    "Latin-1": "latin-1",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1253": "cp1253",
    "windows-1254": "cp1254",
    "windows-1257": "cp1257",
    "Mac Roman": "mac_roman",
    "Mac Central European": "mac_latin2",
    "ISO 8859-2": "iso8859_2",
    "code page 437": "cp437",
    "KOI8-R": "koi8_r",
}
# Two programs that err differently, one after the other.
MIXED = [("windows-1252", "Mac Roman"), ("Mac Roman", "windows-1252"), ("windows-1252", "windows-1251"), ("windows-1250", "code page 437")]


def reading(codec, lossy):
    """What each byte is read as."""
    return [bytes([b]).decode(codec, "ignore") or ("\ufffd" if lossy else chr(b)) for b in range(256)]


def damage(text, sets, lossy=False):
    for name in sets:
        characters = reading(SETS[name], lossy)
        text = "".join(characters[b] for b in text.encode())
    return text


def plain(text):
    """Spaces and invisible characters as the cleaner leaves them."""
    for space in "\u00a0\u202f":
        text = text.replace(space, " ")
    return " ".join("".join(c for c in text if c not in "\ufeff\u200b\u2060\u00ad").split())


def cases(paragraphs):
    """Everything to repair: (row, language, what stands in the document, what should)."""
    ways = [(name, "once", (name,), False) for name in SETS]
    ways += [(name, "twice", (name,) * 2, False) for name in SETS]
    ways += [(name, "three times", (name,) * 3, False) for name in SETS]
    ways += [(" in ".join(reversed(pair)), "nested", pair, False) for pair in MIXED]
    ways += [(name, "lossy", (name,), True) for name in SETS if "\ufffd" in reading(SETS[name], True)[0x80:]]
    for language, sound in paragraphs.items():
        for name, depth, sets, lossy in ways:
            bad = [damage(p, sets, lossy) for p in sound]
            yield (name, depth), language, bad, sound
            if depth == "once":
                for b, p in zip(bad, sound):
                    yield (name, "once, alone"), language, [b], [p]
            if not lossy:
                yield (name, f"{depth}, every second"), language, [b if i % 2 else p for i, (b, p) in enumerate(zip(bad, sound))], sound


def newsframe(program, documents):
    """The clean texts of all documents, a paragraph a line."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "damaged.jsonl"
        with corpus.open("w") as f:
            for i, text in enumerate(documents):
                f.write(json.dumps({"id": f"d{i}", "text": text}) + "\n")
        subprocess.run([program, "extract", corpus, "--out", Path(folder) / "out", "--format", "jsonl"], check=True, capture_output=True)
        rows = map(json.loads, (Path(folder) / "out" / "documents.jsonl").open())
        clean = {row["doc_id"]: row["text"] for row in rows}
    return [clean.get(f"d{i}", "") for i in range(len(documents))]


def same(text, want):
    return plain(text) == plain(want)


def lost(program, paragraphs, mark):
    """What becomes of every letter beyond ASCII that is replaced by a mark: put back right, put back wrongly, left."""
    counts = {}
    for language, sound in paragraphs.items():
        text = "\n\n".join(plain(p) for p in sound)
        bad = "".join(mark if c.isalpha() and not c.isascii() else c for c in text)
        made = newsframe(program, [bad])[0]
        if len(made) == len(text):
            places = [i for i, c in enumerate(text) if bad[i] != c]
            right = sum(made[i] == text[i] for i in places)
            left = sum(made[i] == mark for i in places)
            counts[language] = (right, len(places) - right - left, left, sum(a != b for i, (a, b) in enumerate(zip(made, text)) if bad[i] == b))
    return counts


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bin", default=PROJECT / "target/release/newsframe")
    options.add_argument("--half", choices=["open", "all"], default="all", help="the first six paragraphs of each language, or all twelve")
    options.add_argument("--show", type=int, default=0, help="so many failures of each row")
    given = options.parse_args()
    lines = lambda name: (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    paragraphs = {name: lines(name)[: 6 if given.half == "open" else 12] for name in ["es", "en", "fr", "ru", "kk"]}

    everything = list(cases(paragraphs))
    ours = newsframe(given.bin, ["\n\n".join(bad) for _, _, bad, _ in everything] + lines("sound"))
    restored, of, beside, shown = defaultdict(Counter), Counter(), Counter(), Counter()
    for (row, language, bad, sound), text in zip(everything, ours):
        made = text.split("\n\n")
        for i, (b, want) in enumerate(zip(bad, sound)):
            good = len(made) == len(sound) and same(made[i], want)
            if b == want:
                beside[good] += 1
                continue
            of[row] += 1
            restored["newsframe"][row] += good
            restored["ftfy"][row] += same(ftfy.fix_encoding(b), want)
            if not good and shown[row, language] < given.show:
                shown[row, language] += 1
                print(f"{row} {language}\n  {b!r}\n  {made[i] if i < len(made) else None!r}\n  {want!r}")

    print(f"ftfy {importlib.metadata.version('ftfy')}; {sum(of.values())} paragraphs of {len(paragraphs)} languages\n")
    print("| read as | | paragraphs | newsframe | ftfy |\n|---|---|---|---|---|")
    share = lambda who, rows: f"{100 * sum(restored[who][r] for r in rows) / sum(of[r] for r in rows):.1f} %"
    for row in of:
        print(f"| {row[0]} | {row[1]} | {of[row]} | {share('newsframe', [row])} | {share('ftfy', [row])} |")
    for depth in dict.fromkeys(row[1] for row in of):
        rows = [r for r in of if r[1] == depth]
        print(f"| **all** | {depth} | {sum(of[r] for r in rows)} | {share('newsframe', rows)} | {share('ftfy', rows)} |")

    print("\n| lost letters | as | put back | wrongly | left | sound ones touched |\n|---|---|---|---|---|---|")
    for mark in "\ufffd?":
        for language, numbers in lost(given.bin, {name: paragraphs[name] for name in ["es", "en"]}, mark).items():
            print(f"| {language} | {mark} | " + " | ".join(map(str, numbers)) + " |")
    print(f"\nsound paragraphs between damaged ones left as they are by newsframe: {beside[True]} of {beside.total()}")
    tempting = lines("sound") + [p for ps in paragraphs.values() for p in ps]
    made = ours[len(everything):] + newsframe(given.bin, tempting[len(lines("sound")):])
    for who, texts in [("newsframe", made), ("ftfy", [ftfy.fix_encoding(t) for t in tempting])]:
        changed = [(a, b) for a, b in zip(tempting, texts) if not same(a, b)]
        print(f"\nsound lines left as they are by {who}: {len(tempting) - len(changed)} of {len(tempting)}")
        for a, b in changed:
            print(f"  {a!r} -> {b!r}")


if __name__ == "__main__":
    main()
