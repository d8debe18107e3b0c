//! Input -> Markdown. That the Markdown means what the input says is checked by reading it back.

use super::{Docs, Markdown, html, tree::Block};

fn markdown(text: &str) -> String {
    Docs::from_html(text).lines().join("\n")
}

fn check(cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(markdown(input), *expected, "from {input:?}");
    }
}

#[test]
fn inline_elements() {
    check(&[
        (
            "<p>Runs <code>make</code> in <i>all</i> <b>folders</b>.</p>",
            "Runs `make` in *all* **folders**.",
        ),
        ("<P>Loud <CODE>X</CODE></P>", "Loud `X`"),
        (
            "<p>of<code> a</code>s and <b> wide </b>text</p>",
            "of `a`s and **wide** text",
        ),
        (
            "<p><b>Note:</b>the colon goes outside</p>",
            "**Note**:the colon goes outside",
        ),
        (
            "<p>a<b>(b)</b>c cannot be strong</p>",
            "a(b)c cannot be strong",
        ),
        ("<p><b>x</b><i>y</i> z</p>", "**x**y z"),
        ("<p><b>a <i>b</i> c</b></p>", "**a b c**"),
        ("<p>one<br/>two<br>three</p>", "one\\\ntwo\\\nthree"),
        (
            "<p>10<sup>3</sup> <span class='x'>is</span> H<sub>2</sub>O</p>",
            "10^3 is H2O",
        ),
        ("<p>A<!-- hidden <b> -->B</p>", "AB"),
        (
            "<p>Left <b>open, <i>and misnested</b></i></p><p>not here</p>",
            "Left **open, and misnested**\n\nnot here",
        ),
    ]);
}

#[test]
fn code_spans() {
    check(&[
        ("<p><code>a</code><code>b</code></p>", "`a` `b`"),
        (
            "<p><code>a`b</code> <code>``</code> <code>`</code></p>",
            "``a`b`` ` `` ` `` ` ``",
        ),
        ("<p><code>id:<i>name</i>:*_</code></p>", "`id:name:*_`"),
        ("<p><code>\n  x\n  y </code>z</p>", "`x y` z"),
        (
            "<p>A `span` and a lone ` tick</p>",
            "A `span` and a lone \\` tick",
        ),
        (
            "<p><code>&lt;b&gt; <user name>/x</code></p>",
            "`<b> <user name>/x`",
        ),
        (
            "<p><code><a href='https://x.y/'>Op</a></code></p>",
            "[`Op`](https://x.y/)",
        ),
    ]);
}

#[test]
fn links() {
    check(&[
        (
            "<a href=\"https://x.y/z\">the <b>guide</b></a>.",
            "[the **guide**](https://x.y/z).",
        ),
        (
            "<p><a href='https://x.y/a(b)'>one</a>, <a href=https://x.y>two</a></p>",
            "[one](https://x.y/a%28b%29), [two](https://x.y)",
        ),
        (
            "<p><a href=\"\">a</a> <a href='b.html'>b</a> <a>c</a></p>",
            "a b c",
        ),
        (
            "<p><a href='//x.y?a=1&amp;copy=2'> [d] </a>e</p>",
            "[\\[d\\]](https://x.y?a=1\\&copy=2) e",
        ),
        (
            "<p><a href='https://x.y'>https://x.y</a></p>",
            "<https://x.y>",
        ),
        (
            "<p>See https://x.y/z_(a). Or (http://q.r/s), \"https://t.u\"</p>",
            "See <https://x.y/z_(a)>. Or (<http://q.r/s>), \"<https://t.u>\"",
        ),
        (
            "<p>https://{id}.x.y/ and https://s3.x.y/<bucket>/</p>",
            "`https://{id}.x.y/` and `https://s3.x.y/<bucket>/`",
        ),
        (
            "<p>Wow!<a href='https://x.y'>z</a></p>",
            "Wow\\![z](https://x.y)",
        ),
    ]);
}

