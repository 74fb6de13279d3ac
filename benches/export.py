"""Writes a JSONL export of about so many megabytes, each row one of the texts of `tests/attribution` with other names of towns.

    python3 benches/export.py 100 > export.jsonl
    /usr/bin/time -v target/release/newsframe extract export.jsonl --out out --format csv
"""

import json
import random
import sys
import tomllib
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent / "tests"


def texts(value):
    """Every longer text of a file of samples."""
    if isinstance(value, str):
        return [value] if len(value) > 80 else []
    return [t for v in (value.values() if isinstance(value, dict) else value if isinstance(value, list) else []) for t in texts(v)]


def main():
    die = random.Random(1)
    samples = {code: texts(tomllib.loads((TESTS / "attribution" / f"{code}.toml").read_text())) for code in ["en", "es"]}
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
