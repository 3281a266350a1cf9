//! What goes in: good, odd and bad.

#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::Folder;
use serde_json::json;

const TEXT: &str = "Russian forces shelled Kharkiv on Monday. Moscow denied it.";

#[test]
fn empty_and_missing_files_are_named_and_the_rest_is_done() {
    let folder = Folder::new("empty_and_missing");
    folder.file("empty.txt", "").file("blank.txt", " \n\t").file("good.txt", TEXT);
    let ran = folder.run(&["code", "empty.txt", "missing.txt", "blank.txt", "good.txt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.ids(), ["good"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines[0], "detente: empty.txt: the file is empty");
    assert!(lines[1].starts_with("detente: missing.txt: cannot open: "), "{}", lines[1]);
    assert_eq!(lines[2], "detente: blank.txt: the file holds nothing but white space");
}

#[test]
fn binary_files_are_refused() {
    let folder = Folder::new("binary");
    folder.file("a.txt", b"abc\0\x01\x02def").file("b.txt", b"\x89PNG\r\n").file("c.txt", b"PK\x03\x04");
    let ran = folder.run(&["code", "a.txt", "b.txt", "c.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err.matches("not a text file").count(), 3, "{}", ran.err);
}

#[test]
fn damaged_utf8_is_repaired_with_a_warning() {
    let folder = Folder::new("damaged");
    folder.file("a.txt", b"Kyiv\xe2\x80\x99s envoy \xff left.");
    let ran = folder.run(&["code", "a.txt"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.err, "detente: a.txt: warning: byte 15 is not valid UTF-8; replaced by U+FFFD\n");
    let coded = &ran.objects()[0];
    assert_eq!(coded["text"], json!("Kyiv’s envoy \u{FFFD} left."));
    assert_eq!(coded["notes"][0]["kind"], json!("text"));
    assert_eq!(coded["notes"][0]["span"], json!([13, 14]));
}

#[test]
fn other_encodings_are_decoded() {
    let folder = Folder::new("encodings");
    let utf16: Vec<u8> = "\u{FEFF}Kyiv’s 🙂".encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.file("latin.txt", b"S\xe3o Paulo").file("utf16.txt", utf16).file("bom.txt", "\u{FEFF}Kyiv");
    let ran = folder.run(&["code", "latin.txt", "utf16.txt", "bom.txt"]);
    assert_eq!(ran.status, 0);
    let texts: Vec<String> = ran.objects().iter().map(|o| o["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts, ["São Paulo", "Kyiv’s 🙂", "Kyiv"]);
    assert!(ran.err.contains("latin.txt: warning: byte 1 is not valid UTF-8; windows-1252 was guessed"));
}

#[test]
fn directories_are_walked_in_order() {
    let folder = Folder::new("directory");
    folder.file("news/b.txt", TEXT).file("news/a/z.md", TEXT).file("news/a/x.jsonl", r#"{"text":"One."}"#);
    folder.file("news/c.pdf", "%PDF").file("news/.hidden.txt", TEXT).file("news/d/b.txt", TEXT);
    let ran = folder.run(&["code", "news"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.ids(), ["x:1", "z", "b", "b-2"]);
    assert_eq!(ran.err, "detente: news/c.pdf: skipped: not .txt, .md, .jsonl, .ndjson or .conllu\n");
    std::fs::create_dir(folder.path("nothing")).unwrap();
    let ran = folder.run(&["code", "nothing"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, "detente: nothing: the directory is empty\n"));
}

#[test]
fn a_malformed_line_does_not_stop_the_rest() {
    let folder = Folder::new("malformed");
    folder.file(
        "a.jsonl",
        "{\"id\":\"1\",\"text\":\"One.\"}\n\n{\"id\":\"2\",\"text\":}\n[3]\n{\"id\":4,\"text\":\"Four.\"}",
    );
    let ran = folder.run(&["code", "a.jsonl", "--errors", "errors.jsonl"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.ids(), ["1", "4"]);
    assert_eq!(ran.err, "detente: a.jsonl:3:18: expected value\ndetente: a.jsonl:4:1: not a JSON object\n");
    let errors: Vec<serde_json::Value> =
        folder.read("errors.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first =
        json!({"severity": "error", "file": "a.jsonl", "line": 3, "column": 18, "cause": "expected value"});
    assert_eq!(errors[0], first);
    assert_eq!(errors.len(), 2);
}

#[test]
fn long_lines_and_files_are_refused_unread() {
    let folder = Folder::new("long");
    let mut lines = b"{\"text\":\"".to_vec();
    lines.resize(66 << 20, b'x');
    lines.extend(b"\"}\n{\"id\":\"after\",\"text\":\"Two.\"}\n");
    folder.file("long.jsonl", &lines).file("long.txt", &lines[..3 << 20]);
    let ran = folder.run(&["code", "long.jsonl", "long.txt"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.ids(), ["after"]);
    assert!(
        ran.err.contains("long.jsonl:1: the line has 69206018 bytes and is longer than 2 MiB"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("long.txt: the file is longer than 2 MiB"), "{}", ran.err);
}

#[test]
fn dates_in_their_order_of_trust() {
    let folder = Folder::new("dates");
    folder.file("2022-02-14-a.txt", TEXT).file("b.txt", TEXT);
    folder.file(
        "2022-02-14-c.jsonl",
        "{\"text\":\"A.\",\"published\":\"2021-01-01T10:00:00+02:00\"}\n{\"text\":\"B.\"}",
    );
    let sources = ["2022-02-14-a.txt", "b.txt", "2022-02-14-c.jsonl"];
    let dates = |extra: &[&str]| -> Vec<serde_json::Value> {
        let ran = folder.run(&[&["code"], &sources[..], extra].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.objects()
            .iter()
            .map(|o| json!([o["document"]["published"], o["document"]["published_from"]]))
            .collect()
    };
    assert_eq!(
        dates(&[]),
        [
            json!(["2022-02-14", "filename"]),
            json!([null, "none"]),
            json!(["2021-01-01T10:00:00+02:00", "metadata"]),
            json!(["2022-02-14", "filename"])
        ]
    );
    assert_eq!(dates(&["--published", "2020-05-05"]), vec![json!(["2020-05-05", "option"]); 4]);
}

#[test]
fn wrong_dates() {
    let folder = Folder::new("wrong_dates");
    folder.file("a.txt", TEXT);
    let ran = folder.run(&["code", "a.txt", "--published", "2022-02-30"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("no such day"), "{}", ran.err);
    let ran = folder.run_with(&["code", "-"], br#"{"text":"One.","published":"soon"}"#);
    assert_eq!(ran.status, 0);
    assert!(
        ran.err.starts_with("detente: -:1: warning: \"published\": \"soon\" is not a date"),
        "{}",
        ran.err
    );
    assert_eq!(ran.objects()[0]["document"]["published"], json!(null));
    assert_eq!(ran.objects()[0]["notes"][0]["kind"], json!("date"));
}

#[test]
fn standard_input_is_text_or_json_lines() {
    let folder = Folder::new("stdin");
    let ran = folder.run_with(&["code", "--publisher", "P"], TEXT.as_bytes());
    assert_eq!((ran.status, ran.ids()), (0, vec!["stdin".to_owned()]));
    assert_eq!(ran.objects()[0]["document"]["publisher"], json!("P"));
    let ran = folder.run_with(&["code", "-", "-"], b"\n {\"id\":\"j\",\"text\":\"One.\"}\r\n");
    assert_eq!((ran.status, ran.ids()), (1, vec!["j".to_owned()]));
    assert!(ran.err.contains("only once"));
    let ran = folder.run_with(&["code", "--input", "text", "-"], b"{not json}");
    assert_eq!((ran.status, ran.ids()), (0, vec!["stdin".to_owned()]));
}

#[test]
fn given_sentences_are_kept() {
    let folder = Folder::new("sentences");
    let line = json!({"id": "s", "sentences": ["Kyiv’s 🙂 envoy said", "so. Moscow did not."]});
    let ran = folder.run_with(&["code", "-"], line.to_string().as_bytes());
    let coded = &ran.objects()[0];
    assert_eq!(coded["text"], json!("Kyiv’s 🙂 envoy said so. Moscow did not."));
    let spans: Vec<_> = coded["sentences"].as_array().unwrap().iter().map(|s| s["span"].clone()).collect();
    assert_eq!(spans, [json!([0, 19]), json!([20, 39])]);
}

#[test]
fn pairs_are_answered_in_order() {
    let folder = Folder::new("pairs");
    let line = json!({"id": "p", "text": "🙂 Russian forces shelled Kharkiv.",
                      "pairs": [{"actor": [2, 16], "recipient": [25, 32]}, {"actor": null, "recipient": [25, 32]}]});
    let ran = folder.run_with(&["code", "-"], line.to_string().as_bytes());
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.objects()[0]["pairs"].as_array().map(Vec::len), Some(2));
    let line = json!({"id": "p", "text": "🙂", "pairs": [{"actor": [0, 2], "recipient": null}]});
    let ran = folder.run_with(&["code", "-"], line.to_string().as_bytes());
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "detente: -:1: pairs[0].actor: [0, 2] is no span of the text, which has 1 characters\n"
    );
}

#[test]
fn what_is_not_there_yet_says_so() {
    let folder = Folder::new("not_yet");
    folder.file("a.html", "<p>x</p>");
    let ran = folder.run(&["code", "https://example.org/a", "a.html"]);
    assert_eq!(ran.status, 1);
    assert_eq!(ran.err.matches("not yet supported").count(), 2, "{}", ran.err);
}

#[test]
fn a_dump_of_geonames_adds_places_and_makes_none_doubtful() {
    let line = |id: u32, name: &str, class: &str, country: &str| {
        format!(
            "{id}\t{name}\t{name}\t\t34.1\t66.2\t{class}\t{country}\t\t11\t\t\t\t900\t\t0\tUTC\t2026-01-01\n"
        )
    };
    let dump = line(1, "Ozzmarabad", "P\tPPL", "AF") + &line(2, "Spain", "A\tPCLI", "ES");
    let folder = Folder::new("geonames_dump");
    folder.file("a.txt", "Spain sent help to the Afghan village of Ozzmarabad.\n").file("dump.txt", &*dump);
    let places = |ran: common::Ran| {
        let coded = ran.objects().remove(0);
        let places = coded["places"].as_array().unwrap().iter();
        places.map(|p| (p["name"].as_str().unwrap().to_owned(), p["lat"].is_number())).collect::<Vec<_>>()
    };
    let known = |village| vec![("Spain".to_owned(), true), ("Ozzmarabad".to_owned(), village)];
    assert_eq!(places(folder.run(&["code", "--format", "jsonl", "a.txt"])), known(false));
    let with = ["code", "--format", "jsonl", "--places", "dump.txt", "a.txt"];
    assert_eq!(places(folder.run(&with)), known(true));
    folder.file("dump.txt", dump.replacen("34.1", "north", 1));
    let ran = folder.run(&with);
    assert_eq!(ran.err, "detente: dump.txt:1: `north` is no angle of at most 90 degrees\n");
}