#[test]
fn markdown_characters_are_escaped() {
    check(&[
        (
            "<p>my_own_name, _x_ and 2 * 3 * 4</p>",
            "my_own_name, \\_x\\_ and 2 * 3 * 4",
        ),
        (
            "<p>*.txt alone, ~/home alone</p>",
            "*.txt alone, ~/home alone",
        ),
        (
            "<p>*.a and *.b, ~a and ~b</p>",
            "\\*.a and \\*.b, \\~a and \\~b",
        ),
        ("<p>a [type] a[0] [^1]</p>", "a \\[type] a\\[0] \\[^1]"),
        ("<p>a < b, c > d, x <= y</p>", "a < b, c > d, x <= y"),
        (
            "<p>&lt;b&gt; is &amp;lt;b&amp;gt; &#38;amp; &#x41; &nope; R&D;</p>",
            "\\<b> is \\&lt;b\\&gt; \\&amp; A \\&nope; R\\&D;",
        ),
        ("<p>C:\\dir \\* \\d</p>", "C:\\dir \\\\* \\d"),
        ("<p>--option and ---</p>", "\\--option and \\-\\--"),
        (
            "<p>text\u{202e} with\u{0} marks&#8203;</p>",
            "text with marks",
        ),
    ]);
}

#[test]
fn starts_of_lines() {
    check(&[
        ("<p>- a</p><p>+ b</p><p>* c</p>", "\\- a\n\n\\+ b\n\n\\* c"),
        (
            "<p>1. a</p><p>2) b</p><p>3.4 c</p>",
            "1\\. a\n\n2\\) b\n\n3.4 c",
        ),
        ("<p># a</p><p>#b</p><p>&gt; c</p>", "\\# a\n\n#b\n\n\\> c"),
        (
            "<p>=== a</p><p>~~~ b</p><p>: c</p><p>|-|</p>",
            "\\=== a\n\n\\~\\~\\~ b\n\n\\: c\n\n\\|-|",
        ),
        ("<p>a<br>- b</p>", "a\\\n\\- b"),
        ("    indented\n\n        more", "indented\n\nmore"),
    ]);
}

#[test]
fn placeholders_and_unknown_elements() {
    check(&[
        (
            "<p>Use <bucket> or <my-key id=1>.</p>",
            "Use \\<bucket> or \\<my-key id=1>.",
        ),
        ("<p>Use <thing>this</thing></other>.</p>", "Use this."),
        ("Put <Track> elements in", "Put \\<Track> elements in"),
        (
            "<p>unfinished <b and <a href='x",
            "unfinished \\<b and \\<a href='x",
        ),
        (
            "<p/>\n<p></p> <ul></ul><note></note><table><tr><td></td></tr></table>",
            "",
        ),
    ]);
}

#[test]
fn lists() {
    check(&[
        (
            "<p>Either:</p><ul> <li><p>a</p></li> <li>b</li></ul><p>End</p>",
            "Either:\n\n- a\n- b\n\nEnd",
        ),
        (
            "<ul><li>a<ol><li>b<li>c</ol><li>d</ul>",
            "- a\n  1. b\n  2. c\n- d",
        ),
        (
            "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
            "- a\n\n  b\n\n- c",
        ),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<li>stray</li>text</ul>", "- stray\n- text"),
        (
            "<dl><dt>Size</dt><dd>In <code>B</code></dd><dt>Age<dd><p>Days</p></dl>",
            "- **Size**\n\n  In `B`\n\n- **Age**\n\n  Days",
        ),
        (
            "<ul><li><p>a</p><note><p>b</p><p>c</p></note></li></ul>",
            "- a\n\n  > **Note:** b\n  >\n  > c",
        ),
    ]);
}

#[test]
fn blocks() {
    check(&[
        ("<h3>How</h3>\n<p>so</p>", "**How**\n\nso"),
        (
            "<fullname>Big Service</fullname><p>It</p>",
            "**Big Service**\n\nIt",
        ),
        (
            "<important>Do <b>not</b>.</important>x",
            "> **Important:** Do **not**.\n\nx",
        ),
        (
            "<warning><ul><li>a</li></ul></warning>",
            "> **Warning:**\n>\n> - a",
        ),
        (
            "<pre>\n  if a &lt; b:\n\tc <b>d</b>\n\n</pre>",
            "```text\nif a < b:\n  c d\n```",
        ),
        ("<pre>```\nx</pre>", "````text\n```\nx\n````"),
        ("<div>a</div>b<hr>c", "a\n\nb\n\nc"),
        (
            "<table><tr><th>N</th><th>V</th></tr><tr><td>a|b<td><code>c|d</code></table>",
            "| N | V |\n|---|---|\n| a\\|b | `c\\|d` |",
        ),
        (
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "|  |  |\n|---|---|\n| a | b |",
        ),
        (
            "<table><tr><td><ul><li>a</li></ul></td><td>b</td></tr></table>",
            "- - a\n\n  b",
        ),
    ]);
}

