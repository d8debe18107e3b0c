//! Mutated models, which are loaded, checked and generated with all features.

mod check;

use crate::Random;
use crate::harness::{Fault, Limits, Target};
use crate::json::{self, Palette};
use serde_json::Value;
use smithy_codegen::{NewManifest, Options};
use smithy_model::{Severity, Sources};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// A word in every hostile string. No conversion of names produces it, so an identifier that
/// contains it is text of a model that became code.
const MARKER: &str = "zQ9_x";

const PALETTE: Palette<'_> = Palette {
    structural: &[
        "smithy",
        "shapes",
        "type",
        "target",
        "metadata",
        "protocol",
        "service",
        "operations",
        "members",
    ],
    members: ("traits", &[]),
    strings: &[
        "a\n}\nfn zQ9_x() {}\n//",
        "a\r\nzQ9_x!();\r",
        "a\n\n[zQ9_x]\nzQ9_x = 1\n",
        "a*/ zQ9_x(); /*",
        "a\"; zQ9_x(); \"",
        "a\"#; zQ9_x(); r#\"",
        "a\n```\nzQ9_x();\n```\n",
        "a\n\n    zQ9_x();\n",
        "a\n~~~rust\nzQ9_x();\n~~~",
        "<pre><code>zQ9_x();</code></pre>",
        "<script>zQ9_x</script>",
        "[`zQ9_x`](zQ9_x)",
        "\u{202e}zQ9_x\u{2066}",
        "a\u{2028}zQ9_x\u{2029}\u{85}",
        "a\u{0}zQ9_x\u{1b}[2J\u{7f}",
        "\u{feff}\u{200b}zQ9_x",
        "{zQ9_x} {} {{ }}",
        "..",
        "../../a",
        "/etc/a",
        "a\\b",
        "con",
        "nul.rs",
        "r#type",
        "self",
        "Self",
        "crate",
        "_",
        "__",
        "1",
        "",
        "a#b",
        "smithy.api#String",
        "smithy.api#Unit",
        "smithy.api#required",
        "Client",
        "Error",
        "String",
        "Option",
        "é",
        "İ",
        "ß",
        "𝒳",
        "9999999999999999999",
        "1e400",
        "2020-01-01T00:00:00.5Z",
        "{a}/{b+}?c=d",
        "^[a-z]+$",
        "(?<!a)b",
        "a[?b == `1`].c || d",
    ],
    repeated: &[
        "a",
        "é",
        "\u{301}",
        "\u{202e}",
        " ",
        "\n",
        "_",
        "1",
        ".",
        "a.",
        "a==",
        "a||",
        "!",
        "(",
        "[",
        "[*]",
        "{a}",
        "{a+}",
        "/a",
        "?a&",
        "a=b&",
        "`",
        "```\n",
        "*",
        "(a*)*",
        "a{9}",
        "\\",
        "|",
        "<p>",
        "<ul><li>",
        "<b>",
        "</",
        "&amp;",
        "[a](",
        "> ",
        "- ",
        "# ",
        "#",
        "$",
        "%",
        "\"",
        "not_null(",
        "sort_by(a,&",
    ],
};

/// Files larger than this are not mutated as JSON at several positions.
const LARGE: usize = 200_000;

/// The weight of an empty model, and the weight of one of 30 KB, up to which traits are collected.
const HEAVIEST: usize = 100_000_000;
const LIGHT: usize = HEAVIEST / 32_000;

/// The models that mutations start from.
pub struct Models {
    cases: Vec<Case>,
    /// Traits of small models, which are inserted into others.
    traits: Vec<(String, Value)>,
}

struct Case {
    path: PathBuf,
    /// The share of seeds that select this model. Small models are selected more often, so that
    /// each gets the same time.
    weight: usize,
}

/// A model with mutations.
pub struct Input {
    /// The names and texts of its files.
    files: Vec<(String, String)>,
    options: Options,
    /// The descriptions of the mutations.
    mutations: Vec<String>,
    /// Whether generation is repeated.
    twice: bool,
}

impl Input {
    fn sources(&self) -> Sources {
        let mut sources = Sources::new();
        for (name, text) in &self.files {
            sources.add(name.clone(), text.clone());
        }
        sources
    }
}

