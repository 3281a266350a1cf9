//! Checks JSON against the part of JSON Schema that `docs/schema/detente-1.schema.json` uses.

use serde_json::Value;

/// Every place where `value` is not what `schema` wants.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    walk(schema, value, "$", &mut faults);
    faults
}

/// The schema of this repository.
pub(crate) fn detente_1() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema/detente-1.schema.json");
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn walk(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let Some(rules) = schema.as_object() else { panic!("{at}: the schema is no object") };
    for (keyword, rule) in rules {
        let good = match keyword.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => match rule {
                Value::Array(types) => types.iter().any(|t| is(t, value)),
                one => is(one, value),
            },
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "pattern" => {
                assert_eq!(rule, "^[0-9a-f]{64}$", "a pattern that this checker does not know");
                let hex = |c: char| c.is_ascii_hexdigit() && !c.is_ascii_uppercase();
                value.as_str().is_some_and(|text| text.len() == 64 && text.chars().all(hex))
            }
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "anyOf" => rule.as_array().unwrap().iter().any(|one| self::faults(one, value).is_empty()),
            "required" => {
                let object = value.as_object();
                let lost = |name: &&Value| object.is_some_and(|o| !o.contains_key(name.as_str().unwrap()));
                if let Some(name) = rule.as_array().unwrap().iter().find(lost) {
                    faults.push(format!("{at}: {name} is missing"));
                }
                true
            }
            "properties" => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(inner) = value.get(name) {
                        walk(rule, inner, &format!("{at}.{name}"), faults);
                    }
                }
                true
            }
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    walk(rule, inner, &format!("{at}[{index}]"), faults);
                }
                true
            }
            other => panic!("{at}: the schema says {other}, which this checker does not know"),
        };
        if !good {
            faults.push(format!("{at}: {value} is against {keyword} {rule}"));
        }
    }
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
