//! Reports and explanations, on a reading made by hand.

#![allow(clippy::unwrap_used, dead_code)]

#[path = "common/sample.rs"]
mod sample;

use detente::EventId;
use detente::knowledge::{Knowledge, Sources};
use detente_io::{explain, report};

#[test]
fn the_ledger_comes_first_and_disputes_first_in_it() {
    let article = sample::article();
    let text = report::terminal(&sample::reading(&article), report::Style { width: 90, colours: false });
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words:?} is not in\n{text}"));
    assert!(place("WHO SAYS SO") < place("disputed"));
    assert!(place("disputed") < place("one side says so"));
    assert!(place("one side says so") < place("FIGURES SIDE BY SIDE"));
    assert!(place("FIGURES SIDE BY SIDE") < place("TOLD AS DONE"));
    assert!(place("TOLD AS DONE") < place("ANNOUNCED"));
    assert!(place("ANNOUNCED") < place("WHO SAID WHAT"));
    assert!(text.contains("denies it (in wider words) · Russia, mayor <i>: “denied it”"), "{text}");
    assert!(!text.contains('\u{1b}'));
    assert!(text.lines().all(|line| line.chars().count() <= 90));
}

#[test]
fn colours_are_only_ours() {
    let article = sample::article();
    let text = report::terminal(&sample::reading(&article), report::Style { width: 90, colours: true });
    assert!(text.contains("\u{1b}[31mdisputed\u{1b}[0m"));
    assert_eq!(text.matches("\u{1b}[").count() % 2, 0);
}

#[test]
fn pages_hold_no_markup_of_the_text() {
    let article = sample::article();
    let page = report::page_start("<t>") + &report::section(&sample::reading(&article)) + report::page_end();
    for markup in ["<script", "<b>", "<i>", "<note>", "<t>", "\u{1b}"] {
        assert!(!page.contains(markup), "{markup}\n{page}");
    }
    assert!(page.contains("&lt;b&gt;"));
    assert!(page.contains("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\""));
    assert!(page.contains("rule assault.shell, words “shelled … Kyiv”"));
    for tag in [
        "article", "section", "table", "tbody", "ul", "li", "p", "span", "b", "h2", "h3", "h4", "div",
        "details",
    ] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}\n{page}");
    }
}

#[test]
fn the_text_on_the_page_is_the_whole_text() {
    let article = sample::article();
    let page = report::section(&sample::reading(&article));
    let (_, text) = page.split_once("<div class=\"text\">").unwrap();
    let mut bare = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let words = |text: &str| text.replace('\u{1b}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&bare), words(sample::TEXT));
}

#[test]
fn an_event_is_explained() {
    let article = sample::article();
    let reading = sample::reading(&article);
    let knowledge = Knowledge::new(Sources::default());
    let text = explain::event(&reading, &knowledge, EventId(1)).unwrap();
    for words in [
        "e2 ASSAULT/heavy-weapons, told as not done",
        "Actor: “Łódź” (m1, name, head “Łódź”) stands for a1 Łódź & sons (POLGOV), government, mayor <i>; from the actor tables",
        "Recipient: “Kyiv” (m2, name, head “Kyiv”) stands for nobody known",
        "Deed: no (told as not so; reality actual; time current)",
        "Said by: Russia, Łódź & sons (at1, cue “denied”, denies, indirect): it … 1,500 “troops” left",
        "Claim c2 (disputed): Łódź <b>shelled</b> Kyiv",
        "assault.shell",
        "root [31mMoscow X (x)",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert_eq!(explain::event(&reading, &knowledge, EventId(9)), None);
}
