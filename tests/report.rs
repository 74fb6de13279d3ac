//! The report: that it is whole, the same twice, and made of nothing that an article could make it do; and in a real browser, what a
//! reader meets (`report/browser.py`).

#![cfg(feature = "charts")]
#![allow(clippy::unwrap_used)] // a test that fails says where

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use newsframe::article::Extractor;
use newsframe::corpus;
use newsframe::extract::extract;
use newsframe::find::numbers::Policy;
use newsframe::manifest::Manifest;
use newsframe::pack::Packs;
use newsframe::report::{Run, write};
use newsframe::tables::Tables;
use smol_str::SmolStr;

mod browser;

/// Everything that a text could try, in an article that also has figures, names, quotations and terms.
const HOSTILE: &str = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 1\"> \" onmouseover=\"window.hacked = 1\n\n\
    At least 10 people were killed in Lagos on Monday, said the minister, Ada Obi: \"The <b>terrorists</b> ]]> </style></title> attacked \u{202e}us\u{202c}.\" \
    The rebels' leader said that &lt;dozens&gt; of protesters were injured. Javascript:window.hacked=1 {{7*7}} ${window.hacked=1} <!-- no end\n\n\
    \"Nobody was killed in Kano,\" </p></main><svg onload=window.hacked=1> she said. \u{0}\u{200b}The uprising goes on. EVCXR_BEGIN_CONTENT\n";

/// The three articles that come with the project, and the hostile one.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles");
    for entry in std::fs::read_dir(shipped).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let row = serde_json::json!({
        "id": "../../<b onclick=\"window.hacked=1\">", "text": HOSTILE, "source": "\"><script>window.hacked=1</script>", "published": "2024-05-14",
        "title": "</title><script>window.hacked = 1</script>", "author": "' onfocus='window.hacked=1' autofocus='", "url": "javascript:window.hacked=1",
        "language": "en",
    });
    let plain = serde_json::json!({"id": "plain-text", "text": "Nothing happened.", "url": "https://example.org/?a=1&b=\"2\""});
    std::fs::write(folder.path().join("hostile.jsonl"), format!("{row}\n{plain}\nno json\n")).unwrap();
    folder
}

fn read(folder: &Path) -> (Tables, Manifest) {
    let packs = Packs::shipped();
    let extractor = Extractor::new(&packs).unwrap();
    let corpus = corpus::open(folder).unwrap();
    let tables = extract(&extractor, &corpus, || ()).tables;
    let manifest =
        Manifest::new(Path::new("corpus"), &corpus.files, &packs, extractor.policy(), &[("documents", tables.documents.len())], &[]);
    (tables, manifest)
}

