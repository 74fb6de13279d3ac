"""What a person may expect of the kernel "Rust (newsframe)", over the Jupyter protocol.

Run by `cargo test --test notebooks` with the project's own Python environment.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager

PROJECT = Path(__file__).resolve().parents[2]
ARTICLES = 300  # so many take longer than the second of which no bar is shown
SESSIONS = PROJECT / ".newsframe/sessions"


class Session:
    """A notebook that is open."""

    def __init__(self, **env):
        self.folder = tempfile.TemporaryDirectory()
        given = {"NEWSFRAME_CORPUS": str(PROJECT / "data/articles"), "NEWSFRAME_OUT": self.folder.name}
        # Another program may be the first to take a port that Jupyter found free: tried again, as Jupyter's own restarter does.
        for left in reversed(range(5)):
            before = set(SESSIONS.iterdir())
            self.manager = KernelManager(kernel_name="newsframe")
            self.manager.start_kernel(cwd=self.folder.name, env={**os.environ, **given, **env}, stdout=subprocess.DEVNULL)
            self.client = self.manager.client()
            self.client.start_channels()
            try:
                self.client.wait_for_ready(timeout=120)
                break
            except RuntimeError as error:
                if not left or "died" not in str(error):
                    raise
                self.client.stop_channels()
                self.manager.shutdown_kernel()
        self.own = set(SESSIONS.iterdir()) - before

    def ask(self, code):
        """All messages that a cell leaves, and the status of its reply."""
        messages = []
        reply = self.client.execute_interactive(code, timeout=120, allow_stdin=False, output_hook=messages.append)
        time.sleep(0.05)  # stderr may come just after the reply
        while self.client.iopub_channel.msg_ready():
            messages.append(self.client.get_iopub_msg(timeout=1))
        return messages, reply["content"]["status"]

    def text(self, code):
        return "".join(m["content"].get("text", "") for m in self.ask(code)[0] if m["msg_type"] == "stream")

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()
        self.manager.context.destroy()
        self.folder.cleanup()


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def until(true, seconds=10):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


class OneNotebook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = Session()

    @classmethod
    def tearDownClass(cls):
        cls.session.end()

    def test_the_first_cell_can_be_the_analysis_itself(self):
        session = Session()
        messages, status = session.ask("News::open()?.claims()?")
        results = [m["content"]["data"] for m in messages if m["msg_type"] == "execute_result"]
        session.end()
        self.assertEqual((status, len(results)), ("ok", 1), messages)
        self.assertIn("<table>", results[0]["text/html"])
        self.assertIn("│", results[0]["text/plain"], "a terminal gets a table too")

    def test_what_is_no_table_shows_as_rust_writes_it(self):
        messages, _ = self.session.ask('let number: u32 = "12".parse()?;\n("twelve".len() + "3".parse::<usize>()?, number)')
        results = [m["content"]["data"] for m in messages if m["msg_type"] == "execute_result"]
        self.assertEqual([r["text/plain"] for r in results], ["(9, 12)"], messages)

    def test_a_compile_error_is_short_and_says_where(self):
        messages, status = self.session.ask("let fine: u32 = 1;\nlet count: u32 = \"three\";\nfine + count")
        errors = [m["content"] for m in messages if m["msg_type"] == "error"]
        self.assertEqual((status, len(errors)), ("error", 1), messages)
        told = plain("\n".join(errors[0]["traceback"]))
        self.assertIn("mismatched types", told)
        self.assertIn(' 2 │ let count: u32 = "three";', told, "the line of the mistake, with its number")
        self.assertRegex(told, r"│ +╰─+ expected `u32`, found `&str`", "and a mark below it")
        self.assertNotIn("/", told, "no paths of generated files")
        self.assertLessEqual(len(told.splitlines()), 15, told)

    def test_a_panic_says_what_went_wrong_and_keeps_the_session(self):
        self.session.ask("let kept: u32 = 41;")
        messages, _ = self.session.ask('let places: Vec<String> = vec![];\nassert!(!places.is_empty(), "no places were found");')
        told = "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == "stderr")
        self.assertIn("no places were found", told)
        self.assertNotIn("stack backtrace", told)
        self.assertLessEqual(len(told.splitlines()), 4, told)
        self.assertEqual(self.session.text('println!("{}", kept + 1);'), "42\n")

    def test_an_error_with_a_question_mark_is_told_in_words(self):
        told = self.session.text('let other: News = News::read(std::path::Path::new("nowhere"))?;')
        self.assertIn("nowhere", told)
        self.assertEqual(self.session.text('println!("on");'), "on\n")

    def test_completion_and_types_on_hover(self):
        self.session.ask("let news: News = News::open()?;")

        def matches(code):
            reply = self.session.client.complete(code, reply=True, timeout=60)["content"]
            return [code[: reply["cursor_start"]] + m for m in reply["matches"]]

        self.assertIn("news.claims", [m.removesuffix("()") for m in matches("news.cla")])
        self.assertIn("tally::coverage", [m.split("(")[0] for m in matches("tally::cov")])

        def hover(code, at):
            reply = self.session.client.inspect(code, cursor_pos=at, reply=True, timeout=60)["content"]
            return reply["data"].get("text/plain", "") if reply["found"] else ""

        self.assertIn("news: News", hover("let all = news;\nnews.claims()?", 12))
        self.assertIn("pub fn coverage(tables: &Tables) -> Coverage", hover("let counts = tally::coverage(&news);", 25))
        self.assertIn("pub fn claims(&self) -> Result<DataFrame>", hover("let all = 1;\nnews.claims()?", 20))

    def test_what_is_kept_in_a_variable_outlives_what_it_came_from(self):
        self.session.ask("let first: News = News::open()?;\nlet claims: DataFrame = first.claims()?;\nlet counted: Coverage = tally::coverage(&first);")
        self.session.ask("drop(first);")
        self.assertEqual(self.session.text('println!("{}", claims.height() > 0 && counted.table().height() > 0);'), "true\n")


class Progress(unittest.TestCase):
    def corpus(self, folder):
        text = min(PROJECT.glob("data/articles/*.txt")).read_text(encoding="utf-8")
        for n in range(ARTICLES):
            (Path(folder) / f"{n}.txt").write_text(f"{n}\n\n{text}", encoding="utf-8")

    def test_long_work_shows_one_bar_that_moves_to_its_end(self):
        with tempfile.TemporaryDirectory() as folder:
            self.corpus(folder)
            session = Session(NEWSFRAME_CORPUS=folder)
            messages, _ = session.ask("let news: News = News::open()?;")
            session.end()
        shown = [m for m in messages if m["msg_type"] in ("display_data", "update_display_data")]
        self.assertEqual([m["msg_type"] for m in shown[:2]], ["display_data", "update_display_data"])
        self.assertEqual(len({m["content"]["transient"]["display_id"] for m in shown}), 1)
        self.assertRegex(shown[0]["content"]["data"]["text/html"], r'^<progress value="\d+" max="\d+"></progress> \d+ %, \d+ articles read$')
        self.assertEqual(shown[-1]["content"]["data"]["text/html"], f"{ARTICLES} articles read")
        self.assertFalse([m for m in messages if m["msg_type"] == "stream"], "no bar as text beside it")

    def test_a_run_without_a_person_leaves_no_bar(self):
        with tempfile.TemporaryDirectory() as folder:
            self.corpus(folder)
            session = Session(NEWSFRAME_CORPUS=folder, NEWSFRAME_PROGRESS="0")
            messages, _ = session.ask("let news: News = News::open()?;")
            session.end()
        self.assertEqual({m["msg_type"] for m in messages} - {"status", "execute_input"}, set())


class Sessions(unittest.TestCase):
    def test_two_notebooks_at_once_do_not_disturb_each_other(self):
        one, two = Session(), Session()
        self.assertEqual(len(one.own | two.own), 2, "each has a folder of its own")
        one.client.execute("let mine: u32 = 1;\nlet news: News = News::open()?;")
        two.client.execute("let mine: u32 = 2;\nlet news: News = News::open()?;")
        self.assertEqual(one.text('println!("{mine}");'), "1\n")
        self.assertEqual(two.text('println!("{mine}");'), "2\n")
        one.end()
        self.assertEqual(two.text('println!("{} {mine}", news.documents()?.height());'), "3 2\n")
        two.end()
        self.assertTrue(until(lambda: not (one.own | two.own) & set(SESSIONS.iterdir())), "their folders are gone")

    def test_a_killed_kernel_leaves_nothing_behind(self):
        session = Session()
        session.client.execute("loop {}")  # a cell that runs on
        time.sleep(2)
        group = os.getpgid(session.manager.provisioner.process.pid)
        os.kill(session.manager.provisioner.process.pid, signal.SIGKILL)
        self.assertTrue(until(lambda: not session.own & set(SESSIONS.iterdir())), "its folder is gone")
        self.assertTrue(until(lambda: not alive(group)), "and so is the process that ran the cell")
        session.client.stop_channels()
        session.manager.cleanup_resources()
        session.folder.cleanup()
        following = Session()
        self.assertEqual(following.text("println!(\"{}\", 6 * 7);"), "42\n")
        following.end()

    def test_kernels_end_with_the_jupyter_that_started_them(self):
        start = "import sys, time; sys.path.insert(0, sys.argv[1]); import kernel; s = kernel.Session(); print(s.manager.provisioner.process.pid, flush=True); time.sleep(600)"
        jupyter = subprocess.Popen([sys.executable, "-c", start, Path(__file__).parent], stdout=subprocess.PIPE, text=True)
        group = int(jupyter.stdout.readline())
        self.assertTrue(alive(group))
        jupyter.kill()
        jupyter.wait()
        jupyter.stdout.close()
        self.assertTrue(until(lambda: not alive(group)))

    def test_a_restart_gives_a_fresh_session(self):
        session = Session()
        session.ask("let before: u32 = 1;")
        for now in (False, True):
            session.manager.restart_kernel(now=now)
            session.client.wait_for_ready(timeout=120)
            self.assertEqual(session.text('println!("there");'), "there\n")
            messages, status = session.ask("before")
            self.assertEqual(status, "error", messages)
        session.end()

    def test_an_interrupt_ends_the_cell_and_says_what_is_lost(self):
        session = Session()
        session.ask("let before: u32 = 1;")
        request = session.client.execute("loop { std::thread::sleep(std::time::Duration::from_millis(10)); }")
        time.sleep(2)
        session.manager.interrupt_kernel()
        self.assertEqual(session.client.get_shell_msg(timeout=30)["content"]["status"], "error")
        errors = []
        while not errors:
            message = session.client.get_iopub_msg(timeout=10)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "error":
                errors.append("\n".join(message["content"]["traceback"]))
        self.assertIn("Interrupted", errors[0])
        self.assertIn("variables are gone", errors[0])
        self.assertEqual(session.text('println!("again");'), "again\n", "the next cell runs")
        session.end()


def alive(group):
    """Whether a process of the group still runs; one that has ended but wasn't asked for yet doesn't."""
    for process in psutil.process_iter(["pid", "status"]):
        try:
            if os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE:
                return True
        except ProcessLookupError:
            pass
    return False


if __name__ == "__main__":
    unittest.main(verbosity=2)
