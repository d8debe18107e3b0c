//! Reads the files of a model.

use crate::failure::{Failure, Problem};
use flate2::read::MultiGzDecoder;
use smithy_model::{Node, SourceId, Sources, is_botocore_service};
use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The maximum size of all files of a model together, in bytes. The largest model of an AWS
/// service, EC2, has 3.4 MB.
const MOST: u64 = 128 << 20;

/// The ending of compressed files, as botocore has them.
const GZIP: &str = ".gz";

/// A file or folder of a model: its path, and its name in diagnostics.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) name: PathBuf,
}

impl Input {
    /// An input whose name is its path. `-` is standard input.
    pub(crate) fn named(path: impl AsRef<Path>) -> Self {
        Self {
            path: path.as_ref().to_owned(),
            name: path.as_ref().to_owned(),
        }
    }

    fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }
}

/// Reads all inputs. An input is a file, standard input, or a folder, of which all `*.json` and
/// `*.json.gz` files are read, sorted by path. Hidden files and folders are skipped, and so is a
/// compressed file beside the same file without compression. A file that is reached twice is read
/// once. A botocore service is read with its companion files.
pub(crate) fn read(inputs: &[Input]) -> Result<Sources, Failure> {
    read_up_to(MOST, inputs)
}

fn read_up_to(left: u64, inputs: &[Input]) -> Result<Sources, Failure> {
    let mut reader = Reader {
        sources: Sources::new(),
        seen: BTreeSet::new(),
        left,
        problems: Vec::new(),
    };
    for input in inputs {
        let done = reader.input(input);
        reader.problems.extend(done.err());
    }
    if reader.problems.is_empty() {
        Ok(reader.sources)
    } else {
        Err(Failure::Problems(reader.problems, ""))
    }
}

struct Reader {
    sources: Sources,
    /// The files and folders that were read, by their real path. This ends cycles of links.
    seen: BTreeSet<PathBuf>,
    /// The number of bytes that may still be read.
    left: u64,
    problems: Vec<Problem>,
}

impl Reader {
    fn input(&mut self, input: &Input) -> Result<(), Problem> {
        if input.is_standard_input() {
            return self.standard_input();
        }
        if !input.path.is_dir() {
            return self.file_and_companions(input);
        }
        if self.folder(input)? {
            return Ok(());
        }
        let what = format!(
            "no model in `{}`: it has no `.json` file",
            input.name.display()
        );
        Err(Problem::new(
            what,
            "name a file of the Smithy JSON AST or of botocore, or a folder that holds one",
        ))
    }

    /// Reads standard input, which can be read once.
    fn standard_input(&mut self) -> Result<(), Problem> {
        static IS_READ: AtomicBool = AtomicBool::new(false);
        if IS_READ.swap(true, Ordering::Relaxed) {
            let what = "standard input has been read already";
            return Err(Problem::new(
                what,
                "write `-` once, and save the other model in a file",
            ));
        }
        self.add("<stdin>".to_owned(), io::stdin().lock()).map(drop)
    }

    /// Reads a folder, and returns whether it contains a file of a model.
    fn folder(&mut self, folder: &Input) -> Result<bool, Problem> {
        let failed = |error: io::Error| Problem::io("read the folder", &folder.name, &error);
        if self.is_known(folder)? {
            return Ok(true);
        }
        let entries = fs::read_dir(&folder.path).map_err(failed)?;
        let mut names: Vec<_> = entries
            .map(|entry| Ok(entry.map_err(failed)?.file_name()))
            .collect::<Result<_, _>>()?;
        names.sort();
        let mut any = false;
        for name in &names {
            if name.as_encoded_bytes().starts_with(b".") || is_compressed_copy(name, &names) {
                continue;
            }
            let entry = Input {
                path: folder.path.join(name),
                name: folder.name.join(name),
            };
            if entry.path.is_dir() {
                any |= self.folder(&entry)?;
            } else if is_json(Path::new(name)) {
                any = true;
                let done = self.file(&entry);
                self.problems.extend(done.err());
            }
        }
        Ok(any)
    }

    fn file_and_companions(&mut self, file: &Input) -> Result<(), Problem> {
        let Some(id) = self.file(file)? else {
            return Ok(());
        };
        let companions = companions(file);
        let is_service =
            || Node::parse(&self.sources, id).is_ok_and(|root| is_botocore_service(&root));
        if companions.is_empty() || !is_service() {
            return Ok(());
        }
        for companion in companions {
            let done = self.file(&companion);
            self.problems.extend(done.err());
        }
        Ok(())
    }

