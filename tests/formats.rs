//! Every format, packed and not, gives the same article; what is known of it comes from where the contract says; and `add` writes
//! into the index what it finds.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::io::Write;
use std::process::{Command, Stdio};

use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::pack::Packs;

const TEXT: &str = "La municipalidad confirmó que el puente sobre el arroyo quedó cerrado después de la crecida del lunes.\n\n\
    El intendente señaló que al menos doce familias pasaron la noche en la escuela, y que volverán cuando baje el agua.";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn files() -> Vec<(&'static str, String)> {
    let paragraphs: String = TEXT.split("\n\n").map(|p| format!("<p>{p}</p>")).collect();
    vec![
        ("a.txt", TEXT.into()),
        ("a.md", format!("---\ntitle: Puente cerrado\n---\n{TEXT}")),
        ("a.html", format!("<html><head><meta charset=utf-8></head><body><article>{paragraphs}</article></body></html>")),
        ("a.jsonl", serde_json::json!({ "text": TEXT }).to_string()),
        ("a.csv", format!("note,text\nx,\"{TEXT}\"\n")),
    ]
}

#[test]
fn every_format_gives_the_article_packed_or_not() {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let mut corpus = Vec::new();
    for (name, file) in files() {
        corpus.push((name.to_owned(), file.clone().into_bytes()));
        corpus.push((format!("{name}.gz"), gzip(file.as_bytes())));
        corpus.push((format!("{name}.zst"), zstd(file.as_bytes())));
    }
    let mut reader = Reader::of_bytes(corpus);
    let documents: Vec<_> = reader.by_ref().map(|s| extractor.document(&s)).collect();
    assert!(reader.problems.is_empty(), "{:?}", reader.problems);
    assert_eq!((documents.len(), reader.files.len()), (15, 15));
    for d in &documents {
        assert_eq!(d.text.trim(), TEXT, "{}", d.path);
        assert_eq!(d.map.is_none(), d.path.contains("html"), "{}", d.path);
    }
}

