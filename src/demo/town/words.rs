//! The word lists of the town, read once from `assets/demo`. No word needs a JSON escape.

use std::sync::LazyLock;

/// All lists; none is empty.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    given: lines(include_str!("../../../assets/demo/given.txt")),
    surnames: lines(include_str!("../../../assets/demo/surnames.txt")),
    rare_given: lines(include_str!("../../../assets/demo/rare_given.txt")),
    rare_surnames: lines(include_str!("../../../assets/demo/rare_surnames.txt")),
    streets: lines(include_str!("../../../assets/demo/streets.txt")),
    comments: lines(include_str!("../../../assets/demo/comments.txt")),
    trades: include_str!("../../../assets/demo/trades.txt").lines().filter_map(Trade::read).collect(),
    places: include_str!("../../../assets/demo/places.txt").lines().filter_map(PostalPlace::read).collect(),
});

/// What customers are made of.
pub(super) struct Words {
    /// Given names in the letters of Norwegian.
    pub(super) given: Vec<&'static str>,
    /// Surnames in the letters of Norwegian.
    pub(super) surnames: Vec<&'static str>,
    /// Given names with é, ü, ö or the letters of Sámi.
    pub(super) rare_given: Vec<&'static str>,
    /// Surnames with the same.
    pub(super) rare_surnames: Vec<&'static str>,
    /// Names of streets.
    pub(super) streets: Vec<&'static str>,
    /// What somebody noted about a customer.
    pub(super) comments: Vec<&'static str>,
    /// What companies do.
    pub(super) trades: Vec<Trade>,
    /// Postcodes with their cities.
    pub(super) places: Vec<PostalPlace>,
}

/// What a company does.
#[derive(Clone, Copy)]
pub(super) struct Trade {
    /// The word in the company's name.
    pub(super) word: &'static str,
    /// The industry in capitals.
    pub(super) industry: &'static str,
    /// The trade organisation, perhaps empty.
    pub(super) organisation: &'static str,
}

impl Trade {
    fn read(line: &'static str) -> Option<Self> {
        let (word, rest) = line.split_once(';')?;
        let (industry, organisation) = rest.split_once(';')?;
        Some(Self { word, industry, organisation })
    }
}

/// A postcode and its city, as the post has them.
#[derive(Clone, Copy)]
pub(super) struct PostalPlace {
    /// Four digits.
    pub(super) postcode: &'static str,
    /// The first word of the city as people write it, for a company's name.
    pub(super) town: &'static str,
    /// The city in capitals, as on an envelope.
    pub(super) city: &'static str,
}

impl PostalPlace {
    fn read(line: &'static str) -> Option<Self> {
        let (postcode, name) = line.split_once(' ')?;
        let town = name.split(' ').next()?;
        // Once a line of one list for the life of the program, and it keeps the places `Copy`.
        let city = name.to_uppercase().leak();
        Some(Self { postcode, town, city })
    }
}

fn lines(text: &'static str) -> Vec<&'static str> {
    text.lines().collect()
}
