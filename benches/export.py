"""Writes a JSONL export of so many megabytes: each row an article of 8 to 24 paragraphs drawn from those of `tests/attribution`.

    python3 benches/export.py 100 > export.jsonl
    /usr/bin/time -v target/release/newsframe extract export.jsonl --out out --format csv
"""

import json
import random
import sys
import tomllib
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"


def main():
    die = random.Random(1)
    read = lambda code: tomllib.loads((TESTS / "attribution" / f"{code}.toml").read_text())["text"]
    samples = {code: [p for text in read(code) for p in text["text"].split("\n\n")] for code in ["en", "es"]}
    left, number = int(sys.argv[1]) << 20, 0
    while left > 0:
        language = die.choice(["en", "es"])
        body = "\n\n".join(die.choices(samples[language], k=die.randint(8, 24)))
        row = {"id": f"row{number}", "text": f"{number}. {body}", "language": language, "published": f"2023-{die.randint(1, 12):02}-{die.randint(1, 28):02}"}
        line = json.dumps(row, ensure_ascii=False) + "\n"
        left -= len(line.encode())
        number += 1
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
