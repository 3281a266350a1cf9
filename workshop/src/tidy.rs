//! The rules of the house that a machine can check.

use crate::generate;
use anyhow::{Context, bail};
use std::{fs, path::Path};

/// Checks all rules; the error names every breach.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let mut breaches = Vec::new();
    stale_tables(root, &mut breaches)?;
    floors(root, &mut breaches)?;
    if breaches.is_empty() {
        return Ok(());
    }
    bail!("{}", breaches.join("\n"))
}

/// Committed tables equal what `generate` makes of `knowledge/`.
fn stale_tables(root: &Path, breaches: &mut Vec<String>) -> anyhow::Result<()> {
    for (path, bytes) in generate::tables(&generate::sources(root)?) {
        let committed = fs::read(root.join(path)).with_context(|| format!("cannot read {path}"))?;
        if committed != bytes {
            breaches.push(format!("{path} is stale: run `cargo run -p workshop -- generate`"));
        }
    }
    Ok(())
}

/// Each crate of the house and the house crates that it may use (`ARCHITECTURE.md`, Floors).
const FLOORS: [(&str, &[&str]); 5] = [
    ("detente-data", &[]),
    ("detente-text", &[]),
    ("detente", &["detente-data", "detente-text"]),
    ("detente-io", &["detente"]),
    ("detente-cli", &["detente", "detente-data", "detente-io"]),
];

fn floors(root: &Path, breaches: &mut Vec<String>) -> anyhow::Result<()> {
    for (name, allowed) in FLOORS {
        let path = root.join("crates").join(name).join("Cargo.toml");
        let manifest =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let dependencies = manifest
            .split("\n[")
            .filter(|section| section.starts_with("dependencies]"))
            .flat_map(str::lines)
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .filter(|dependency| dependency.starts_with("detente"));
        for dependency in dependencies.filter(|d| !allowed.contains(d)) {
            breaches.push(format!("{name} may not use {dependency}: it is no floor below"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_in_order() {
        super::check(&crate::root()).unwrap();
    }
}
