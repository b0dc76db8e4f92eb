//! Styles by role. A theme names a dozen colours; what is bold or dim is decided here, so that nothing hangs on
//! colour alone.

use crate::app::ThemeName;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::str::FromStr;

/// The colours as delivered.
const DELIVERED: &str = include_str!("../../assets/theme.toml");

/// What each thing on the screen looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Theme {
    /// Behind everything.
    pub background: Style,
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
    /// Worth a look.
    pub warning: Style,
    /// Something is wrong.
    pub problem: Style,
    /// Thin lines, placeholders, the scrollbar.
    pub rule: Style,
}

/// Why the themes can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadTheme {
    /// Not TOML, or an unknown or missing theme or role.
    #[error("the themes are no tables of colours by role")]
    Syntax(#[from] toml::de::Error),
    /// A colour that does not exist.
    #[error("a theme's {role} is no colour")]
    Color {
        /// Whose colour it is.
        role: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    terminal: Colors,
    dark: Colors,
    light: Colors,
    high_contrast: Colors,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Colors {
    background: String,
    data: String,
    quiet: String,
    accent: String,
    selected: String,
    r#match: String,
    warning: String,
    problem: String,
    rule: String,
}

/// The themes that one can choose from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Themes {
    terminal: Theme,
    dark: Theme,
    light: Theme,
    high_contrast: Theme,
}

impl Themes {
    /// The themes as delivered.
    ///
    /// # Errors
    /// A file that can't be used; a test keeps the delivered one from it.
    pub fn delivered() -> Result<Self, BadTheme> {
        Self::read(DELIVERED)
    }

    fn read(toml: &str) -> Result<Self, BadTheme> {
        let File { terminal, dark, light, high_contrast } = toml::from_str(toml)?;
        Ok(Self {
            terminal: Theme::new(&terminal)?,
            dark: Theme::new(&dark)?,
            light: Theme::new(&light)?,
            high_contrast: Theme::new(&high_contrast)?,
        })
    }

    /// Themes without any colour, for `NO_COLOR`: bold, dim and underlined say the same.
    #[must_use]
    pub fn without_color() -> Self {
        let plain = Theme::without_color();
        Self { terminal: plain, dark: plain, light: plain, high_contrast: plain }
    }

    /// The theme of this name.
    #[must_use]
    pub const fn get(&self, name: ThemeName) -> &Theme {
        match name {
            ThemeName::Terminal => &self.terminal,
            ThemeName::Dark => &self.dark,
            ThemeName::Light => &self.light,
            ThemeName::HighContrast => &self.high_contrast,
        }
    }
}

impl Theme {
    fn new(colors: &Colors) -> Result<Self, BadTheme> {
        let fg = |role, name: &str| match name {
            "dim" => Ok(Style::new().add_modifier(Modifier::DIM)),
            name => color(role, name).map(|color| Style::new().fg(color)),
        };
        let bold = Modifier::BOLD;
        let selected = Style::new().bg(color("selected", &colors.selected)?);
        Ok(Self {
            background: Style::new().bg(color("background", &colors.background)?),
            data: fg("data", &colors.data)?,
            quiet: fg("quiet", &colors.quiet)?,
            accent: fg("accent", &colors.accent)?.add_modifier(bold),
            selected: selected.add_modifier(bold),
            hit: fg("match", &colors.r#match)?.add_modifier(bold | Modifier::UNDERLINED),
            warning: fg("warning", &colors.warning)?,
            problem: fg("problem", &colors.problem)?.add_modifier(bold),
            rule: fg("rule", &colors.rule)?,
        })
    }

    /// These styles with the account's own colour for what is the account's.
    #[must_use]
    pub fn with_accent(self, accent: Option<Color>) -> Self {
        Self { accent: accent.map_or(self.accent, |color| self.accent.fg(color)), ..self }
    }

    fn without_color() -> Self {
        let dim = Style::new().add_modifier(Modifier::DIM);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let plain = Style::new();
        Self {
            background: plain,
            data: plain,
            quiet: dim,
            accent: bold,
            selected: bold,
            hit: bold.add_modifier(Modifier::UNDERLINED),
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
    fn the_delivered_themes_can_be_used() {
        let themes = Themes::delivered().unwrap();
        assert_eq!(themes.get(ThemeName::Terminal).accent.fg, Some(Color::Cyan));
        assert_eq!(themes.get(ThemeName::Light).data.fg, Some(Color::Rgb(0x1f, 0x23, 0x28)));
    }

    #[test]
    fn an_account_s_own_colour_stands_in_the_place_of_the_accent_alone() {
        let theme = *Themes::delivered().unwrap().get(ThemeName::Terminal);
        let green = theme.with_accent(Some(Color::Green));
        assert_eq!((green.accent.fg, green.hit), (Some(Color::Green), theme.hit));
        assert_eq!(theme.with_accent(None), theme);
    }

    #[rstest]
    #[case::no_color("accent = \"sky-ish\"")]
    #[case::broken_hex("accent = \"#12\"")]
    #[case::unknown_role("backdrop = \"red\"")]
    fn a_broken_theme_is_refused(#[case] line: &str) {
        let broken = DELIVERED.replacen("accent = \"cyan\"", line, 1);
        assert!(Themes::read(&broken).is_err());
    }

    #[test]
    fn without_color_no_role_has_one() {
        let Theme { background, data, quiet, accent, selected, hit, warning, problem, rule } =
            Theme::without_color();
        for style in [background, data, quiet, accent, selected, hit, warning, problem, rule] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }
}
