//! What comes out: formats, order, exit status.

#![allow(clippy::unwrap_used, dead_code)]

mod common;
#[path = "../../detente-io/tests/common/schema.rs"]
mod schema;

use common::Folder;
use std::fmt::Write as _;
use std::io::Read;

/// JSON Lines of very different lengths, with a bad line among them.
fn many() -> String {
    let mut lines = String::new();
    for number in 0..40 {
        let text =
            "Kyiv’s 🙂 envoy said that Russian troops shelled Kharkiv on Monday. ".repeat(1 + number % 4);
        let _ = match number {
            31 => writeln!(lines, "{{\"id\": oops}}"),
            _ => writeln!(lines, "{{\"id\":\"d{number}\",\"text\":\"{text}\",\"published\":\"2022-02-15\"}}"),
        };
    }
    lines
}

#[test]
fn output_follows_the_schema() {
    let folder = Folder::new("schema");
    let ran = folder.file("a.jsonl", many()).run(&["code", "a.jsonl"]);
    assert_eq!(ran.objects().len(), 39);
    let schema = schema::detente_1();
    for coded in ran.objects() {
        let faults = schema::faults(&schema, &coded);
        assert!(faults.is_empty(), "{faults:#?}");
        let text: Vec<char> = coded["text"].as_str().unwrap().chars().collect();
        for sentence in coded["sentences"].as_array().unwrap() {
            assert!(sentence["span"][1].as_u64().unwrap() as usize <= text.len());
        }
    }
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let folder = Folder::new("jobs");
    folder.file("a.jsonl", many());
    for format in ["jsonl", "json", "table", "csv"] {
        let runs: Vec<_> = ["1", "2", "7"]
            .iter()
            .map(|jobs| folder.run(&["code", "a.jsonl", "--jobs", jobs, "--format", format]))
            .collect();
        assert_eq!(runs[0].status, 1);
        assert!(!runs[0].out.is_empty() && runs[0].err.contains("a.jsonl:32:"));
        for run in &runs[1..] {
            assert_eq!((&run.out, &run.err), (&runs[0].out, &runs[0].err));
        }
    }
}

#[test]
fn json_is_an_object_or_a_list() {
    let folder = Folder::new("json");
    folder.file("a.txt", "One.").file("b.txt", "Two.");
    let json = |sources: &[&str]| -> serde_json::Value {
        let ran = folder.run(&[&["code", "--format", "json"], sources].concat());
        serde_json::from_str(&ran.out).unwrap()
    };
    assert_eq!(json(&["a.txt"])["schema"], "detente/1");
    assert_eq!(json(&["a.txt", "b.txt"])[1]["document"]["id"], "b");
    assert_eq!(json(&["missing.txt"]), serde_json::json!([]));
}

#[test]
fn files_are_written_and_inputs_are_not_overwritten() {
    let folder = Folder::new("files");
    folder.file("a.txt", "One.");
    let ran = folder.run(&["code", "a.txt", "-o", "out.jsonl"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    assert_eq!(folder.read("out.jsonl"), folder.run(&["code", "a.txt"]).out);
    let ran = folder.run(&["code", "a.txt", "-o", "a.txt"]);
    assert_eq!(ran.status, 2);
    assert_eq!(folder.read("a.txt"), "One.");
    let ran = folder.run(&["code", "a.txt", "-o", "no/such/folder/out.jsonl"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.starts_with("detente: no/such/folder/out.jsonl: cannot write: "), "{}", ran.err);
}

#[test]
fn wrong_usage_is_2() {
    let folder = Folder::new("usage");
    for arguments in [
        &["code", "--format", "xml", "a"][..],
        &["code", "--jobs", "0", "a"],
        &["code", "--published", "x", "a"],
        &["frobnicate"],
        &["explain", "a", "--event", "3"],
        &[],
    ] {
        assert_eq!(folder.run(arguments).status, 2, "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["code", "--help"], &["actors", "find", "--help"]] {
        assert_eq!(folder.run(arguments).status, 0, "{arguments:?}");
    }
}

#[test]
fn every_command_has_examples() {
    let folder = Folder::new("help");
    for command in ["code", "report", "explain", "parse", "codebook", "actors"] {
        assert!(folder.run(&[command, "--help"]).out.contains("Examples:"), "{command}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = Folder::new("pipe");
    folder.file("a.jsonl", many().repeat(20));
    let mut child = folder.command(&["code", "a.jsonl"]).spawn().unwrap();
    let mut some = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_well_even_while_input_is_awaited() {
    let folder = Folder::new("interrupt");
    let mut child = folder.command(&["code", "-"]).stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"{\"id\":\"first\",\"text\":\"One.\"}\n").unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 1];
    stdout.read_exact(&mut first).unwrap();
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert!(rest.ends_with("}\n"));
    drop(stdin);
}

#[test]
fn reports_for_the_terminal_and_the_browser() {
    let folder = Folder::new("report");
    folder.file("a.txt", "Kyiv <b>denied</b> it.").file("b.txt", "Two.");
    let ran = folder.run(&["report", "a.txt", "b.txt"]);
    assert_eq!(ran.status, 0);
    assert!(!ran.out.contains('\u{1b}'));
    let ran = folder.run(&["report", "a.txt", "b.txt", "--html", "page.html"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
    let page = folder.read("page.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("<article>").count(), 2);
    assert!(!page.contains("<b>") && !page.contains("<script"));
}

#[test]
fn parses_in_three_formats() {
    let folder = Folder::new("parse");
    folder.file("a.txt", "Kyiv denies it.");
    let conllu = folder.run(&["parse", "a.txt"]).out;
    assert!(conllu.contains("# text = Kyiv denies it.\n# span = 0 15\n1\tKyiv\t"), "{conllu}");
    assert!(folder.run(&["parse", "a.txt", "--format", "tree"]).out.contains("Kyiv denies it."));
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["parse", "a.txt", "--format", "json"]).out).unwrap();
    assert_eq!(json["sentences"][0]["tokens"][0]["form"], "Kyiv");
}

#[test]
fn events_that_are_not_there_are_named() {
    let folder = Folder::new("explain");
    folder.file("a.txt", "The weather.");
    let ran = folder.run(&["explain", "a.txt", "--event", "e99"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.err, "detente: a.txt: there is no event e99; the document has 0 events\n");
    assert_eq!(folder.run(&["explain", "a.txt", "--document", "b"]).status, 1);
    assert_eq!(folder.run(&["explain", "missing.txt", "--event", "e1"]).status, 1);
}
