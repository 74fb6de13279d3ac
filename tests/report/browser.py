"""Reads the report in a browser, as a person does: browser.py PACKAGES BROWSER OUT PICTURES.

OUT holds a report over shipped and hostile articles. Pictures of what was seen are left in PICTURES.
"""

import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from playwright.sync_api import expect, sync_playwright  # noqa: E402

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]

# What every page must keep, asked of the page itself. Gives what is wrong.
STRUCTURE = """() => {
  const wrong = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const heads = all("h1, h2, h3, h4, h5, h6").map((h) => +h.tagName[1]);
  if (heads.filter((h) => h === 1).length !== 1 || heads[0] !== 1) wrong.push(`headings ${heads}`);
  heads.forEach((h, i) => { if (i && h > heads[i - 1] + 1) wrong.push(`a heading ${h} after ${heads[i - 1]}`); });
  if (document.documentElement.lang !== "en" || !document.title) wrong.push("no language or title");
  if (all("main").length !== 1) wrong.push("not one main");
  if (all("script, iframe, object, embed, form, base, link").length) wrong.push("an element that could do something");
  all("*").forEach((e) => [...e.attributes].forEach((a) => {
    if (a.name.startsWith("on") || a.name === "style") wrong.push(`<${e.localName} ${a.name}>`);
    if (/^(href|src|xlink:href)$/.test(a.name) && /^\\s*(javascript|data|vbscript):/i.test(a.value)) wrong.push(a.value);
  }));
  all("img").forEach((i) => { if (!i.alt) wrong.push("a picture without words"); });
  all("figure svg").forEach((s) => {
    if (!s.querySelector("title")?.textContent || !(s.querySelector("desc")?.textContent)) wrong.push("a chart without words");
  });
  all("table").forEach((t) => { if (t.closest("details")?.classList.contains("part")) return;
    if (!t.caption?.textContent) wrong.push("a table without caption"); });
  all("thead th").forEach((h) => { if (h.scope !== "col" || !h.textContent.trim()) wrong.push("a column without scope or name"); });
  all("a").forEach((a) => { if (a.href && !(a.textContent.trim() || a.ariaLabel)) wrong.push(`a link without a name: ${a.href}`); });
  all("[tabindex]").forEach((e) => { if (+e.getAttribute("tabindex") > 0) wrong.push("an order of tabs of its own"); });
  all("[role=region]").forEach((e) => { if (!e.ariaLabel) wrong.push("a region without a name"); });
  const ids = all("[id]").map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  if (twice.length) wrong.push(`ids twice: ${twice.slice(0, 5)}`);
  all("a[href^='#']").forEach((a) => { if (!document.getElementById(decodeURIComponent(a.hash.slice(1)))) wrong.push(`leads nowhere: ${a.hash}`); });
  return wrong;
}"""

# WCAG 2.2, 1.4.3: the contrast of all words, by the colours that the browser computed. Charts are drawn on white by rules of their own.
CONTRAST = """() => {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d", {willReadFrequently: true});
  const rgba = (css) => { context.clearRect(0, 0, 1, 1); context.fillStyle = css; context.fillRect(0, 0, 1, 1); return [...context.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const seen = new Map(), wrong = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest("svg, style") || !e.checkVisibility()) continue;
    let ground = e;
    while (ground && rgba(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
    const style = getComputedStyle(e), back = getComputedStyle(ground ?? document.body).backgroundColor;
    const key = `${style.color} on ${back}`;
    if (seen.has(key)) continue;
    const [a, b] = [light(rgba(style.color)), light(rgba(back))];
    seen.set(key, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
    if (seen.get(key) < 4.5) wrong.push(`${e.localName}.${e.className}: ${key} is ${seen.get(key).toFixed(2)}`);
  }
  if (seen.size < 2) wrong.push("no colours were measured");
  return wrong;
}"""


expect.set_options(timeout=60_000)  # a busy machine takes its time


