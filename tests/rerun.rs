//! A second run over the same folder takes what did not change from the first, and nobody can tell from its tables.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use newsframe::article::Extractor;
use newsframe::corpus::Reader;
use newsframe::extract::extract_to;
use newsframe::find::numbers::Policy;
use newsframe::pack::Packs;
use newsframe::tables::{Format, Tables};
use tempfile::TempDir;

const FILES: [(&str, &str); 4] = [
    (
        "almaty.txt",
        "At least 10 people were killed in Almaty on Monday, said Interior Minister Yerlan Turgumbayev.\n\nThe terroristsâ€™ camp was empty. They fled.\n",
    ),
    (
        "export.jsonl",
        "{\"id\":\"a\",\"text\":\"Six protesters were injured in Aktobe, police said.\"}\n{\"id\":\"b\",\"text\":\"Dozens were killed, Turgumbayev said.\"}\n",
    ),
    ("lima.txt", "Decenas de personas murieron el lunes en Lima, según la policía. «Son terroristas», dijo el ministro.\n"),
    (
        "again.txt",
        "At least 10 people were killed in Almaty on Monday, said Interior Minister Yerlan Turgumbayev.\n\nThe terroristsâ€™ camp was empty. They fled.\n",
    ),
];
const INDEX: &str = "file,source,published,language\nalmaty.txt,The Daily,2022-01-07,en\nlima.txt,El Diario,2022-01-08,es\n";

struct Place {
    corpus: TempDir,
    out: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { corpus: TempDir::new().unwrap(), out: TempDir::new().unwrap() };
        FILES.iter().for_each(|(name, text)| place.write(name, text));
        place.write("index.csv", INDEX);
        place
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.corpus.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn cache(&self) -> PathBuf {
        self.out.path().join(".cache")
    }

    /// Runs over the folder, compares with a run that knows nothing, and gives how many documents were taken from the last run.
    fn rerun(&self, policy: &Policy) -> usize {
        let extractor = self.extractor(policy);
        self.compare(&extractor, &self.fresh(&extractor))
    }

    fn extractor(&self, policy: &Policy) -> Extractor {
        Extractor::with_policy(&Packs::for_corpus(self.corpus.path()).unwrap(), policy).unwrap()
    }

    /// The tables of a run that knows nothing.
    fn fresh(&self, extractor: &Extractor) -> Vec<(&'static str, String)> {
        let fresh = TempDir::new().unwrap();
        let (tables, none) = self.tables(extractor, fresh.path(), None);
        assert_eq!(none, 0);
        tables
    }

