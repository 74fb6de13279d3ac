"""Whether the work grows as the text does: instructions for each further byte, counted by callgrind, not timed.

    cargo build --release --no-default-features --features cli
    python3 benches/growth.py [--large] [target/release/newsframe]

Each shape of input is extracted at three sizes, each twice the one before. What the second half of the second takes, a byte, and the second half of the third may
differ by no more than 10 %: so what starting up takes, and patterns that are compiled when a text first asks for them, is on neither side. Says NOT TESTED where there is no valgrind.

With `--large` nothing is counted: a document of 10 MB, a line of 10 MB, 100,000 quotations, names, claims, dates and terms, and 10 MB without a stop are extracted beside ones of a fourth, and
the seconds of the processor for a megabyte are printed. No test goes by them.
"""

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GIVEN = [w for line in (ROOT / "data/gazetteer/given-names.txt").read_text().splitlines() if line[:1] != "#" for w in line.split()]
ALLOWED = 0.10


def export(size):
    return subprocess.run([sys.executable, ROOT / "benches/export.py", str(size / (1 << 20))], capture_output=True, check=True, text=True).stdout


def articles(size):
    return export(size)


def mixed(size, least=400_000, most=1_600_000):
    """Texts of every kind: the same once, twice and four times over, as others would not hold as much of each."""
    texts = [json.loads(line)["text"] for line in export(least if size <= most else size).splitlines()]
    return texts * (round(size / least) if size <= most else 1)


def one_document(size):
    return json.dumps({"id": "one", "language": "en", "published": "2022-01-07", "text": "\n\n".join(mixed(size))}) + "\n"


def one_line(size):
    return json.dumps({"id": "one", "language": "en", "published": "2022-01-07", "text": " ".join(" ".join(mixed(size)).split())}) + "\n"


def endless(size):
    """One sentence: the same without a stop."""
    texts = [re.sub(r"[.!?…]", "", text) for text in mixed(size)]
    return json.dumps({"id": "one", "language": "en", "text": " ".join(" ".join(texts).split())}) + "\n"


def dates(size):
    return repeated(size, lambda n: f"held March {n % 27 + 1}-{n % 27 + 3}, {1980 + n % 40}; ")


def terms(size):
    return repeated(size, lambda n: f"Terrorists and Protesters call Rebels traitors {n} ")


def quotes(size):
    said = '"We are not leaving this square number {}, whatever they say," said {} {}. '
    return repeated(size, lambda n: said.format(n, GIVEN[n % len(GIVEN)], GIVEN[n // 7 % len(GIVEN)]))


def entities(size):
    return repeated(size, lambda n: f"Then {GIVEN[n % len(GIVEN)]} {GIVEN[n * 31 % len(GIVEN)]}ov of Party {n} spoke in town. ")


def claims(size):
    return repeated(size, lambda n: f"At least {n % 90 + 10} people were killed in Almaty on Friday, the police said. ")


def repeated(size, sentence):
    parts, n = [], 0
    while size > 0:
        parts.append(sentence(n))
        size -= len(parts[-1])
        n += 1
    return json.dumps({"id": "one", "language": "en", "published": "2022-01-07", "text": "".join(parts)}) + "\n"


def extract(program, text, folder, before=()):
    corpus = Path(folder) / "export.jsonl"
    corpus.write_text(text)
    command = [*before, program, "extract", corpus, "--out", Path(folder) / "out", "--format", "csv", "--fresh"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env={"RAYON_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"})


def instructions(program, text, folder):
    run = extract(program, text, folder, ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"])
    return int(re.search(r"Collected : (\d+)", run.stderr)[1])


def seconds(program, text, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    extract(program, text, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def large(program):
    shapes = [(one_document, 10 << 20), (one_line, 10 << 20), (quotes, 7_700_000), (entities, 5_500_000), (claims, 7_700_000), (endless, 10 << 20), (dates, 2_300_000), (terms, 5_000_000)]
    with tempfile.TemporaryDirectory() as folder:
        for shape, size in shapes:
            texts = [shape(size // 4), shape(size)]
            rates = [seconds(program, text, folder) / len(text.encode()) * 1e6 for text in texts]
            print(f"{shape.__name__:<14}{len(texts[1]) / 1e6:>6.1f} MB{rates[0]:>8.2f}{rates[1]:>8.2f} s a MB", flush=True)


def main():
    arguments = [a for a in sys.argv[1:] if a != "--large"]
    program = arguments[0] if arguments else ROOT / "target/release/newsframe"
    if "--large" in sys.argv:
        return large(program)
    if not shutil.which("valgrind"):
        print("NOT TESTED: valgrind is not installed")
        return
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for shape, size in [(articles, 500_000), (one_document, 400_000), (one_line, 400_000), (quotes, 400_000), (entities, 400_000), (claims, 50_000), (endless, 400_000), (dates, 20_000), (terms, 50_000)]:
            texts = [shape(size * times) for times in [1, 2, 4]]
            took = [(instructions(program, text, folder), len(text.encode())) for text in texts]
            rate = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in zip(took, took[1:])]
            grows = rate[1] / rate[0] - 1
            print(f"{shape.__name__:<14}{rate[0]:>8.0f}{rate[1]:>8.0f} instructions for each further byte, {grows:+.1%}", flush=True)
            if abs(grows) > ALLOWED:
                wrong.append(shape.__name__)
    if wrong:
        sys.exit(f"not in proportion to the text: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
