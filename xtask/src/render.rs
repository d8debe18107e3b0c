//! Renders diagnostics as text, in the format of rustc.

mod excerpt;

use crate::printable::clean;
use crate::style::Style;
use excerpt::Excerpt;
use smithy_model::{Code, Diagnostic, Severity, SourceFile, Sources, Span};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The number of warnings of one code above which they are condensed.
const MANY: usize = 50;
/// The number of condensed warnings that are shown.
const SHOWN: usize = 10;

/// Renders all diagnostics, sorted by file and position. If a code has many warnings, only the
/// first ones are rendered.
pub(crate) fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut sorted: Vec<Diagnostic> = diagnostics.to_vec();
    Diagnostic::sort(&mut sorted);
    let mut left = warnings_to_show(&sorted);
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    let mut out = String::new();
    for diagnostic in &sorted {
        let room = left
            .get_mut(&diagnostic.code)
            .filter(|_| diagnostic.severity == Severity::Warning);
        match room {
            Some(0) => *hidden.entry(diagnostic.code).or_default() += 1,
            room => {
                if let Some(room) = room {
                    *room -= 1;
                }
                one(&mut out, diagnostic, sources, style);
                out.push('\n');
            }
        }
    }
    for (code, count) in hidden {
        let head = style.warning(&format!("warning[{}]", code.id()));
        line(
            &mut out,
            &format!(
                "{head}{}",
                style.bold(&format!(": {count} more of this kind"))
            ),
        );
        out.push('\n');
    }
    out
}

/// The number of diagnostics of each severity, and the outcome: `error: 3 errors, 1 warning;
/// nothing was written`.
pub(crate) fn summary(diagnostics: &[Diagnostic], consequence: &str, style: Style) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    let warnings = diagnostics.len() - errors;
    verdict(errors, warnings, consequence, style)
}

/// The last line of a list of problems. Empty if there are none.
pub(crate) fn verdict(errors: usize, warnings: usize, consequence: &str, style: Style) -> String {
    let text = match (errors, warnings) {
        (0, 0) => return String::new(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => format!("{}; {consequence}", count(errors, "error")),
        (errors, warnings) => {
            format!(
                "{}, {}; {consequence}",
                count(errors, "error"),
                count(warnings, "warning")
            )
        }
    };
    let severity = if errors > 0 {
        Severity::Error
    } else {
        Severity::Warning
    };
    format!(
        "{}{}\n",
        marked(severity, style, &severity.to_string()),
        style.bold(&format!(": {text}"))
    )
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The codes with too many warnings, with the number of those that are shown.
fn warnings_to_show(diagnostics: &[Diagnostic]) -> BTreeMap<Code, usize> {
    let mut found: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning)
    {
        *found.entry(diagnostic.code).or_default() += 1;
    }
    found
        .into_iter()
        .filter(|(_, count)| *count > MANY)
        .map(|(code, _)| (code, SHOWN))
        .collect()
}

fn one(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let severity = diagnostic.severity;
    let head = marked(
        severity,
        style,
        &format!("{severity}[{}]", diagnostic.code.id()),
    );
    let message = format!(": {}", clean_lines(&diagnostic.message, 2));
    line(out, &format!("{head}{}", style.bold(&message)));
    // Without a source line there is no gutter for its number either.
    let place = diagnostic
        .span
        .and_then(|span| Some((span, sources.get(span.source)?)));
    let gutter = match place {
        Some((span, file)) => 1 + source_line(out, span, file, sources, severity, style),
        None => 2,
    };
    let mut note = |label: &str, text: &str| {
        let text = clean_lines(text, gutter + "= ".len() + label.len() + 1);
        let label = style.bold(label);
        line(
            out,
            &format!("{:gutter$}{} {label} {text}", "", style.frame("=")),
        );
    };
    if let Some(shape) = &diagnostic.shape {
        note("shape:", shape.as_str());
    }
    if let Some(help) = &diagnostic.help {
        note("help:", help);
    }
}

/// The place, its line and the carets below it. Returns how many digits the number of the line has.
fn source_line(
    out: &mut String,
    span: Span,
    file: &SourceFile,
    sources: &Sources,
    severity: Severity,
    style: Style,
) -> usize {
    let number = sources.position(span.source, span.start).line.to_string();
    let width = number.len();
    let Excerpt {
        text,
        indent,
        carets,
    } = Excerpt::of(&file.text, span.start as usize, span.end as usize);
    let carets = marked(severity, style, &"^".repeat(carets));
    let bar = style.frame("|");
    let place = clean(&sources.place(span));
    line(out, &format!("{:width$}{} {place}", "", style.frame("-->")));
    line(out, &format!("{:width$} {bar}", ""));
    line(out, &format!("{} {bar} {text}", style.frame(&number)));
    line(out, &format!("{:width$} {bar} {:indent$}{carets}", "", ""));
    width
}

fn marked(severity: Severity, style: Style, text: &str) -> String {
    match severity {
        Severity::Error => style.error(text),
        Severity::Warning => style.warning(text),
    }
}

/// Text that may quote a model, made harmless; further lines are indented.
fn clean_lines(text: &str, indent: usize) -> String {
    let lines: Vec<String> = text.lines().map(clean).collect();
    lines.join(&format!("\n{:indent$}", ""))
}

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", text.trim_end());
}

#[cfg(test)]
mod tests {
    use super::{render, summary};
    use crate::style::Style;
    use smithy_model::{Code, Diagnostic, ShapeId, Sources, Span};

    const PLAIN: Style = Style { color: false };

