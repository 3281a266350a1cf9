//! CoNLL-U in, without any model: which articles there are, and which sentences and tokens they have.

#![allow(clippy::unwrap_used)]

use detente_io::article::{Articles, Input, InputFormat, Item, Options};
use std::{fs, path::Path, path::PathBuf};

const TWO: &str = "# newdoc id = speech
# newpar
# sent_id = 1
1\tMoscow\t_\t_\t_\t_\t_\t_\t_\t_
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\t_\t_\t_\t_\t_\t_\t_\t_
3\tn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdeny\t_\t_\t_\t_\t_\t_\t_\t_
5\tit\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
6\t.\t_\t_\t_\t_\t_\t_\t_\t_

# newpar
# sent_id = 2
1\tThe\t_\t_\t_\t_\t_\t_\t_\t_
2\tU.\t_\t_\t_\t_\t_\t_\t_\t_
3\tS.\t_\t_\t_\t_\t_\t_\t_\t_

# newdoc id = speech
1\tNo\t_\t_\t_\t_\t_\t_\t_\t_

";

/// A folder of one test with some files.
fn folder(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
    folder
}

/// What the sources hold: the articles, and what is wrong with the others, after the folder's path.
fn items(folder: &Path, names: &[&str], options: Options) -> (Vec<Input>, Vec<String>) {
    let (mut inputs, mut faults) = (Vec::new(), Vec::new());
    for item in Articles::new(names.iter().map(|name| folder.join(name)), options) {
        match item {
            Item::Article(input) => inputs.push(*input),
            Item::Failed(error) | Item::Skipped(error) => {
                let shown = error.to_string();
                faults.push(shown.replace(&format!("{}/", folder.display()), ""));
            }
        }
    }
    (inputs, faults)
}

#[test]
fn sentences_and_tokens_are_kept() {
    let folder = folder("conllu_kept", &[("2022-02-15-a.conllu", TWO)]);
    let (inputs, faults) = items(&folder, &["2022-02-15-a.conllu"], Options::default());
    assert_eq!(faults, [""; 0]);
    assert_eq!(inputs[0].article.body, "Moscow doesn't deny it.\n\nThe U. S.");
    assert_eq!(inputs[0].article.published.as_ref().unwrap().text, "2022-02-15");
    let (document, note) = inputs[0].document();
    assert_eq!(note, None);
    let sentences = document.sentences().iter();
    let words: Vec<Vec<&str>> =
        sentences.map(|sentence| sentence.tokens().map(|token| document.token(token)).collect()).collect();
    assert_eq!(words, [vec!["Moscow", "does", "n't", "deny", "it", "."], vec!["The", "U.", "S."]]);
    // The lines come back as they were.
    let lines: String = inputs.iter().map(|input| input.given.as_ref().unwrap().lines.as_str()).collect();
    assert_eq!(lines, TWO);
    assert_eq!(inputs.iter().map(|input| input.line).collect::<Vec<_>>(), [Some(1), Some(18)]);
}

#[test]
fn ids_are_unique_and_files_known_by_their_extension() {
    let bare = TWO.replace("# newdoc id = speech\n", "");
    let files = [
        ("a.txt", "Kyiv denies it."),
        ("b.conllu", TWO),
        ("a.CONLLU", &bare),
        ("c.tab", &bare),
        ("d.conll", &bare),
    ];
    let folder = folder("conllu_ids", &files);
    let ids = |inputs: &[Input]| inputs.iter().map(|input| input.article.id.clone()).collect::<Vec<_>>();
    let (inputs, faults) = items(&folder, &[""], Options::default());
    assert_eq!(ids(&inputs), ["a", "a-2", "speech", "speech-2"]);
    let skipped = "skipped: not .txt, .md, .jsonl, .ndjson or .conllu";
    assert_eq!(faults, [format!("c.tab: {skipped}"), format!("d.conll: {skipped}")]);
    let options = Options { format: InputFormat::Conllu, ..Options::default() };
    let (inputs, faults) = items(&folder, &["c.tab", "a.txt"], options);
    assert_eq!((ids(&inputs), inputs[0].document().0.sentences().len()), (vec!["c".to_owned()], 3));
    let why = "this is not CoNLL-U: the line has 1 column instead of 10 parted by tabs";
    assert_eq!(faults, [format!("a.txt:1: {why} (--input text reads plain text)")]);
}

#[test]
fn a_fault_names_file_and_line_once() {
    let broken = TWO.replacen("\n4\tdeny", "\n5\tdeny", 1);
    let folder = folder("conllu_fault", &[("a.conllu", &broken), ("b.conllu", ""), ("c.conllu", " \n\n")]);
    let (inputs, faults) = items(&folder, &["a.conllu", "b.conllu", "c.conllu"], Options::default());
    assert_eq!(inputs.iter().map(|input| input.article.body.as_str()).collect::<Vec<_>>(), ["No"]);
    assert_eq!(
        faults,
        [
            "a.conllu:8: the id \"5\" stands where 4 is expected",
            "b.conllu: the file is empty",
            "c.conllu: the file holds nothing but white space"
        ]
    );
    let options = Options { limit: 60, ..Options::default() };
    let (inputs, faults) = items(&folder, &["a.conllu"], options);
    assert_eq!(inputs.len(), 1);
    let long = "the document is longer than 60 bytes, so it was not read (--max-size allows more)";
    assert_eq!(faults, [format!("a.conllu:1: {long}")]);
}

#[test]
fn an_empty_file_of_records_is_said_once() {
    let folder = folder("records_empty", &[("a.jsonl", ""), ("b.jsonl", "\n\n")]);
    let (_, faults) = items(&folder, &["a.jsonl", "b.jsonl"], Options::default());
    assert_eq!(faults, ["a.jsonl: the file is empty", "b.jsonl: the file is empty"]);
}
