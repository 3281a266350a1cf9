//! The codebook's own sentences, read by the real binary.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// Every rule speaks in the sentences that it accepts and is silent in those that it rejects, but for the sentences
/// of `testdata/codebook/open.txt`, which wait for a better parser. A sentence that comes right must leave that list.
///
/// `UPDATE=1` writes the list anew.
#[test]
fn rules_keep_their_own_sentences() {
    let output = detente().args(["codebook", "check"]).output().unwrap();
    let report = String::from_utf8(output.stderr).unwrap();
    let wrong: BTreeSet<&str> = report.lines().filter_map(|line| line.strip_prefix("detente: ")).collect();
    let path = repository().join("testdata/codebook/open.txt");
    if std::env::var_os("UPDATE").is_some() {
        let list: String = wrong.iter().map(|line| format!("{line}\n")).collect();
        fs::write(&path, list).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap();
    let open: BTreeSet<&str> = text.lines().collect();
    let new: Vec<_> = wrong.difference(&open).collect();
    let mended: Vec<_> = open.difference(&wrong).collect();
    assert!(new.is_empty(), "came out wrong:\n{new:#?}");
    assert!(mended.is_empty(), "no longer wrong; run with UPDATE=1 to drop from the list:\n{mended:#?}");
    let summary = String::from_utf8(output.stdout).unwrap();
    let sentences: usize = summary.split(' ').nth(2).unwrap().parse().unwrap();
    assert!(open.len() * 20 < sentences, "more than one sentence in twenty is open: {summary}");
}

fn detente() -> Command {
    Command::new(env!("CARGO_BIN_EXE_detente"))
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
