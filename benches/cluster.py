"""The same rows by `extract` and by Apache Spark on 20,000 generated documents, and what Spark costs.

    newsframe cluster ANY.jsonl --out ANY      # sets up .newsframe/spark, and writes what makes later runs start quickly
    .newsframe/spark/bin/python benches/cluster.py target/release/newsframe FOLDER [DOCUMENTS]

Documents are those of export.py, with every tenth one again under another id. Compares every row of every table, sorted, and
tells seconds and memory: `extract` on one and two threads, the worker alone, Spark on one and two cores. Of Spark it tells for each step what
Java, Python and the workers took of the processor, which other programs on the machine change less than the clock (read in /proc, so on Linux only).
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import export

TABLES = ["documents", "edits", "sentences", "quotes", "mentions", "entities", "dates", "claims", "figures", "terms", "problems"]


def generate(path, documents):
    sys.argv[1:] = [str(documents * 3600 // (1 << 20) + 1)]
    with redirect_stdout(io.StringIO()) as made:
        export.main()
    lines = made.getvalue().splitlines()
    assert len(lines) >= documents, len(lines)
    with path.open("w") as file:
        for i, line in enumerate(lines[:documents]):
            if i % 10 == 9:
                line = json.dumps(json.loads(lines[i - 9]) | {"id": f"again{i}"}, ensure_ascii=False)
            file.write(line + "\n")


def timed(what, command, **environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | environment)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{what:<28} {wall:7.1f} s  {work:7.1f} s of processor", flush=True)
    return wall, work


def process(pid):
    """What a process is, its parent, its own seconds of the processor, and its memory. One that has ended, and is not yet taken leave of, has no words."""
    stat = Path(f"/proc/{pid}/stat").read_text()
    name, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :].split()
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    what = "worker" if words[1:2] == ["worker"] else "python" if name.startswith("python") else name
    return what if words[0] else None, int(rest[1]), (int(rest[11]) + int(rest[12])) / os.sysconf("SC_CLK_TCK"), int(rest[21]) * os.sysconf("SC_PAGE_SIZE")


def watched(command, stdin=None, **environment):
    """Runs a command; gives its seconds, what its processes had taken of the processor at each look, by kind, and the most memory of one of a kind."""
    start = time.monotonic()
    run = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, env=os.environ | environment)
    spent, looks, most = {}, [], defaultdict(int)
    while run.poll() is None:
        there = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                there[int(pid)] = process(pid)
            except OSError:
                pass  # it is gone
        ours, more = {run.pid}, True
        while more:
            more = {pid for pid, (_, parent, *_) in there.items() if parent in ours} - ours
            ours |= more
        for pid in ours & there.keys():
            what, _, seconds, memory = there[pid]
            what = what or spent.get(pid, ("gone",))[0]
            spent[pid] = what, seconds
            most[what] = max(most[what], memory)
        by = Counter()
        for what, seconds in spent.values():
            by[what] += seconds
        looks.append((time.monotonic() - start, by))
        time.sleep(0.1)
    if run.returncode:
        sys.exit(f"{command} ended with {run.returncode}")
    return time.monotonic() - start, looks, most


def rows_of(folder, table):
    path = folder / f"{table}.jsonl"
    if path.exists():
        with path.open() as file:
            rows = [json.loads(line) for line in file]
    else:
        rows = pq.read_table(folder / f"{table}.parquet").to_pylist()
    plain = lambda v: v if v is None or isinstance(v, (str, int, float, bool, list)) else str(v)
    return sorted(json.dumps({k: plain(v) for k, v in row.items()}, sort_keys=True) for row in rows)


def main():
    program, folder = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
    documents = int(sys.argv[3]) if len(sys.argv) > 3 else 20_000
    folder.mkdir(parents=True, exist_ok=True)
    corpus = folder / "corpus.jsonl"
    generate(corpus, documents)
    print(f"{documents} documents, {corpus.stat().st_size / 1e6:.1f} MB", flush=True)
    for threads in ["1", "2"]:
        command = [program, "extract", str(corpus), "--out", str(folder / "extract"), "--format", "jsonl", "--fresh"]
        timed(f"extract, {threads} threads", command, RAYON_NUM_THREADS=threads)

    lines = corpus.read_bytes().splitlines()
    stream = folder / "corpus.arrows"
    with pa.OSFile(str(stream), "wb") as file:
        batch = pa.record_batch({"path": [f"corpus.jsonl#{i}" for i in range(1, len(lines) + 1)], "json": lines})
        with pa.ipc.new_stream(file, batch.schema) as out:
            for at in range(0, len(lines), 1024):
                out.write_batch(batch.slice(at, 1024))
    with stream.open("rb") as given:
        alone, looks, most = watched([program, "worker"], given)
    print(f"worker alone                 {alone:7.1f} s  {looks[-1][1].total():7.1f} s of processor, {most['worker'] / 1e6:.0f} MB at most", flush=True)

    for cores in [1, 2]:
        out = folder / f"spark{cores}"
        command = [program, "cluster", str(corpus), "--out", str(out), "--master", f"local[{cores},4]"]
        wall, looks, most = watched(command)
        seconds = json.loads((out / "manifest.json").read_text())["seconds"]
        joining = wall - seconds["join"]
        until = lambda time: next((by for at, by in reversed(looks) if at <= time), Counter())
        print(f"cluster, {cores} cores             {wall:7.1f} s")
        last = 0
        for step, end in ("starting", joining - seconds["documents"]), ("documents", joining), ("joining, tables", wall):
            took = until(end) - until(last)
            kinds = ", ".join(f"{kind} {took[kind]:.1f}" for kind in ("java", "python", "worker"))
            print(f"   {step:<24} {end - last:7.1f} s  {took.total():7.1f} s of processor: {kinds} ({took['worker'] / max(took.total(), 0.1):.0%} the workers')")
            last = end
        print("   most memory of one process:", ", ".join(f"{kind} {most[kind] / 1e6:.0f} MB" for kind in ("java", "python", "worker")), flush=True)
    for table in TABLES:
        one, other = rows_of(folder / "extract", table), rows_of(folder / "spark2", table)
        if one != other:
            differ = sorted(set(one) ^ set(other))
            sys.exit(f"{table}: {len(one)} rows by extract, {len(other)} by Spark, {len(differ)} differ, as\n" + "\n".join(differ[:4]))
        print(f"   {table:<10} {len(one):>9} rows, the same")


if __name__ == "__main__":
    main()
