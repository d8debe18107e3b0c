//! Finds what a path names.

use crate::modules::Crate;
use crate::paths::Path;

/// How long a chain of re-exports may be; two globs may import each other.
const LONGEST_CHAIN: usize = 8;

/// What a path names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    Module(usize),
    Item {
        /// The module that defines it.
        module: usize,
        /// The re-export through which the path reached it, as a path from the crate's root.
        through: Option<String>,
    },
    /// Another crate's item that this crate re-exports.
    Foreign {
        through: String,
    },
}

impl Crate {
    /// What `path`, written in the module `from`, names in this crate. `None` for what is another
    /// crate's, and for a name that the module imports by a `use` that is resolved by itself.
    pub(crate) fn resolve(&self, from: usize, path: &Path) -> Option<Target> {
        self.resolve_within(from, path, LONGEST_CHAIN)
    }

    fn resolve_within(&self, from: usize, path: &Path, left: usize) -> Option<Target> {
        let (first, mut rest) = path.segments.split_first()?;
        let left = left.checked_sub(1)?;
        let module = &self.modules[from];
        let start = match first.as_str() {
            "crate" => 0,
            "self" => from,
            "super" => module.parent?,
            name if module.children.contains_key(name) => module.children[name],
            name if module.items.contains(name) => return None,
            name => {
                let import = module.imports.get(name)?;
                let to_itself = import.segments.len() == 1 && import.segments[0] == *name;
                if to_itself {
                    return None;
                }
                match self.resolve_within(from, import, left)? {
                    Target::Module(module) => module,
                    Target::Item { .. } | Target::Foreign { .. } => return None,
                }
            }
        };
        let mut current = start;
        while let Some(("super", after)) = rest
            .split_first()
            .map(|(first, after)| (first.as_str(), after))
        {
            current = self.modules[current].parent?;
            rest = after;
        }
        self.descend(current, rest, None, left)
    }

    fn descend(
        &self,
        module: usize,
        rest: &[String],
        through: Option<String>,
        left: usize,
    ) -> Option<Target> {
        let Some((name, rest)) = rest.split_first() else {
            return Some(Target::Module(module));
        };
        let left = left.checked_sub(1)?;
        let here = &self.modules[module];
        if let Some(child) = here.children.get(name) {
            return self.descend(*child, rest, through, left);
        }
        if here.items.contains(name) {
            return Some(Target::Item { module, through });
        }
        if let Some(module) = self.macros.get(name).filter(|_| module == 0) {
            let (module, through) = (*module, None);
            return Some(Target::Item { module, through });
        }
        let found = here
            .imports
            .get(name)
            .and_then(|import| self.resolve_within(module, import, left))
            .or_else(|| self.find_in_globs(module, name, left));
        let step = through.unwrap_or_else(|| self.name(module, name));
        Some(match found {
            Some(Target::Module(target)) => return self.descend(target, rest, Some(step), left),
            Some(Target::Item { module, .. }) => Target::Item {
                module,
                through: Some(step),
            },
            Some(Target::Foreign { .. }) => Target::Foreign { through: step },
            None if here.imports.contains_key(name) => Target::Foreign { through: step },
            // A macro defines it.
            None => Target::Item {
                module,
                through: None,
            },
        })
    }

    fn find_in_globs(&self, module: usize, name: &str, left: usize) -> Option<Target> {
        let here = &self.modules[module];
        here.globs.iter().find_map(|glob| {
            let Target::Module(target) = self.resolve_within(module, glob, left)? else {
                return None;
            };
            let inside = &self.modules[target];
            let has = inside.children.contains_key(name)
                || inside.items.contains(name)
                || inside.imports.contains_key(name);
            has.then(|| self.descend(target, &[name.to_owned()], None, left))?
        })
    }

    fn name(&self, module: usize, name: &str) -> String {
        let mut path = vec!["crate"];
        path.extend(self.modules[module].path.iter().map(String::as_str));
        path.push(name);
        path.join("::")
    }
}
