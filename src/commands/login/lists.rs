//! Which list: chosen among those that the campaigns name, or typed where Cube names none.

use crate::cube::{Campaign, CrmType, CustomerId, Error, List};
use crate::prompt::{self, tell};
use crate::session::Failure;

/// Asks to choose one of the lists that the campaigns name, or to type one where Cube names none.
pub(super) fn choose(campaigns: Result<Vec<Campaign>, Error>) -> Result<List, Failure> {
    let lists = match campaigns {
        Ok(campaigns) => lists(&campaigns),
        Err(error) => {
            tell(format!("{} – the list is to be typed", error.sentence()));
            Vec::new()
        }
    };
    if lists.is_empty() {
        return type_list();
    }
    let mut words: Vec<String> = lists.iter().map(|(_, words)| words.clone()).collect();
    words.push("another one, by its number".to_owned());
    let chosen = prompt::choice("Which customers?", &words)?;
    lists.get(chosen).map_or_else(type_list, |(list, _)| Ok(*list))
}

/// Each list once, those with a running campaign first, with what its owner and its campaigns are called.
fn lists(campaigns: &[Campaign]) -> Vec<(List, String)> {
    let mut lists: Vec<(List, bool, String)> = Vec::new();
    for campaign in campaigns {
        let called = if campaign.is_active { format!(", {}", campaign.name) } else { String::new() };
        if let Some((_, is_active, words)) = lists.iter_mut().find(|(list, ..)| *list == campaign.list) {
            *is_active |= campaign.is_active;
            words.push_str(&called);
        } else {
            let words = format!("{}  {}{called}", campaign.list, campaign.owner);
            lists.push((campaign.list, campaign.is_active, words));
        }
    }
    lists.sort_by_key(|(_, is_active, _)| !is_active);
    lists.into_iter().map(|(list, _, words)| (list, words)).collect()
}

fn type_list() -> Result<List, Failure> {
    let words = ["of an assignment", "of a data owner, B2C (consumers)", "of a data owner, B2B (businesses)"];
    let kind = prompt::choice("Which customers?", &words)?;
    let read = |typed: &str| {
        // As strict as an id: digits alone.
        let number = CustomerId::try_from(typed).ok().and_then(|digits| digits.as_str().parse::<u64>().ok());
        number.filter(|number| *number > 0).ok_or_else(|| "a whole number from 1 on".to_owned())
    };
    let help = "Cube's own screens show each list's number";
    let typed = prompt::line("Its number:", "", help, move |typed| read(typed).map(|_| ()))?;
    let number = read(&typed).unwrap_or(1);
    Ok(match kind {
        0 => List::Assignment(number),
        1 => List::DataOwner { owner: number, crm_type: CrmType::B2C },
        _ => List::DataOwner { owner: number, crm_type: CrmType::B2B },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(list: List, name: &'static str, is_active: bool) -> Campaign {
        Campaign { list, owner: "Byen".into(), name: name.into(), is_active }
    }

    #[test]
    fn each_list_stands_there_once_and_those_that_are_called_come_first() {
        let campaigns = [
            campaign(List::Assignment(8), "Gammel", false),
            campaign(List::Assignment(9), "Gammel", false),
            campaign(List::Assignment(9), "Høst", true),
            campaign(List::Assignment(9), "Vinter", true),
        ];
        let words: Vec<String> = lists(&campaigns).into_iter().map(|(_, words)| words).collect();
        assert_eq!(words, ["assignment 9  Byen, Høst, Vinter", "assignment 8  Byen"]);
    }
}
