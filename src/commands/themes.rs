//! The colours that the browser has: the delivered ones, with the person's own where there is a file of them.

use super::Failure;
use crate::config::{self, BadSetting, Folders};
use crate::text;
use crate::ui::Themes;
use anyhow::Context;

/// The themes. A person's own colours do not count where the administrator has chosen them for everybody.
///
/// # Errors
/// The person's own file can't be read, or not be used.
pub fn themes(folders: &Folders, is_locked: bool) -> Result<Themes, Failure> {
    let own = folders.theme().filter(|path| !is_locked && path.symlink_metadata().is_ok());
    let Some(path) = own else {
        return Ok(Themes::delivered().context("reading the themes")?);
    };
    let wrong = |why: &dyn std::fmt::Display| BadSetting::Theme(format!("{}: {why}", text::path(&path)));
    let toml = config::read_text(&path).map_err(|why| wrong(&why))?;
    Ok(Themes::with(&toml).map_err(|bad| wrong(&bad))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::ThemeName;

    #[test]
    fn colours_of_ones_own_do_not_count_where_the_theme_is_locked() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(folder.path().to_owned()), ..Folders::default() };
        std::fs::write(folder.path().join("theme.toml"), "[light]\ndata = \"red\"\n").unwrap();
        let light = |is_locked| themes(&folders, is_locked).ok().unwrap().get(ThemeName::Light).data;
        assert_eq!(light(true), Themes::delivered().unwrap().get(ThemeName::Light).data);
        assert_ne!(light(false), light(true));
    }
}
