//! The paths that a stretch of Rust source names.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::UseTree;

/// A path as it is written, without generic arguments.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) segments: Vec<String>,
    /// Whether users outside the crate depend on this path: it starts with `$crate` and is part of
    /// a macro, or stands in a `pub use`. Such a path may name a re-export.
    pub(crate) exported: bool,
}

/// What a `use` brings into scope.
pub(crate) enum Import {
    /// An item or module under this name.
    Name(String, Path),
    /// Everything in a module.
    Glob(Path),
}

/// The imports of a `use` tree.
pub(crate) fn imports(tree: &UseTree, public: bool) -> Vec<Import> {
    let mut found = Vec::new();
    collect(tree, public, &mut Vec::new(), &mut found);
    found
}

fn collect(tree: &UseTree, exported: bool, prefix: &mut Vec<String>, found: &mut Vec<Import>) {
    let path = |last: Option<&syn::Ident>| {
        let last = last.map(ToString::to_string);
        let mut segments = prefix.clone();
        segments.extend(last.filter(|last| last != "self"));
        Path { segments, exported }
    };
    match tree {
        UseTree::Path(tree) => {
            prefix.push(tree.ident.to_string());
            collect(&tree.tree, exported, prefix, found);
            prefix.pop();
        }
        UseTree::Name(tree) => {
            let path = path(Some(&tree.ident));
            let name = path.segments.last().cloned().unwrap_or_default();
            found.push(Import::Name(name, path));
        }
        UseTree::Rename(tree) => {
            found.push(Import::Name(
                tree.rename.to_string(),
                path(Some(&tree.ident)),
            ));
        }
        UseTree::Glob(_) => found.push(Import::Glob(path(None))),
        UseTree::Group(group) => {
            for tree in &group.items {
                collect(tree, exported, prefix, found);
            }
        }
    }
}

/// The paths and the inner `use` items of a stretch of source, without its `#[cfg(test)]` items and
/// without the text in `quote!`, which is part of what is emitted.
pub(crate) fn scan(tokens: TokenStream, paths: &mut Vec<Path>, uses: &mut Vec<Import>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_attribute(&tokens[at..]) {
            at = after_item(&tokens, at + 2);
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => {
                if !is_quoted(&tokens[..at]) {
                    scan(group.stream(), paths, uses);
                }
                at += 1;
            }
            TokenTree::Ident(ident) if ident == "use" => {
                let end = after_item(&tokens, at);
                let item: TokenStream = tokens[at..end].iter().cloned().collect();
                if let Ok(item) = syn::parse2::<syn::ItemUse>(item) {
                    uses.extend(imports(&item.tree, false));
                    at = end;
                } else {
                    // `use<'a>` in a return type.
                    at += 1;
                }
            }
            TokenTree::Ident(_) => {
                let (path, length) = read_path(&tokens, at);
                paths.extend(path);
                at += length;
            }
            _ => at += 1,
        }
    }
}

/// The path that starts at `start`, if it has two segments or more, and its number of tokens.
fn read_path(tokens: &[TokenTree], start: usize) -> (Option<Path>, usize) {
    let mut segments = Vec::new();
    let mut at = start;
    while let Some(TokenTree::Ident(ident)) = tokens.get(at) {
        segments.push(ident.to_string());
        at += 1;
        if !is_separator(tokens, at) || !matches!(tokens.get(at + 2), Some(TokenTree::Ident(_))) {
            break;
        }
        at += 2;
    }
    // `.name` is a field or method, `::name` continues something that is no plain path.
    let before = start.checked_sub(1).and_then(|before| tokens.get(before));
    let continues = is_punct(before, '.') || start >= 2 && is_separator(tokens, start - 2);
    let exported = is_punct(before, '$');
    let path = (segments.len() > 1 && !continues).then_some(Path { segments, exported });
    (path, at - start)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// Whether the tokens end with `quote!`.
fn is_quoted(before: &[TokenTree]) -> bool {
    let [.., TokenTree::Ident(name), exclamation] = before else {
        return false;
    };
    is_punct(Some(exclamation), '!') && name.to_string().contains("quote")
}

fn is_test_attribute(tokens: &[TokenTree]) -> bool {
    let [hash, TokenTree::Group(group), ..] = tokens else {
        return false;
    };
    is_punct(Some(hash), '#') && is_test(group.stream())
}

/// Whether the inside of an attribute says that its item exists in tests only.
pub(crate) fn is_test(attribute: TokenStream) -> bool {
    let text = attribute.to_string().replace(' ', "");
    text == "test" || text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

/// The index after the item that starts at `start`: after its `;` or its braces.
fn after_item(tokens: &[TokenTree], start: usize) -> usize {
    let is_use = matches!(&tokens[start..], [TokenTree::Ident(first), ..] if first == "use");
    let end = tokens[start..].iter().position(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => !is_use && group.delimiter() == Delimiter::Brace,
        _ => false,
    });
    end.map_or(tokens.len(), |end| start + end + 1)
}
