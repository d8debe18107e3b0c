//! HTML.

use std::fmt::{self, Display, Formatter};

/// A text in HTML or in an attribute with quotes.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            _ => write!(f, "{character}"),
        })
    }
}

/// A page with a title. The content is HTML.
pub(super) fn page(title: &str, content: &str) -> String {
    let title = Escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         {content}</body>\n</html>\n"
    )
}

const STYLE: &str = "body{font:15px system-ui,sans-serif;margin:2em;max-width:75em}\
table{border-collapse:collapse;margin-bottom:2em}\
th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}\
th{background:#eee}code{overflow-wrap:anywhere}";

/// A table. Its cells are escaped.
pub(super) fn table<const N: usize>(columns: [&str; N], rows: &[[String; N]]) -> String {
    let cells = |tag: &str, cells: &[&str]| {
        let cells = cells.iter();
        let cells: String = cells
            .map(|cell| format!("<{tag}>{}</{tag}>", Escaped(cell)))
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    if rows.is_empty() {
        return "<p>None.</p>\n".to_owned();
    }
    let rows = rows.iter();
    let rows: String = rows
        .map(|row| cells("td", &row.each_ref().map(String::as_str)))
        .collect();
    format!("<table>\n{}{rows}</table>\n", cells("th", &columns))
}
