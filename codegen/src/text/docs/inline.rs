//! CommonMark -> tree: what lies within a paragraph.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use super::html::{Inline, Styles, Tag, closed_names, web_address};
use super::tokenize::{MAX_ADDRESS, Token, Tokens, decode_entities, entity, head};
use super::tree::Prose;

/// Longest run of backticks that delimits code; it bounds the searches for a second such run.
const MAX_FENCE: usize = 16;
/// How many open delimiters are looked at for one that a closing delimiter matches.
const MAX_OPENERS: usize = 32;

/// A step in writing a paragraph.
enum Step<'a> {
    Text(Cow<'a, str>),
    Code(&'a str),
    Break,
    /// A run of `*` or `_`.
    Delimiter(Delimiter),
    /// `[`, with an address once its link is complete.
    Bracket {
        text: &'static str,
        address: Option<Rc<str>>,
        link: bool,
    },
    LinkEnd,
    Autolink(&'a str),
    Open(Inline, &'a str),
    Close(Inline),
}

/// A run of `*` or `_`, and what it turned out to do.
struct Delimiter {
    byte: u8,
    /// How many are left as text.
    left: usize,
    opens: bool,
    closes: bool,
    /// Length of the whole run.
    len: usize,
    /// Changes of (emphasis, strong) before and after the text that is left.
    before: (u32, u32),
    after: (u32, u32),
}

/// The prose that a text says; `None` if it says nothing.
pub(super) fn parse(text: &str, styles: Styles) -> Option<Prose> {
    let mut reader = Reader {
        text,
        at: 0,
        steps: Vec::new(),
        brackets: Vec::new(),
        code: 0,
        closed: None,
    };
    reader.run();
    pair_delimiters(&mut reader.steps);
    write(&reader.steps, styles).take()
}

/// The content of the code span whose first backtick is at `at`, and its length; `Err` is the
/// number of backticks that are text because no such run follows in the paragraph.
pub(super) fn code_span(text: &str, at: usize) -> Result<(&str, usize), usize> {
    let rest = text.get(at..).unwrap_or_default();
    let fence = rest.bytes().take_while(|&b| b == b'`').count();
    if fence > MAX_FENCE {
        return Err(fence);
    }
    let mut end = fence;
    while let Some(found) = rest.get(end..).and_then(|rest| rest.find(['`', '\n'])) {
        end += found;
        let after = rest.get(end..).unwrap_or_default();
        if let Some(line) = after.strip_prefix('\n') {
            if line.trim_start_matches([' ', '\t', '\r']).starts_with('\n') {
                break;
            }
            end += 1;
            continue;
        }
        let run = after.bytes().take_while(|&b| b == b'`').count();
        if run == fence {
            return rest
                .get(fence..end)
                .map(|content| (content, end + fence))
                .ok_or(fence);
        }
        end += run;
    }
    Err(fence)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    steps: Vec<Step<'a>>,
    /// Steps with a `[` that no `]` closed yet.
    brackets: Vec<usize>,
    /// How many `<code>` are open.
    code: usize,
    closed: Option<HashSet<String>>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut tags = Tokens::new(self.text);
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let special = |b: u8| {
                matches!(
                    b,
                    b'\n' | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'!' | b'<' | b'&'
                )
            };
            let plain = rest.bytes().position(special).unwrap_or(rest.len());
            self.push_text(plain);
            let Some(&byte) = rest.as_bytes().get(plain) else {
                break;
            };
            match byte {
                b'\n' => self.line_end(),
                b'<' => self.markup(&mut tags),
                b'&' => self.ampersand(),
                // Within `<code>` only HTML means something.
                _ if self.code > 0 => self.push_text(1),
                b'\\' => self.backslash(),
                b'`' => self.backticks(),
                b'*' | b'_' => self.delimiter(byte),
                b']' => self.bracket_end(),
                _ => self.bracket(byte),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes `len` bytes as text.
    fn push_text(&mut self, len: usize) {
        if let Some(text) = self.rest().get(..len).filter(|text| !text.is_empty()) {
            self.steps.push(Step::Text(Cow::Borrowed(text)));
        }
        self.at += len;
    }

    fn line_end(&mut self) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let hard = before.ends_with("  ") && self.code == 0;
        self.steps.push(if hard {
            Step::Break
        } else {
            Step::Text(Cow::Borrowed(" "))
        });
        self.at += 1;
    }

    fn backslash(&mut self) {
        let next = self.rest().as_bytes().get(1);
        match next {
            Some(b'\n') => {
                self.steps.push(Step::Break);
                self.at += 2;
            }
            Some(c) if c.is_ascii_punctuation() => {
                self.at += 1;
                self.push_text(1);
            }
            _ => self.push_text(1),
        }
    }

    fn ampersand(&mut self) {
        if let Some((c, len)) = self.rest().get(1..).and_then(entity) {
            self.steps.push(Step::Text(Cow::Owned(c.to_string())));
            self.at += 1 + len;
        } else {
            self.push_text(1);
        }
    }

    fn backticks(&mut self) {
        match code_span(self.text, self.at) {
            Ok((content, len)) => {
                self.steps.push(Step::Code(content));
                self.at += len;
            }
            Err(len) => self.push_text(len),
        }
    }

    fn delimiter(&mut self, byte: u8) {
        let len = self.rest().bytes().take_while(|&b| b == byte).count();
        let before = self
            .text
            .get(..self.at)
            .and_then(|text| text.chars().next_back())
            .unwrap_or(' ');
        let after = self
            .rest()
            .get(len..)
            .and_then(|text| text.chars().next())
            .unwrap_or(' ');
        let (opens, closes) = flanking(byte, before, after);
        let delimiter = Delimiter {
            byte,
            left: len,
            opens,
            closes,
            len,
            before: (0, 0),
            after: (0, 0),
        };
        self.steps.push(Step::Delimiter(delimiter));
        self.at += len;
    }

    fn bracket(&mut self, byte: u8) {
        let text = if byte == b'!' { "![" } else { "[" };
        if !self.rest().starts_with(text) {
            return self.push_text(1);
        }
        self.brackets.push(self.steps.len());
        self.steps.push(Step::Bracket {
            text,
            address: None,
            link: false,
        });
        self.at += text.len();
    }

    fn bracket_end(&mut self) {
        let target = self
            .brackets
            .pop()
            .zip(self.rest().get(1..).and_then(destination));
        let Some((open, (found, len))) = target else {
            return self.push_text(1);
        };
        if let Some(Step::Bracket {
            text,
            address,
            link,
        }) = self.steps.get_mut(open)
        {
            *link = true;
            *address = web_address(&found);
            // A link holds no other link, but an image may.
            if *text == "[" {
                self.brackets.clear();
            }
        }
        self.steps.push(Step::LinkEnd);
        self.at += 1 + len;
    }

    fn markup(&mut self, tags: &mut Tokens<'a>) {
        let Some((token, end)) = tags.markup(self.at) else {
            return self.push_text(1);
        };
        match token {
            None => {}
            Some(Token::Autolink(address)) => self.steps.push(Step::Autolink(address)),
            Some(Token::Open {
                name,
                attributes,
                empty,
                ..
            }) => match Tag::new(name) {
                Tag::Inline(Inline::Break) => self.steps.push(Step::Break),
                Tag::Inline(_) if empty => {}
                Tag::Inline(tag) => {
                    self.code += usize::from(tag == Inline::Code);
                    self.steps.push(Step::Open(tag, attributes));
                }
                Tag::Unknown if self.is_placeholder(name) => return self.push_text(end - self.at),
                _ => {}
            },
            Some(Token::Close { name, .. }) => match Tag::new(name) {
                Tag::Inline(tag) => {
                    self.code = self.code.saturating_sub(usize::from(tag == Inline::Code));
                    self.steps.push(Step::Close(tag));
                }
                Tag::Unknown if self.code > 0 => return self.push_text(end - self.at),
                _ => {}
            },
            Some(Token::Text(_)) => {}
        }
        self.at = end;
    }

    /// `<bucket>` is a placeholder unless `</bucket>` follows.
    fn is_placeholder(&mut self, name: &str) -> bool {
        let text = self.text;
        let closed = self.closed.get_or_insert_with(|| closed_names(text));
        self.code > 0 || !closed.contains(&name.to_ascii_lowercase())
    }
}

/// Whether a run of delimiters opens and closes emphasis, by the characters around it.
fn flanking(byte: u8, before: char, after: char) -> (bool, bool) {
    let punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let left = !after.is_whitespace()
        && (!punctuation(after) || before.is_whitespace() || punctuation(before));
    let right = !before.is_whitespace()
        && (!punctuation(before) || after.is_whitespace() || punctuation(after));
    if byte == b'_' {
        // Within a word an underscore is an underscore.
        return (
            left && (!right || punctuation(before)),
            right && (!left || punctuation(after)),
        );
    }
    (left, right)
}

/// `(address "title")`: the address and the length of all of it.
fn destination(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let inner = text.strip_prefix('(')?;
    let inner = head(inner, MAX_ADDRESS);
    let start = inner.trim_ascii_start();
    let (address, rest) = match start.strip_prefix('<') {
        Some(angled) => angled
            .split_once('>')
            .filter(|(address, _)| !address.contains('\n'))?,
        None => start.split_at_checked(bare_address(start))?,
    };
    let rest = rest.trim_ascii_start();
    let rest = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split_once(quote)?.1.trim_ascii_start(),
        _ => rest,
    };
    let rest = rest.strip_prefix(')')?;
    let len = 1 + inner.len() - rest.len();
    Some((decode_entities(address), len))
}

/// Length of an address without brackets: up to white space, or a parenthesis that it did not open.
fn bare_address(text: &str) -> usize {
    let mut open = 0_usize;
    for (at, b) in text.bytes().enumerate() {
        match b {
            b'(' => open += 1,
            b')' if open == 0 => return at,
            b')' => open -= 1,
            b if b <= b' ' => return at,
            _ => {}
        }
    }
    text.len()
}

/// A run that may open emphasis, and waits for the one that closes it.
struct Opener {
    step: usize,
    byte: u8,
    len: usize,
    closes: bool,
}

/// Finds which delimiters belong together.
fn pair_delimiters(steps: &mut [Step<'_>]) {
    let mut openers: Vec<Opener> = Vec::new();
    for index in 0..steps.len() {
        let Some(Step::Delimiter(delimiter)) = steps.get_mut(index) else {
            continue;
        };
        let (byte, opens, closes, len) = (
            delimiter.byte,
            delimiter.opens,
            delimiter.closes,
            delimiter.len,
        );
        let mut left = delimiter.left;
        while closes && left > 0 {
            let fits = |opener: &&Opener| {
                // Runs of lengths like 1 and 2 do not belong together if one of them could be
                // either kind.
                let odd = (opens || opener.closes)
                    && (len + opener.len).is_multiple_of(3)
                    && !len.is_multiple_of(3);
                opener.byte == byte && !odd
            };
            let recent = openers.iter().rev().take(MAX_OPENERS);
            let Some(depth) = recent
                .enumerate()
                .find(|(_, opener)| fits(opener))
                .map(|(depth, _)| depth)
            else {
                break;
            };
            openers.truncate(openers.len() - depth);
            let Some(opener) = openers.last().map(|opener| opener.step) else {
                break;
            };
            let used = pair(steps, opener, left);
            if let Some(Step::Delimiter(delimiter)) = steps.get(opener)
                && delimiter.left == 0
            {
                openers.pop();
            }
            left -= used;
            if let Some(Step::Delimiter(closer)) = steps.get_mut(index) {
                closer.left = left;
                *(if used == 2 {
                    &mut closer.before.1
                } else {
                    &mut closer.before.0
                }) += 1;
            }
        }
        if opens && left > 0 {
            openers.push(Opener {
                step: index,
                byte,
                len,
                closes,
            });
        }
    }
}

/// Takes one or two delimiters off an opening run.
fn pair(steps: &mut [Step<'_>], opener: usize, closing: usize) -> usize {
    let Some(Step::Delimiter(delimiter)) = steps.get_mut(opener) else {
        return 1;
    };
    let used = if delimiter.left >= 2 && closing >= 2 {
        2
    } else {
        1
    };
    delimiter.left -= used;
    *(if used == 2 {
        &mut delimiter.after.1
    } else {
        &mut delimiter.after.0
    }) += 1;
    used
}

fn write(steps: &[Step<'_>], mut styles: Styles) -> Prose {
    let mut prose = Prose::default();
    let outside = styles.clone();
    for step in steps {
        match step {
            Step::Text(text) => prose.push(text, &styles.style()),
            Step::Code(content) => {
                styles.open(Inline::Code, "", &mut prose);
                prose.push(content, &styles.style());
                styles.close(Inline::Code, &outside);
            }
            Step::Break => prose.push_break(),
            Step::Delimiter(delimiter) => {
                styles.change(-1, delimiter.before);
                let byte = if delimiter.byte == b'*' { "*" } else { "_" };
                (0..delimiter.left).for_each(|_| prose.push(byte, &styles.style()));
                styles.change(1, delimiter.after);
            }
            Step::Bracket {
                link: true,
                address,
                ..
            } => styles.link_to(address.clone()),
            Step::Bracket { text, .. } => prose.push(text, &styles.style()),
            Step::LinkEnd => styles.link_to(None),
            Step::Autolink(address) => {
                styles.link_to(Some(Rc::from(*address)));
                prose.push(address, &styles.style());
                styles.link_to(None);
            }
            Step::Open(tag, attributes) => styles.open(*tag, attributes, &mut prose),
            Step::Close(tag) => styles.close(*tag, &outside),
        }
    }
    prose
}