class Reader:
    """A window that notes whatever a page should not do."""

    def __init__(self, chromium, out, **options):
        self.out, self.wrong = out, []
        self.context = chromium.new_context(**options)
        self.context.set_default_timeout(180_000)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.wrong.append(f"{self.page.url}: says {m.text}"))
        self.page.on("pageerror", lambda e: self.wrong.append(f"{self.page.url}: {e}"))
        self.page.on("dialog", lambda d: self.wrong.append(f"{self.page.url}: a dialog"))
        self.context.route("**/*", self.only_pages)

    def only_pages(self, route):
        request = route.request
        if request.url.startswith(self.out.as_uri()) and request.is_navigation_request():
            route.continue_()
        else:
            self.wrong.append(f"{self.page.url} asks for {request.url}")
            route.abort()

    def open(self, path, anchor=""):
        self.page.goto((self.out / path).as_uri() + anchor)
        return self.page

    def end(self):
        self.context.close()
        assert not self.wrong, "\n".join(self.wrong[:20])


def every_page_is_sound(chromium, out):
    pages = sorted(p.relative_to(out) for p in out.rglob("*.html"))
    anchors, links, faults = {}, [], []
    for scheme in ["light", "dark"]:
        reader = Reader(chromium, out, color_scheme=scheme)
        for path in pages:
            page = reader.open(path)
            wrong = page.evaluate(STRUCTURE) if scheme == "light" else []
            wrong += page.evaluate(CONTRAST)
            wrong += ["a script of an article ran"] if page.evaluate("() => 'hacked' in window") else []
            faults += [f"{path}, {scheme}: {w}" for w in wrong]
            anchors[page.url.split("#")[0]] = set(page.evaluate("() => [...document.querySelectorAll('[id]')].map((e) => e.id)"))
            links += [(path, a) for a in page.evaluate("() => [...document.querySelectorAll('a[href]')].map((a) => new URL(a.getAttribute('href'), location).href)")]
        reader.end()
    assert not faults, "\n".join(faults[:30])
    for path, link in set(links):
        address, _, anchor = link.partition("#")
        if address.startswith("https://example.org/"):
            continue
        assert address in anchors and (not anchor or anchor in anchors[address]), f"{path}: {link} leads nowhere"
    return len(pages), len(set(links))


def rows_lead_to_their_sentence(chromium, out):
    reader = Reader(chromium, out)
    page = reader.open("report.html")
    table = page.get_by_role("table", name="Reported figures on people harmed")
    for n in range(table.locator("tbody tr").count()):
        row = table.locator("tbody tr").nth(n)
        figure = row.locator("td").nth(1).inner_text().strip("“”")
        row.get_by_role("link").click()
        sentence = page.locator(".s:target")
        expect(sentence).to_contain_text(figure)
        expect(sentence).to_be_in_viewport()
        assert sentence.evaluate("(e) => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)", "the sentence stands out"
        mark = sentence.locator(".m.claim").filter(has_text=figure.split()[0])
        assert mark.count() and mark.first.get_attribute("title"), f"{figure} is marked"
        page.go_back()
    # Pages of pages: the first table page leads to an article and back.
    page.get_by_role("link", name="Loaded terms", exact=True).last.click()
    expect(page.locator("h1")).to_have_text("Loaded terms")
    page.locator("tbody th a").first.click()
    expect(page.locator(".s:target")).to_be_in_viewport()
    page.get_by_role("link", name="Report", exact=True).click()
    expect(page.locator("h1")).to_contain_text("articles from")
    reader.end()


def marks_lead_to_their_sentences(chromium, out):
    reader = Reader(chromium, out)
    page = reader.open("report.html")
    figures = page.locator("figure")
    linked = 0
    for n in range(figures.count()):
        marks = figures.nth(n).locator("a.spot")
        title = figures.nth(n).locator("svg > title").text_content()
        if not marks.count():
            continue
        linked += 1
        assert figures.nth(n).locator("svg").get_attribute("role") == "group", "links in an image are hidden from a screen reader"
        name = marks.last.get_attribute("aria-label")
        assert name and name == marks.last.locator("title").text_content(), title
        marks.last.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "report.html" not in url)
        if "-mark-" in page.url:
            # A list of what the mark stands for, each with its way.
            expect(page.locator("h1")).to_have_text(name)
            rows = page.locator("tbody tr")
            assert rows.count() > 1, name
            rows.first.get_by_role("link").click()
        expect(page).to_have_url(re.compile("/articles/"))
        if "#" in page.url:
            expect(page.locator(".s:target")).to_be_in_viewport()
        reader.open("report.html")
        # A pointer aims at the middle of a mark, which an arc doesn't have.
        figures.nth(n).locator("a.spot:has(rect)").first.click()
        page.wait_for_url(lambda url: "report.html" not in url)
        reader.open("report.html")
    assert linked >= 8, f"{linked} charts have marks that lead somewhere"
    reader.end()


