//! What people and machines may put into a corpus folder to break who reads it: each is a problem with its reason or a clean
//! result, within a bound of time, and nothing is written outside the folder that was named. All of it is made here.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

#[path = "../fuzz/reading.rs"]
mod reading;

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use newsframe::article::Extractor;
use newsframe::corpus::{Corpus, Reader};
use newsframe::extract::extract_from;
use newsframe::pack::Packs;
use newsframe::tables::Tables;

/// Generous for a build without optimisation on a busy machine; what is quadratic takes hours.
const PATIENCE: Duration = Duration::from_mins(2);

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Corpus {
    let started = Instant::now();
    let mut reader = Reader::of_bytes([(name.to_owned(), bytes.into())]);
    let sources = reader.by_ref().collect();
    assert!(started.elapsed() < PATIENCE, "{name} took {:?}", started.elapsed());
    Corpus { sources, problems: reader.problems, files: reader.files, aliases: reader.aliases }
}

/// The one reason why nothing of a file can be used.
fn refusal(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let corpus = read(name, bytes);
    assert!(corpus.sources.is_empty(), "{name} is read as {:?}", corpus.sources[0].text.get(..80));
    assert_eq!(corpus.problems.len(), 1, "{:?}", corpus.problems);
    corpus.problems[0].message.clone()
}

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(&Packs::shipped()).unwrap());