    /// The diagnostic about `part` of a file of the given text.
    fn about(text: &str, part: &str) -> String {
        let mut sources = Sources::new();
        let source = sources.add("m/a.json", text);
        let start = u32::try_from(text.find(part).unwrap()).unwrap();
        let span = Span {
            source,
            start,
            end: start + u32::try_from(part.len()).unwrap(),
        };
        render(
            &[Diagnostic::error(Code::UnknownTarget, "unknown target `a#B`").at(span)],
            &sources,
            PLAIN,
        )
    }

    #[test]
    fn diagnostics_show_location_line_carets_shape_and_help() {
        let text = "{\n  \"x\": {},\n  \"m\": { \"target\": \"a#B\" }\n}\n";
        let mut sources = Sources::new();
        let source = sources.add("m/a.json", text);
        let start = u32::try_from(text.find("\"a#B\"").unwrap()).unwrap();
        let diagnostic = Diagnostic::error(Code::UnknownTarget, "unknown target `a#B`")
            .at(Span {
                source,
                start,
                end: start + 5,
            })
            .shape(&ShapeId::parse("a#C$m").unwrap())
            .help("did you mean `a#C`?\nor `a#D`?");
        assert_eq!(
            render(&[diagnostic], &sources, PLAIN),
            r#"error[E0101]: unknown target `a#B`
 --> m/a.json:3:20
  |
3 |   "m": { "target": "a#B" }
  |                    ^^^^^
  = shape: a#C$m
  = help: did you mean `a#C`?
          or `a#D`?

"#
        );
    }

    #[test]
    fn the_gutter_fits_the_line_number() {
        let text = format!("{}bad", "\n".repeat(99));
        assert_eq!(
            about(&text, "bad"),
            "error[E0101]: unknown target `a#B`\n   --> m/a.json:100:1\n    |\n100 | bad\n    | ^^^\n\n"
        );
    }

    #[test]
    fn diagnostics_without_a_span() {
        let diagnostic =
            Diagnostic::warning(Code::UnknownOperation, "no operation `Foo`").help("try `Bar`");
        assert_eq!(
            render(&[diagnostic], &Sources::new(), PLAIN),
            "warning[E0207]: no operation `Foo`\n  = help: try `Bar`\n\n"
        );
    }

    #[test]
    fn sorted_by_place() {
        let mut sources = Sources::new();
        let source = sources.add("a", "one\ntwo\n");
        let at = |start| Span {
            source,
            start,
            end: start + 3,
        };
        let list = [
            Diagnostic::error(Code::UnknownTarget, "nowhere"),
            Diagnostic::error(Code::UnknownTarget, "second").at(at(4)),
            Diagnostic::warning(Code::UnknownTarget, "first").at(at(0)),
        ];
        let text = render(&list, &sources, PLAIN);
        let found: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("[E0101]: "))
            .collect();
        assert_eq!(
            found,
            [
                "warning[E0101]: first",
                "error[E0101]: second",
                "error[E0101]: nowhere"
            ]
        );
    }

    #[test]
    fn many_warnings_are_condensed_and_errors_are_not() {
        let warnings = |count| {
            (0..count).map(|n| Diagnostic::warning(Code::UndefinedTrait, format!("w{n:02}")))
        };
        let errors = (0..60).map(|n| Diagnostic::error(Code::UndefinedTrait, format!("x{n}")));
        let all: Vec<_> = warnings(63).chain(errors).collect();
        let text = render(&all, &Sources::new(), PLAIN);
        assert_eq!(text.matches("error[E0019]: x").count(), 60);
        assert_eq!(text.matches("warning[E0019]: w").count(), 10);
        assert!(text.contains("w09") && !text.contains("w10"), "{text}");
        assert!(
            text.ends_with("warning[E0019]: 53 more of this kind\n\n"),
            "{text}"
        );
        let few: Vec<_> = warnings(50).collect();
        assert_eq!(
            render(&few, &Sources::new(), PLAIN)
                .matches("warning[E0019]: w")
                .count(),
            50
        );
    }

    #[test]
    fn summaries_count() {
        let error = || Diagnostic::error(Code::UndefinedTrait, "");
        let warning = || Diagnostic::warning(Code::UndefinedTrait, "");
        let text = |list: &[Diagnostic]| summary(list, "nothing was written", PLAIN);
        assert_eq!(text(&[]), "");
        assert_eq!(text(&[warning()]), "warning: 1 warning\n");
        assert_eq!(text(&[error()]), "error: 1 error; nothing was written\n");
        assert_eq!(
            text(&[error(), warning(), error()]),
            "error: 2 errors, 1 warning; nothing was written\n"
        );
    }

    #[test]
    fn color_only_adds_escape_codes() {
        let list = [Diagnostic::error(Code::UnknownTarget, "bad").help("mend")];
        let colored = render(&list, &Sources::new(), Style { color: true });
        assert!(
            colored.contains("\u{1b}[1;31merror[E0101]\u{1b}[0m"),
            "{colored:?}"
        );
        let mut plain = String::new();
        for (index, part) in colored.split('\u{1b}').enumerate() {
            plain.push_str(if index == 0 {
                part
            } else {
                part.split_once('m').unwrap().1
            });
        }
        assert_eq!(plain, render(&list, &Sources::new(), PLAIN));
    }

    #[test]
    fn a_hostile_model_cannot_drive_the_terminal() {
        let text = about("{ \u{1b}[2J\u{202e}\u{2028}\u{feff}bad }", "bad");
        assert!(
            !text.contains(['\u{1b}', '\u{202e}', '\u{2028}', '\u{feff}']),
            "{text:?}"
        );
        let diagnostic =
            Diagnostic::error(Code::UnknownTarget, "\u{1b}]0;x\u{7}").help("\u{1b}[31m");
        assert!(!render(&[diagnostic], &Sources::new(), PLAIN).contains('\u{1b}'));
    }
}