#[test]
fn markdown_is_preserved() {
    check(&[
        (
            "A **strong** and *weak* `x*y`, \\*not\\*, a_b_c",
            "A **strong** and *weak* `x*y`, \\*not\\*, a_b_c",
        ),
        (
            "See [the _guide_](https://x.y \"t\") or <https://q.r>.",
            "See [the *guide*](https://x.y) or <https://q.r>.",
        ),
        (
            "See [`Shape`] and [rel](other.md)",
            "See \\[`Shape`] and rel",
        ),
        (
            "Kinds:\n* a\n  more\n* b\n    1. c\n    2. d",
            "Kinds:\n\n- a more\n- b\n  1. c\n  2. d",
        ),
        (
            "# Title #\ntext\n\nOther\n---\n> quoted\nlazily\n***",
            "**Title**\n\ntext\n\n**Other**\n\n> quoted lazily",
        ),
        (
            "Do\n```rust\n# <p>\n  x\n```\nso",
            "Do\n\n```text\n# <p>\n  x\n```\n\nso",
        ),
        (
            "1. a\n   ~~~\n   <ul>\n   ~~~",
            "1. a\n\n   ```text\n   <ul>\n   ```",
        ),
        (
            "a|b\n-|:-:\n1|`x\\|y`",
            "| a | b |\n|---|---|\n| 1 | `x\\|y` |",
        ),
        (
            "one  \ntwo <b>three</b> &lt;p&gt; ***both*** **a*b*",
            "one\\\ntwo **three** \\<p> **both** \\*\\*a*b*",
        ),
        (
            "Markdown *first*\n<p>then *literally*</p>\nand *again*",
            "Markdown *first*\n\nthen \\*literally\\*\n\nand *again*",
        ),
    ]);
}

#[test]
fn prose_is_wrapped_but_words_are_not() {
    let words = "word ".repeat(40);
    let lines = Docs::from_html(&format!("<ul><li>{words}</li></ul>"));
    let widths: Vec<usize> = lines
        .lines()
        .iter()
        .map(|line| line.as_str().chars().count())
        .collect();
    assert_eq!(widths, [96, 96, 11]);
    assert!(
        lines
            .lines()
            .iter()
            .skip(1)
            .all(|line| line.as_str().starts_with("  word"))
    );

    // Neither a code span nor a link target is broken, and no line begins what it does not mean.
    let long = "x".repeat(92);
    check(&[
        (
            &format!("<p>{long} <code>a b</code> c</p>"),
            &format!("{long}\n`a b` c"),
        ),
        (
            &format!("<p>{long} <a href='https://x.y'>a b</a></p>"),
            &format!("{long} [a\nb](https://x.y)"),
        ),
        (
            &format!("<p>{long} aaa - b</p>"),
            &format!("{long} aaa\n\\- b"),
        ),
        (
            &format!("<p>{long} aaa 1. b</p>"),
            &format!("{long} aaa\n1\\. b"),
        ),
    ]);
}

#[test]
fn summaries() {
    for (input, expected) in [
        (
            "<p>Makes <b>one</b> <code>a. B</code>, e.g. X. Then more.</p>",
            "Makes one `a. B`, e.g. X.",
        ),
        (
            "<fullname>Big</fullname><p>See <a href='https://x.y'>this_one_</a>! It</p>",
            "See this_one\\_!",
        ),
        ("<ul><li>1. item</li></ul>", "1\\. item"),
        ("<p>No stop\nat all</p>", "No stop at all"),
        (
            "<p>At most 5 (max. 7 for the U.S. Regions). Then</p>",
            "At most 5 (max. 7 for the U.S. Regions).",
        ),
        (
            "<p>The name (see \"Names.\") Then</p>",
            "The name (see \"Names.\")",
        ),
        ("<p>Keys, tags, etc. They</p>", "Keys, tags, etc."),
        (
            "<p>Version 1.2 of it, vs. E.g. Linux. Then</p>",
            "Version 1.2 of it, vs. E.g. Linux.",
        ),
        ("", ""),
    ] {
        assert_eq!(
            Docs::from_html(input).summary().as_str(),
            expected,
            "from {input:?}"
        );
    }
    assert!(Docs::from_html(" <p> </p> ").is_empty());
}

