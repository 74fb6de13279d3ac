"""How long a browser takes to open a report: open.py PACKAGES BROWSER OUT. Opens each page five times and prints the middle one, from the
start of the navigation to the end of the load and the first frame after it."""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from playwright.sync_api import sync_playwright  # noqa: E402


def main():
    out = Path(sys.argv[3]).resolve()
    article = max((out / "report/articles").iterdir(), key=lambda p: p.stat().st_size)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=sys.argv[2], args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
        for path in [out / "report.html", out / "report/claims-1.html", out / "report/documents-1.html", article]:
            times = []
            for _ in range(5):
                page = chromium.new_page()
                page.goto(path.as_uri())
                times.append(page.evaluate("""() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"""))
                page.close()
            print(f"{path.relative_to(out)}: {path.stat().st_size / 1e3:.0f} kB, {statistics.median(times) / 1e3:.2f} s")
        chromium.close()


if __name__ == "__main__":
    main()
