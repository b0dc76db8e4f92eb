//! Source code as far as its texts go: each literal with what stands around it, and each call of `tr!`.

/// The texts of a file.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// All literals.
    pub(super) texts: Vec<Text>,
    /// All calls of `tr!`.
    pub(super) translated: Vec<Translated>,
}

/// A literal.
#[derive(Debug)]
pub(super) struct Text {
    /// What it says.
    pub(super) says: String,
    /// Its line, from 1.
    pub(super) line: usize,
    /// What each bracket around it belongs to, the outermost first: a name, `name!` of a macro, `#` of an attribute.
    around: Vec<String>,
}

impl Text {
    /// Whether one of these is around it.
    pub(super) fn is_in(&self, names: &[&str]) -> bool {
        self.around.iter().any(|around| names.contains(&around.as_str()))
    }

    /// Whether it is the argument of this one.
    pub(super) fn is_directly_in(&self, name: &str) -> bool {
        self.around.last().is_some_and(|around| around == name)
    }
}

/// A call of `tr!`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    /// The English text. `None` where it is a variable.
    pub(super) text: Option<String>,
    /// That for several.
    pub(super) plural: Option<String>,
    /// The names of the values. `None` where one has no name.
    pub(super) values: Option<Vec<String>>,
}

/// A part of a call, at its own level: what is in further brackets is one part.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Name(String),
    Sign(char),
    Group,
}

/// A bracket that is open.
struct Open {
    of: String,
    parts: Vec<Part>,
}

impl Scan {
    pub(super) fn of(code: &str) -> Self {
        let mut scan = Self::default();
        let mut open: Vec<Open> = vec![Open { of: String::new(), parts: Vec::new() }];
        let chars: Vec<char> = code.chars().collect();
        let (mut at, mut line) = (0, 1);
        while let Some(&c) = chars.get(at) {
            let next = chars.get(at + 1).copied().unwrap_or(' ');
            match c {
                '\n' => line += 1,
                '/' if next == '/' => {
                    while chars.get(at).is_some_and(|c| *c != '\n') {
                        at += 1;
                    }
                    continue;
                }
                '"' | 'r' if c == '"' || is_raw(&chars, at) => {
                    let (text, end) =
                        if c == '"' { read_text(&chars, at + 1) } else { read_raw(&chars, at + 1) };
                    let around = open.iter().skip(1).map(|open| open.of.clone()).collect();
                    scan.texts.push(Text { says: text.clone(), line, around });
                    line += chars[at..end].iter().filter(|c| **c == '\n').count();
                    push(&mut open, Part::Text(text));
                    at = end;
                    continue;
                }
                '\'' => {
                    if let Some(end) = end_of_character(&chars, at) {
                        push(&mut open, Part::Group);
                        at = end;
                        continue;
                    }
                }
                '(' | '[' | '{' => {
                    let of = name_before(open.last().map(|open| open.parts.as_slice()).unwrap_or_default());
                    open.push(Open { of, parts: Vec::new() });
                }
                ')' | ']' | '}' => {
                    if open.len() > 1 {
                        let closed = open.pop().unwrap();
                        if closed.of == "tr!" {
                            scan.translated.push(translated(&closed.parts));
                        }
                        push(&mut open, Part::Group);
                    }
                }
                c if c.is_alphanumeric() || c == '_' => {
                    let start = at;
                    while chars.get(at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
                        at += 1;
                    }
                    push(&mut open, Part::Name(chars[start..at].iter().collect()));
                    continue;
                }
                c if c.is_whitespace() => {}
                c => push(&mut open, Part::Sign(c)),
            }
            at += 1;
        }
        scan
    }
}

fn push(open: &mut [Open], part: Part) {
    open.last_mut().unwrap().parts.push(part);
}

/// What a bracket belongs to: the name before it, with the sign of a macro.
fn name_before(parts: &[Part]) -> String {
    match parts {
        [.., Part::Name(name), Part::Sign('!')] => format!("{name}!"),
        [.., Part::Sign('#')] | [.., Part::Sign('#'), Part::Sign('!')] => "#".to_owned(),
        [.., Part::Name(name)] => name.clone(),
        _ => String::new(),
    }
}

