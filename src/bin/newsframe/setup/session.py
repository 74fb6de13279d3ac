"""Starts a notebook's kernel: session.py KERNEL SESSIONS CONNECTION_FILE.

The kernel is evcxr_jupyter as its authors release it; this process becomes it, so that Jupyter ends and interrupts it
as any other. Before that it leaves a helper beside it, which stands between the kernel and Jupyter and

- turns a line that the library marks as progress into a bar that is updated in place, which evcxr can't do;
- moves a question about a word to the word's end, where evcxr looks for it;
- says of an interrupted cell what became of the variables, and cuts the calls below a panic from its message;
- removes the session's folder when the kernel has ended, however it ended, and ends it when Jupyter is gone.
"""

import hashlib
import hmac
import html
import json
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack

PROGRESS = re.compile(r"\x1bnewsframe:progress (\d+)/(\d+) (.*)\n")  # src/notebook/progress.rs prints it
GONE = (
    "The cell was ended before it was done, and the session's variables are gone with it: Rust can't stop a running cell and keep them.",
    "Run the notebook from its first cell (menu Run, Run All Above Selected Cell).",
)
WORD = re.compile(r"\w*\(?")  # with the bracket it is a method's name, without it might be a field's
CALL = re.compile(r" *\d+: | {10,}at |stack backtrace:|note: (Some details|run with)")


def free_ports(ip, count):
    """Ports that nobody uses: held together until all are found, so that none comes twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((ip, 0))
        return [probe.getsockname()[1] for probe in probes]


class Message:
    """The parts of a message that are read or changed on the way."""

    def __init__(self, frames, key):
        self.frames, self.key, self.start = frames, key, frames.index(b"<IDS|MSG>")
        parts = frames[self.start + 2 : self.start + 6]
        if not hmac.compare_digest(self.signature(parts), frames[self.start + 1]):
            raise ValueError("not signed by who knows the key")  # what is changed is signed anew, so this comes first
        self.header, self.parent, self.metadata, self.content = map(json.loads, parts)

    def signature(self, parts):
        sign = hmac.new(self.key, digestmod=hashlib.sha256)
        for part in parts:
            sign.update(part)
        return sign.hexdigest().encode() if self.key else b""

    def changed(self, kind, content):
        """The frames with other content, signed anew."""
        header = {**self.header, "msg_type": kind}
        parts = [json.dumps(part).encode() for part in (header, self.parent, self.metadata, content)]
        return [*self.frames[: self.start + 1], self.signature(parts), *parts, *self.frames[self.start + 6 :]]


class Passing:
    """What becomes of a session's messages on their way."""

    def __init__(self, key):
        self.key = key
        self.shown = None  # the execution whose progress is on screen, and under which name

    def asked(self, frames):
        """The frames of a question that go to the kernel."""
        message = Message(frames, self.key)
        content = message.content
        if message.header["msg_type"] != "inspect_request":
            return frames
        end = WORD.match(content["code"], content["cursor_pos"]).end()
        return message.changed("inspect_request", {**content, "cursor_pos": end})

    def published(self, frames):
        """The frames of an output that go to Jupyter; none if it is to be left out."""
        message = Message(frames, self.key)
        kind, content = message.header["msg_type"], message.content
        if kind == "stream":
            done = PROGRESS.fullmatch(content["text"])
            if done:
                return message.changed(*self.progress(message.parent, *done.groups()))
            if content["name"] == "stderr" and CALL.match(content["text"]):
                return None
        if kind == "error" and content["evalue"].startswith("Subprocess terminated"):
            was_stopped = "signal: 9" in content["evalue"]
            told = ["Interrupted." if was_stopped else content["evalue"], *GONE]
            return message.changed("error", {**content, "traceback": told})
        return frames

    def progress(self, parent, done, of, about):
        execution = parent.get("msg_id")
        is_first = self.shown is None or self.shown[0] != execution
        if is_first:
            self.shown = (execution, uuid.uuid4().hex)
        share = f"{100 * int(done) // max(int(of), 1)} %, " if done != of else ""
        bar = f'<progress value="{done}" max="{of}"></progress> ' if share else ""
        data = {"text/plain": share + about, "text/html": bar + html.escape(share + about)}
        content = {"data": data, "metadata": {}, "transient": {"display_id": self.shown[1]}}
        return "display_data" if is_first else "update_display_data", content


def unless_strange(change, frames):
    """A message that isn't as the protocol has it goes on as it came, for the other side to judge; the session must not end over it."""
    try:
        return change(frames)
    except (KeyError, TypeError, ValueError):
        return frames


def bound(socket, at):
    """Binds. A kernel that was restarted has the ports of the one before, which may still be closing."""
    import zmq

    for _ in range(250):
        try:
            return socket.bind(at)
        except zmq.ZMQError:
            time.sleep(0.02)
    socket.bind(at)


def pass_on(kernel, jupyter, connection, inner):
    """Passes messages on until the kernel or Jupyter has ended."""
    import psutil
    import zmq

    context = zmq.Context()

    def sockets(port, outside, inside):
        outside, inside = context.socket(outside), context.socket(inside)
        for socket in (outside, inside):
            socket.setsockopt(zmq.SNDHWM, 0)
            socket.setsockopt(zmq.RCVHWM, 0)
        inside.setsockopt(zmq.RECONNECT_IVL, 20)
        inside.connect(f"{inner['transport']}://{inner['ip']}:{inner[port]}")
        bound(outside, f"{connection['transport']}://{connection['ip']}:{connection[port]}")
        return outside, inside

    outputs, output = sockets("iopub_port", zmq.PUB, zmq.SUB)
    output.setsockopt(zmq.SUBSCRIBE, b"")
    shell, answers = sockets("shell_port", zmq.ROUTER, zmq.DEALER)
    passing, poller = Passing(connection["key"].encode()), zmq.Poller()
    for socket in (output, shell, answers):
        poller.register(socket, zmq.POLLIN)
    process = psutil.Process(kernel)
    while os.getppid() == kernel and process.ppid() == jupyter:
        # Outputs go first: a cell's are there when its answer is.
        ready = dict(poller.poll(200))
        if output in ready:
            frames = unless_strange(passing.published, output.recv_multipart())
            if frames:
                outputs.send_multipart(frames)
        elif answers in ready:
            shell.send_multipart(answers.recv_multipart())
        elif shell in ready:
            answers.send_multipart(unless_strange(passing.asked, shell.recv_multipart()))
    context.destroy(linger=200)


def main():
    program, sessions, connection_file = sys.argv[1:]
    with open(connection_file, encoding="utf-8") as file:
        connection = json.load(file)
    folder = tempfile.mkdtemp(dir=sessions or None)
    inner = {**connection, **dict(zip(("iopub_port", "shell_port"), free_ports(connection["ip"], 2)))}
    inner_file = os.path.join(folder, "connection.json")
    with open(os.open(inner_file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
        json.dump(inner, file)
    os.environ["TMPDIR"] = folder
    os.environ.setdefault("NEWSFRAME_PROGRESS", "1")
    kernel, jupyter = os.getpid(), os.getppid()
    if os.fork() == 0:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            pass_on(kernel, jupyter, connection, inner)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            # The process that runs the cells may be in the middle of one. Jupyter gives each kernel a group of its own.
            if os.getpgrp() == kernel:
                os.killpg(kernel, signal.SIGKILL)
            os._exit(0)
    os.execv(program, [program, "--control_file", inner_file])


if __name__ == "__main__":
    main()
