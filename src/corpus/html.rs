//! A saved web page: its article's text, and what the page says of it.
//!
//! 1. [`parse`] makes a tree of the page as browsers do (the HTML Standard's parser), but stops at pages that are made to
//!    exhaust who reads them.
//! 2. [`Said`] gathers what the page says of the article: JSON-LD of schema.org, OpenGraph, other `<meta>`, `<time>`.
//! 3. [`body`] takes out the article (Mozilla's Readability as ported by dom_smoothie), and [`Blocks`] puts back what that lost.
//!
//! No script is run and nothing is fetched. The text has bytes of its own, since what a page shows is not a stretch of its source.

use std::collections::HashMap;

use chrono::Datelike;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;
use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use serde_json::Value;

use super::blocks::Blocks;
use super::document::PublishedDate;
use super::read::Source;
use crate::pack::Lang;
use crate::vocabulary::Basis;

/// A page with more text is no page of one article.
const LONGEST: usize = 32 << 20;
/// Elements inside each other, at most; browsers stop at 512, and articles stand at 10 to 40.
const DEEPEST: usize = 256;
/// Elements and texts, at most; the longest live reports have some ten thousand.
const MOST_NODES: usize = 400_000;
/// Bytes that are parsed before the tree is looked at again.
const PIECE: usize = 1 << 12;
/// A value of metadata that is longer is none.
const LONGEST_VALUE: usize = 500;

/// The article of a page.
///
/// # Errors
/// If the page is of no sane size or shape.
pub fn read(path: &str, html: &str) -> Result<Source, String> {
    let document = parse(html)?;
    let said = Said::of(&document);
    let blocks = Blocks::of(&document, said.title().as_deref());
    let mut text = blocks.complete(body(document));
    if text.trim().is_empty() {
        text = everything(&parse(html)?);
    }
    // Pages that are put together by scripts, or show only their beginning, often carry the whole text for search engines.
    if let Some(whole) = said.article_body().filter(|b| b.len() / 2 > text.len()) {
        text = whole;
    }
    let title = said.title();
    if let Some(title) = &title
        && !text.trim().is_empty()
        && !begins_with(&text, title)
    {
        text.insert_str(0, &format!("{title}\n\n"));
    }
    let url = said.url();
    let (published, dateline) = said.published(url.as_deref());
    Ok(Source {
        path: path.to_owned(),
        text,
        has_bytes: false,
        source: said.site(url.as_deref()),
        title,
        author: said.author(),
        language: said.language(),
        url,
        published,
        dateline: dateline.map(|words| (words, Basis::Html)),
        ..Source::default()
    })
}

