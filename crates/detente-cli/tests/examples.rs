//! The example articles, read end to end and compared with reviewed snapshots.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn articles() -> Vec<PathBuf> {
    let folder = repository().join("examples/articles");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no example articles");
    paths
}

/// The report on each example is the one that was reviewed. `UPDATE=1` writes the snapshots anew; review them then.
#[test]
fn reports_are_as_reviewed() {
    let mut stale = Vec::new();
    for article in articles() {
        let output = detente()
            .arg("report")
            .arg(&article)
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report = String::from_utf8(output.stdout).unwrap();
        let name = article.file_stem().unwrap().to_string_lossy();
        let snapshot = repository().join(format!("examples/articles/readings/{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&snapshot, &report).unwrap();
        }
        if fs::read_to_string(&snapshot).unwrap_or_default() != report {
            stale.push(snapshot);
        }
    }
    assert!(stale.is_empty(), "the report is no longer as reviewed in {stale:#?}");
}

/// Whatever is read, the same bytes come out, and no example is without events and claims.
#[test]
fn examples_have_events_and_claims_and_read_the_same_twice() {
    let run = |jobs: &str| {
        let output = detente().args(["code", "--jobs", jobs]).args(articles()).output().unwrap();
        assert!(output.status.success());
        output.stdout
    };
    let (one, two) = (run("1"), run("2"));
    assert!(one == two, "the number of threads changes the output");
    let text = String::from_utf8(one).unwrap();
    assert_eq!(text.lines().count(), articles().len());
    for line in text.lines() {
        for layer in
            ["\"events\":[{", "\"claims\":[{", "\"attributions\":[{", "\"figures\":[{", "\"times\":[{"]
        {
            assert!(line.contains(layer), "no {layer} in {}", &line[..200.min(line.len())]);
        }
    }
}

fn detente() -> Command {
    Command::new(env!("CARGO_BIN_EXE_detente"))
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
