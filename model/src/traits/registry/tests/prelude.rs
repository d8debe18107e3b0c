use crate::traits::registry::{PAGES, find, rows};
use std::collections::BTreeSet;

/// The names of the prelude's traits (Smithy 1.73).
const PRELUDE: &str = "addedDefault auth authDefinition box clientOptional cors default deprecated \
    documentation endpoint enum enumValue error eventHeader eventPayload examples \
    externalDocumentation hostLabel http httpApiKeyAuth httpBasicAuth httpBearerAuth \
    httpChecksumRequired httpDigestAuth httpError httpHeader httpLabel httpPayload \
    httpPrefixHeaders httpQuery httpQueryParams httpResponseCode idRef idempotencyToken idempotent \
    input internal jsonName length longPoll mediaType metadata mixin nestedProperties noReplace \
    notProperty optionalAuth output paginated pattern private property protocolDefinition range \
    readonly recommended references requestCompression required requiresLength resourceIdentifier \
    retryable sensitive since sparse streaming suppress tags timestampFormat title trait \
    traitValidators uniqueItems unitType unstable xmlAttribute xmlFlattened xmlName xmlNamespace";

#[test]
fn every_trait_of_the_prelude_has_a_row() {
    let names: BTreeSet<String> = PRELUDE
        .split_whitespace()
        .map(|name| format!("smithy.api#{name}"))
        .collect();
    let ids: BTreeSet<String> = rows()
        .filter(|row| row.id.starts_with("smithy.api#"))
        .map(|row| row.id.to_owned())
        .collect();
    let missing: Vec<_> = names.difference(&ids).collect();
    let unlisted: Vec<_> = ids.difference(&names).collect();
    assert!(missing.is_empty(), "no row in the registry: {missing:?}");
    assert!(unlisted.is_empty(), "not in `PRELUDE`: {unlisted:?}");
}

#[test]
fn every_trait_has_one_row() {
    let mut ids = BTreeSet::new();
    for row in rows() {
        assert!(ids.insert(row.id), "{} has two rows", row.id);
        assert_eq!(find(row.id).map(|found| found.id), Some(row.id));
    }
    assert!(find("smithy.api#unknown").is_none());
}

#[test]
fn every_page_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/traits/registry");
    let files = std::fs::read_dir(folder).unwrap();
    let pages = files.filter(|file| file.as_ref().unwrap().path().is_file());
    // One of the files is `mod.rs`.
    assert_eq!(pages.count() - 1, PAGES.len());
}

#[test]
fn excluded_traits_have_rows() {
    for (row, id) in rows().flat_map(|row| row.excludes.iter().map(move |id| (row, id))) {
        assert!(
            find(id).is_some(),
            "{} excludes {id}, which has no row",
            row.id
        );
    }
}