/// Elements that part a text, and such as stand in its lines.
const PARTING: [&str; 16] = ["p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "td", "table", "blockquote", "figure"];
const IN_LINE: [&str; 10] = ["a", "b", "i", "u", "em", "strong", "span", "font", "img", "sup"];

/// No element's opening is longer.
const LONGEST_TAG: usize = 2000;

/// Whether a text has elements or names of characters in it (`<p>`, `&quot;`).
#[must_use]
pub fn is_markup(text: &str) -> bool {
    let named = |rest: &str| {
        let name = rest.strip_prefix('&').and_then(|r| r.get(..r.bytes().take(10).position(|b| b == b';')?)).unwrap_or_default();
        let name = name.strip_prefix('#').unwrap_or(name);
        name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    text.match_indices(['<', '&']).any(|(at, _)| named(&text[at..]) || element(&text[at..], &PARTING) || element(&text[at..], &IN_LINE))
}

/// Whether a text is a piece of a page: it has as many as three ends of paragraphs or line breaks in it, also as names of characters. One that
/// has fewer is taken as it is, so that the places of what is found in it are places in it.
#[must_use]
pub fn is_piece_of_page(text: &str) -> bool {
    const LEAST: usize = 3;
    let parts = |rest: &str| element(rest, &["br"]) || rest.starts_with("</") && element(rest, &["p"]);
    let has_them = |text: &str| text.match_indices('<').filter(|(at, _)| parts(&text[*at..])).nth(LEAST - 1).is_some();
    has_them(text) || text.contains("&lt;") && has_them(&text.replace("&lt;", "<").replace("&gt;", ">"))
}

/// Whether a text begins with one of some elements, or with its end.
fn element(text: &str, names: &[&str]) -> bool {
    let Some(inner) = text.strip_prefix('<') else { return false };
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = &inner[..inner.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count()];
    let soon = |after: &str| after[..after.floor_char_boundary(LONGEST_TAG)].contains('>');
    let closes = |after: &str| after.starts_with(['>', '/']) || after.starts_with(char::is_whitespace) && soon(after);
    names.iter().any(|n| n.eq_ignore_ascii_case(name)) && closes(&inner[name.len()..])
}

/// What a browser shows of markup that is no whole page. Where nothing else parts its lines, line ends do. Markup inside markup, as feeds
/// send it, is read too (`&lt;p&gt;`).
///
/// # Errors
/// If it is of no sane size or shape.
pub fn shown(markup: &str) -> Result<String, String> {
    let is_parted = |text: &str| text.match_indices('<').any(|(at, _)| element(&text[at..], &PARTING));
    if is_parted(markup) {
        return Ok(everything(&parse(markup)?));
    }
    let text = everything(&parse(&markup.replace('\n', "<br>"))?);
    if is_parted(&text) { Ok(everything(&parse(&text)?)) } else { Ok(text) }
}

/// The character set that a page declares near its top, in `<meta charset>`, `http-equiv` or an XML declaration.
#[must_use]
pub fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let top: String = bytes.iter().take(4096).map(|&b| char::from(b).to_ascii_lowercase()).collect();
    ["charset", "encoding"].into_iter().find_map(|word| {
        top.match_indices(word).find_map(|(at, _)| {
            let value = top[at + word.len()..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
            let label = value.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
            // What can be read as ASCII so far is no UTF-16, whatever it says.
            Encoding::for_label(label.as_bytes()).filter(|e| e.is_ascii_compatible())
        })
    })
}

/// The page as a tree.
fn parse(html: &str) -> Result<Document, String> {
    if html.len() > LONGEST {
        return Err(format!("it has more than {} MB, so it is no page of one article", LONGEST >> 20));
    }
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder: options, ..ParseOpts::default() };
    let mut parser = html5ever::parse_document(Document::default(), options);
    let too_deep = || format!("its elements are nested more than {DEEPEST} deep, so it is no page of an article");
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE.min(rest.len())));
        parser.process(StrTendril::from(piece));
        rest = after;
        let tree = &parser.tokenizer.sink.sink.tree;
        if tree.len() > MOST_NODES {
            return Err(format!("it has more than {MOST_NODES} elements, so it is no page of one article"));
        }
        // What is open is what was added last, but for rare cases; those are found at the end.
        if std::iter::successors(Some(tree.root()), NodeRef::last_child).nth(DEEPEST).is_some() {
            return Err(too_deep());
        }
    }
    let document = parser.finish();
    let is_deep = document.root().descendants_it().any(|n| n.ancestors_it(Some(DEEPEST + 1)).nth(DEEPEST).is_some());
    if is_deep { Err(too_deep()) } else { Ok(document) }
}

/// The article's text, one block a paragraph; empty where no part of the page looks like an article.
fn body(document: Document) -> String {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    Readability::with_document(document, None, Some(config))
        .and_then(|mut r| r.parse())
        .map_or_else(|_| String::new(), |article| article.text_content.to_string())
}

/// All that a page shows.
fn everything(document: &Document) -> String {
    document.select("head, script, style, noscript, template, svg, iframe, object").remove();
    document.formatted_text().to_string()
}

fn begins_with(text: &str, title: &str) -> bool {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    plain(first).eq(plain(title))
}

/// The letters and digits of a text, without their case.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// What a page says of its article.
struct Said {
    /// `<meta>` by name or property in lower case; of several the first.
    meta: HashMap<String, String>,
    /// The article's own object of JSON-LD.
    object: Value,
    /// The names of others, by their ids.
    named: HashMap<String, String>,
    /// Values of elements, by what they are.
    canonical: Option<String>,
    author: Option<String>,
    heading: Option<String>,
    head_title: Option<String>,
    language: Option<String>,
    /// Dates of `<time>` and of `itemprop="datePublished"`, the likelier first.
    times: Vec<String>,
}