#[test]
fn sentences_keep_links_and_are_wrapped() {
    let docs = Docs::from_html(
        "<p>See <a href='https://x.y/a.b'>the <i>first.</i> guide</a> and https://x.y/?z. Then</p>",
    );
    let expected = ["See [the *first.* guide](https://x.y/a.b) and <https://x.y/?z>."];
    assert_eq!(docs.sentence().join("\n"), expected.join("\n"));
    let long = Docs::from_html(&"word ".repeat(40));
    assert_eq!(long.sentence(), long.lines());
    assert!(long.sentence().len() > 1);
    assert!(Docs::from_html("").sentence().is_empty());
}

/// All text of a document, without white space.
fn text(blocks: &[Block]) -> String {
    let texts = blocks.iter().map(|block| match block {
        Block::Prose(prose) => prose.text().to_owned(),
        Block::Code(code) => code.clone(),
        Block::Node(super::tree::Kind::Quote(Some(label)), inner) => {
            format!("{label}:{}", text(inner))
        }
        Block::Node(_, inner) => text(inner),
    });
    texts.collect::<String>().split_whitespace().collect()
}

/// A small generator (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn document(&mut self) -> String {
        let parts = "<p>|</p>|<ul>|<li>|</ul>|<ol>|<code>|</code>|<b>|</b>|<i>|</i>|<a href='https://x.y/z'>|</a>|<pre>|\
            </pre>|<note>|</note>|<dl>|<dt>|<dd>|<br>|<table>|<tr>|<td>|<x>|</x>|<!--|-->|<|>|`|``|*|**|_|[|]|(|)|!|\\|\
            \n|\n\n|- |1. |# |---|===|~~~|```\n|&lt;|&amp;|&#35;|https://a.b/c|{d}|:|é|\u{a0}| |a|word|Two words. ";
        let parts: Vec<&str> = parts.split('|').chain(["|", "\n-|-\n"]).collect();
        (0..self.below(40))
            .map(|_| parts[self.below(parts.len())])
            .collect()
    }
}

#[test]
fn written_markdown_reads_back_as_the_same_tree() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..4_000 {
        let input = random.document();
        let docs = Docs::from_html(&input);
        let output = docs.lines().join("\n");
        assert_eq!(
            text(&html::parse(&output)),
            text(&html::parse(&input)),
            "from {input:?}\n{output}"
        );
        let clean = |line: &Markdown| {
            !line.as_str().ends_with(' ') && !line.as_str().contains(char::is_control)
        };
        assert!(docs.lines().iter().all(clean), "from {input:?}\n{output}");
    }
}

/// Quadratic time would make this take minutes.
#[test]
fn hostile_input_takes_linear_time_and_little_stack() {
    let units = "<|<a |<!--|<x>|<b></i>|<ul><li>|<table><tr><td>|<note>|<pre>|<p>a</p>b |`|` ``|*a |**a|_ *|[|[a](|![|&#|> |\
        - |- a\n|1. |~~~\n|```\n|- ```\n|https://|http://((|\\|]|<dt>a<dd>b|a<br>|<code>`|===\n|é ";
    for unit in units.split('|') {
        let text = unit.repeat(30_000 / unit.len());
        let written: usize = Docs::from_html(&text)
            .lines()
            .iter()
            .map(|line| line.as_str().len())
            .sum();
        assert!(written < 10 * text.len(), "{unit:?} became {written} bytes");
    }
}

#[test]
fn texts_that_were_escaped_twice() {
    check(&[
        ("\\<p>One \\<b>two\\</b>\\</p>", "One **two**"),
        (
            "\\<p\\>The \\<code\\>a\\_b\\</code\\> of A\\_B\\.\\</p\\>",
            "The `a_b` of A_B.",
        ),
        (
            "When set to SPEC\\\\_COMPLIANT, all",
            "When set to SPEC_COMPLIANT, all",
        ),
        (
            "<p>When set to SPEC\\\\_COMPLIANT, 2\\\\*3</p>",
            "When set to SPEC_COMPLIANT, 2*3",
        ),
        // Text that is escaped once.
        (
            "<p>Not <code>\\</code> or <code>/</code></p>",
            "Not `\\` or `/`",
        ),
        (
            "<p>Matches <code>[a\\\\_b]</code> or `a\\\\_b`</p>",
            "Matches `[a\\\\_b]` or `a\\\\_b`",
        ),
        ("Write \\<p> to begin", "Write \\<p> to begin"),
        ("<p>\\\\_share, C:\\\\*</p>", "\\\\\\\\_share, C:\\\\\\\\*"),
    ]);
}
