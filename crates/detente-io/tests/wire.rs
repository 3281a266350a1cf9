//! The wire format `detente/1`, on a reading made by hand.

#![allow(clippy::unwrap_used, dead_code)]

#[path = "common/sample.rs"]
mod sample;
#[path = "common/schema.rs"]
mod schema;

use detente::Engine;
use detente_io::export::{Format, Sink, render};
use detente_io::wire::v1;
use serde_json::{Value, json};

fn engine() -> Engine {
    Engine { version: "0".into(), codebook: "c".into(), actors: "a".into(), model: "m".into() }
}

fn coded() -> Value {
    let article = sample::article();
    serde_json::from_str(&v1::to_string(&sample::reading(&article), &engine())).unwrap()
}

#[test]
fn follows_the_schema() {
    let faults = schema::faults(&schema::detente_1(), &coded());
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_schema_check_finds_faults() {
    let mut wrong = coded();
    wrong["events"][0]["quad"] = json!(5);
    wrong["document"]["sha256"] = json!("x");
    wrong.as_object_mut().unwrap().remove("notes");
    assert_eq!(schema::faults(&schema::detente_1(), &wrong).len(), 3);
}

#[test]
fn spans_are_scalar_values() {
    let coded = coded();
    let text: Vec<char> = coded["text"].as_str().unwrap().chars().collect();
    let slice = |span: &Value| -> String {
        let at = |i: usize| span[i].as_u64().unwrap() as usize;
        text[at(0)..at(1)].iter().collect()
    };
    assert_eq!(slice(&coded["events"][0]["anchor"]), "shelled");
    assert_eq!(slice(&coded["events"][0]["spans"]["recipient"][0]), "Kyiv");
    assert_eq!(slice(&coded["mentions"][2]["span"]), "Moscow");
    assert_eq!(slice(&coded["attributions"][0]["content"][1]), "1,500 “troops” left");
    assert_eq!(slice(&coded["figures"][1]["span"]), "900");
    assert_eq!(slice(&coded["claims"][1]["stances"][0]["span"]), "denied it");
    assert_eq!(slice(&coded["mentions"][0]["head"]), "Łódź");
}

#[test]
fn ids_numbers_and_extensions() {
    let coded = coded();
    assert_eq!(coded["events"][0]["actor"], json!(["a1"]));
    assert_eq!(coded["events"][0]["because"], json!({"rule": "assault.shell", "words": "shelled … Kyiv"}));
    assert_eq!(coded["events"][0]["confidence"], json!(0.88));
    assert_eq!(coded["events"][0]["score"], json!(-9.5));
    assert_eq!(coded["events"][1]["attribution"], json!("at1"));
    assert_eq!(coded["times"][0]["start"], json!("2022-02-14"));
    assert_eq!(coded["figures"][0]["value"].to_string(), "1500");
    assert_eq!(coded["places"][0]["lon"].to_string(), "30");
    let quantity =
        json!({"id": "q1", "unit": "troop", "of": null, "figures": ["f1", "f2"], "relation": "conflicting"});
    assert_eq!(coded["quantities"][0], quantity);
    assert_eq!(coded["claims"][1]["stances"][0]["relation"], json!("broader"));
    assert_eq!(coded["pairs"][0], json!({"type": "ASSAULT", "confidence": 0.5, "event": "e1"}));
    assert_eq!(coded["pairs"][1], json!({"type": null, "confidence": 0, "event": null}));
}

#[test]
fn a_part_without_actor_gets_one_of_its_own() {
    let coded = coded();
    assert_eq!(coded["events"][0]["recipient"], json!(["a3"]));
    assert_eq!(coded["mentions"][1]["actor"], json!("a3"));
    assert_eq!(coded["actors"][2]["name"], json!("Kyiv"));
    assert_eq!(coded["actors"][2]["known"], json!(false));
}

#[test]
fn fields_stand_in_the_order_of_the_contract() {
    let article = sample::article();
    let line = v1::to_string(&sample::reading(&article), &engine());
    let names = [
        "schema",
        "engine",
        "document",
        "text",
        "sentences",
        "actors",
        "mentions",
        "places",
        "times",
        "figures",
        "attributions",
        "events",
        "claims",
        "quantities",
        "pairs",
        "notes",
    ];
    let mut rest = line.as_str();
    for name in names {
        let field = format!("\"{name}\":");
        let (_, after) = rest.split_once(&field).unwrap_or_else(|| panic!("{name} is not in its place"));
        rest = after;
    }
    assert!(!line.contains('\n') && !line.contains(".0,"));
    assert_eq!(line, v1::to_string(&sample::reading(&article), &engine()));
}

#[test]
fn csv_has_a_row_an_event() {
    let article = sample::article();
    let mut sink = Sink::new(Vec::new(), Format::Csv);
    sink.write(render(Format::Csv, &sample::reading(&article), &engine())).unwrap();
    let bytes = sink.finish().unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| &rows[row][header.iter().position(|h| h == name).unwrap()];
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(0, "actor"), "Łódź & sons");
    assert_eq!(cell(0, "recipient"), "Kyiv");
    assert_eq!(cell(0, "anchor_start"), "10");
    assert_eq!(cell(1, "source"), "Russia");
    assert_eq!(cell(1, "stance"), "denies");
    assert!(cell(1, "sentence_text").contains("1,500 “troops”"));
}

#[test]
fn tables_carry_no_orders_for_terminals() {
    let article = sample::article();
    let table = String::from_utf8(render(Format::Table, &sample::reading(&article), &engine())).unwrap();
    assert!(table.starts_with("sample · 2022-02-15T09:30:00Z · Example & Wire"), "{table}");
    assert!(table.contains("e1  0     ASSAULT/heavy-weapons  Łódź & sons (POLGOV)  → “Kyiv”"), "{table}");
    assert!(!table.contains('\u{1b}'));
}