impl Said {
    fn of(document: &Document) -> Self {
        let mut meta = HashMap::new();
        for node in document.select("meta[content]").nodes() {
            let content = node.attr("content").and_then(|c| value(&c));
            let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|a| node.attr(a));
            if let (Some(name), Some(content)) = (name, content) {
                meta.entry(name.trim().to_ascii_lowercase()).or_insert(content);
            }
        }
        let attribute = |selector: &str, name: &str| document.select_single(selector).attr(name).and_then(|v| value(&v));
        let text = |selector: &str| value(&document.select_single(selector).text());
        let mut times = Vec::new();
        for selector in ["[itemprop=datePublished]", "time[pubdate]", "time[class*=publish]", "article time", "main time", "time"] {
            let first = document.select_single(selector);
            times.extend(["datetime", "content"].into_iter().filter_map(|a| first.attr(a)).filter_map(|v| value(&v)));
            times.extend(value(&first.text()));
        }
        let objects = objects(document);
        let id_and_name = |o: &Value| Some((o["@id"].as_str()?.to_owned(), o["name"].as_str()?.to_owned()));
        let one_heading = |selector: &str| document.select(selector).length() == 1;
        Self {
            meta,
            named: objects.iter().filter_map(id_and_name).collect(),
            object: objects.into_iter().find(is_article).unwrap_or_default(),
            canonical: attribute("link[rel=canonical]", "href"),
            author: ["[itemprop=author] [itemprop=name]", "[itemprop=author]", "[rel=author]"].into_iter().find_map(text),
            heading: ["article h1", "h1"].into_iter().find(|s| one_heading(s)).and_then(text),
            head_title: text("head title"),
            language: attribute("html", "lang"),
            times,
        }
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.meta.get(*n)).map(String::as_str)
    }

    /// A text of the JSON-LD object, or of the object or list under its name.
    fn object(&self, name: &str) -> Option<String> {
        let one = |v: &Value| {
            let named = || self.named.get(v["@id"].as_str()?).map(String::as_str);
            v.as_str().or_else(|| v["name"].as_str()).or_else(named).and_then(value)
        };
        match &self.object[name] {
            Value::Array(items) => value(&items.iter().filter_map(one).collect::<Vec<_>>().join(", ")),
            item => one(item),
        }
    }

    fn title(&self) -> Option<String> {
        let told = self.first(&["og:title", "twitter:title", "dc.title", "dcterms.title", "title"]).map(str::to_owned);
        let title = self.object("headline").or(told).or_else(|| self.heading.clone()).or_else(|| self.head_title.clone())?;
        // "Headline - The Daily": the headline as the page shows it says where it ends.
        let shown = self.heading.as_ref().filter(|h| h.len() < title.len() && title.starts_with(h.as_str()));
        if let Some(shown) = shown {
            return Some(shown.clone());
        }
        let site = self.site(None).unwrap_or_default();
        let bare = title.strip_suffix(site.as_str()).map(|t| t.trim_end_matches([' ', '|', '-', '–', '—', '·', ':', '»', '/']));
        bare.filter(|b| !b.is_empty() && !site.is_empty()).map_or(Some(title.clone()), |b| Some(b.to_owned()))
    }

    fn author(&self) -> Option<String> {
        let named = self.first(&[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "byl",
            "parsely-author",
            "sailthru.author",
            "citation_author",
        ]);
        let is_name = |a: &String| !a.contains("://") && !a.starts_with('@');
        self.object("author")
            .filter(is_name)
            .or_else(|| named.map(str::to_owned).filter(is_name))
            .or_else(|| self.author.clone().filter(is_name))
    }

    fn site(&self, url: Option<&str>) -> Option<String> {
        let named = self.first(&["og:site_name", "application-name", "dc.publisher", "dcterms.publisher"]).map(str::to_owned);
        named.or_else(|| self.object("publisher")).or_else(|| {
            let host = url?.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
            value(host.strip_prefix("www.").unwrap_or(host))
        })
    }

    fn url(&self) -> Option<String> {
        let own = [self.object["mainEntityOfPage"].as_str(), self.object["mainEntityOfPage"]["@id"].as_str(), self.object["url"].as_str()];
        let told = [self.canonical.as_deref(), self.first(&["og:url"])];
        told.into_iter().chain(own).flatten().find(|u| u.starts_with("http://") || u.starts_with("https://")).and_then(value)
    }

    /// The language, unless the page contradicts itself: templates often declare a language that their articles are not in.
    fn language(&self) -> Option<Lang> {
        let object = self.object("inLanguage");
        let said = [object.as_deref(), self.language.as_deref(), self.first(&["og:locale"]), self.first(&["content-language"])];
        let mut said = said.into_iter().flatten().filter_map(|l| Lang::parse(&l.replace('_', "-")));
        let first = said.next()?;
        said.all(|l| l == first).then_some(first)
    }

    /// The date of publication, and the first date that is told in words, for whoever can read them.
    fn published(&self, url: Option<&str>) -> (Option<PublishedDate>, Option<String>) {
        const NAMES: [&str; 23] = [
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "article:published",
            "datepublished",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date.created",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "publish_date",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "article_date_original",
            "cxenseparse:recs:publishtime",
            "bt:pubdate",
            "citation_publication_date",
        ];
        let object = ["datePublished", "dateCreated"].into_iter().filter_map(|n| self.object(n));
        let told = NAMES.iter().filter_map(|n| self.meta.get(*n)).cloned();
        let dates: Vec<String> = object.chain(told).chain(self.times.iter().cloned()).collect();
        let published = dates.iter().find_map(|d| date(d)).or_else(|| date_in_url(url?));
        let in_words = dates.into_iter().find(|d| d.chars().any(char::is_alphabetic) && date(d).is_none());
        (published, in_words)
    }

    fn article_body(&self) -> Option<String> {
        self.object["articleBody"].as_str().map(str::to_owned)
    }
}

