//! Web pages in the styles of real outlets, each element that is the article's (`data-label="body"`) or the page's
//! (`data-label="out"`) labelled in the page: what is kept, what is removed, and what the page says of itself.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use dom_query::Document;
use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::pack::Packs;

/// Page, its bytes, title, author, outlet, date, language.
type Page = (&'static str, &'static str, [&'static str; 5]);

macro_rules! page {
    ($name:literal, $($known:literal),+) => { ($name, include_str!(concat!("pages/", $name, ".html")), [$($known),+]) };
}

const PAGES: [Page; 18] = [
    page!("wordpress", "Night buses stop running as strike enters second week", "Lena Ashdown", "Harbour Notes", "2024-03-11", "en"),
    page!(
        "newspaper",
        "Army retakes bridge town after three days of fighting",
        "Ruth Okello, Daniel Marsh",
        "The Meridian",
        "2023-08-19",
        "en"
    ),
    page!("amp", "Paro minero deja tres heridos en el nordeste antioqueño", "Catalina Bedoya", "El Porvenir", "2023-03-16", "es"),
    page!("tables", "Curfew lifted in port city", "N. Perera", "", "2001-07-26", "en"),
    page!("regional", "La riada deja dos muertos en la comarca", "Pilar Cano", "Diario de la Sierra", "2019-09-14", "es"),
    page!("live", "As it happened: parliament stormed in the capital", "Channel Six News", "Channel Six News", "2022-07-09", "en"),
    page!("paywall", "The general who would not sign", "Ilse Brandt", "Review of Affairs", "2021-02-13", "en"),
    page!("boxes", "Hallan fosa con 17 cuerpos cerca de la laguna", "Hugo Salas", "La Gaceta del Norte", "2020-11-03", "es"),
    page!("agency", "Un sismo de magnitud 6,8 sacude la costa", "", "Agencia Austral", "2023-03-18", "es"),
    page!("wire", "Gunmen kill 14 in market raid, army says", "Moussa Keita, Jane Holt", "Continental Wire", "2023-11-21", "en"),
    page!("blocks", "Flood city counts its dead", "Rhiannon Pugh", "National News Online", "2024-06-03", "en"),
    page!("blogspot", "El bloqueo entra en su décimo día", "", "cronicasaltiplano.example", "", "es"),
    page!("newsletter", "The Border Letter: a ceasefire nobody signed", "", "", "", "en"),
    page!("interview", "Nuria Salvat: “La cárcel no se cierra, se vacía”", "Iker Zubia", "La Plaza", "2018-05-20", "es"),
    page!("scroll", "Rebels free 22 nurses", "Tomas Veld", "The Evening Star", "2017-04-19", "en"),
    page!("teasers", "Detenidos nueve policías por la muerte de un vendedor", "", "Radio Costa", "2021-09-02", "es"),
    page!("longform", "Seven winters", "A. Petrosyan", "Quarterly of the East", "2016-12", "en"),
    page!("modern", "Clashes at dam site leave three dead, governor says", "Amara Singh", "Valley Ledger", "2024-10-02", "en"),
];

/// What is known to be lost: what the page calls an aside, since nearly all of those are links or say again what the text says.
const LOST: [&str; 1] = ["interview: “Nadie entró por la puerta hasta que dejó de oírse el ruido”"];

/// The words of a text, without regard to how they are spaced and broken.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_article_is_taken_whole_out_of_its_page() {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let (mut kept, mut removed, mut right) = ((0, 0), (0, 0), (0, 0));
    let (mut lost, mut left, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (name, html, known) in PAGES {
        let mut reader = Reader::of_bytes([(format!("{name}.html"), html.as_bytes().to_vec())]);
        let document = extractor.document(&reader.next().unwrap());
        let text = words(&document.text);
        let page = Document::from(html);
        let labelled = |label: &str| -> Vec<String> {
            page.select(&format!("[data-label={label}]")).nodes().iter().map(|n| words(&n.text())).collect()
        };
        for body in labelled("body") {
            kept.1 += 1;
            if text.contains(&body) { kept.0 += 1 } else { lost.push(format!("{name}: {body}")) }
        }
        for out in labelled("out") {
            removed.1 += 1;
            if text.contains(&out) { left.push(format!("{name}: {out}")) } else { removed.0 += 1 }
        }
        let published = document.published.map(|p| p.to_string());
        let found = [document.title, document.author, document.source, published, Some(document.language.to_string())];
        for (found, known) in found.into_iter().map(Option::unwrap_or_default).zip(known) {
            right.1 += 1;
            if found == known { right.0 += 1 } else { wrong.push(format!("{name}: {found:?}, not {known:?}")) }
        }
    }
    println!("kept {kept:?}, removed {removed:?}, metadata {right:?}\nleft:\n  {}", left.join("\n  "));
    assert_eq!(lost, LOST);
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(removed.0 * 100 >= removed.1 * 90, "{removed:?}: {left:#?}");
}
