//! A person's own colours: a file of the form of the delivered one, which names only what it changes.

use super::{BadTheme, Colors, File, color, modifier};
use crate::text;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The themes that a file can name.
const THEMES: [&str; 4] = ["terminal", "dark", "light", "high-contrast"];

/// The roles that a theme can give a colour.
const ROLES: [&str; 9] =
    ["background", "data", "quiet", "accent", "selected", "match", "warning", "problem", "rule"];

/// The colours that have a name.
const NAMED: [&str; 17] = [
    "default",
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// What needs no colour.
const MODIFIERS: [&str; 3] = ["bold", "reverse", "dim"];

/// Puts the colours of a person's own file into `file`.
pub(super) fn read(own: &str, file: &mut File) -> Result<(), BadTheme> {
    let document = DeTable::parse(own).map_err(|error| {
        let words = error.message().lines().next().unwrap_or_default();
        bad(own, &error.span().unwrap_or_default(), format!("this is not TOML: {words}"))
    })?;
    for (theme, table) in document.get_ref() {
        let name = theme.get_ref().as_ref();
        let colors = match name {
            "terminal" => &mut file.terminal,
            "dark" => &mut file.dark,
            "light" => &mut file.light,
            "high-contrast" => &mut file.high_contrast,
            _ if ROLES.contains(&name) => {
                let why = format!("{name} is a role; write it below a theme, for example below [dark]");
                return Err(bad(own, &theme.span(), why));
            }
            _ => return Err(bad(own, &theme.span(), unknown("theme", name, &THEMES))),
        };
        let Some(table) = table.get_ref().as_table() else {
            let why = format!("{name} takes a table, for example: [{name}]");
            return Err(bad(own, &table.span(), why));
        };
        for (role, value) in table {
            let name = role.get_ref().as_ref();
            let Some(place) = colors.place(name) else {
                return Err(bad(own, &role.span(), unknown("role", name, &ROLES)));
            };
            *place = color_of(name, value.get_ref()).map_err(|why| bad(own, &value.span(), why))?;
        }
    }
    Ok(())
}

impl Colors {
    /// The colour of a role. `None` where there is no such role.
    fn place(&mut self, role: &str) -> Option<&mut String> {
        Some(match role {
            "background" => &mut self.background,
            "data" => &mut self.data,
            "quiet" => &mut self.quiet,
            "accent" => &mut self.accent,
            "selected" => &mut self.selected,
            "match" => &mut self.r#match,
            "warning" => &mut self.warning,
            "problem" => &mut self.problem,
            "rule" => &mut self.rule,
            _ => return None,
        })
    }
}

/// The colour that a role is given, or why it can't have that.
fn color_of(role: &str, value: &DeValue<'_>) -> Result<String, String> {
    let takes = format!("{role} takes a colour, for example: {role} = \"#7cc7e8\"");
    let name = value.as_str().ok_or_else(|| takes.clone())?;
    match (modifier(name), role) {
        (Some(_), "background") => Err(takes),
        (Some(_), _) => Ok(name.to_owned()),
        (None, _) if color("", name).is_ok() => Ok(name.to_owned()),
        (None, _) => {
            let known: Vec<&str> = NAMED.into_iter().chain(MODIFIERS).collect();
            Err(format!("{}; #rrggbb is exact", unknown("colour", name, &known)))
        }
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let shown = text::typed(name);
    let near = text::nearest(name, known.iter().copied());
    let near = near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default();
    format!("there is no {what} {shown}{near}; there are {}", known.join(", "))
}

fn bad(own: &str, span: &Range<usize>, why: String) -> BadTheme {
    let before = own.get(..span.start).unwrap_or(own);
    let last = before.rsplit('\n').next().unwrap_or_default();
    BadTheme::Own { line: 1 + before.matches('\n').count(), column: 1 + last.chars().count(), why }
}

#[cfg(test)]
mod tests {
    use crate::app::ThemeName;
    use crate::ui::theme::{DELIVERED, Themes};
    use ratatui::style::{Color, Modifier};
    use rstest::rstest;

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() {
        let own = Themes::with("[dark]\naccent = \"#ff8800\"\nselected = \"reverse\"\n").unwrap();
        let delivered = Themes::delivered().unwrap();
        let (dark, before) = (own.get(ThemeName::Dark), delivered.get(ThemeName::Dark));
        assert_eq!(dark.accent.fg, Some(Color::Rgb(0xff, 0x88, 0)));
        assert!(dark.selected.add_modifier.contains(Modifier::REVERSED));
        assert_eq!((dark.data, dark.background, dark.hit), (before.data, before.background, before.hit));
        assert_eq!(own.get(ThemeName::Light), delivered.get(ThemeName::Light));
    }

    #[rstest]
    #[case::nothing("")]
    #[case::comment("# mine\n[dark]\n")]
    #[case::as_delivered(DELIVERED)]
    fn a_file_that_says_nothing_new_changes_nothing(#[case] toml: &str) {
        let (own, delivered) = (Themes::with(toml).unwrap(), Themes::delivered().unwrap());
        for name in ThemeName::ALL {
            assert_eq!(own.get(name), delivered.get(name));
        }
    }

    #[test]
    fn every_colour_that_is_offered_is_one() {
        for name in super::NAMED.into_iter().chain(super::MODIFIERS) {
            assert!(Themes::with(&format!("[light]\ndata = \"{name}\"")).is_ok(), "{name}");
        }
    }

    #[rstest]
    #[case::theme(
        "[drak]\n",
        "line 1, column 2: there is no theme drak (did you mean dark?); there are terminal, dark, light, high-contrast"
    )]
    #[case::role(
        "# mine\n[dark]\naccnt = \"red\"",
        "line 3, column 1: there is no role accnt (did you mean accent?); there are background, data, quiet, accent, selected, match, warning, problem, rule"
    )]
    #[case::colour(
        "[dark]\naccent = \"blu\"",
        "line 2, column 10: there is no colour blu (did you mean blue?); there are default, black, red, green, yellow, blue, magenta, cyan, gray, darkgray, lightred, lightgreen, lightyellow, lightblue, lightmagenta, lightcyan, white, bold, reverse, dim; #rrggbb is exact"
    )]
    #[case::number(
        "[dark]\naccent = 7",
        "line 2, column 10: accent takes a colour, for example: accent = \"#7cc7e8\""
    )]
    #[case::background(
        "[dark]\nbackground = \"bold\"",
        "line 2, column 14: background takes a colour, for example: background = \"#7cc7e8\""
    )]
    #[case::role_alone(
        "accent = \"red\"",
        "line 1, column 1: accent is a role; write it below a theme, for example below [dark]"
    )]
    #[case::no_table("dark = \"red\"", "line 1, column 8: dark takes a table, for example: [dark]")]
    fn what_cannot_be_used_is_told_with_its_place(#[case] toml: &str, #[case] why: &str) {
        assert_eq!(Themes::with(toml).unwrap_err().to_string(), why);
    }

    #[rstest]
    #[case::no_toml("[dark")]
    #[case::long("[dark]\naccent = \"\u{1b}[2J")]
    fn what_is_no_toml_is_told_with_its_line(#[case] toml: &str) {
        let said = Themes::with(toml).unwrap_err().to_string();
        assert!(said.starts_with("line ") && said.contains("not TOML") && !said.contains('\u{1b}'), "{said}");
    }
}