/// A value without white space around it or in heaps; none if it is empty or too long to be one.
fn value(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ")).filter(|v| !v.is_empty() && v.len() <= LONGEST_VALUE)
}

/// Whether an object of JSON-LD is an article by its type.
fn is_article(object: &Value) -> bool {
    let of_type = |t: &Value| t.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t == "Report");
    let types = &object["@type"];
    of_type(types) || types.as_array().is_some_and(|all| all.iter().any(of_type))
}

/// The objects of JSON-LD that a page carries.
fn objects(document: &Document) -> Vec<Value> {
    let mut objects = Vec::new();
    for script in document.select(r#"script[type="application/ld+json"]"#).nodes() {
        // Line ends inside strings are no JSON, and are met nonetheless; so are marks of a comment around it, and a stop after it.
        let text: String = script.text().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Some(start) = text.find(['{', '[']) else { continue };
        let Some(Ok(value)) = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>().next() else { continue };
        let mut queue = vec![value];
        while let Some(value) = queue.pop() {
            match value {
                Value::Array(items) => queue.extend(items.into_iter().rev()),
                Value::Object(mut o) => {
                    queue.extend(["mainEntity", "@graph"].into_iter().filter_map(|n| o.remove(n)));
                    objects.push(Value::Object(o));
                }
                _ => {}
            }
        }
    }
    objects
}

/// A date in figures.
fn date(text: &str) -> Option<PublishedDate> {
    let date = PublishedDate::parse(text, Basis::Html)?;
    // What software writes where it knows no date.
    let is_empty = (date.first.year(), date.first.ordinal()) == (1970, 1);
    (!is_empty).then_some(date)
}