    /// Reads a file. Returns `None` if it has been read before.
    fn file(&mut self, file: &Input) -> Result<Option<SourceId>, Problem> {
        if self.is_known(file)? {
            return Ok(None);
        }
        let failed = |error: io::Error| Problem::io("read", &file.name, &error);
        let name = file.name.display().to_string();
        // Checked before opening, because opening a FIFO waits for a writer.
        if !fs::metadata(&file.path).map_err(failed)?.is_file() {
            let what = format!("`{name}` is neither a file nor a folder");
            return Err(Problem::new(
                what,
                "save the model in a file, and name that",
            ));
        }
        let opened = File::open(&file.path).map_err(failed)?;
        self.add(name, opened).map(Some)
    }

    /// Adds a file, which is unpacked if its name ends with `.gz`.
    fn add(&mut self, name: String, file: impl Read) -> Result<SourceId, Problem> {
        let bytes = read_bytes(&name, file, self.left)?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => return Err(too_large(&name)),
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(self.sources.add(name, text)),
            Err(error) => Err(not_utf8(&name, &error)),
        }
    }

    fn is_known(&mut self, input: &Input) -> Result<bool, Problem> {
        let real = fs::canonicalize(&input.path)
            .map_err(|error| Problem::io("read", &input.name, &error))?;
        Ok(!self.seen.insert(real))
    }
}

/// At most `limit + 1` bytes of a file, which is unpacked if its name ends with `.gz`.
fn read_bytes(name: &str, file: impl Read, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let is_packed = name.to_ascii_lowercase().ends_with(GZIP);
    let read = if is_packed {
        MultiGzDecoder::new(file)
            .take(limit + 1)
            .read_to_end(&mut bytes)
    } else {
        file.take(limit + 1).read_to_end(&mut bytes)
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) if is_packed => Err(Problem::new(
            format!("`{name}` cannot be unpacked: {error}"),
            "check the file with `gzip --test`",
        )),
        Err(error) => Err(Problem::io("read", Path::new(name), &error)),
    }
}

/// The text of a file of a revision, which is unpacked if its name ends with `.gz`.
pub(crate) fn text(name: &str, file: &[u8]) -> Result<String, Problem> {
    let bytes = read_bytes(name, file, MOST)?;
    if bytes.len() as u64 > MOST {
        return Err(too_large(name));
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))
}

/// Whether a file belongs to a model by its name.
pub(crate) fn is_json(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    name.strip_suffix(GZIP).unwrap_or(&name).ends_with(".json")
}

/// Whether a compressed file is beside the same file without compression.
fn is_compressed_copy(name: &OsStr, names: &[OsString]) -> bool {
    let plain = name.to_str().and_then(|name| name.strip_suffix(GZIP));
    plain.is_some_and(|plain| names.iter().any(|other| other == plain))
}

/// The companion files of a botocore service, if the file is one.
fn companions(service: &Input) -> Vec<Input> {
    const NAMES: [&str; 5] = [
        "endpoint-rule-set-1.json",
        "endpoint-tests-1.json",
        "examples-1.json",
        "paginators-1.json",
        "waiters-2.json",
    ];
    let folder = service
        .path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten()
        .flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name()).collect();
    names.sort();
    let is_companion = |name: &str| {
        let name = name.strip_suffix(GZIP).unwrap_or(name);
        NAMES.contains(&name) || name.ends_with(".sdk-extras.json")
    };
    let found = names.iter().filter(|name| {
        name.to_str().is_some_and(is_companion) && !is_compressed_copy(name, &names)
    });
    found
        .map(|name| Input {
            path: service.path.with_file_name(name),
            name: service.name.with_file_name(name),
        })
        .collect()
}

