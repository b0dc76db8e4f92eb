//! What each option takes, for those who gave it something else.

/// An option, what it takes, and an example; the parser's own reason, where it has one, stands before the second.
pub(super) const EXPECTED: [(&str, &str, &str); 22] = [
    ("--profile", "the name of a profile", "acme"),
    ("--config", "a file", "config.toml"),
    ("--account", "the account's name", "acme"),
    ("--url", "an address", "https://acme.headshed.com"),
    ("--assignment", "a whole number from 1 on", "9"),
    ("--data-owner", "a whole number from 1 on", "2"),
    ("--crm-type", "B2C or B2B", "B2C"),
    ("--custom-fields", "a file", "CustomerCustomFields.json"),
    ("--theme", "auto, terminal, dark, light or high-contrast", "dark"),
    ("--user", "an e-mail address", "kari@acme.no"),
    ("--store", "keyring, file or nowhere", "keyring"),
    ("--format", "one of the formats that --help lists", "csv"),
    ("--limit", "a whole number from 1 on", "10"),
    ("--phone", "a phone number", "90909090"),
    ("--output", "a file", "customers.csv"),
    ("--columns", "columns separated by commas", "id,name,City"),
    ("--headers", "labels or keys", "labels"),
    ("completions", "bash, elvish, fish, powershell or zsh", "bash"),
    ("--port", "a whole number", "8000"),
    ("--customers", "a whole number", "12340"),
    ("--page-size", "a whole number", "500"),
    ("--latency-ms", "a whole number", "120"),
];