/// The day in an address such as `https://example.org/2022/01/07/calm-returns`.
fn date_in_url(url: &str) -> Option<PublishedDate> {
    let parts: Vec<&str> = url.split('/').collect();
    parts.windows(3).find_map(|w| {
        let lengths = w[0].len() == 4 && w[1].len() <= 2 && w[2].len() <= 2;
        let [year, month, day] = [w[0], w[1], w[2]].map(|p| p.parse::<u32>().ok());
        if !lengths {
            return None;
        }
        date(&format!("{:04}-{:02}-{:02}", year?, month?, day?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with an article of some length in the middle of what pages carry.
    fn page(head: &str, in_article: &str) -> String {
        let paragraph = "<p>Los vecinos de la ribera volvieron el martes a sus casas, según informó la oficina de protección civil, \
            después de que el agua bajara más de dos metros en una sola noche, y encontraron las calles cubiertas de barro.</p>";
        format!(
            "<!DOCTYPE html><html lang=\"es-AR\"><head>{head}</head><body><nav><ul><li><a href=\"/\">Portada</a></li><li><a href=\"/deportes\">Deportes</a></li></ul></nav>\
             <article><h1>Vuelven los evacuados</h1>{in_article}{}</article>\
             <aside class=\"related\"><a href=\"/x\">Lo más leído</a></aside><script>document.write('nunca')</script>\
             <footer>Todos los derechos reservados</footer></body></html>",
            paragraph.repeat(6)
        )
    }

    fn published(source: &Source) -> Option<String> {
        source.published.map(|p| format!("{p} {}", p.basis))
    }

    #[test]
    fn the_article_is_taken_out_of_its_page() {
        let source = read("a.html", &page("<title>Vuelven los evacuados - El Litoral</title>", "")).unwrap();
        assert!(source.text.starts_with("Vuelven los evacuados\n\nLos vecinos de la ribera"), "{}", source.text);
        assert_eq!(source.text.matches("calles cubiertas de barro.").count(), 6);
        for furniture in ["Portada", "Lo más leído", "nunca", "derechos"] {
            assert!(!source.text.contains(furniture), "{furniture}");
        }
        assert_eq!((source.title.as_deref(), source.language, source.has_bytes), (Some("Vuelven los evacuados"), Some(Lang::ES), false));
    }

    #[test]
    fn json_ld_comes_before_opengraph_and_that_before_time() {
        let ld = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},
            {"@type":["NewsArticle"],"headline":"Vuelven los evacuados","datePublished":"2023-05-02T22:10:00-03:00","inLanguage":"es",
             "author":[{"@type":"Person","name":"Marta Ríos"},{"@type":"Person","name":"Iván Sosa"}],"publisher":{"name":"El Litoral"}}]}</script>"#;
        let og = r#"<meta property="article:published_time" content="2023-05-03T01:10:00Z"><meta property="og:site_name" content="Litoral Digital">
            <meta name="author" content="Redacción"><link rel="canonical" href="https://www.example.org/2023/05/04/evacuados">"#;
        let time = r#"<time datetime="2023-05-05">5 de mayo</time>"#;
        let all = read("a.html", &page(&format!("{og}{ld}"), time)).unwrap();
        assert_eq!(published(&all), Some("2023-05-02 html".into()));
        assert_eq!((all.author.as_deref(), all.source.as_deref()), (Some("Marta Ríos, Iván Sosa"), Some("Litoral Digital")));
        assert_eq!(all.url.as_deref(), Some("https://www.example.org/2023/05/04/evacuados"));
        let without = read("a.html", &page(og, time)).unwrap();
        assert_eq!((published(&without), without.author.as_deref()), (Some("2023-05-03 html".into()), Some("Redacción")));
        assert_eq!(published(&read("a.html", &page("", time)).unwrap()), Some("2023-05-05 html".into()));
        let address = r#"<link rel="canonical" href="https://www.example.org/2023/05/04/evacuados">"#;
        let address = read("a.html", &page(address, "")).unwrap();
        assert_eq!((published(&address), address.source.as_deref()), (Some("2023-05-04 html".into()), Some("example.org")));
    }

    #[test]
    fn json_ld_is_read_as_it_is_met() {
        for ld in [
            r##"<!-- {"@type":"NewsArticle","author":{"@id":"#a"}} -->"##,
            r##"{"@graph":[{"@type":"Person","@id":"#a","name":"Marta Ríos"},{"@type":"NewsArticle","author":[{"@id":"#a"},{"@id":"#gone"}]}]};"##,
            r##"[{"@type":"Person","@id":"#a","name":"Marta Ríos"},{"@type":"WebPage","mainEntity":{"@type":"Report","author":{"@id":"#a"}}}]"##,
        ] {
            let people = r##"<script type="application/ld+json">{"@type":"Person","@id":"#a","name":"Marta Ríos"}</script>"##;
            let head = format!("{people}<script type=\"application/ld+json\">{ld}</script>");
            assert_eq!(read("a.html", &page(&head, "")).unwrap().author.as_deref(), Some("Marta Ríos"), "{ld}");
        }
    }

    #[test]
    fn what_stands_beside_the_text_is_put_back_if_it_is_the_articles() {
        let above = r#"<h2>Las familias hallaron barro en todas las habitaciones de la planta baja</h2><p class="date">5 de mayo de <time>2023</time></p>
            <div class="foto"><img src="a.jpg"><p>La ribera el martes, después de la crecida</p></div><ul><li><a href="/x">Todo sobre la crecida de mayo</a></li></ul>"#;
        let text = read("a.html", &page("", above)).unwrap().text;
        assert_eq!(text.matches("Las familias hallaron barro").count(), 1, "{text}");
        let start: Vec<&str> = text.lines().filter(|l| !l.is_empty()).take(2).collect();
        assert_eq!(start, ["Vuelven los evacuados", "Las familias hallaron barro en todas las habitaciones de la planta baja"]);
    }

    #[test]
    fn a_paragraph_with_line_breaks_is_told_once() {
        let broken = "<p><b>Barro en las calles</b><br>Nueve familias de la ribera siguen fuera de sus casas.<BR><br>El agua baja desde el lunes.</p>";
        let text = read("a.html", &page("", broken)).unwrap().text;
        for words in ["Barro en las calles", "Nueve familias", "El agua baja"] {
            assert_eq!(text.matches(words).count(), 1, "{text}");
        }
    }

    #[test]
    fn a_date_in_words_is_kept_for_who_can_read_it() {
        let source = read("a.html", &page("", r#"<p>Por Marta Ríos <time class="published">2 de mayo de 2023</time></p>"#)).unwrap();
        assert_eq!((source.published, source.dateline.unwrap().0.as_str()), (None, "2 de mayo de 2023"));
    }

    #[test]
    fn dates_are_read_only_where_they_mean_one_thing() {
        let read = |s| date(s).map(|d| d.to_string());
        assert_eq!(read("2023-05-02 10:15"), Some("2023-05-02".into()));
        assert_eq!(read("2023/05/02"), Some("2023-05-02".into()));
        assert_eq!(read("20230502"), Some("2023-05-02".into()));
        assert_eq!(read("Tue, 02 May 2023 10:15:00 +0000"), Some("2023-05-02".into()));
        for not in ["1683021600", "02/05/2023", "0001-01-01T00:00:00", "1970-01-01", "2023-13-40", "ñ023-05-02", "yesterday"] {
            assert_eq!(read(not), None, "{not}");
        }
        assert_eq!(date_in_url("https://example.org/2023/5/2/x").map(|d| d.to_string()), Some("2023-05-02".into()));
        assert_eq!(date_in_url("https://example.org/9999/77/88"), None);
    }

    #[test]
    fn a_short_or_empty_page_gives_what_it_shows() {
        let tweet = read("t.html", "<p>Calle cortada en Av. Colón &amp; Mitre. Hay heridos.</p>").unwrap();
        assert_eq!(tweet.text.trim(), "Calle cortada en Av. Colón & Mitre. Hay heridos.");
        assert_eq!(read("e.html", "<html><head><title>Nada</title></head><body></body></html>").unwrap().text.trim(), "");
        let body = "La policía confirmó dos detenciones. ".repeat(20);
        let script =
            format!(r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script><div id=app></div>"#);
        assert!(read("s.html", &script).unwrap().text.contains("dos detenciones"));
    }

    #[test]
    fn the_declared_character_set_is_found() {
        let name = |s: &str| declared_charset(s.as_bytes()).map(Encoding::name);
        assert_eq!(name("<html><head><META CHARSET='latin1'>"), Some("windows-1252"));
        assert_eq!(name(r#"<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">"#), Some("ISO-8859-2"));
        assert_eq!(name(r#"<?xml version="1.0" encoding="koi8-r"?>"#), Some("KOI8-R"));
        assert_eq!(name("<p>a charset of her own"), None);
        assert_eq!(name("<meta charset=utf-16>"), None, "it could not be read so far if it were");
    }
}