fn too_large(name: &str) -> Problem {
    let what = format!(
        "with `{name}`, the files of the model have more than {} MiB",
        MOST >> 20
    );
    Problem::new(what, "name the files of one service only")
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> Problem {
    let valid = error
        .as_bytes()
        .get(..error.utf8_error().valid_up_to())
        .unwrap_or_default();
    let line = valid.split(|byte| *byte == b'\n').count();
    let what = format!("`{name}` is not UTF-8: line {line} has an invalid byte");
    Problem::new(what, "save the file as UTF-8")
}

#[cfg(test)]
mod tests {
    use super::{Input, Sources, read};
    use crate::failure::Failure;
    use crate::testing::Folder;

    fn inputs(folder: &Folder, paths: &[&str]) -> Vec<Input> {
        paths
            .iter()
            .map(|path| Input {
                path: folder.path().join(path),
                name: path.into(),
            })
            .collect()
    }

    fn sources(folder: &Folder, paths: &[&str]) -> Sources {
        read(&inputs(folder, paths)).unwrap()
    }

    fn names(folder: &Folder, paths: &[&str]) -> Vec<String> {
        sources(folder, paths)
            .iter()
            .map(|(_, file)| format!("{}={}", file.name, file.text))
            .collect()
    }

    fn problems(folder: &Folder, paths: &[&str]) -> Vec<String> {
        match read(&inputs(folder, paths)).unwrap_err() {
            Failure::Problems(problems, _) => {
                problems.into_iter().map(|problem| problem.what).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn files_in_the_order_named_and_folders_sorted() {
        let folder = Folder::new();
        for path in [
            "m/b.json",
            "m/a/z.json",
            "m/a.JSON",
            "m/notes.md",
            "m/.git/x.json",
            "m/.x.json",
            "n.txt",
        ] {
            folder.put(path, path);
        }
        assert_eq!(
            names(&folder, &["n.txt", "m"]),
            [
                "n.txt=n.txt",
                "m/a/z.json=m/a/z.json",
                "m/a.JSON=m/a.JSON",
                "m/b.json=m/b.json"
            ]
        );
    }

    #[test]
    fn botocore_services_are_read_with_their_companion_files() {
        let folder = Folder::new();
        for name in [
            "b/examples-1.json",
            "b/paginators-1.json",
            "b/service-2.sdk-extras.json",
            "b/other.json",
        ] {
            folder.put(name, "");
        }
        folder.put(
            "b/service-2.json",
            r#"{"metadata": {"protocol": "rest-json"}}"#,
        );
        folder.put(
            "b/model.json",
            r#"{"smithy": "2.0", "metadata": {"protocol": "rest-json"}}"#,
        );
        let read = |name| {
            sources(&folder, &[name])
                .iter()
                .map(|(_, file)| file.name.clone())
                .collect::<Vec<_>>()
        };
        let companions = [
            "b/examples-1.json",
            "b/paginators-1.json",
            "b/service-2.sdk-extras.json",
        ];
        assert_eq!(
            read("b/service-2.json"),
            [&["b/service-2.json"][..], &companions].concat()
        );
        // The content determines the format, not the name.
        assert_eq!(read("b/model.json"), ["b/model.json"]);
        folder.put("b/service-2.json", "{}");
        assert_eq!(read("b/service-2.json"), ["b/service-2.json"]);
    }

    #[test]
    fn a_file_that_is_reached_twice_is_read_once() {
        let folder = Folder::new();
        folder.put("m/a.json", "");
        folder.put("m/b.json", "");
        #[cfg(unix)]
        std::os::unix::fs::symlink("..", folder.path().join("m/circle")).unwrap();
        assert_eq!(
            names(&folder, &["m/b.json", "m", "m/a.json"]),
            ["m/b.json=", "m/a.json="]
        );
    }

    #[cfg(unix)]
    #[test]
    fn special_files_are_rejected_without_reading() {
        let folder = Folder::new();
        folder.put("m/a.json", "{}");
        let fifo = folder.path().join("m/b.json");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&fifo)
                .status()
                .unwrap()
                .success()
        );
        let _socket =
            std::os::unix::net::UnixListener::bind(folder.path().join("m/c.json")).unwrap();
        let found = problems(&folder, &["m", "m/b.json", "/dev/null"]);
        let expected = ["m/b.json", "m/c.json", "/dev/null"]
            .map(|name| format!("`{name}` is neither a file nor a folder"));
        assert_eq!(found, expected);
    }

    #[test]
    fn file_sizes_are_limited() {
        let folder = Folder::new();
        folder.put("a.json", "12345");
        folder.put("b.json", "12345");
        let read = |left| super::read_up_to(left, &inputs(&folder, &["a.json", "b.json"]));
        assert_eq!(read(10).unwrap().iter().count(), 2);
        match read(9).unwrap_err() {
            Failure::Problems(problems, _) => {
                assert!(
                    problems[0].what.starts_with("with `b.json`, "),
                    "{problems:?}"
                )
            }
            other => panic!("{other:?}"),
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_unicode_is_read() {
        use std::os::unix::ffi::OsStrExt;
        let folder = Folder::new();
        std::fs::write(
            folder
                .path()
                .join(std::ffi::OsStr::from_bytes(b"\xff.json")),
            "{}",
        )
        .unwrap();
        assert_eq!(names(&folder, &[""]), ["\u{fffd}.json={}"]);
    }

    #[test]
    fn all_unreadable_files_are_reported() {
        let folder = Folder::new();
        folder.put("empty/readme.md", "");
        folder.put("bad/a.json", "{}");
        folder.put_bytes("bad/b.json", b"{\n\"\xff\"}");
        let found = problems(&folder, &["missing.json", "empty", "bad"]);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(
            found[0].starts_with("cannot read `missing.json`: "),
            "{found:?}"
        );
        assert_eq!(found[1], "no model in `empty`: it has no `.json` file");
        assert_eq!(
            found[2],
            "`bad/b.json` is not UTF-8: line 2 has an invalid byte"
        );
    }
}
