//! Prints a difference as Markdown for a pull request: the verdict, the changes to the Rust API,
//! the events, and the events about documentation, which are collapsed.

use super::report::{Files, NOT_JUDGED, counts, errors, line};
use crate::bump::Difference;
use crate::render::count;
use smithy_codegen::markdown_line;
use smithy_model::diff::Event;

/// The maximum number of characters of a page. GitHub's limit for a comment is 65,536.
const MOST: usize = 60_000;
/// The characters that are reserved for headings, and for the ends of lists that are cut off.
const RESERVED: usize = 2_000;
/// The maximum number of characters of a cell.
const CELL: usize = 400;

/// The page. `version` is the line about the next version.
pub(super) fn page(difference: &Difference, files: Files<'_>, version: &str) -> String {
    let mut page = Page {
        text: String::new(),
        left: MOST - RESERVED,
    };
    let verdict = match &difference.api {
        Ok(api) => api.verdict().to_string(),
        Err(_) => NOT_JUDGED.to_owned(),
    };
    page.line(&format!("## Rust API: {verdict}\n"));
    page.line(&version_line(version));
    if let Some([old, new]) = &difference.api_version {
        page.line(&markdown_line(&format!("API version: {new}, was {old}.")));
    }
    page.api(difference, files);
    let (documentation, other): (Vec<_>, Vec<_>) = difference
        .reported()
        .partition(|event| is_documentation(event));
    page.line(&format!("\n## Model: {}", counts(difference)));
    page.table(&other);
    if !documentation.is_empty() {
        let items = count(documentation.len(), "item");
        page.line(&format!(
            "\n<details>\n<summary>Documentation of {items}</summary>"
        ));
        page.table(&documentation);
        page.line("\n</details>");
    }
    page.text
}

/// A page under construction.
struct Page {
    text: String,
    /// The number of characters that rows may still use.
    left: usize,
}

impl Page {
    fn line(&mut self, text: &str) {
        line(&mut self.text, text);
    }

    /// Adds rows until the page is full, and then the number of the others.
    fn rows(&mut self, rows: impl Iterator<Item = String>) {
        let mut omitted = 0;
        for row in rows {
            match self.left.checked_sub(row.chars().count() + 1) {
                Some(left) if omitted == 0 => {
                    self.left = left;
                    self.line(&row);
                }
                _ => omitted += 1,
            }
        }
        if omitted > 0 {
            self.line(&format!(
                "\nand {omitted} more, which the format `text` lists"
            ));
        }
    }

    /// The changes to the Rust API, or the errors that prevent a comparison.
    fn api(&mut self, difference: &Difference, files: Files<'_>) {
        match &difference.api {
            Ok(api) if api.items().next().is_none() => self.line("\nAll programs still compile."),
            Ok(api) => {
                self.line("");
                let breaking = api.breaking.iter().map(|change| ("**Breaking:** ", change));
                let all = breaking.chain(api.compatible.iter().map(|change| ("", change)));
                self.rows(all.map(|(mark, change)| {
                    format!("- {mark}{}", markdown_line(&change.to_string()))
                }));
            }
            Err(why) => {
                self.line("");
                self.rows(errors(why).map(|error| {
                    let place = error.place(files).map(|place| format!(" ({place})"));
                    let text = format!("{error}{}", place.unwrap_or_default());
                    format!("- {}", markdown_line(&text))
                }));
            }
        }
    }

    fn table(&mut self, events: &[&Event]) {
        if events.is_empty() {
            return;
        }
        self.line("\n| severity | shape | what | event |\n|---|---|---|---|");
        self.rows(events.iter().map(|event| {
            let shape = event.shape.as_ref().map(|shape| format!("`{shape}`"));
            format!(
                "| {} | {} | {} | `{}` |",
                event.severity,
                shape.unwrap_or_default(),
                cell(&event.message),
                event.id
            )
        }));
    }
}

fn is_documentation(event: &Event) -> bool {
    event.id.ends_with("smithy.api#documentation")
}

/// The line about the version, with its first part in bold.
fn version_line(version: &str) -> String {
    let rest = version.strip_prefix("version: ").unwrap_or(version);
    let end = rest.find([',', ';']).unwrap_or(rest.len());
    let (bump, more) = rest.split_at_checked(end).unwrap_or((rest, ""));
    format!("Version: **{bump}**{}.", markdown_line(more))
}

/// A message as a cell of a table.
fn cell(message: &str) -> String {
    let mut shown: String = message.chars().take(CELL).collect();
    if shown.len() < message.len() {
        // The end of a code span can be cut off.
        let is_in_code = shown.matches('`').count() % 2 == 1;
        shown.push_str(if is_in_code { "…`" } else { "…" });
    }
    let lines: Vec<String> = shown.lines().map(markdown_line).collect();
    lines.join("<br>").replace('|', "\\|")
}