fn tables(name: &str, bytes: impl Into<Vec<u8>>) -> Tables {
    let extractor = &*EXTRACTOR;
    let mut reader = Reader::of_bytes([(name.to_owned(), bytes.into())]);
    let started = Instant::now();
    let tables = extract_from(extractor, &mut reader, None, |_| ()).unwrap().tables;
    assert!(started.elapsed() < PATIENCE, "{name} took {:?}", started.elapsed());
    tables
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn what_the_fuzzers_ask_holds_for_their_seeds() {
    type Holds = fn(&[u8]);
    let targets: [(&str, Holds); 4] =
        [("clean", reading::clean), ("html", reading::html), ("index", reading::index), ("jsonl", reading::jsonl)];
    for (target, holds) in targets {
        let seeds = std::fs::read_dir(format!("fuzz/seeds/{target}")).unwrap().map(|f| std::fs::read(f.unwrap().path()).unwrap());
        assert_ne!(seeds.map(|bytes| holds(&bytes)).count(), 0, "{target}");
    }
}

#[test]
fn cut_and_mixed_utf8_is_read_with_a_doubt() {
    let mut cut = "La policía cerró la plaza. Los vecinos, según el alcalde, volvieron más tarde.".as_bytes().to_vec();
    cut.truncate(cut.len() - 4);
    cut.extend("ñ".as_bytes().iter().take(1));
    let corpus = read("a.txt", cut);
    assert_eq!((corpus.sources.len(), corpus.problems.len()), (1, 1));
    assert!(corpus.problems[0].message.contains("UTF-8"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for bytes in
        [&b"\0\0\0\0"[..], b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", b"\x1b\x01\x02\xff\xfe\x03\x04\x05", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"]
    {
        for name in ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"] {
            refusal(name, bytes);
        }
    }
    for name in ["a.txt.gz", "a.csv.zst", "a.html.gz", "a.jsonl.zst"] {
        refusal(name, "not packed at all");
    }
}

#[test]
fn a_file_of_which_nothing_can_be_seen_is_no_article() {
    for bytes in ["\u{feff}", "\u{feff}\n\n", "\u{200b}\u{2060} \t\u{1}\n"] {
        assert_eq!(refusal("a.txt", bytes), "there is no text in it");
    }
}

#[test]
fn null_and_control_and_direction_characters_do_not_reach_the_words() {
    let tables = tables("a.txt", "The po\0lice said on Fri\u{8}day that \u{202e}two men\u{202c} were kil\u{200b}led.\u{2066}\u{feff}");
    let document = &tables.documents[0];
    assert_eq!(document.text.trim(), "The police said on Friday that two men were killed.");
    assert!(tables.claims.iter().any(|c| c.value_min == Some(2.0)), "{:?}", tables.claims);
    assert!(tables.edits.len() >= 6);
}

#[test]
fn what_grows_when_unpacked_is_stopped() {
    let packed = gzip(&vec![b'a'; 16 << 20]);
    for name in ["a.txt.gz", "a.jsonl.gz", "a.html.gz", "a.md.gz", "a.csv.gz"] {
        assert!(refusal(name, packed.clone()).contains("beyond all measure"), "{name}");
    }
    // A frame of Zstandard that holds one byte, many times over: 128 kB of every four bytes.
    let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    for i in 0..4096_u32 {
        let size = 128 << 10;
        let header = (size << 3) | (1 << 1) | u32::from(i == 4095);
        bomb.extend(&header.to_le_bytes()[..3]);
        bomb.push(b'a');
    }
    for name in ["a.txt.zst", "a.jsonl.zst"] {
        assert!(refusal(name, bomb.clone()).contains("beyond all measure"), "{name}");
    }
    // Packed once more, the inner file is no text.
    assert!(refusal("a.txt.gz", gzip(&gzip(b"Calm."))).contains("packed"));
}

#[test]
fn lines_of_ten_megabytes_are_read() {
    let sentence = "Two people were hurt on Friday, police said. ";
    let text = sentence.repeat((10 << 20) / sentence.len());
    let line = format!("{{\"text\":\"{text}\"}}\n{{\"text\":\"Short.\"}}\n");
    let corpus = read("a.jsonl", line);
    assert_eq!(corpus.sources.iter().map(|s| s.text.len()).collect::<Vec<_>>(), [text.len(), 6]);
    assert_eq!(read("a.csv", format!("text\n\"{text}\"\nShort.\n")).sources.len(), 2);
    assert_eq!(read("a.txt", text).sources.len(), 1);
}

#[test]
fn a_line_without_end_is_refused_and_the_next_is_read() {
    let mut long = vec![b'a'; (64 << 20) + 5];
    long.extend(b"\n{\"text\":\"Short.\"}\n");
    let corpus = read("a.jsonl", long);
    assert_eq!((corpus.sources.len(), corpus.problems.len()), (1, 1));
    assert!(corpus.problems[0].message.contains("64 MB"));
    // A quotation mark that is never closed makes one cell of the whole file.
    let mut open = b"text\n\"".to_vec();
    open.extend(vec![b'a'; 65 << 20]);
    assert!(refusal("a.csv", open).contains("64 MB"));
}

#[test]
fn long_words_and_lines_without_spaces_are_extracted() {
    // What is quadratic takes four thousand million steps over each.
    for text in ["a".repeat(1 << 16), "1".repeat(1 << 16), "«".repeat(1 << 16), "-".repeat(1 << 16), "\n".repeat(1 << 16) + "x"] {
        assert_eq!(tables("a.txt", text).documents.len(), 1);
    }
}

#[test]
fn whatever_two_characters_are_said_over_and_over_are_extracted() {
    // What calls itself for each of them has no stack for so many.
    const TIMES: usize = 4000;
    const MARKS: &str = "05.,-'\"«(/:a";
    let pairs = MARKS.chars().flat_map(|a| MARKS.chars().map(move |b| format!("{a}{b}").repeat(TIMES)));
    let lines: String = pairs.map(|text| serde_json::json!({ "language": "es", "text": text }).to_string() + "\n").collect();
    assert_eq!(tables("a.jsonl", lines).documents.len(), MARKS.chars().count().pow(2));
}

#[test]
fn pages_that_nest_without_end_are_refused() {
    for (open, close) in
        [("<div>", "</div>"), ("<b>", ""), ("<blockquote><p>", ""), ("<svg>", ""), ("<table><tr><td>", ""), ("<ul><li>", "")]
    {
        let page = format!("{}<p>Calm returned.</p>{}", open.repeat(100_000), close.repeat(100_000));
        let corpus = read("a.html", page);
        let reason = corpus.problems.first().map(|p| p.message.as_str()).unwrap_or_default();
        assert!(corpus.sources.is_empty() && reason.contains("deep"), "{open} {reason}");
    }
}

#[test]
fn pages_that_multiply_are_bounded() {
    // Each paragraph opens anew all that was left open, a known way to make a small page a large tree.
    let left_open: String = (0..200).map(|i| format!("<b id={i}>")).collect();
    read("a.html", format!("<p>{left_open}</p>{}", "<p>x".repeat(20_000)));
    read("b.html", format!("{}{}", "<table><div>".repeat(20_000), "x".repeat(1000)));
    read("c.html", "<a><p><b><table>".repeat(10_000));
    read("d.html", "<!--".repeat(100_000));
    read("e.html", format!("<p {}>x", "a=1 ".repeat(100_000)));
    read("f.html", "&amp".repeat(200_000));
}

#[test]
fn scripts_are_not_run_and_not_read() {
    let page = r#"<html><head><script>document.title = "run"</script><style>p { content: "style" }</style></head><body onload="alert(1)">
        <p>The night was quiet, neighbours said on Friday.</p><script src="http://example.org/x.js"></script>
        <iframe src="javascript:alert(1)">frame</iframe><noscript>no script</noscript><img src=x onerror=alert(1)><template>template</template></body></html>"#;
    let corpus = read("a.html", page);
    assert_eq!(corpus.sources[0].text.trim(), "The night was quiet, neighbours said on Friday.");
}

#[test]
fn metadata_that_is_no_metadata_is_left_aside() {
    let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let long = "x".repeat(1 << 20);
    let page = format!(
        r#"<script type="application/ld+json">{deep}</script><script type="application/ld+json">{{"@type":"NewsArticle","headline":["{long}",7],"author":{{"name":{{"name":1}}}},"datePublished":20220107}}</script>
        <meta name="author" content="{long}"><meta property="article:published_time" content="99999-99-99"><p>Calm returned to the town.</p>"#
    );
    let source = &read("a.html", page).sources[0];
    assert_eq!((&source.title, &source.author, source.published), (&None, &None, None));
}

#[test]
fn json_that_nests_or_repeats_is_a_problem_or_a_text() {
    let deep = format!("{{\"text\":\"x\",\"a\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert!(refusal("a.jsonl", deep).contains("JSON"));
    let corpus = read("a.jsonl", r#"{"text":"\u0000\ud83d\ude00 \u202e calm","title":{"a":1},"id":null,"published":{}}"#);
    assert_eq!(corpus.sources.len(), 1);
    assert!(read("a.jsonl", r#"{"text":"\ud83d"}"#).sources.is_empty());
}

/// The command over a corpus.
fn newsframe(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_newsframe")).args(arguments).stdin(std::process::Stdio::null()).output().unwrap()
}

fn text_of(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn names_that_lead_out_of_the_folder_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    std::fs::write(folder.path().join("secret.txt"), "A secret that lies outside.").unwrap();
    std::fs::write(corpus.join("index.csv"), "file,source\n../secret.txt,X\n/etc/passwd,Y\na.jsonl,Z\n").unwrap();
    std::fs::write(
        corpus.join("a.jsonl"),
        "{\"text\":\"Calm returned.\",\"id\":\"../../escape\"}\n{\"text\":\"Later.\",\"id\":\"/etc/x\"}\n",
    )
    .unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../secret.txt", corpus.join("link.txt")).unwrap();
    let out = folder.path().join("out");
    let run = newsframe(&["extract", text_of(&corpus), "--out", text_of(&out), "--format", "jsonl"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut there: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, ["corpus", "out", "secret.txt"]);
    let documents = std::fs::read_to_string(out.join("documents.jsonl")).unwrap();
    assert_eq!((documents.lines().count(), documents.contains("secret")), (2, false));
    let problems = std::fs::read_to_string(out.join("problems.jsonl")).unwrap();
    assert_eq!(problems.matches("is not in the folder").count(), 2);
    assert_eq!(problems.contains("symbolic link"), cfg!(unix));
}

#[test]
fn formulas_in_articles_are_texts_in_spreadsheets_and_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.csv");
    let formula = "=HYPERLINK(\"http://example.org/\",\"Two people were killed on Friday\")";
    std::fs::write(&file, format!("text,title\n\"{}\",@SUM(1+1)*cmd|' /C calc'!A0\n", formula.replace('"', "\"\""))).unwrap();
    let out = folder.path().join("out");
    assert!(newsframe(&["extract", text_of(&file), "--out", text_of(&out), "--format", "csv"]).status.success());
    for table in Tables::NAMES {
        let mut csv = csv::Reader::from_path(out.join(format!("{table}.csv"))).unwrap();
        for cell in csv.records().flat_map(|r| r.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '@', '\t']), "{table}: {cell}");
        }
    }
    let rows = newsframe::tables::read(&out, "documents").unwrap();
    assert_eq!((rows[0]["text"].as_str(), rows[0]["title"].as_str()), (formula, "@SUM(1+1)*cmd|' /C calc'!A0"));
}

#[test]
fn a_title_that_is_a_formula_or_a_command_to_the_terminal_is_added_as_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let (page, corpus) = (folder.path().join("a.html"), folder.path().join("corpus"));
    std::fs::write(&page, "<meta property=og:title content=\"=1+1&#x1b;]0;x&#7;\"><p>The night was quiet, neighbours said on Friday.</p>")
        .unwrap();
    let run = newsframe(&["add", text_of(&page), "--source", "The Daily", "--corpus", text_of(&corpus)]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(!run.stdout.contains(&0x1b) && !run.stdout.contains(&7), "{}", String::from_utf8_lossy(&run.stdout));
    let index = std::fs::read_to_string(corpus.join("index.csv")).unwrap();
    assert!(index.contains("The Daily,'=1+1"), "{index}");
    assert!(newsframe::corpus::open(&corpus).unwrap().sources[0].title.as_ref().unwrap().starts_with("=1+1"));
}

/// Who reads the output has seen enough before it begins.
#[cfg(unix)]
#[test]
fn a_text_in_a_language_without_rules_is_told_and_read() {
    let portuguese = "Pelo menos quatro pessoas morreram e 23 ficaram feridas na terça-feira quando a polícia abriu fogo contra uma multidão \
        em frente à prefeitura, informaram autoridades do hospital.";
    let russian = "По меньшей мере 12 человек погибли во вторник в ходе столкновений, сообщило министерство.";
    let spanish = "Al menos cuatro personas murieron el martes, informó el hospital.";
    let rows: String = [portuguese, spanish, russian].iter().map(|text| format!("{{\"text\":\"{text}\"}}\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.jsonl"), rows + "{\"text\":\"Calm.\",\"language\":\"tr\"}\nnone\n").unwrap();
    let out = folder.path().join("out");
    for _ in 0..2 {
        let run = newsframe(&["extract", text_of(&folder.path().join("a.jsonl")), "--out", text_of(&out), "--format", "jsonl"]);
        assert!(run.status.success());
        let cell =
            |line: &str, name: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()[name].as_str().unwrap_or("-").to_owned();
        let column = |table: &str, name: &str| -> Vec<String> {
            let text = std::fs::read_to_string(out.join(format!("{table}.jsonl"))).unwrap();
            text.lines().map(|line| cell(line, name)).collect()
        };
        assert_eq!(column("documents", "language"), ["pt", "es", "ru", "tr"]);
        // What can't be read comes first, then what there is to say of documents, from the cache too.
        assert_eq!(column("problems", "path"), ["a.jsonl#5", "a.jsonl#1", "a.jsonl#3", "a.jsonl#4"]);
        assert_eq!(column("problems", "stage"), ["read", "language", "language", "language"]);
        assert!(column("problems", "message")[2].contains("no rules for its language (ru"));
        assert!(String::from_utf8_lossy(&run.stderr).contains("no rules for its language (pt"));
    }
}

#[test]
fn what_is_written_is_never_taken_for_articles_nor_takes_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("press");
    std::fs::create_dir(&corpus).unwrap();
    let table = corpus.join("documents.csv");
    std::fs::write(&table, "text\nCalm.\n").unwrap();
    let within = corpus.join("new/out");
    for (articles, out, commands) in [(&corpus, &corpus, 0..2), (&table, &corpus, 0..2), (&corpus, &within, 1..2)] {
        for command in &[&["extract", "--format", "csv"][..], &["export", "--like", "ucdp"]][commands] {
            let run = newsframe(&[*command, &[text_of(articles), "--out", text_of(out)]].concat());
            assert_eq!(run.status.code(), Some(2));
            assert!(String::from_utf8_lossy(&run.stderr).contains("name a"), "{run:?}");
        }
    }
    assert_eq!(std::fs::read_dir(&corpus).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "text\nCalm.\n");
    // In them, where the manifest tells what the folder is.
    for _ in 0..2 {
        assert!(newsframe(&["extract", "--format", "csv", text_of(&corpus), "--out", text_of(&within)]).status.success());
        assert_eq!(std::fs::read_to_string(within.join("documents.csv")).unwrap().lines().count(), 2);
    }
    assert!(std::fs::read_to_string(within.join("problems.csv")).unwrap().contains("what a run has written"));
    std::fs::remove_dir_all(corpus.join("new")).unwrap();
    // Beside them, and around them.
    for out in [folder.path().join("out"), folder.path().to_owned()] {
        assert!(newsframe(&["extract", text_of(&corpus), "--out", text_of(&out)]).status.success());
    }
}

#[test]
fn tables_of_another_run_in_another_format_do_not_stay_beside_new_ones() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, out) = (folder.path().join("a.jsonl"), folder.path().join("out"));
    std::fs::write(&corpus, "{\"text\":\"Calm.\"}\n").unwrap();
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("claims.csv"), "of the user").unwrap();
    let extract =
        |format: &str| assert!(newsframe(&["extract", text_of(&corpus), "--out", text_of(&out), "--format", format]).status.success());
    extract("jsonl");
    assert!(out.join("claims.csv").exists(), "it is of no run");
    extract("csv");
    assert!(out.join("claims.jsonl").exists() && out.join("claims.csv").exists(), "of the same articles");
    std::fs::write(&corpus, "{\"text\":\"Calm again.\"}\n").unwrap();
    extract("jsonl");
    assert!(out.join("claims.jsonl").exists() && !out.join("claims.csv").exists() && !out.join("documents.csv").exists());
}

