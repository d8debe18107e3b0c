//! The parts of an existing `Cargo.toml` that codegen needs. Everything else belongs to the user.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// The name of the runtime's crate.
const RUNTIME: &str = "smithy-rt";
/// The keys of a dependency that name its source.
const SOURCE: [&str; 6] = ["path", "git", "rev", "branch", "tag", "version"];

/// What happens to the source of the runtime in an existing manifest. A dependency that is
/// inherited from the workspace is always kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RuntimeSource {
    Keep,
    Replace,
}

/// Adds what a new manifest has to an existing one, and keeps everything else, including order and
/// comments.
///
/// # Errors
///
/// A message about the existing manifest: it is not valid, or has no package.
pub(crate) fn merge(old: &str, new: &str, runtime: RuntimeSource) -> Result<String, String> {
    let mut manifest: DocumentMut = old.parse().map_err(|error| format!("{error}"))?;
    let template: DocumentMut = new.parse().map_err(|error| format!("{error}"))?;
    if manifest
        .get("package")
        .and_then(Item::as_table_like)
        .is_none()
    {
        return Err("it has no table `[package]`".to_owned());
    }
    merge_features(&mut manifest, &template)?;
    for section in ["dependencies", "dev-dependencies"] {
        if let Some(needed) = dependency(&template, section) {
            merge_dependency(&mut manifest, section, needed, runtime)?;
        }
    }
    Ok(manifest.to_string())
}

/// The name of the package in a manifest.
pub(crate) fn package_name(manifest: &str) -> Option<String> {
    let manifest: DocumentMut = manifest.parse().ok()?;
    let name = manifest.get("package")?.get("name")?.as_str()?;
    Some(name.to_owned())
}

/// Makes each feature enable what the template's does. Entries for the runtime that the template
/// does not have are removed, all others are kept.
fn merge_features(manifest: &mut DocumentMut, template: &DocumentMut) -> Result<(), String> {
    let Some(needed) = template.get("features").and_then(Item::as_table_like) else {
        return Ok(());
    };
    let features = table(manifest, "features")?;
    for (name, entries) in needed.iter() {
        let needed = entries.as_array();
        match features.get_mut(name) {
            None => drop(features.insert(name, entries.clone())),
            // The default features are those of a new crate.
            Some(_) if name == "default" => {}
            Some(existing) => {
                let list = existing
                    .as_array_mut()
                    .ok_or_else(|| format!("`features.{name}` is not an array"))?;
                let unneeded = |entry: &str| entry.starts_with("smithy-rt/") && !has(needed, entry);
                list.retain(|entry| !entry.as_str().is_some_and(unneeded));
                add(list, needed);
            }
        }
    }
    Ok(())
}

fn merge_dependency(
    manifest: &mut DocumentMut,
    section: &str,
    needed: &dyn TableLike,
    runtime: RuntimeSource,
) -> Result<(), String> {
    let dependencies = table(manifest, section)?;
    let Some(existing) = dependencies.get_mut(RUNTIME) else {
        let mut new = InlineTable::new();
        for (key, item) in needed.iter() {
            new.extend(item.as_value().map(|value| (key, value.clone())));
        }
        dependencies.insert(RUNTIME, value(new));
        return Ok(());
    };
    // `smithy-rt = "0.1"`
    if let Some(version) = existing.as_str().map(str::to_owned) {
        *existing = value(InlineTable::from_iter([("version", Value::from(version))]));
    }
    let existing = existing
        .as_table_like_mut()
        .ok_or_else(|| format!("`{section}.{RUNTIME}` is not a dependency"))?;
    if runtime == RuntimeSource::Replace
        && !existing.contains_key("workspace")
        && source(existing) != source(needed)
    {
        SOURCE.iter().for_each(|key| drop(existing.remove(key)));
        for (key, item) in needed.iter().filter(|(key, _)| SOURCE.contains(key)) {
            existing.insert(key, item.clone());
        }
    }
    // The workspace decides about the default features of its dependencies.
    if !existing.contains_key("workspace") && !existing.contains_key("default-features") {
        existing.insert("default-features", value(false));
    }
    if let Some(features) = needed.get("features").and_then(Item::as_array) {
        if existing.get("features").is_none() {
            existing.insert("features", value(Array::new()));
        }
        let list = existing
            .get_mut("features")
            .and_then(Item::as_array_mut)
            .ok_or_else(|| format!("`{section}.{RUNTIME}.features` is not an array"))?;
        add(list, Some(features));
    }
    Ok(())
}

/// The keys and values that name the source of a dependency.
fn source(dependency: &dyn TableLike) -> Vec<(&'static str, Option<&str>)> {
    let value = |key| dependency.get(key).and_then(Item::as_str);
    SOURCE.map(|key| (key, value(key))).into()
}