#[test]
fn exports_in_other_character_sets_are_read_as_streams() {
    let row = format!("text;source\n\"{TEXT}\";\"El Ñandú\"\n");
    let latin = encoding_rs::WINDOWS_1252.encode(&row).0.into_owned();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(row.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for (bytes, doubts) in [(latin.clone(), 1), (gzip(&latin), 1), (wide, 0)] {
        let name = if bytes.starts_with(&[0x1f]) { "a.csv.gz" } else { "a.csv" };
        let mut reader = Reader::of_bytes([(name.to_owned(), bytes)]);
        let found: Vec<_> = reader.by_ref().collect();
        assert_eq!((found[0].text.as_str(), found[0].source.as_deref()), (TEXT, Some("El Ñandú")));
        assert_eq!(reader.problems.len(), doubts, "{:?}", reader.problems);
        assert!(!found[0].has_bytes, "its places are not those of the file");
    }
}

#[test]
fn the_nearest_source_has_the_last_word_on_the_date() {
    let extractor = Extractor::new(&Packs::shipped()).unwrap();
    let byline = format!("Por Ana Ruiz, 4 de mayo de 2023\n{TEXT}");
    let page = |head: &str| {
        format!("<html><head>{head}</head><body><article><p>Por Ana Ruiz, 4 de mayo de 2023</p><p>{TEXT}</p></article></body></html>")
    };
    let front = format!("---\npublished: 2023-05-02\n---\n{byline}");
    let words = format!("---\npublished: 2 de mayo de 2023\n---\n{byline}");
    let corpus = [
        ("indexed.md", front.clone()),
        ("front.md", front),
        ("words.md", words),
        ("page.html", page("<meta property=\"article:published_time\" content=\"2023-05-03\">")),
        ("bare.html", page("")),
        ("byline.txt", byline.clone()),
        ("row.jsonl", serde_json::json!({ "text": byline, "published": "2023-05" }).to_string()),
        ("none.txt", TEXT.to_owned()),
    ];
    let mut reader = Reader::of_bytes(corpus.map(|(name, text)| (name.to_owned(), text.into_bytes())));
    reader.index("index.csv".as_ref(), b"file,published\nindexed.md,2023-05-01\n".to_vec()).unwrap();
    let known: Vec<_> = reader
        .map(|s| extractor.document(&s))
        .map(|d| format!("{} {}", d.path, d.published.map_or("-".into(), |p| format!("{p} {}", p.basis))))
        .collect();
    assert_eq!(
        known,
        [
            "indexed.md 2023-05-01 index",
            "front.md 2023-05-02 front_matter",
            "words.md 2023-05-02 front_matter",
            "page.html 2023-05-03 html",
            "bare.html 2023-05-04 text",
            "byline.txt 2023-05-04 text",
            "row.jsonl#1 2023-05 file",
            "none.txt -",
        ]
    );
}

#[test]
fn add_writes_what_it_finds_and_what_is_given_has_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let head = r#"<meta property="og:site_name" content="El Litoral"><meta name="author" content="Ana Ruiz">
        <meta property="article:published_time" content="2023-05-03"><meta property="og:title" content="Puente cerrado">
        <link rel="canonical" href="https://www.example.org/puente">"#;
    std::fs::write(path("page.html"), format!("<html><head>{head}</head><body><article><p>{TEXT}</p></article></body></html>")).unwrap();
    std::fs::write(path("rows.jsonl"), "{\"text\":\"Uno.\",\"source\":\"A\",\"title\":\"T\"}\n{\"text\":\"Dos.\",\"source\":\"B\"}\n")
        .unwrap();
    std::fs::write(path("byline.txt"), format!("Puente cerrado\nPor Ana Ruiz, 4 de mayo de 2023\n{TEXT}")).unwrap();
    let add = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsframe"));
        let out = command.arg("add").args(arguments).args(["--corpus", &path("corpus")]).stdin(Stdio::null()).output().unwrap();
        (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
    };
    let (code, told) = add(&[&path("page.html"), &path("rows.jsonl")]);
    assert_eq!(code, Some(0), "{told}");
    for line in ["source     El Litoral (found)", "published  2023-05-03 (html)", "rows.jsonl: 2 articles"] {
        assert!(told.contains(line), "{told}");
    }
    assert_eq!(add(&[&path("byline.txt"), "--source", "La Voz"]).0, Some(0));
    assert_eq!(add(&[&path("byline.txt"), "--source", "La Voz"]).0, Some(0), "the same file again is no harm");
    assert_eq!(
        std::fs::read_to_string(path("corpus/index.csv")).unwrap(),
        "file,source,title,author,published,language,url,note\n\
         page.html,El Litoral,Puente cerrado,Ana Ruiz,2023-05-03,es,https://www.example.org/puente,published: html\n\
         rows.jsonl,,,,,,,\n\
         byline.txt,La Voz,,,2023-05-04,es,,published: text\n"
    );
    let (code, told) = add(&[&path("byline.txt"), "--title", "Puente"]);
    assert_eq!(code, Some(0), "{told}");
    for line in ["source     La Voz (index)", "title      Puente (given)", "published  2023-05-04 (index)"] {
        assert!(told.contains(line), "what the index said stands: {told}");
    }
    let index = std::fs::read_to_string(path("corpus/index.csv")).unwrap();
    assert!(index.ends_with("byline.txt,La Voz,Puente,,2023-05-04,es,,published: text\n"), "{index}");
    assert_eq!(add(&[&path("byline.txt"), "--published", "yesterday"]).0, Some(2));
    assert_eq!(add(&[folder.path().to_str().unwrap()]).0, Some(1));
    assert_eq!(add(&[&path("absent.txt")]).0, Some(1));
    std::fs::write(path("index.csv"), "file\n").unwrap();
    assert_eq!(add(&[&path("index.csv")]).0, Some(1));
    let corpus = newsframe::corpus::open(path("corpus").as_ref()).unwrap();
    assert!(corpus.problems.is_empty(), "{:?}", corpus.problems);
    let sources: Vec<_> = corpus.sources.iter().map(|s| s.source.as_deref()).collect();
    assert_eq!(sources, [Some("La Voz"), Some("El Litoral"), Some("A"), Some("B")]);
}