/// The text of a literal from behind its quote on, and the place behind it.
fn read_text(chars: &[char], mut at: usize) -> (String, usize) {
    let mut text = String::new();
    while let Some(&c) = chars.get(at) {
        at += 1;
        match c {
            '"' => break,
            '\\' => {
                let escaped = chars.get(at).copied().unwrap_or_default();
                at += 1;
                match escaped {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    '\n' => {
                        while chars.get(at).is_some_and(|c| c.is_whitespace()) {
                            at += 1;
                        }
                    }
                    'u' => {
                        let digits: String = chars[at..].iter().skip(1).take_while(|c| **c != '}').collect();
                        at += digits.len() + 2;
                        text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                    }
                    other => text.push(other),
                }
            }
            c => text.push(c),
        }
    }
    (text, at)
}

/// Whether a raw literal begins here, and not a name that begins with r.
fn is_raw(chars: &[char], at: usize) -> bool {
    let is_name = at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(|c| c.is_alphanumeric());
    let quote = chars[at + 1..].iter().find(|c| **c != '#');
    !is_name && quote == Some(&'"')
}

fn read_raw(chars: &[char], at: usize) -> (String, usize) {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let rest: String = chars[at + hashes + 1..].iter().collect();
    let text = rest.split(&end).next().unwrap_or_default().to_owned();
    let len = text.chars().count();
    (text, at + hashes + 1 + len + end.len())
}

/// The place behind a character. `None` for a lifetime.
fn end_of_character(chars: &[char], at: usize) -> Option<usize> {
    if chars.get(at + 1) == Some(&'\\') {
        let end = chars[at + 2..].iter().skip(1).position(|c| *c == '\'')?;
        return Some(at + 3 + end + 1);
    }
    (chars.get(at + 2) == Some(&'\'')).then_some(at + 3)
}

/// A call of `tr!`, of its parts: `context => text | plural % number, name = value, name`.
fn translated(parts: &[Part]) -> Translated {
    let parts = match parts {
        [Part::Text(_), Part::Sign('='), Part::Sign('>'), rest @ ..] => rest,
        parts => parts,
    };
    let text = match parts.first() {
        Some(Part::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let plural = match parts {
        [_, Part::Sign('|'), Part::Text(plural), ..] => Some(plural.clone()),
        _ => None,
    };
    let mut values = Some(Vec::new());
    for value in parts.split(|part| *part == Part::Sign(',')).skip(1).filter(|value| !value.is_empty()) {
        match value {
            [Part::Name(name)] | [Part::Name(name), Part::Sign('='), ..] => {
                values = values.map(|values| [values, vec![name.clone()]].concat());
            }
            _ => values = None,
        }
    }
    Translated { text, plural, values }
}

#[test]
fn what_is_translated_is_read_with_its_values() {
    let code = "let a = tr!(\"{n} of \\\"{all}\\\"\", n = f(1, \"x\"), all); // tr!(\"no\")\n\
                tr!(\"{count} row\" | \"{count} rows\" % rows.len(), count = grouped(rows)); tr!(words); tr!(\"x {}\", 'y')";
    let scan = Scan::of(code);
    let named = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    let of = |text: Option<&str>, plural: Option<&str>, values| Translated {
        text: text.map(str::to_owned),
        plural: plural.map(str::to_owned),
        values,
    };
    assert_eq!(
        scan.translated,
        [
            of(Some("{n} of \"{all}\""), None, named(&["n", "all"])),
            of(Some("{count} row"), Some("{count} rows"), named(&["count"])),
            of(None, None, named(&[])),
            of(Some("x {}"), None, None),
        ]
    );
}

#[test]
fn a_text_knows_what_is_around_it() {
    let scan = Scan::of(
        "#[expect(a, reason = \"why\")]\nfn f<'a>() { info!(\"log\"); g(later!(\"word\"), r#\"raw \"x\"\"#, '\"') }",
    );
    let texts: Vec<(&str, usize)> = scan.texts.iter().map(|text| (text.says.as_str(), text.line)).collect();
    assert_eq!(texts, [("why", 1), ("log", 2), ("word", 2), ("raw \"x\"", 2)]);
    let [why, log, word, raw] = scan.texts.as_slice() else { unreachable!() };
    assert!(why.is_in(&["#"]) && log.is_in(&["info!"]) && word.is_directly_in("later!"));
    assert!(raw.is_directly_in("g") && !raw.is_in(&["later!"]));
}
