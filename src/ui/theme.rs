//! Styles by role. A theme names a dozen colours; what is bold or dim is decided here, so that nothing depends on
//! colour alone.

mod own;

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
    /// What is read first: the account, the customer's name, what is searched for.
    pub strong: Style,
    /// The mark of the selected row, the sign of the line, the bar.
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
    /// A person's own file can't be used.
    #[error("line {line}, column {column}: {why}")]
    Own {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
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

/// The themes to choose from.
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

    /// The themes as delivered, with the colours of a person's own file in place of theirs.
    ///
    /// # Errors
    /// A file that is no table of colours by theme and role.
    pub fn with(own: &str) -> Result<Self, BadTheme> {
        let mut file: File = toml::from_str(DELIVERED)?;
        own::read(own, &mut file)?;
        Self::of(&file)
    }

    fn read(toml: &str) -> Result<Self, BadTheme> {
        Self::of(&toml::from_str(toml)?)
    }

    fn of(file: &File) -> Result<Self, BadTheme> {
        let File { terminal, dark, light, high_contrast } = file;
        Ok(Self {
            terminal: Theme::new(terminal)?,
            dark: Theme::new(dark)?,
            light: Theme::new(light)?,
            high_contrast: Theme::new(high_contrast)?,
        })
    }

    /// Themes without any colour, for `NO_COLOR`: bold, reverse and underlined say the same.
    #[must_use]
    pub fn without_color() -> Self {
        let plain = Theme::without_color();
        Self { terminal: plain, dark: plain, light: plain, high_contrast: plain }
    }

    /// The theme of this name.
    #[must_use]
    pub const fn get(&self, name: ThemeName) -> &Theme {
        match name {
            ThemeName::Auto | ThemeName::Terminal => &self.terminal,
            ThemeName::Dark => &self.dark,
            ThemeName::Light => &self.light,
            ThemeName::HighContrast => &self.high_contrast,
        }
    }
}

impl Theme {
    fn new(colors: &Colors) -> Result<Self, BadTheme> {
        let fg = |role, name: &str| match modifier(name) {
            Some(modifier) => Ok(Style::new().add_modifier(modifier)),
            None => color(role, name).map(|color| Style::new().fg(color)),
        };
        let bold = Modifier::BOLD;
        let selected = match modifier(&colors.selected) {
            Some(modifier) => Style::new().add_modifier(modifier),
            None => Style::new().bg(color("selected", &colors.selected)?),
        };
        Ok(Self {
            background: Style::new().bg(color("background", &colors.background)?),
            data: fg("data", &colors.data)?,
            quiet: fg("quiet", &colors.quiet)?,
            strong: fg("data", &colors.data)?.add_modifier(bold),
            accent: fg("accent", &colors.accent)?.add_modifier(bold),
            selected: selected.add_modifier(bold),
            hit: fg("match", &colors.r#match)?.add_modifier(bold | Modifier::UNDERLINED),
            warning: fg("warning", &colors.warning)?,
            problem: fg("problem", &colors.problem)?.add_modifier(bold),
            rule: fg("rule", &colors.rule)?,
        })
    }

    /// These styles with the account's own colour for marks and signs. Text keeps a colour that can be read.
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
            quiet: plain,
            strong: bold,
            accent: bold,
            selected: Style::new().add_modifier(Modifier::REVERSED),
            hit: bold.add_modifier(Modifier::UNDERLINED),
            warning: bold,
            problem: Style::new().add_modifier(Modifier::REVERSED),
            rule: dim,
        }
    }
}

/// The modifier that a theme names in place of a colour. `None` for a colour.
fn modifier(name: &str) -> Option<Modifier> {
    match name {
        "bold" => Some(Modifier::BOLD),
        "reverse" => Some(Modifier::REVERSED),
        "dim" => Some(Modifier::DIM),
        _ => None,
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
        assert_eq!(themes.get(ThemeName::Terminal).accent.fg, Some(Color::Reset));
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
        let broken = DELIVERED.replacen("accent = \"default\"", line, 1);
        assert!(Themes::read(&broken).is_err());
    }

    #[test]
    fn without_color_no_role_has_one() {
        let Theme { background, data, quiet, strong, accent, selected, hit, warning, problem, rule } =
            Theme::without_color();
        for style in [background, data, quiet, strong, accent, selected, hit, warning, problem, rule] {
            assert_eq!((style.fg, style.bg), (None, None));
        }
    }

    /// How far two colours differ, from 1 to 21, as WCAG 2 counts it.
    fn contrast(one: Color, other: Color) -> f64 {
        let luminance = |color| {
            let Color::Rgb(red, green, blue) = color else { panic!("{color:?} is not exact") };
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let (one, other): (f64, f64) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[rstest]
    #[case::dark(ThemeName::Dark)]
    #[case::light(ThemeName::Light)]
    #[case::high_contrast(ThemeName::HighContrast)]
    fn text_can_be_read_on_the_themes_own_backgrounds_and_on_the_selected_row(#[case] name: ThemeName) {
        let themes = Themes::delivered().unwrap();
        let Theme { background, data, quiet, strong, accent, selected, hit, warning, problem, rule } =
            themes.get(name);
        let grounds = [background.bg.unwrap(), selected.bg.unwrap()];
        for ground in grounds {
            for text in [data, quiet, strong, accent, hit, warning, problem] {
                let contrast = contrast(text.fg.unwrap(), ground);
                assert!(contrast >= 4.5, "{text:?} on {ground:?}: {contrast:.2}");
            }
        }
        let contrast = contrast(rule.fg.unwrap(), grounds[0]);
        assert!(contrast >= 3.0, "lines on {:?}: {contrast:.2}", grounds[0]);
    }

    #[test]
    fn the_terminal_theme_uses_the_default_colours_alone() {
        let themes = Themes::delivered().unwrap();
        let Theme { background, data, quiet, strong, accent, selected, hit, warning, problem, rule } =
            *themes.get(ThemeName::Terminal);
        for style in [background, data, quiet, strong, accent, selected, hit, warning, problem, rule] {
            let is_default = |color: Option<Color>| color.is_none_or(|color| color == Color::Reset);
            assert!(is_default(style.fg) && is_default(style.bg), "{style:?}");
        }
        for text in [data, quiet, strong, accent, hit, warning, problem] {
            assert!(!text.add_modifier.contains(Modifier::DIM), "{text:?}");
        }
    }
}
