//! How fast files are read and cleaned: plain text, damaged text, web pages. `cargo bench --bench read` prints MB/s of the source;
//! benches/README.md has results. The input is made here from a seed, and what comes out is counted, so that nothing is fast by
//! doing nothing.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench fails by it")]

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use newsframe::corpus::{Cleaner, Reader};
use newsframe::pack::Packs;
use newsframe::vocabulary::EditKind;

fn main() {
    divan::main();
}

static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::load(&Packs::shipped()).unwrap());

/// SplitMix64 (Steele, Lea & Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WHO: [&str; 8] = [
    "El alcalde",
    "La policía",
    "Un portavoz",
    "La oposición",
    "El Ministerio del Interior",
    "Una vecina",
    "La compañía",
    "El señor Muñoz",
];
const DID: [&str; 6] = ["informó", "aseguró", "señaló", "negó", "explicó", "confirmó"];
const WHAT: [&str; 8] = [
    "que al menos doce personas resultaron heridas durante la mañana",
    "que el camión volcó cerca del río",
    "que “no habrá más interrupciones” del servicio",
    "que los niños volvieron a la escuela después del año nuevo",
    "que la situación está bajo control",
    "que la investigación continuará hasta el miércoles",
    "que todavía no hay una cifra oficial de damnificados",
    "que el agua bajó más de dos metros en una noche",
];

fn paragraph(random: &mut Random) -> String {
    let sentences = 2 + random.below(4);
    (0..sentences)
        .map(|_| format!("{} {} {}. ", random.pick(&WHO), random.pick(&DID), random.pick(&WHAT)))
        .collect::<String>()
        .trim_end()
        .into()
}

/// Paragraphs of about `bytes` bytes.
fn paragraphs(seed: u64, bytes: usize) -> Vec<String> {
    let (mut random, mut length) = (Random(seed), 0);
    std::iter::repeat_with(|| paragraph(&mut random))
        .take_while(|p| {
            length += p.len();
            length < bytes
        })
        .collect()
}

const MEGABYTE: usize = 1 << 20;

/// Reads and cleans a file; gives the bytes of clean text and the number of repairs.
fn clean(name: &str, file: &[u8]) -> (usize, usize) {
    let (mut bytes, mut repairs) = (0, 0);
    for source in Reader::of_bytes([(name.to_owned(), file.to_vec())]) {
        let (text, edits, _) = CLEANER.clean(&source.text, source.skip, |_| None);
        bytes += text.len();
        repairs += edits.iter().filter(|e| e.kind == EditKind::Mojibake).count();
    }
    (bytes, repairs)
}

fn measure(bencher: Bencher, name: &str, file: &[u8], expected: impl Fn(usize, usize) -> bool) {
    let (bytes, repairs) = clean(name, file);
    assert!(expected(bytes, repairs), "{name}: {bytes} bytes, {repairs} repairs");
    bencher.counter(BytesCount::new(file.len())).bench_local(|| clean(name, divan::black_box(file)));
}

#[divan::bench]
fn plain_text(bencher: Bencher) {
    let file = paragraphs(1, MEGABYTE).join("\n\n");
    measure(bencher, "a.txt", file.as_bytes(), |bytes, repairs| bytes == file.len() && repairs == 0);
}

/// Every other paragraph was read in the wrong character set, as where a page was pasted together.
#[divan::bench(args = ["windows-1252", "macintosh"])]
fn damaged_text(bencher: Bencher, charset: &str) {
    let wrong = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap();
    let sound = paragraphs(2, MEGABYTE);
    let damage =
        |(i, p): (usize, &String)| if i % 2 == 0 { wrong.decode_without_bom_handling(p.as_bytes()).0.into_owned() } else { p.clone() };
    let file = sound.iter().enumerate().map(damage).collect::<Vec<_>>().join("\n\n");
    measure(bencher, "a.txt", file.as_bytes(), |bytes, repairs| bytes == sound.join("\n\n").len() && repairs > 10_000);
}

/// Exports are read row by row.
#[divan::bench]
fn json_lines(bencher: Bencher) {
    let sound = paragraphs(3, MEGABYTE);
    let file: String = sound.iter().map(|p| format!("{}\n", serde_json::json!({ "text": p, "published": "2022-01-07" }))).collect();
    let length: usize = sound.iter().map(String::len).sum();
    measure(bencher, "a.jsonl", file.as_bytes(), |bytes, repairs| bytes == length && repairs == 0);
}

/// One page of about 100 kB, half of it article, half of it what surrounds one.
#[divan::bench]
fn web_page(bencher: Bencher) {
    let article = paragraphs(4, 50_000);
    let mut random = Random(5);
    let links: String =
        (0..400).map(|i| format!("<li class=\"item\"><a href=\"/seccion/{i}\">{}</a></li>\n", random.pick(&WHAT))).collect();
    let page = format!(
        "<!DOCTYPE html><html lang=es><head><title>La jornada</title><meta property=\"article:published_time\" content=\"2022-01-07\"></head><body>\
         <nav><ul>{links}</ul></nav><article><h1>La jornada</h1>{}</article><footer>Todos los derechos reservados</footer></body></html>",
        article.iter().map(|p| format!("<p>{p}</p>\n")).collect::<String>()
    );
    let length: usize = article.iter().map(String::len).sum();
    measure(bencher, "a.html", page.as_bytes(), |bytes, _| bytes.abs_diff(length) < length / 50);
}
