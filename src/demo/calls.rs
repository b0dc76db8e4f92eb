//! The calls of the town: a few a day, invented from the day and the town's seed, so that they are the same whenever they
//! are asked for.

use super::Settings;
use super::page::{self, Links, Paging};
use jiff::civil::Date;
use std::fmt::Write;
use url::form_urlencoded;

/// How many calls a day has.
const A_DAY: u64 = 40;
/// Only so many customers are called, so that one has several calls a month.
const CALLED: u64 = 120;
/// A longer range is refused.
const MOST_DAYS: i64 = 366;

const OUTCOMES: [&str; 6] = ["Answered", "No answer", "Call back", "Not interested", "Sale", "Wrong number"];
const NOTES: [&str; 5] =
    ["", "Ring etter kl. 12", "Vil ha tilbud på e-post", "", "Snakket med sentralbordet"];
const AGENTS: [&str; 3] = ["kari@demo.example", "per@demo.example", "ola@demo.example"];
const CAMPAIGNS: [&str; 2] = ["Høstkampanjen", "Fornyelser"];

/// A page of the calls of the days that `links` asks for, as JSON. `None` where there is no such page, or the days are none.
pub(super) fn body(settings: &Settings, links: &Links<'_>) -> Option<String> {
    let (from, days) = days(links.query)?;
    let paging = Paging::of(settings).with(days * A_DAY);
    page::envelope(paging, paging.asked(links.query)?, links, |number, out| {
        call(settings, from, number, out);
    })
}

/// The first day that is asked for, and how many they are. `None` for what is no range.
fn days(query: Option<&str>) -> Option<(Date, u64)> {
    let value = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let text = pairs.find(|(key, _)| key == wanted).map(|(_, value)| value.into_owned())?;
        let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_date.then(|| Date::strptime("%Y%m%d", &text).ok()).flatten()
    };
    let (from, to) = (value("from_date")?, value("to_date")?);
    let days = i64::from(from.until(to).ok()?.get_days()) + 1;
    (1..=MOST_DAYS).contains(&days).then(|| (from, days.unsigned_abs()))
}

/// Call `number` of the range, the first of the first day being 0.
fn call(settings: &Settings, from: Date, number: u64, out: &mut String) {
    let day = i64::try_from(number / A_DAY).unwrap_or_default();
    let date = from.checked_add(jiff::Span::new().days(day)).unwrap_or(from);
    let place = number % A_DAY;
    // A mixture of day and place that looks irregular.
    let seed = date.strftime("%Y%m%d").to_string().parse::<u64>().unwrap_or_default();
    let dice = (seed * 31 + place * 7919).wrapping_mul(2_654_435_761) >> 7;
    let called = CALLED.min(settings.town.customers()).max(1);
    let minute = 8 * 60 + place * 480 / A_DAY;
    let pick = |of: &[&'static str], salt: u64| of.get(((dice / salt) % of.len() as u64) as usize).copied();
    let outcome = pick(&OUTCOMES, 3).unwrap_or_default();
    let seconds = if outcome == "No answer" { 0 } else { 20 + dice % 400 };
    let _ = write!(
        out,
        r#"{{"crm__customer_id":"{}","callflow__time":"{}T{:02}:{:02}:00","campaign__name":"{}","callflow__outcome":"{}","callflow__seconds":{},"user__email":"{}","callflow__note":"{}"}}"#,
        settings.town.id(dice % called),
        date,
        minute / 60,
        minute % 60,
        pick(&CAMPAIGNS, 5).unwrap_or_default(),
        outcome,
        seconds,
        pick(&AGENTS, 11).unwrap_or_default(),
        pick(&NOTES, 17).unwrap_or_default(),
    );
}
