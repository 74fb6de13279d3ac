"""Times the notebooks' kernel as a person meets it, over the Jupyter protocol.

    .newsframe/python/bin/python benches/kernel.py [--stock FOLDER] [NOTEBOOK...]

For the kernel "Rust (newsframe)": from its start to ready, to the first data frame on screen, and each code cell of the
notebooks (without: all of `notebooks/`), its own work included. With --stock the same first cells are timed in the plain
kernel with Polars as a dependency, built in FOLDER, which takes a quarter of an hour the first time and is kept.
Run `newsframe run` once before, so that everything is set up.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

PROJECT = Path(__file__).resolve().parent.parent
FRAME = 'let frame = df!("place" => ["Almaty", "Zhanaozen"], "killed" => [10, 15])?;\nframe'
STOCK_POLARS = """[evcxr]
offline_mode = false
[dependencies]
polars = { version = "=0.55.2", default-features = false, features = ["lazy", "strings", "temporal", "fmt", "dtype-date", "dtype-struct", "is_in", "regex"] }
"""


class Session:
    def __init__(self, kernel, folder, env):
        self.start = time.monotonic()
        self.manager = KernelManager(kernel_name=kernel)
        self.manager.start_kernel(cwd=str(folder), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=3600)
        self.ready = self.since_start()

    def since_start(self):
        return time.monotonic() - self.start

    def run(self, code):
        start, wrong = time.monotonic(), []

        def hook(message):
            kind, content = message["msg_type"], message["content"]
            if kind == "error" or (kind == "stream" and content["name"] == "stderr"):
                wrong.append(content.get("text") or "\n".join(content["traceback"]))

        self.client.execute_interactive(code, timeout=3600, output_hook=hook)
        if wrong:
            raise SystemExit(f"{code}\n{''.join(wrong)}")
        return time.monotonic() - start

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def first_frame(kernel, folder, env, before=()):
    session = Session(kernel, folder, env)
    for code in [*before, "use polars::prelude::*;", FRAME]:
        session.run(code)
    first = session.since_start()
    again = statistics.median(session.run("frame.clone().lazy().filter(col(\"killed\").gt(lit(10))).collect()?") for _ in range(5))
    session.end()
    print(f"{kernel:<10} ready {session.ready:6.2f} s   first data frame {first:6.2f} s   then a filtered frame {again:5.2f} s", flush=True)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--stock", type=Path)
    ask.add_argument("notebooks", nargs="*", type=Path)
    given = ask.parse_args()
    env = dict(os.environ, NEWSFRAME_OUT=str(PROJECT / "out"))

    first_frame("newsframe", PROJECT / "notebooks", env)
    if given.stock:
        given.stock.mkdir(parents=True, exist_ok=True)
        (given.stock / "evcxr.toml").write_text(STOCK_POLARS)
        plain = PROJECT / ".newsframe/python/share/jupyter/kernels/rust"
        plain.mkdir(exist_ok=True)
        argv = [str(PROJECT / ".newsframe/evcxr/bin/evcxr_jupyter"), "--control_file", "{connection_file}"]
        (plain / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "Rust", "language": "rust", "interrupt_mode": "message"}))
        build = dict(env, EVCXR_TMPDIR=str(given.stock.resolve() / "build"))
        Session("rust", given.stock, build).end()  # builds what is missing
        first_frame("rust", given.stock, build)

    cells = []
    for path in given.notebooks or sorted((PROJECT / "notebooks").glob("*.ipynb")):
        notebook = json.loads(path.read_text())
        session = Session("newsframe", path.resolve().parent, env)
        times = [session.run("".join(c["source"])) for c in notebook["cells"] if c["cell_type"] == "code" and "".join(c["source"]).strip()]
        print(f"{path.name:<24} ready {session.ready:5.2f} s   {len(times)} cells: " + " ".join(f"{t:.2f}" for t in times), flush=True)
        cells += times
        session.end()
    if cells:
        print(f"median cell, its own work included: {statistics.median(cells):.2f} s over {len(cells)} cells")


if __name__ == "__main__":
    main()
