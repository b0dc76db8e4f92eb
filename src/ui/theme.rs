//! Styles by role. A theme names a dozen colours; what is bold or dim is decided here, so that nothing hangs on
//! colour alone.

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::str::FromStr;

/// The colours as delivered.
const DELIVERED: &str = include_str!("../../assets/theme.toml");

/// What each thing on the screen looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Theme {
    /// What Cube sent.
    pub data: Style,
    /// Everything that is not data.
    pub quiet: Style,
    /// The account, the mark of the selected row, the line that is typed.
    pub accent: Style,
    /// The selected row.
    pub selected: Style,
    /// What a search matched.
    pub hit: Style,
    /// Something worked.
    pub good: Style,
    /// Worth a look.
    pub warning: Style,
    /// Something is wrong.
    pub problem: Style,
    /// Thin lines, placeholders, the scrollbar.
    pub rule: Style,
}

/// Why a theme can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadTheme {
    /// Not TOML, or an unknown or missing role.
    #[error("the theme is not a table of colours by role")]
    Syntax(#[from] toml::de::Error),
    /// A colour that does not exist.
    #[error("the theme's {role} is no colour")]
    Color {
        /// Whose colour it is.
        role: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Colors {
    data: String,
    quiet: String,
    accent: String,
    selected: String,
    r#match: String,
    good: String,
    warning: String,
    problem: String,
    rule: String,
}

impl Theme {
    /// The theme as delivered.
    ///
    /// # Errors
    /// A file that can't be used; a test keeps the delivered one from it.
    pub fn delivered() -> Result<Self, BadTheme> {
        Self::read(DELIVERED)
    }

    /// Reads a theme from TOML.
    ///
    /// # Errors
    /// An unknown or missing role, or a colour that does not exist.
    pub fn read(toml: &str) -> Result<Self, BadTheme> {
        let colors: Colors = toml::from_str(toml)?;
        let fg = |role, name: &str| color(role, name).map(|color| Style::new().fg(color));
        let bold = Modifier::BOLD;
        let selected = Style::new().bg(color("selected", &colors.selected)?);
        Ok(Self {
            data: fg("data", &colors.data)?,
            quiet: fg("quiet", &colors.quiet)?,
            accent: fg("accent", &colors.accent)?.add_modifier(bold),
            selected: selected.add_modifier(bold),
            hit: fg("match", &colors.r#match)?.add_modifier(bold | Modifier::UNDERLINED),
            good: fg("good", &colors.good)?,
            warning: fg("warning", &colors.warning)?,
            problem: fg("problem", &colors.problem)?.add_modifier(bold),
            rule: fg("rule", &colors.rule)?,
        })
    }

    /// The theme without any colour, for `NO_COLOR`: bold, dim and underlined say the same.
    #[must_use]
    pub fn without_color() -> Self {
        let dim = Style::new().add_modifier(Modifier::DIM);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let plain = Style::new();
        Self {
            data: plain,
            quiet: dim,
            accent: bold,
            selected: bold,
            hit: bold.add_modifier(Modifier::UNDERLINED),
            good: plain,
            warning: plain,
            problem: bold,
            rule: dim,
        }
    }
}

fn color(role: &'static str, name: &str) -> Result<Color, BadTheme> {
    if name == "default" {
        return Ok(Color::Reset);
    }
    Color::from_str(name).map_err(|_| BadTheme::Color { role })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn the_delivered_theme_can_be_used() {
        let theme = Theme::delivered().unwrap();
        assert_eq!(theme.accent.fg, Some(Color::Cyan));
    }

    #[rstest]
    #[case::no_color("accent = \"sky-ish\"")]
    #[case::broken_hex("accent = \"#12\"")]
    #[case::unknown_role("backdrop = \"red\"")]
    fn a_broken_theme_is_refused(#[case] line: &str) {
        let without: Vec<_> = DELIVERED
            .lines()
            .filter(|line| !line.starts_with("accent"))
            .collect();
        assert!(Theme::read(&format!("{line}\n{}", without.join("\n"))).is_err());
    }

    #[test]
    fn without_color_no_role_has_one() {
        let Theme {
            data,
            quiet,
            accent,
            selected,
            hit,
            good,
            warning,
            problem,
            rule,
        } = Theme::without_color();
        for style in [data, quiet, accent, selected, hit, good, warning, problem, rule] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }
}
