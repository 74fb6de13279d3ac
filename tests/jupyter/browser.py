"""Opens every notebook in JupyterLab, in a browser, as a person does: browser.py PACKAGES NEWSFRAME BROWSER PICTURES.

Runs all cells, looks that tables and charts are on screen and nothing failed, and keeps a picture of each notebook.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from playwright.sync_api import expect, sync_playwright  # noqa: E402

PROJECT = Path(__file__).resolve().parents[2]
# Without a network the browser is told to look for nothing there.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
MINUTES = 60_000


class Lab:
    """JupyterLab as `newsframe lab` starts it, on copies of the notebooks."""

    def __init__(self, newsframe, folder):
        notebooks = Path(folder, "notebooks")
        notebooks.mkdir()
        for path in PROJECT.glob("notebooks/*.ipynb"):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            for cell in notebook["cells"]:  # what is seen must come from this run
                if cell["cell_type"] == "code":
                    cell["outputs"], cell["execution_count"] = [], None
            (notebooks / path.name).write_text(json.dumps(notebook), encoding="utf-8")
        # Every cell is drawn, also those that are scrolled away.
        settings = Path(folder, "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings")
        settings.parent.mkdir(parents=True)
        settings.write_text('{"windowingMode": "none"}', encoding="utf-8")
        self.process = subprocess.Popen(
            [newsframe, "lab", "--out", Path(folder, "out"), "--", "--no-browser", "--allow-root", "--port=0",
             f"--ServerApp.root_dir={notebooks}", f"--LabApp.user_settings_dir={Path(folder, 'settings')}",
             f"--LabApp.workspaces_dir={Path(folder, 'workspaces')}"],
            cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.notebooks, said = sorted(p.name for p in notebooks.iterdir()), []
        for line in self.process.stderr:
            said.append(line)
            found = re.search(r"(http://(?:127\.0\.0\.1|localhost):\d+)/lab\?token=(\w+)", line)
            if found:
                self.address, self.token = found.groups()
                break
        else:
            sys.exit("JupyterLab didn't start:\n" + "".join(said))
        # What it goes on saying is read, so that it is never held up.
        self.rest = subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=subprocess.DEVNULL)

    def url(self, notebook):
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"

    def end(self):
        os.killpg(self.process.pid, signal.SIGTERM)  # the server ends its kernels
        self.rest.wait(timeout=60)


def look_at(page, lab, name, pictures):
    page.goto(lab.url(name))
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(panel.locator(".jp-Toolbar-kernelName")).to_contain_text("Rust (newsframe)", timeout=2 * MINUTES)
    expect(panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute("data-status", "idle", timeout=2 * MINUTES)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    prompts = panel.locator(".jp-CodeCell .jp-InputPrompt")
    done = re.compile(r"^\[\d+\]:$")
    cells = prompts.count()
    for n in range(cells):
        expect(prompts.nth(n)).to_have_text(done, timeout=5 * MINUTES)
    failed = panel.locator('[data-mime-type="application/vnd.jupyter.stderr"], [data-mime-type="application/vnd.jupyter.error"]')
    assert failed.count() == 0, f"{name}: {failed.first.inner_text()}"
    tables, charts = panel.locator(".jp-RenderedHTML table"), panel.locator(".jp-RenderedSVG img")
    assert tables.locator("tbody td").count() > 0 and charts.count() > 0, f"{name}: {tables.count()} tables, {charts.count()} charts"
    for n in range(tables.count()):
        expect(tables.nth(n)).to_be_visible()
        assert tables.nth(n).locator("th").count() > 0, f"{name}: table {n + 1} has no columns"
        right = tables.nth(n).locator('td[style*="right"]')
        if right.count():
            expect(right.first).to_have_css("text-align", "right")
    for n in range(charts.count()):
        charts.nth(n).scroll_into_view_if_needed()
        expect(charts.nth(n)).to_have_js_property("complete", True)
        drawn = charts.nth(n).evaluate("image => image.naturalWidth > 100 && image.naturalHeight > 100")
        assert drawn, f"{name}: chart {n + 1} isn't drawn"
        charts.nth(n).screenshot(path=pictures / f"{Path(name).stem}-chart-{n + 1}.png")
    panel.screenshot(path=pictures / f"{Path(name).stem}.png")
    print(f"{name}: {cells} cells, {tables.count()} tables, {charts.count()} charts", flush=True)


def helps_to_write(page):
    """What a cell offers while it is written: names that would fit, and what a name is."""
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.type("tally::", delay=20)
    # JupyterLab gives up on an answer after a second, and the kernel's first one can take longer: asked again, as a person would.
    completer = page.locator(".jp-Completer:not(.lm-mod-hidden)")
    for _ in range(12):
        page.keyboard.press("Tab")
        try:
            expect(completer).to_contain_text("coverage", timeout=MINUTES / 12)
            break
        except AssertionError:
            pass
    expect(completer).to_contain_text("coverage", timeout=1000)
    page.keyboard.press("Escape")
    page.keyboard.type("coverage", delay=20)
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("pub fn coverage(tables: &Tables) -> Coverage", timeout=MINUTES)


def main():
    newsframe, browser, pictures = *sys.argv[2:4], Path(sys.argv[4])
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(newsframe, folder)
        try:
            chromium = playwright.chromium.launch(executable_path=browser, args=QUIET)
            page = chromium.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(f"{lab.address}/lab?token={lab.token}")
            launcher = page.locator('.jp-LauncherCard[data-category="Notebook"]', has_text="Rust (newsframe)")
            expect(launcher).to_be_visible(timeout=2 * MINUTES)
            for name in lab.notebooks:
                look_at(page, lab, name, pictures)
            helps_to_write(page)
            chromium.close()
        finally:
            lab.end()


if __name__ == "__main__":
    main()