def keys_are_enough(chromium, out):
    reader = Reader(chromium, out)
    page = reader.open("report.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    expect(page.locator(".skip").first).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    stops = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.localName, e.getAttribute("href") ?? e.getAttribute("aria-label") ?? e.textContent, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2]; }""")
        assert stop[2], f"the focus on {stop[:2]} can't be seen"
        stops.add(tuple(stop[:2]))
    kinds = {s[0] for s in stops}
    assert {"a", "summary", "div"} <= kinds, kinds
    words = page.locator("summary", has_text="The chart in words").first
    words.focus()
    page.keyboard.press("Enter")
    expect(words.locator("xpath=../p")).to_be_visible()
    reader.end()


def narrow_windows_and_paper(chromium, out, articles, pictures):
    reader = Reader(chromium, out, viewport={"width": 360, "height": 740})
    for path in ["report.html", "report/claims-1.html", *articles]:
        page = reader.open(path)
        wide = page.evaluate("() => document.scrollingElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} too wide for a telephone"
    reader.end()
    reader = Reader(chromium, out)
    page = reader.open("report.html")
    dictionary = page.locator("details.part table").first
    expect(dictionary).to_be_hidden()
    page.emulate_media(media="print")
    # Asked until it is so: what is in a closed part is laid out some moments after the medium changed.
    expect(dictionary, "the dictionary is printed").to_be_visible()
    page.emulate_media(media=None)
    paper = page.pdf(path=pictures / "report.pdf", format="A4")
    assert paper.startswith(b"%PDF-") and paper.rstrip().endswith(b"%%EOF") and len(paper) > 20_000
    reader.end()


def pictures_of(chromium, out, articles, pictures):
    for scheme, width in [("light", 1280), ("dark", 1280), ("light", 390)]:
        reader = Reader(chromium, out, color_scheme=scheme, viewport={"width": width, "height": 900})
        for path in ["report.html", "report/claims-1.html", *articles]:
            reader.open(path).screenshot(path=pictures / f"{Path(path).stem}-{scheme}-{width}.png", full_page=True)
        reader.end()


def main():
    browser, out, pictures = sys.argv[2], Path(sys.argv[3]).resolve(), Path(sys.argv[4])
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    articles = sorted(str(p.relative_to(out)) for p in (out / "report/articles").iterdir())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=QUIET)
        pages, links = every_page_is_sound(chromium, out)
        rows_lead_to_their_sentence(chromium, out)
        marks_lead_to_their_sentences(chromium, out)
        keys_are_enough(chromium, out)
        narrow_windows_and_paper(chromium, out, articles, pictures)
        pictures_of(chromium, out, articles, pictures)
        chromium.close()
    print(f"report: {pages} pages, {links} links", flush=True)


if __name__ == "__main__":
    main()
