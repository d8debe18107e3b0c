//! Prevents concurrent runs from writing into one folder.

use crate::failure::Problem;
use crate::plan::target::Target;
use crate::temporary::LOCK;
use crate::ui::Ui;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A lock on a folder. It ends when the value is dropped or the process ends.
pub(crate) struct Lock {
    /// The locked file. `None` if the folder is not writable, which the first write reports.
    held: Option<(File, PathBuf)>,
    /// The folders that were created for the lock, parents first.
    created: Vec<PathBuf>,
}

impl Lock {
    /// Waits until no other run writes into the folder. Prints a message if it has to wait.
    pub(crate) fn of(target: &Target, ui: &Ui) -> Result<Self, Problem> {
        let failed = |error: io::Error| Problem::io("lock", &target.name, &error);
        let path = target.dir.join(LOCK);
        let mut lock = Self {
            held: None,
            created: Vec::new(),
        };
        loop {
            match lock.create(&target.dir) {
                Ok(()) => {}
                // Another run has removed a folder that it created.
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(_) => return Ok(lock),
            }
            expect_file_or_nothing(&path, target)?;
            let file = match OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
            {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) if cannot_be_written(&error) => return Ok(lock),
                Err(error) => return Err(failed(error)),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    ui.message(&format!(
                        "waiting for another run that writes into `{}`\n",
                        target.name.display()
                    ));
                    file.lock().map_err(failed)?;
                }
                // Some file systems do not support locks.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(lock);
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            // The previous owner of the lock has removed the file.
            if is_at(&file, &path) {
                lock.held = Some((file, path));
                return Ok(lock);
            }
        }
    }
}

impl Lock {
    /// Creates a folder and its parents.
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        folder
            .parent()
            .map_or(Ok(()), |parent| self.create(parent))?;
        match fs::create_dir(folder) {
            Ok(()) => self.created.push(folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((file, path)) = self.held.take() {
            // On other systems, waiting runs would lock a removed file.
            if cfg!(unix) {
                let _ = fs::remove_file(path);
            }
            drop(file);
        }
        // This fails unless nothing was written.
        for folder in self.created.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Rejects symbolic links, which would open another file, and FIFOs and devices, which would block.
fn expect_file_or_nothing(path: &Path, target: &Target) -> Result<(), Problem> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let name = target.name.join(LOCK);
            let name = name.display();
            Err(Problem::new(
                format!(
                    "`{name}` is not a regular file, and codegen needs one there to lock the folder"
                ),
                format!("remove `{name}`"),
            ))
        }
        _ => Ok(()),
    }
}

fn cannot_be_written(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidFilename
    )
}

/// Whether the open file is the file at the path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if identity(&a) == identity(&b))
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::{LOCK, Lock};
    use crate::plan::target::Target;
    use crate::testing::Folder;
    use crate::ui::Ui;
    use std::fs;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    #[test]
    fn created_folders_are_removed_if_nothing_is_written() {
        let folder = Folder::new();
        let target = Target {
            dir: folder.path().join("new/crate"),
            name: "crate".into(),
        };
        let lock = Lock::of(&target, &Ui::new()).unwrap();
        assert_eq!(folder.contents().len(), 3);
        drop(lock);
        assert_eq!(folder.contents().len(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_is_a_regular_file() {
        let folder = Folder::new();
        let target = Target {
            dir: folder.path().join("crate"),
            name: "crate".into(),
        };
        let path = target.dir.join(LOCK);
        fs::create_dir(&target.dir).unwrap();
        for link in ["../elsewhere", "/no/such/folder/file"] {
            std::os::unix::fs::symlink(link, &path).unwrap();
            let problem = Lock::of(&target, &Ui::new()).err().unwrap();
            assert!(
                problem.what.contains("is not a regular file"),
                "{}",
                problem.what
            );
            assert!(!folder.path().join("elsewhere").exists());
            fs::remove_file(&path).unwrap();
        }
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        assert!(Lock::of(&target, &Ui::new()).is_err());
    }

    #[test]
    fn locks_are_exclusive_and_removed() {
        let folder = Folder::new();
        let target = Target {
            dir: folder.path().join("new/crate"),
            name: "crate".into(),
        };
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let run = || {
            for _ in 0..20 {
                let lock = Lock::of(&target, &Ui::new()).unwrap();
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                inside.fetch_sub(1, Ordering::SeqCst);
                drop(lock);
            }
        };
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(run))));
        assert_eq!(most.load(Ordering::SeqCst), 1);
        assert!(
            folder.contents().keys().all(|path| path.ends_with('/')),
            "{:?}",
            folder.contents()
        );
    }
}