#[test]
fn a_closed_pipe_ends_no_command() {
    use std::process::Stdio;
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    std::fs::create_dir(&corpus).unwrap();
    for i in 0..40 {
        std::fs::write(corpus.join(format!("{i}.txt")), format!("At least {i} people were killed in district {i} on Friday, police said."))
            .unwrap();
        std::fs::write(corpus.join(format!("{i}.bin")), "x").unwrap();
    }
    let path = |name: &str| text_of(&folder.path().join(name)).to_owned();
    let (from, new) = (text_of(&corpus).to_owned(), path("new.txt"));
    std::fs::write(&new, "Calm returned to the town on Sunday.").unwrap();
    let commands: [&[&str]; 5] = [
        &["extract", &from, "--out", &path("a"), "--format", "jsonl"],
        &["extract", &new, "--out", &path("b"), "--format", "jsonl"],
        &["diff", &path("a"), &path("b")],
        &["check", &from],
        &["add", &new, "--source", "The Daily", "--published", "2022-01-07", "--corpus", &path("added")],
    ];
    for arguments in commands {
        let mut run = Command::new(env!("CARGO_BIN_EXE_newsframe"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(run.stdout.take());
        let ended = run.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.code().is_some_and(|c| c < 2) && !told.contains("panicked"), "{arguments:?}: {} {told}", ended.status);
    }
    assert!(folder.path().join("added/index.csv").exists(), "the work is done though nobody reads");
}
