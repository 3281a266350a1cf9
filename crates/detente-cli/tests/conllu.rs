//! CoNLL-U in: given sentences and words are kept, and the parser fills in the rest.

#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::Folder;
use serde_json::{Value, json};

/// Two documents with comments, multi-word tokens, an empty node, a split that nobody would find, wrong analyses.
const GIVEN: &str = "# newdoc id = talks
# newpar
# sent_id = talks-1
# text = Moscow hasn't left.
1\tMoscow\tX\tVERB\tVB\tA=b\t2\tdep\t2:dep\tSpaceAfter=Yes|Name=I-PER
2-3\thasn't\t_\t_\t_\t_\t_\t_\t_\tGloss=no
2\thas\t_\t_\t_\t_\t_\t_\t_\t_
3\tn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tleft\t_\t_\t_\t_\t0\troot\t_\tSpaceAfter=No|Gloss=gone
5\t.\t_\t_\t_\t_\t_\t_\t_\t_

# sent_id = talks-2
# text = Kyiv said so and Minsk too.
1\tKyiv\t_\t_\t_\t_\t_\t_\t_\t_
2\tsaid so\t_\t_\t_\t_\t_\t_\t_\t_
3\tand\t_\t_\t_\t_\t_\t_\t_\t_
4\tMinsk\t_\t_\t_\t_\t_\t_\t_\t_
4.1\tsaid\tsay\tVERB\tVBD\tTense=Past\t_\t_\t2:conj\tCopyOf=2
5\ttoo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
6\t.\t_\t_\t_\t_\t_\t_\t_\t_

# newdoc id = shelling
# newpar id = p1
1\tRussian\t_\t_\t_\t_\t_\t_\t_\t_
2\tforces\t_\t_\t_\t_\t_\t_\t_\t_
3\tshelled\t_\t_\t_\t_\t_\t_\t_\t_
4\tKharkiv\t_\t_\t_\t_\t_\t_\t_\t_
5\ton\t_\t_\t_\t_\t_\t_\t_\t_
6\tMonday\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
7\t.\t_\t_\t_\t_\t_\t_\t_\t_

";

/// Lines without what the parser fills in, and without names.
fn frame(text: &str) -> Vec<String> {
    let kept = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns[..] {
            [id, form, .., misc] if id.bytes().all(|b| b.is_ascii_digit()) => {
                let misc: Vec<&str> = misc.split('|').filter(|entry| !entry.starts_with("Name=")).collect();
                format!("{id} {form} {}", if misc.is_empty() { "_".to_owned() } else { misc.join("|") })
            }
            _ => line.to_owned(),
        }
    };
    text.lines().map(kept).collect()
}

/// The columns of the words.
fn words(text: &str) -> Vec<Vec<&str>> {
    let is_word = |line: &&str| line.split('\t').next().is_some_and(|id| id.parse::<u32>().is_ok());
    text.lines().filter(is_word).map(|line| line.split('\t').collect()).collect()
}