#[test]
fn add_keeps_an_index_that_a_spreadsheet_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::create_dir(path("corpus")).unwrap();
    std::fs::write(path("corpus/old.txt"), TEXT).unwrap();
    std::fs::write(path("new.txt"), TEXT).unwrap();
    std::fs::write(path("corpus/index.csv"), "\u{feff}File;Source;Shelf\r\nold.txt;El Litoral;12\r\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsframe"));
    command.args(["add", &path("new.txt"), "--source", "La Voz", "--corpus", &path("corpus")]).stdin(Stdio::null());
    assert!(command.output().unwrap().status.success());
    let index = std::fs::read_to_string(path("corpus/index.csv")).unwrap();
    assert_eq!(index, "file,source,Shelf,title,author,published,language,url,note\nold.txt,El Litoral,12,,,,,,\nnew.txt,La Voz,,,,,es,,\n");
}

/// Runs `add` at a pseudo-terminal of Python's: arguments are the answers, one a prompt, then the command. Its last line is all that was shown.
#[cfg(unix)]
const AT_A_TERMINAL: &str = r#"
import json, os, pty, sys
answers, command = json.loads(sys.argv[1]), sys.argv[2:]
shown = b""
def read(fd):
    global shown
    data = os.read(fd, 1024)
    shown += data
    # A prompt is what ends without a line end.
    if answers and shown.endswith(b": "):
        os.write(fd, answers.pop(0).encode() + b"\n")
    return data
status = pty.spawn(command, read, lambda fd: b"")
print(json.dumps([os.waitstatus_to_exitcode(status), shown.decode()]))
"#;

#[cfg(unix)]
#[test]
fn add_asks_at_a_terminal_for_what_is_missing() {
    let Ok(out) = Command::new("python3").args(["-c", "import pty, os; os.waitstatus_to_exitcode; pty.openpty()"]).output() else {
        return println!("skipped: no python3");
    };
    if !out.status.success() {
        return println!("skipped: no pseudo-terminal: {}", String::from_utf8_lossy(&out.stderr));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("plain.txt"), TEXT).unwrap();
    std::fs::write(path("byline.txt"), format!("Por Ana Ruiz, 4 de mayo de 2023\n{TEXT}")).unwrap();
    let program = env!("CARGO_BIN_EXE_newsframe");
    let add = |answers: &[&str], arguments: &[&str]| {
        let answers = serde_json::to_string(answers).unwrap();
        let mut command = Command::new("python3");
        command.args(["-c", AT_A_TERMINAL, &answers, program, "add", "--corpus", &path("corpus")]).args(arguments);
        let out = command.stdin(Stdio::null()).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let told = String::from_utf8(out.stdout).unwrap();
        let (code, shown): (i32, String) = serde_json::from_str(told.lines().last().unwrap()).unwrap();
        assert_eq!(code, 0, "{shown}");
        shown
    };
    let prompts = |shown: &str| shown.matches("empty if not known: ").count();
    // Asked for source, title, author, published (again, as it is no date) and url; the language is found, and title and url are left empty.
    let shown = add(&["El Litoral", "", "Eva Paz", "anteayer", "2023-05", ""], &[&path("plain.txt")]);
    assert_eq!(prompts(&shown), 6, "{shown}");
    assert!(!shown.contains("language, empty"), "{shown}");
    // What is given or found is not asked for.
    let shown = add(&["", ""], &[&path("byline.txt"), "--source", "La Voz", "--title", "Puente cerrado", "--url", "https://example.org/a"]);
    assert_eq!(prompts(&shown), 1, "{shown}");
    assert!(shown.contains("author, empty"), "{shown}");
    // And into a pipe nothing is asked.
    let piped = Command::new(program).args(["add", "--corpus", &path("piped"), &path("plain.txt")]).stdin(Stdio::null()).output().unwrap();
    assert!(piped.status.success() && !String::from_utf8_lossy(&piped.stderr).contains("empty if not known"), "{piped:?}");
    assert_eq!(
        std::fs::read_to_string(path("corpus/index.csv")).unwrap(),
        "file,source,title,author,published,language,url,note\n\
         plain.txt,El Litoral,,Eva Paz,2023-05,es,,\n\
         byline.txt,La Voz,Puente cerrado,,2023-05-04,es,https://example.org/a,published: text\n"
    );
}
