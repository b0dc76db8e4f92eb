//! What the records of a list are: what one is called, and which of their keys have a column of what kind. A route
//! names its schema; a list with other records needs a schema of its own and nothing else here.

use crate::cube::record::StandardField;
use crate::language::{later, tr};

/// The shape of a list's records, as far as more than their text is needed.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// What one record is called; several have an "s" more.
    pub noun: &'static str,
    /// The columns of the list's table from the left, as many as there are. The first of kind [`ColumnKind::Id`] holds
    /// the record's id: an object without that key is no record.
    pub columns: &'static [SchemaColumn],
    /// What people type for all columns of a kind, folded; the first of a kind is the one that is offered. A column is
    /// named by its title and its key as well.
    pub words: &'static [(&'static str, ColumnKind)],
    /// Whether several records may have the same id, and are not the same for that.
    pub ids_repeat: bool,
    /// Whether accounts may have other keys than these: the columns follow the keys of the first page then.
    pub keys_vary: bool,
}

/// One column: the key whose values it shows, its title, and what they are.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemaColumn {
    /// The key in a record.
    pub key: &'static str,
    /// The words above the column, in English: those of files and commands.
    pub title: &'static str,
    /// What its values are.
    pub kind: ColumnKind,
}

impl SchemaColumn {
    /// The words above the column, in the language of the screen.
    #[must_use]
    pub fn said(&self) -> String {
        let title = self.title;
        tr!(title)
    }
}

/// What the values of a column are. How wide the column is, and how its text is searched, follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// An id; the first column of this kind has the record's own.
    Id,
    /// The name of a person or a company.
    Name,
    /// Phone numbers, in any spelling.
    Phone,
    /// An e-mail address.
    Email,
    /// Any other text.
    Text,
    /// A number.
    Number,
    /// A day, or a moment.
    Time,
}

const fn column(key: &'static str, title: &'static str, kind: ColumnKind) -> SchemaColumn {
    SchemaColumn { key, title, kind }
}

/// Customers, as both generations of routes send them.
pub static CUSTOMERS: Schema = Schema {
    noun: "customer",
    columns: &[
        column("crm__customer_id", later!("ID"), ColumnKind::Id),
        column("crm__standard_info__name", later!("Name"), ColumnKind::Name),
        column("crm__standard_info__phone_1", later!("Phone 1"), ColumnKind::Phone),
        column("crm__standard_info__phone_2", later!("Phone 2"), ColumnKind::Phone),
        column("crm__standard_info__phone_3", later!("Phone 3"), ColumnKind::Phone),
        column("crm__standard_info__email", later!("E-mail"), ColumnKind::Email),
    ],
    words: &[
        ("name", ColumnKind::Name),
        ("phone", ColumnKind::Phone),
        ("email", ColumnKind::Email),
        ("id", ColumnKind::Id),
        ("mail", ColumnKind::Email),
        ("navn", ColumnKind::Name),
        ("telefon", ColumnKind::Phone),
        ("tlf", ColumnKind::Phone),
        ("mobil", ColumnKind::Phone),
        ("epost", ColumnKind::Email),
    ],
    ids_repeat: false,
    keys_vary: false,
};

/// The calls of a data owner's customers. Their id is that of the customer, whose name is put to them from the list of
/// customers. What else Cube says of a call is not documented: these are the keys of the embedded Cube.
pub static CALL_OUTCOMES: Schema = Schema {
    noun: "call",
    columns: &[
        column("callflow__time", later!("Time"), ColumnKind::Time),
        column("crm__customer_id", later!("ID"), ColumnKind::Id),
        column("crm__standard_info__name", later!("Name"), ColumnKind::Name),
        column("callflow__outcome", later!("Outcome"), ColumnKind::Text),
        column("campaign__name", later!("Campaign"), ColumnKind::Text),
        column("user__email", later!("Agent"), ColumnKind::Email),
        column("callflow__note", later!("Note"), ColumnKind::Text),
    ],
    words: &[("name", ColumnKind::Name), ("id", ColumnKind::Id)],
    ids_repeat: true,
    keys_vary: true,
};

/// Calls, for tests of a list whose records are no customers.
#[cfg(test)]
pub static CALLS: Schema = Schema {
    noun: "call",
    columns: &[
        column("callflow__id", "Call", ColumnKind::Id),
        column("callflow__outcome", "Outcome", ColumnKind::Text),
        column("callflow__number", "Number", ColumnKind::Phone),
        column("callflow__time", "Time", ColumnKind::Time),
        column("crm__customer_id", "Customer", ColumnKind::Id),
        column("callflow__seconds", "Seconds", ColumnKind::Number),
        column("user__email", "Agent", ColumnKind::Email),
    ],
    words: &[],
    ids_repeat: false,
    keys_vary: false,
};

impl Schema {
    /// The key of a record's id.
    #[must_use]
    pub fn id_key(&self) -> &'static str {
        self.column(StandardField::Id).map_or("", |column| column.key)
    }

    /// The column of a standard field. `None` iff the list has none of that kind.
    #[must_use]
    pub fn column(&self, field: StandardField) -> Option<&SchemaColumn> {
        self.columns
            .iter()
            .enumerate()
            .find(|(at, _)| self.field_at(*at) == Some(field))
            .map(|(_, column)| column)
    }

    /// The column of a key. `None` for keys that have no column.
    #[must_use]
    pub fn column_of(&self, key: &str) -> Option<&SchemaColumn> {
        self.columns.get(self.position(key)?)
    }

    /// The place of a key's column, from 0. `None` for keys that have no column.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The standard field that a key fills. `None` for all other keys, be it that they have a column or not.
    #[must_use]
    pub fn field_of(&self, key: &str) -> Option<StandardField> {
        self.field_at(self.position(key)?)
    }

    /// The standard fields that the columns of a kind fill.
    pub fn fields_of(&self, kind: ColumnKind) -> impl Iterator<Item = StandardField> {
        StandardField::ALL
            .into_iter()
            .filter(move |field| field.kind() == kind && self.column(*field).is_some())
    }

    /// The standard field that a column fills: the first column of a kind fills the first field of that kind.
    fn field_at(&self, at: usize) -> Option<StandardField> {
        let (before, rest) = self.columns.split_at_checked(at)?;
        let kind = rest.first()?.kind;
        let earlier = before.iter().filter(|column| column.kind == kind).count();
        StandardField::ALL.into_iter().filter(|field| field.kind() == kind).nth(earlier)
    }
}

/// The records that a list has unless it says otherwise.
impl Default for &'static Schema {
    fn default() -> Self {
        &CUSTOMERS
    }
}
