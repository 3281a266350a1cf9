//! Tables of actors: ours, a user's, and those of other programs.

#![allow(clippy::unwrap_used, dead_code)]

mod common;

use common::Folder;

const HEADER: &str = "name\talias\tcode\tkind\trole\tfrom\tuntil\twikidata\tsource\n";

/// Name, kind and code of every actor of the only coded article.
fn actors(ran: &common::Ran) -> Vec<(String, String, String)> {
    let coded = ran.objects().remove(0);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let all = coded["actors"].as_array().unwrap().iter();
    all.map(|a| (text(&a["name"]), text(&a["kind"]), text(&a["code"]))).collect()
}

#[test]
fn our_own_tables_have_no_wrong_line() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge/actors");
    let ran = Folder::new("own_actors").run(&["actors", "check", own]);
    assert!(ran.out.contains(" 0 wrong, "), "{}", ran.out);
    assert_eq!(ran.status, 0);
}

#[test]
fn wrong_rows_are_all_named_with_their_places() {
    let folder = Folder::new("wrong_actors");
    let rows = "Ann\t\tRURGOV\tperson\tminister\t2001-01-01\t\t\tx\n\
                Ann\t\tZENGOV\tperson\tminister\t2002-01-01\t\t\tx\n\
                Bea\t\tRUR\tking\t\t\t\t\tx\n\
                Cid\t\tRUR\tcountry\t\t2001-13-01\t\t\tx\n\
                Abe\t\tRUR\tcountry\n";
    folder.file("mine/a.tsv", format!("{HEADER}{rows}"));
    let ran = folder.run(&["actors", "check", "mine"]);
    let expected = "wrong: mine/a.tsv:4: kind: `king` is no kind of actor\n\
                    wrong: mine/a.tsv:5: from: `2001-13-01` is not an ISO date\n\
                    wrong: mine/a.tsv:6: 4 columns instead of 9\n\
                    wrong: mine/a.tsv:3: contradiction: `Ann` is both RURGOV and ZENGOV on one day (see line 2)\n\
                    2 periods of actors, 4 wrong, 0 doubtful\n";
    assert_eq!(ran.out, expected);
    assert_ne!(ran.status, 0);
    folder
        .file("mine/a.tsv", format!("{HEADER}{}", &rows[..rows.find("Bea").unwrap()]))
        .file("a.txt", "Ann left.\n");
    let ran = folder.run(&["code", "--actors", "mine", "a.txt"]);
    let expected =
        "detente: mine/a.tsv:3: contradiction: `Ann` is both RURGOV and ZENGOV on one day (see line 2)\n";
    assert_eq!((ran.err.as_str(), ran.out.as_str()), (expected, ""));
}

#[test]
fn dictionaries_of_other_programs_move_over() {
    let folder = Folder::new("petrarch_actors");
    folder
        .file(
            "theirs/My.actors.txt",
            "STRELSAU_LIBERATION_FRONT_(SLF)_ [RURREB] ; comment\n+SONS_OF_STRELSAU\nODD [rur]\n",
        )
        .file("theirs/My.agents.txt", "LAMPLIGHTER [~LAB]\n")
        .file(
            "a.txt",
            "The SLF attacked a village. The Sons of Strelsau denied it. Lamplighters went on strike.\n",
        );
    let ran = folder.run(&["code", "--actors", "theirs", "--format", "jsonl", "a.txt"]);
    let found = actors(&ran);
    let front = ("Strelsau Liberation Front".to_owned(), "group".to_owned(), "RURREB".to_owned());
    assert!(found.contains(&front), "{found:?}");
    assert_eq!(found.iter().filter(|a| a.2 == "RURREB").count(), 1, "{found:?}");
    assert!(found.iter().any(|a| a.2 == "LAB"), "{found:?}");
    let expected =
        "detente: passed over: theirs/My.actors.txt:3: code `rur` is not capital letters by threes\n";
    assert_eq!(ran.err, expected);
}
