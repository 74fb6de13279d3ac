"""Runs notebooks, two at a time: execute.py KERNEL OUT NOTEBOOK...

Gets ready at once, and begins when there is a line on stdin; if that ends without one, nothing is run.

Tells what it does as one JSON object a line, each with the notebook's name. Stops at the first cell that fails: the Rust kernel calls a cell that
panicked a success, so whatever a cell writes to stderr counts as a failure too.
"""

import asyncio
import html
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

# A check of addresses that no notebook has: without it jsonschema doesn't spend 1.7 s on reading its grammar.
sys.modules["rfc3987_syntax"] = None

import nbformat
import zmq.asyncio
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter


class Failed(Exception):
    """A cell that failed, in words."""


def tell(**event):
    print(json.dumps(event), flush=True)


def stderr_of(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stderr").strip()


def plain(text):
    """A message for any terminal: without colours, and without the calls that led to a panic."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).split("\nstack backtrace:")[0]


class Stopped(Exception):
    """A notebook that failed, with what is to be told of it."""


# A kernel spends much of its time waiting for one compiler: two keep two cores busy.
AT_ONCE = 2
# Seconds in which a kernel has started, on any machine.
START = 300
# How often it is tried: Jupyter looks for free ports before the kernel takes them, and another program may be first. Its own restarter tries as often.
STARTS = 5
# Seconds in which a kernel that is there takes a request. Without a limit the one to a kernel that is gone could wait for ever, with the whole run:
# sending is no asynchronous work for Jupyter's client.
TAKEN = 60


class Session:
    """A session for one notebook after the other.

    The kernel stays the same where it can, emptied of all that the notebook before left: most of its start is reading the sources that types come
    from, and these don't change. The cells run in a process below it, which is a new one each time.
    """

    def __init__(self, kernel):
        self.kernel, self.manager, self.client, self.folder = kernel, None, None, None
        self.before = 0  # requests that the kernel counted before this notebook's

    async def fresh(self, folder):
        if not (self.folder == folder and await self.emptied()):
            await self.end()
            await self.start(folder)

    async def emptied(self):
        if not (self.manager and await self.manager.is_alive()):
            return False
        try:
            reply = await self.client.execute_interactive(":clear\n:load_config --quiet", output_hook=lambda _: None, timeout=START)
        except (TimeoutError, zmq.Again):
            return False
        self.before = reply["content"]["execution_count"] - 1  # it counts from 2
        return reply["content"]["status"] == "ok"

    async def start(self, folder):
        for left in reversed(range(STARTS)):
            context = zmq.asyncio.Context()
            context.setsockopt(zmq.SNDTIMEO, TAKEN * 1000)
            self.manager = AsyncKernelManager(kernel_name=self.kernel, context=context)
            try:
                await self.manager.start_kernel(cwd=str(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                self.client = self.manager.client()
                self.client.start_channels()
                await self.client.wait_for_ready(timeout=START)
                break
            except (RuntimeError, zmq.Again) as error:
                died = isinstance(error, zmq.Again) or "died" in str(error)
                await self.end()
                if not (left and died):
                    raise
        self.client.allow_stdin = False
        self.folder, self.before = folder, 0

    async def end(self):
        manager, client, self.manager, self.client = self.manager, self.client, None, None
        if client:
            client.stop_channels()
        if not manager:
            return
        try:
            if await manager.is_alive():  # one that is gone is asked for nothing
                await manager.shutdown_kernel()
        except zmq.Again:
            await manager.signal_kernel(signal.SIGKILL)
        finally:
            await manager.cleanup_resources()
            manager.context.destroy(linger=100)


class Client(NotebookClient):
    """Watches each cell, also for what it says just after it has ended."""

    def __init__(self, notebook, session, **options):
        super().__init__(notebook, km=session.manager, **options)
        self.kc, self.before = session.client, session.before

    async def late_stderr(self):
        late = []
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=0.03))
            except Exception:  # nothing more to read
                return "".join(late).strip()
            if message["msg_type"] == "stream" and message["content"]["name"] == "stderr":
                late.append(message["content"]["text"])

    async def async_execute_cell(self, cell, cell_index, **options):
        if cell.cell_type != "code" or not cell.source.strip():
            return await super().async_execute_cell(cell, cell_index, **options)
        start = time.monotonic()
        result = await super().async_execute_cell(cell, cell_index, **options)
        for output in cell.outputs:
            if output.get("execution_count"):
                output.execution_count -= self.before
        wrong = stderr_of(cell) or await self.late_stderr()
        if wrong:
            raise Failed(wrong)
        tell(event="cell", name=self.resources["metadata"]["name"], seconds=round(time.monotonic() - start, 3))
        return result


async def run(path, session):
    notebook = nbformat.read(path, as_version=4)
    cells = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    for cell in cells:  # what an earlier run left must not be taken for this one's
        cell.outputs, cell.execution_count = [], None
    tell(event="notebook", name=path.name, cells=len(cells))
    client = Client(notebook, session, timeout=None, record_timing=False, resources={"metadata": {"path": str(path.parent), "name": path.name}})
    try:
        await client.async_execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError, Failed, zmq.Again) as error:
        ran = [c for c in cells if c.get("execution_count") is not None or c.outputs]
        cell = ran[-1] if ran else cells[0]
        if isinstance(error, Failed):
            said = [str(error)]
        elif isinstance(error, zmq.Again):
            said = ["the kernel takes no more requests"]
        else:
            said = [stderr_of(cell)]
        said += ["\n".join(o.get("traceback") or [o.get("evalue", "")]) for o in cell.outputs if o.output_type == "error"]
        message = "\n".join(plain(s) for s in said if s) or str(error)
        raise Stopped(dict(event="failed", name=path.name, cell=cells.index(cell) + 1, source=cell.source, message=message)) from error
    if any(line.lstrip().startswith(":") for cell in cells for line in cell.source.splitlines()):
        await session.end()  # a command may have set what outlasts the session's emptying
    return notebook


def page_of(notebook, name):
    """The notebook as a page that is complete in itself: it fetches no scripts, and its charts are described in words."""
    pages = HTMLExporter(embed_images=True, exclude_anchor_links=True)
    pages.mathjax_url = pages.require_js_url = pages.jquery_url = pages.mermaid_js_url = ""
    page, _ = pages.from_notebook_node(notebook, {"metadata": {"name": name}})
    page = re.sub(r'<script src="">\s*</script>', "", page)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                words = html.escape(output.data.get("text/plain", "A chart"), quote=True)
                page = page.replace('alt="No description has been provided for this image"', f'alt="{words}"', 1)
    return page


def write(path, text):
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


async def main():
    kernel, out, *paths = sys.argv[1:]
    out = Path(out)
    # Those of most cells first: the last to end then has the fewest left to do alone.
    waiting = sorted(map(Path, paths), key=lambda p: -p.read_text(encoding="utf-8").count('"cell_type": "code"'))
    begin = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)

    async def one_after_the_other():
        session = Session(kernel)
        try:
            while waiting:
                path = waiting.pop(0)
                await session.fresh(path.parent)
                if not await asyncio.shield(begin):
                    return
                notebook = await run(path, session)
                notebook.metadata["kernelspec"] = {"name": kernel, "display_name": "Rust (newsframe)", "language": "rust"}
                write(out / path.name, nbformat.writes(notebook) + "\n")
                write(out / f"{path.stem}.html", await asyncio.to_thread(page_of, notebook, path.stem))
                tell(event="done", name=path.name)
        finally:
            await session.end()

    tasks = [asyncio.ensure_future(one_after_the_other()) for _ in paths[:AT_ONCE]]
    try:
        await asyncio.gather(*tasks)
    except Stopped as stopped:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        tell(**stopped.args[0])
        sys.exit(1)


if __name__ == "__main__":
    asyncio.run(main())