fn dependency<'t>(template: &'t DocumentMut, section: &str) -> Option<&'t dyn TableLike> {
    template.get(section)?.get(RUNTIME)?.as_table_like()
}

/// The table of this name, which is created if it does not exist.
fn table<'m>(manifest: &'m mut DocumentMut, name: &str) -> Result<&'m mut dyn TableLike, String> {
    let item = manifest
        .entry(name)
        .or_insert_with(|| Item::Table(Table::new()));
    item.as_table_like_mut()
        .ok_or_else(|| format!("`{name}` is not a table"))
}

fn has(list: Option<&Array>, entry: &str) -> bool {
    list.is_some_and(|list| list.iter().any(|other| other.as_str() == Some(entry)))
}

/// Adds the entries that a list does not have.
fn add(list: &mut Array, needed: Option<&Array>) {
    for entry in needed.into_iter().flatten().filter_map(Value::as_str) {
        if !has(Some(list), entry) {
            list.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RuntimeSource, merge};

    const NEW: &str = r#"
[package]
name = "new"

[features]
default = ["client"]
client = ["smithy-rt/client", "smithy-rt/fs"]
call = ["client"]

[dependencies]
smithy-rt = { path = "../runtime", default-features = false, features = ["stream"] }
"#;

    fn merged(old: &str) -> String {
        merge(old, NEW, RuntimeSource::Keep).unwrap()
    }

    #[test]
    fn everything_else_is_kept() {
        let old = r#"# Mine.
[package]
version = "1.2.3" # released
name = "mine"
license = "MIT"

[dependencies]
serde = "1"
smithy-rt = { version = "0.1", features = ["stream", "md5"], default-features = false }

[features]
call = ["client", "dep:serde"]
default = []
# Needed.
client = ["smithy-rt/client", "smithy-rt/fs"]

[lints]
workspace = true
"#;
        assert_eq!(merged(old), old);
    }

    #[test]
    fn missing_keys_are_added() {
        let text = merged("[package]\nname = \"mine\"\n");
        for line in [
            "client = [\"smithy-rt/client\", \"smithy-rt/fs\"]",
            "default = [\"client\"]",
            "smithy-rt = { path = \"../runtime\", default-features = false, features = [\"stream\"] }",
        ] {
            assert!(text.contains(line), "{text}");
        }
        assert_eq!(merged(&text), text);
    }

    #[test]
    fn lists_get_what_they_lack_and_lose_runtime_features_without_use() {
        let old = "[package]\n\n[features]\nclient = [\"mine\", \"smithy-rt/sigv4a\", \"smithy-rt/client\"]\n\n\
                   [dependencies]\nsmithy-rt = \"0.1\"\n";
        let text = merged(old);
        assert!(
            text.contains("client = [\"mine\", \"smithy-rt/client\", \"smithy-rt/fs\"]"),
            "{text}"
        );
        assert!(
            text.contains("smithy-rt = { version = \"0.1\", default-features = false, features = [\"stream\"] }"),
            "{text}"
        );
    }

    #[test]
    fn a_dependency_of_the_workspace_is_kept() {
        let old = "[package]\n\n[dependencies]\nsmithy-rt.workspace = true\n";
        let text = merged(old);
        assert_eq!(merge(old, NEW, RuntimeSource::Replace).unwrap(), text);
        assert!(text.contains("smithy-rt.workspace = true"), "{text}");
        assert!(text.contains("smithy-rt.features = [\"stream\"]"), "{text}");
        assert!(!text.contains("default-features"), "{text}");
    }

    #[test]
    fn the_source_of_the_runtime_is_replaced_on_request() {
        let old = "[package]\n\n[dependencies]\nsmithy-rt = { git = \"https://x.y/z\", rev = \"1\", features = [\"stream\"] }\n";
        let text = merge(old, NEW, RuntimeSource::Replace).unwrap();
        assert!(!text.contains("git") && !text.contains("rev"), "{text}");
        assert!(text.contains("path = \"../runtime\""), "{text}");
        assert_eq!(merge(&text, NEW, RuntimeSource::Replace).unwrap(), text);
        let old = "[package]\n\n[dependencies]\nsmithy-rt = { features = [\"stream\"], default-features = false, path = \"../runtime\" }\n";
        assert!(
            merge(old, NEW, RuntimeSource::Replace)
                .unwrap()
                .contains(&old[11..])
        );
    }

    #[test]
    fn invalid_manifests_are_errors() {
        for (old, message) in [
            ("[package", "TOML parse error"),
            ("[workspace]\n", "no table `[package]`"),
            (
                "[package]\n[features]\nclient = 1\n",
                "`features.client` is not an array",
            ),
            (
                "[package]\n[dependencies]\nsmithy-rt = 1\n",
                "`dependencies.smithy-rt` is not a dependency",
            ),
        ] {
            let error = merge(old, NEW, RuntimeSource::Keep).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