    fn compare(&self, extractor: &Extractor, tables: &[(&'static str, String)]) -> usize {
        let (again, reused) = self.tables(extractor, self.out.path(), Some(&self.cache()));
        for ((name, fresh), (_, again)) in tables.iter().zip(&again) {
            assert!(fresh == again, "{name}:\n{fresh}\nis with the last run:\n{again}");
        }
        let empty: Vec<_> = tables.iter().filter(|(name, text)| *name != "problems" && text.lines().count() < 2).map(|t| t.0).collect();
        assert!(empty.is_empty(), "nothing to compare in {empty:?}");
        reused
    }

    fn tables(&self, extractor: &Extractor, out: &Path, cache: Option<&Path>) -> (Vec<(&'static str, String)>, usize) {
        let mut reader = Reader::open(self.corpus.path()).unwrap();
        let reused = extract_to(extractor, &mut reader, out, &[Format::Csv], cache, |_| ()).unwrap().reused;
        let read = |table: &&'static str| (*table, std::fs::read_to_string(out.join(format!("{table}.csv"))).unwrap());
        (Tables::NAMES.iter().map(read).collect(), reused)
    }
}

fn literal() -> Policy {
    Policy::shipped("literal").unwrap()
}

#[test]
fn what_did_not_change_is_taken_from_the_last_run() {
    let place = Place::new();
    assert_eq!(place.rerun(&literal()), 0);
    let size = std::fs::metadata(place.cache()).unwrap().len();
    assert_eq!(place.rerun(&literal()), 5);

    // What is said of one document, then its text.
    place.write("index.csv", &INDEX.replace("2022-01-08", "2022-01-09"));
    assert_eq!(place.rerun(&literal()), 4);
    place.write("lima.txt", &FILES[2].1.replace("Decenas", "Veinte"));
    assert_eq!(place.rerun(&literal()), 4);

    // A document more, and one less, which is forgotten.
    place.write("new.txt", "Two people were killed in Oral.\n");
    assert_eq!(place.rerun(&literal()), 5);
    std::fs::remove_file(place.corpus.path().join("new.txt")).unwrap();
    place.write("lima.txt", FILES[2].1);
    place.write("index.csv", INDEX);
    assert_eq!(place.rerun(&literal()), 4);
    assert_eq!(std::fs::metadata(place.cache()).unwrap().len(), size);
}

#[test]
fn what_all_documents_are_read_by_changes_all_of_them() {
    let place = Place::new();
    place.rerun(&literal());
    assert_eq!(place.rerun(&Policy::shipped("acled").unwrap()), 0);
    assert_eq!(place.rerun(&literal()), 0, "only the last run is kept");

    // A policy of the same name is another one all the same.
    let text = std::fs::read_to_string("data/policy/literal.toml").unwrap();
    let other = Policy::parse("mine.toml", &text.replace("[vague.tens]\nmin = 20", "[vague.tens]\nmin = 30")).unwrap();
    assert!(other.name == "literal" && other.sha256 != literal().sha256);
    assert_eq!(place.rerun(&other), 0);

    place.rerun(&literal());
    place.write("aliases.csv", "name,other,same\nTurgumbayev,Yerlan Turgumbayev,no\n");
    assert_eq!(place.rerun(&literal()), 0);
    assert_eq!(place.rerun(&literal()), 5);
    let terms = "[[rule]]\nid = \"fled\"\nconcept = \"flight\"\nframe = \"delegitimising\"\nabout = \"test\"\nforms = [\"fled\"]\nfinds = [\"They [fled].\"]\nignores = [\"They flee.\"]\n";
    place.write("packs/en/terms+.toml", terms);
    assert_eq!(place.rerun(&literal()), 0);
    assert_eq!(place.rerun(&literal()), 5);
}

#[test]
fn a_damaged_file_is_as_if_it_were_not_there() {
    let place = Place::new();
    let extractor = place.extractor(&literal());
    let fresh = place.fresh(&extractor);
    let rerun = || place.compare(&extractor, &fresh);
    assert_eq!(rerun(), 0);
    let whole = std::fs::read(place.cache()).unwrap();
    assert!(whole.len() > 1000);
    for cut in [0, 1, 31, 36, 37, whole.len() / 2, whole.len() - 1] {
        std::fs::write(place.cache(), &whole[..cut]).unwrap();
        assert!(rerun() < 5, "cut after {cut} bytes");
    }
    let mut lost = 0;
    for at in (0..whole.len()).step_by(whole.len() / 30) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(place.cache(), bytes).unwrap();
        lost += 5 - rerun();
    }
    // Not each: some bytes of a packed entry say nothing.
    assert!(lost >= 25, "{lost}");
    std::fs::write(place.cache(), [0xff; 5000]).unwrap();
    assert_eq!(rerun(), 0);
    assert_eq!(rerun(), 5);
}

#[test]
fn a_run_that_breaks_off_leaves_what_the_last_one_left() {
    let place = Place::new();
    place.rerun(&literal());
    let before = std::fs::read(place.cache()).unwrap();
    // A table that can't get its name ends the run after all documents are extracted.
    std::fs::remove_file(place.out.path().join("claims.csv")).unwrap();
    std::fs::create_dir_all(place.out.path().join("claims.csv/in-the-way")).unwrap();
    place.write("lima.txt", "Veinte personas murieron.\n");
    let extractor = place.extractor(&literal());
    let mut reader = Reader::open(place.corpus.path()).unwrap();
    let broken = extract_to(&extractor, &mut reader, place.out.path(), &[Format::Csv], Some(&place.cache()), |_| ());
    assert!(broken.is_err());
    assert!(std::fs::read(place.cache()).unwrap() == before);
    let left: Vec<_> = std::fs::read_dir(place.out.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(!left.iter().any(|f| f.to_string_lossy().starts_with(".cache-")), "{left:?}");
}

/// Killed, as by Ctrl-C or a machine that goes down, a run leaves no table and no half of one; the next run takes up
/// what was done and clears up.
#[cfg(feature = "cli")]
#[test]
fn a_run_that_is_killed_is_taken_up_again() {
    let place = Place { corpus: TempDir::new().unwrap(), out: TempDir::new().unwrap() };
    let of_number = |n: usize| FILES[n % 4].1.replace("Almaty", &format!("Almaty {n}")).repeat(4);
    let row = |n: usize| format!("{}\n", serde_json::json!({ "id": n.to_string(), "language": "en", "text": of_number(n) }));
    let documents = 1600;
    place.write("export.jsonl", &(0..documents).filter(|n| n % 4 != 1).map(row).collect::<String>());
    let run = |out: &Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsframe"));
        command.arg("extract").arg(place.corpus.path()).arg("--out").arg(out).args(["--format", "jsonl"]);
        command.stdout(std::process::Stdio::piped());
        command
    };
    let names = || {
        let mut names: Vec<String> =
            std::fs::read_dir(place.out.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let mut killed = run(place.out.path()).spawn().unwrap();
    let begun = |name: &String| name.starts_with(".cache-") && std::fs::metadata(place.out.path().join(name)).is_ok_and(|m| m.len() > 0);
    while !names().iter().any(begun) {
        assert!(killed.try_wait().unwrap().is_none(), "it was done before it could be killed");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let left = names();
    assert!(left.iter().all(|name| unfinished(name)), "{left:?}");
    let again = run(place.out.path()).output().unwrap();
    let said = String::from_utf8(again.stdout).unwrap();
    assert!(again.status.success() && said.contains("documents are as they were at the last run"), "{said}");
    let left = names();
    assert!(!left.iter().any(|name| unfinished(name)), "{left:?}");
    let other = TempDir::new().unwrap();
    assert!(run(other.path()).output().unwrap().status.success());
    for table in Tables::NAMES {
        let read = |folder: &Path| std::fs::read(folder.join(format!("{table}.jsonl"))).unwrap();
        assert!(read(place.out.path()) == read(other.path()), "{table}");
    }
}

/// Whether a file is one that a run writes beside its place.
fn unfinished(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == "part") || name.starts_with(".cache-")
}