#[test]
fn ids_forms_comments_and_all_lines_come_back() {
    let folder = Folder::new("conllu_round");
    folder.file("a.conllu", GIVEN).file("a.tab", GIVEN.replace('\n', "\r\n"));
    let ran = folder.run(&["parse", "a.conllu"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(frame(&ran.out), frame(GIVEN));
    // The same however it comes in, and for what comes out.
    assert_eq!(folder.run(&["parse", "--input", "conllu", "a.tab"]).out, ran.out);
    assert_eq!(folder.run_with(&["parse", "--input", "conllu", "-"], GIVEN.as_bytes()).out, ran.out);
    assert_eq!(folder.run_with(&["parse", "--input", "conllu", "-"], ran.out.as_bytes()).out, ran.out);
}

#[test]
fn every_column_but_deps_is_filled() {
    let folder = Folder::new("conllu_columns");
    let ran = folder.file("a.conllu", GIVEN).run(&["parse", "a.conllu"]);
    let words = words(&ran.out);
    assert_eq!(words.len(), 18);
    for columns in &words {
        assert_eq!((columns.len(), columns[8]), (10, "_"), "{columns:?}");
        for place in [2, 3, 4, 6, 7] {
            assert!(!matches!(columns[place], "" | "_"), "{columns:?}");
        }
        let features: Vec<&str> = columns[5].split('|').collect();
        assert!(columns[5] == "_" || features.iter().all(|feature| feature.contains('=')), "{columns:?}");
    }
    let roots = words.iter().filter(|columns| columns[6] == "0" && columns[7] == "root");
    assert_eq!(roots.count(), 3);
    assert_eq!(words[0][2..4], ["Moscow", "PROPN"]);
    let shelled = &words[13];
    assert_eq!((shelled[2], shelled[3], shelled[6]), ("shell", "VERB", "0"));
    assert!(shelled[5].contains("VerbForm=Fin"), "{shelled:?}");
}

#[test]
fn trees_and_json_have_the_given_words() {
    let folder = Folder::new("conllu_formats");
    let folder = folder.file("a.conllu", GIVEN);
    let ran = folder.run(&["parse", "--format", "json", "a.conllu"]);
    let objects = ran.objects();
    assert_eq!(objects[0]["text"], "Moscow hasn't left. Kyiv said so and Minsk too.");
    let forms = |sentence: usize| -> Vec<&str> {
        let tokens = objects[0]["sentences"][sentence]["tokens"].as_array().unwrap();
        tokens.iter().map(|token| token["form"].as_str().unwrap()).collect()
    };
    assert_eq!(forms(0), ["Moscow", "has", "n't", "left", "."]);
    assert_eq!(forms(1), ["Kyiv", "said so", "and", "Minsk", "too", "."]);
    let shelled = &objects[1]["sentences"][0]["tokens"][2];
    assert_eq!((&shelled["id"], &shelled["span"]), (&json!(3), &json!([15, 22])));
    assert!(shelled["feats"].as_str().is_some_and(|feats| feats.contains("VerbForm=Fin")), "{shelled}");
    assert!(objects[1]["sentences"][0]["tokens"][6]["feats"].is_null());
    let ran = folder.run(&["parse", "--format", "tree", "a.conllu"]);
    assert!(ran.out.contains("2 [prose] Kyiv said so and Minsk too.\n"), "{}", ran.out);
    assert!(ran.out.contains("\nroot shelled VERB (shell)\n"), "{}", ran.out);
    assert!(ran.out.contains("talks\n\n1 ") && ran.out.contains("shelling\n\n1 "), "{}", ran.out);
}

#[test]
fn other_commands_read_the_given_words() {
    let folder = Folder::new("conllu_code");
    let folder = folder.file("a.conllu", GIVEN);
    let ran = folder.run(&["code", "--published", "2022-02-15", "a.conllu"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(ran.ids(), ["talks", "shelling"]);
    let coded = &ran.objects()[0];
    let spans: Vec<&Value> = coded["sentences"].as_array().unwrap().iter().map(|s| &s["span"]).collect();
    assert_eq!(spans, [&json!([0, 19]), &json!([20, 47])]);
    assert_eq!(ran.objects()[1]["events"][0]["type"], "ASSAULT");
    assert_eq!(folder.run(&["report", "a.conllu"]).status, 0);
}

#[test]
fn a_broken_document_is_named_and_the_rest_goes_on() {
    let folder = Folder::new("conllu_broken");
    folder.file("a.conllu", GIVEN.replacen("4\tleft", "5\tleft", 1)).file("b.conllu", "");
    let ran = folder.run(&["parse", "a.conllu", "b.conllu", "--errors", "errors.jsonl"]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.err,
        "detente: a.conllu:9: the id \"5\" stands where 4 is expected\ndetente: b.conllu: the file is empty\n"
    );
    let rest = &GIVEN[GIVEN.find("# newdoc id = shelling").unwrap()..];
    assert_eq!(frame(&ran.out), frame(rest));
    let first: Value = serde_json::from_str(folder.read("errors.jsonl").lines().next().unwrap()).unwrap();
    let cause = "the id \"5\" stands where 4 is expected";
    let expected =
        json!({"severity": "error", "file": "a.conllu", "line": 9, "column": null, "cause": cause});
    assert_eq!(first, expected);
}

#[test]
fn what_is_not_conllu_says_so() {
    let folder = Folder::new("conllu_other");
    folder.file("a.txt", "Moscow denied it.\n").file("b.jsonl", "{\"text\":\"Moscow denied it.\"}\n");
    folder.file("c.txt", "1 Moscow moscow PROPN NNP _ 0 root _ _\n");
    let ran = folder.run(&["parse", "--input", "conllu", "a.txt", "b.jsonl", "c.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    let lines: Vec<&str> = ran.err.lines().collect();
    let cause = "this is not CoNLL-U: the line has 1 column instead of 10 parted by tabs \
                 (--input text reads plain text)";
    for (line, file) in lines.iter().zip(["a.txt", "b.jsonl", "c.txt"]) {
        assert_eq!(*line, format!("detente: {file}:1: {cause}"));
    }
    assert_eq!(lines.len(), 3);
}

#[test]
fn broken_bytes_are_replaced_with_a_warning() {
    let folder = Folder::new("conllu_bytes");
    let mut bytes = GIVEN.as_bytes().to_vec();
    let place = GIVEN.find("Gloss=gone").unwrap();
    bytes[place + 6] = 0xff;
    let ran = folder.file("a.conllu", bytes).run(&["parse", "a.conllu"]);
    assert_eq!(ran.status, 0);
    let message = "in line 9: byte 44 is not valid UTF-8; replaced by U+FFFD";
    assert_eq!(ran.err, format!("detente: a.conllu:1: warning: {message}\n"));
    assert!(ran.out.contains("\tSpaceAfter=No|Gloss=\u{FFFD}one\n"));
}