impl Models {
    /// Finds the models. Each path is one. Without paths, the models of the repository are used.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn read(paths: &[PathBuf]) -> Result<Self, String> {
        let paths = if paths.is_empty() {
            default_paths().map_err(|e| e.to_string())?
        } else {
            paths.to_vec()
        };
        let cases = paths.into_iter().map(|path| {
            let size = size(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(Case {
                weight: HEAVIEST / (size + 2000),
                path,
            })
        });
        let cases: Vec<Case> = cases.collect::<Result<_, String>>()?;
        let mut traits = Vec::new();
        for case in cases.iter().filter(|case| case.weight > LIGHT) {
            for (_, file) in cargo_smithy::read_model(&case.path)?.iter() {
                if let Ok(document) = serde_json::from_str(&file.text) {
                    collect_traits(&document, &mut traits);
                }
            }
        }
        Ok(Self { cases, traits })
    }

    fn case(&self, random: &mut Random) -> Option<&Case> {
        let mut left = random.below(self.cases.iter().map(|case| case.weight).sum());
        self.cases.iter().find(|case| {
            let found = left < case.weight;
            left = left.saturating_sub(case.weight);
            found
        })
    }
}

fn collect_traits(value: &Value, traits: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member.as_object().filter(|_| key == "traits") {
                    Some(found) => {
                        traits.extend(found.iter().map(|(id, value)| (id.clone(), value.clone())))
                    }
                    None => collect_traits(member, traits),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_traits(item, traits)),
        _ => {}
    }
}

/// AppFabric and the fixtures of the generator.
fn default_paths() -> io::Result<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let entries = fs::read_dir(root.join("codegen/tests/fixtures"))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.is_dir());
    paths.push(root.join("model/appfabric"));
    paths.sort();
    Ok(paths)
}

fn size(path: &Path) -> io::Result<usize> {
    if path.is_dir() {
        return fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum();
    }
    Ok(usize::try_from(fs::metadata(path)?.len()).unwrap_or(usize::MAX))
}

impl Target for Models {
    type Input = Input;

    /// `cargo xtask` uses the dev profile, whose stack frames are several times larger, on a stack
    /// of 8 MiB.
    const LIMITS: Limits = Limits {
        stack: 2 << 20,
        memory: 1 << 30,
        time: Duration::from_secs(20),
    };

    fn input(&self, seed: u64) -> Result<Input, String> {
        let random = &mut Random::new(seed);
        let case = self.case(random).ok_or("no models")?;
        let sources = cargo_smithy::read_model(&case.path)?;
        let mut files: Vec<(String, String)> = sources
            .iter()
            .map(|(_, file)| (file_name(&file.name), file.text.clone()))
            .collect();
        let options = options(&files, random);
        let mut mutations = Vec::new();
        let times = random.pick(&[1, 1, 1, 1, 2, 2, 3, 6]).copied().unwrap_or(1);
        let number = random.below(files.len());
        if let Some((name, text)) = files.get_mut(number) {
            let times = if text.len() > LARGE { 1 } else { times };
            let mut document = serde_json::from_str::<Value>(text).ok();
            if let Some(document) = &mut document {
                let palette = Palette {
                    members: ("traits", &self.traits),
                    ..PALETTE
                };
                mutations.extend((0..times).map(|_| json::mutate(document, &palette, random)));
                *text = json::text(document);
            }
            if document.is_none() || random.one_in(20) {
                mutations.push("damaged the text".to_owned());
                damage(text, random);
            }
            mutations.insert(0, format!("{}: {name}", case.path.display()));
        }
        Ok(Input {
            files,
            options,
            mutations,
            twice: random.one_in(4),
        })
    }

    fn files(&self, input: &Input) -> Vec<(String, Vec<u8>)> {
        let files = input
            .files
            .iter()
            .map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        let more = format!("{}\n{:#?}\n", input.mutations.join("\n"), input.options);
        files
            .chain([("mutations.txt".to_owned(), more.into_bytes())])
            .collect()
    }

