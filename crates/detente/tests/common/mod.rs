//! Cases as data.

use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize)]
struct File<T> {
    case: Vec<T>,
}

/// The cases of a file of `testdata/`.
pub(crate) fn cases<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let path = format!("{}/../../testdata/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the cases are beside the crates");
    let file: File<T> = toml::from_str(&text).expect("the cases are as the test wants them");
    file.case
}