/// Every file under a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in std::fs::read_dir(next).unwrap().flatten() {
            if entry.path().is_dir() {
                left.push(entry.path());
            } else {
                found.insert(entry.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_report_is_whole_the_same_twice_and_replaces_the_last() {
    let (tables, manifest) = read(folder().path());
    let out = tempfile::tempdir().unwrap();
    let run = Run { tables: &tables, manifest: &manifest, changes: None };
    std::fs::create_dir_all(out.path().join("report/articles")).unwrap();
    std::fs::write(out.path().join("report/articles/of-an-earlier-run.html"), "").unwrap();
    write(out.path(), run).unwrap();
    let first = files(out.path());
    write(out.path(), run).unwrap();
    assert!(first == files(out.path()), "the same run gives the same bytes");
    assert!(!first.keys().any(|f| f.to_string_lossy().contains("earlier") || f.to_string_lossy().contains("part")), "{:?}", first.keys());
    let articles = first.keys().filter(|f| f.starts_with("report/articles")).count();
    assert_eq!(articles, tables.documents.len());
    for (name, page) in &first {
        let page = std::str::from_utf8(page).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{}", name.display());
        // Nothing of an article is a tag: these would be if any text went in as it came.
        for tag in ["<script", "<img", "<b onclick", "<svg onload", "</style></title>"] {
            assert!(!page.contains(tag), "{}: {tag}", name.display());
        }
        assert!(page.contains("default-src 'none'; style-src 'sha256-") && !page.contains("unsafe"), "{}", name.display());
    }
}

#[test]
fn what_can_t_be_written_leaves_the_earlier_report() {
    let (tables, manifest) = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles"));
    let out = tempfile::tempdir().unwrap();
    write(out.path(), Run { tables: &tables, manifest: &manifest, changes: None }).unwrap();
    let before = files(out.path());
    // A file stands where the pages are to be gathered.
    std::fs::write(out.path().join(format!("report.{}.part", std::process::id())), "").unwrap();
    assert!(write(out.path(), Run { tables: &tables, manifest: &manifest, changes: None }).is_err());
    assert!(before == files(out.path()), "the earlier report stands as it was, and nothing else");
}

#[test]
fn a_corpus_of_nothing_has_a_report_too() {
    let out = tempfile::tempdir().unwrap();
    let tables = Tables::default();
    let manifest = Manifest::new(Path::new("empty"), &[], &Packs::shipped(), &Policy::shipped(Policy::DEFAULT).unwrap(), &[], &[]);
    write(out.path(), Run { tables: &tables, manifest: &manifest, changes: None }).unwrap();
    let page = std::fs::read_to_string(out.path().join("report.html")).unwrap();
    assert!(page.contains("What 0 articles from 0 sources report"));
}

/// A report of ten thousand articles: `cargo test --test report -- --ignored` says how long it takes to write; how long a browser takes to
/// open it says `report/open.py`.
#[test]
#[ignore = "takes a minute and a gigabyte of disk"]
fn ten_thousand_articles() {
    let (one, manifest) = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/articles"));
    let mut tables = Tables { entities: one.entities.clone(), ..Tables::default() };
    for n in 0..10_000 {
        let document = &one.documents[if n % 50 == 0 { 1 } else { n % 2 * 2 }];
        tables.extend(under_another_id(&one, &document.doc_id, &format!("{}-{n}", document.doc_id), &format!("Outlet {}", n % 60)));
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-10000");
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir_all(&out).unwrap();
    let started = std::time::Instant::now();
    write(&out, Run { tables: &tables, manifest: &manifest, changes: None }).unwrap();
    println!("10,000 articles, {} files: written in {:.1} s", files(&out).len(), started.elapsed().as_secs_f64());
}

/// The rows of one document, as if it were another one of another outlet.
fn under_another_id(of: &Tables, doc_id: &str, new: &str, outlet: &str) -> Tables {
    let id = |id: &SmolStr| SmolStr::from(id.replacen(doc_id, new, 1));
    macro_rules! copied {
        ($($table:ident $key:ident),+) => {
            Tables {
                documents: of.documents.iter().filter(|d| d.doc_id == doc_id).cloned().map(|mut d| {
                    (d.doc_id, d.source) = (new.into(), Some(outlet.into()));
                    d
                }).collect(),
                $($table: of.$table.iter().filter(|r| r.doc_id == doc_id).cloned().map(|mut r| {
                    (r.$key, r.sentence_id, r.doc_id) = (id(&r.$key), r.sentence_id.as_ref().map(id), new.into());
                    r
                }).collect(),)+
                sentences: of.sentences.iter().filter(|s| s.doc_id == doc_id).cloned().map(|mut s| {
                    (s.sentence_id, s.doc_id) = (id(&s.sentence_id), new.into());
                    s
                }).collect(),
                ..Tables::default()
            }
        };
    }
    copied!(quotes quote_id, mentions mention_id, dates date_id, claims claim_id, terms term_id)
}

/// No request, no script, no error of the security policy; anchors, keyboard, headings, contrast, narrow windows, paper.
#[test]
fn a_reader_in_a_browser() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(chromium) = browser::browser() else {
        eprintln!(
            "NOT TESTED: the report in a browser. There is no Chromium here (on Debian: apt install chromium), and none in NEWSFRAME_BROWSER."
        );
        return;
    };
    let (tables, manifest) = read(folder().path());
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir_all(&out).unwrap();
    write(&out, Run { tables: &tables, manifest: &manifest, changes: None }).unwrap();
    let python = std::env::var_os("NEWSFRAME_PYTHON").unwrap_or_else(|| "python3".into());
    // pip comes with a virtual environment wherever Python can make one.
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python");
    if !venv.join("bin/python").is_file() {
        assert!(Command::new(&python).args(["-m", "venv"]).arg(&venv).status().unwrap().success(), "the reason stands above");
    }
    let own = || Command::new(venv.join("bin/python"));
    let packages = browser::playwright(project, own());
    let pictures = out.with_file_name("report-pictures");
    let tested = own().arg("tests/report/browser.py").args([&packages, &chromium, &out, &pictures]).current_dir(project).status().unwrap();
    assert!(tested.success(), "the reason stands above");
}