    fn run(&self, input: &Input) -> Result<(), Fault> {
        let sources = input.sources();
        let loaded = smithy_model::load(&sources);
        check::diagnostics(&loaded.diagnostics, &sources)?;
        if !loaded.is_ok() {
            return check::told(&loaded.diagnostics);
        }
        check::diagnostics(&smithy_codegen::lint(&loaded.model).diagnostics, &sources)?;
        let generated = match smithy_codegen::generate(&loaded.model, &input.options) {
            Ok(generated) => generated,
            Err(problems) => {
                check::diagnostics(&problems, &sources)?;
                return check::told(&problems);
            }
        };
        check::diagnostics(&generated.warnings, &sources)?;
        if let Some(error) = generated
            .warnings
            .iter()
            .find(|found| found.severity == Severity::Error)
        {
            return Err(Fault::new("an error beside files", error.message.clone()));
        }
        check::files(&generated.files)?;
        if input.twice {
            let again =
                smithy_codegen::generate(&smithy_model::load(&sources).model, &input.options);
            check::same(&generated.files, &again)?;
        }
        Ok(())
    }
}

/// All features, and sometimes only a few operations.
fn options(files: &[(String, String)], random: &mut Random) -> Options {
    let documents = || {
        files
            .iter()
            .filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok())
    };
    let named = |kind: &str| -> Vec<String> {
        let shapes =
            documents().filter_map(|document| document.get("shapes")?.as_object().cloned());
        let of_kind = shapes
            .flatten()
            .filter(|(_, shape)| shape.get("type").is_some_and(|found| found == kind));
        of_kind.map(|(id, _)| id).collect()
    };
    let mut options = Options {
        protocol_tests: true,
        server: true,
        manifest: Some(NewManifest {
            runtime: "path = \"../runtime\"".to_owned(),
            is_workspace_member: false,
        }),
        ..Options::default()
    };
    let services = named("service");
    if services.len() > 1 {
        options.service = random.pick(&services).cloned();
    }
    if random.one_in(8) {
        let operations = named("operation");
        let name = |id: &String| id.split('#').next_back().unwrap_or_default().to_owned();
        options.operations = (0..2)
            .filter_map(|_| random.pick(&operations).map(name))
            .collect();
        options.operations.dedup();
    }
    options
}

/// Truncates, changes or duplicates a part of a text.
fn damage(text: &mut String, random: &mut Random) {
    let boundary = |at: usize| {
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or_default()
    };
    let (one, other) = (
        boundary(random.below(text.len() + 1)),
        boundary(random.below(text.len() + 1)),
    );
    let (start, end) = (one.min(other), one.max(other));
    let end = if random.one_in(2) {
        boundary((start + 20).min(end))
    } else {
        end
    };
    match random.below(4) {
        0 => text.truncate(start),
        1 => drop(text.drain(start..end)),
        2 => {
            let piece = text.get(start..end).unwrap_or_default().to_owned();
            text.insert_str(start, &piece);
        }
        _ => text.insert_str(
            start,
            random.pick(PALETTE.strings).copied().unwrap_or_default(),
        ),
    }
}

fn file_name(path: &str) -> String {
    Path::new(path)
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A short run in this process, with every model of the repository. `cargo xtask fuzz models`
    /// makes a long one.
    #[test]
    fn models_of_the_repository() {
        let models = Models::read(&[]).unwrap();
        assert!(models.cases.len() > 50, "{}", models.cases.len());
        let (mut changed, mut valid, mut made) = (0, 0, 0);
        for seed in 0..150 {
            let input = models.input(seed).unwrap();
            assert_eq!(
                input.files,
                models.input(seed).unwrap().files,
                "seed {seed}"
            );
            changed += input.mutations.len();
            let loaded = smithy_model::load(&input.sources());
            valid += usize::from(loaded.is_ok());
            made += usize::from(
                loaded.is_ok() && smithy_codegen::generate(&loaded.model, &input.options).is_ok(),
            );
            if let Err(fault) = models.run(&input) {
                panic!("seed {seed}: {fault}");
            }
        }
        assert!(changed > 300, "{changed}");
        // Some inputs must be rejected and some accepted.
        assert!(
            made > 40 && made < 130,
            "{valid} of 150 are valid, {made} make a crate"
        );
    }

    #[test]
    fn hostile_strings_have_the_marker() {
        assert!(
            PALETTE
                .strings
                .iter()
                .filter(|text| text.contains(MARKER))
                .count()
                > 10
        );
    }
}
