//! Runs the cases of `testdata/sentence` and `testdata/token`.

use std::{fs, path::Path};

use detente_text::Document;
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize)]
struct File<T> {
    #[serde(default = "Vec::new")]
    case: Vec<T>,
}

/// What `testdata/sentence/*.toml` holds.
#[derive(Deserialize)]
struct Sentences {
    name: String,
    text: String,
    sentences: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
}

/// What `testdata/token/*.toml` holds.
#[derive(Deserialize)]
struct Tokens {
    name: String,
    text: String,
    tokens: Vec<String>,
}

fn cases<T: DeserializeOwned>(folder: &str) -> Vec<(String, T)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(folder);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a folder that can be read").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a file that can be read");
        let file: File<T> =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        found.extend(file.case.into_iter().map(|case| (name.clone(), case)));
    }
    found
}

/// Panics with all failures, so that one run shows the whole state.
fn report(total: usize, failures: &[String]) {
    assert!(failures.is_empty(), "{} of {total} cases fail:\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn sentences() {
    let cases = cases::<Sentences>("sentence");
    let mut failures = Vec::new();
    for (file, case) in &cases {
        let document = Document::split(&case.text);
        let found: Vec<&str> = document.sentences().iter().map(|s| document.slice(s.span)).collect();
        let kinds: Vec<&str> = document.sentences().iter().map(|s| s.kind.as_str()).collect();
        if found != case.sentences || !case.kinds.is_empty() && kinds != case.kinds {
            let mut lines = format!("{file} {}", case.name);
            for i in 0..found.len().max(case.sentences.len()) {
                let show = |kind: Option<&str>, text: Option<&str>| {
                    format!("{:8} {:?}", kind.unwrap_or("-"), text.unwrap_or(""))
                };
                let expected =
                    show(case.kinds.get(i).map(String::as_str), case.sentences.get(i).map(String::as_str));
                let got = show(kinds.get(i).copied(), found.get(i).copied());
                if expected != got {
                    lines += &format!("\n  expected {expected}\n  found    {got}");
                }
            }
            failures.push(lines);
        }
    }
    report(cases.len(), &failures);
}

#[test]
fn tokens() {
    let cases = cases::<Tokens>("token");
    let mut failures = Vec::new();
    for (file, case) in &cases {
        let document = Document::split(&case.text);
        let found: Vec<&str> = document.tokens().iter().map(|&s| document.slice(s)).collect();
        if found != case.tokens {
            failures.push(format!(
                "{file} {}\n  expected {}\n  found    {}",
                case.name,
                case.tokens.join("|"),
                found.join("|")
            ));
        }
    }
    report(cases.len(), &failures);
}
