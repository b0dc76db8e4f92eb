//! What the records of a list are: the key of their id, what they are called, and which of their keys fill the
//! table's columns. A route names its schema; a list with other records needs a schema of its own and nothing else here.

use crate::cube::record::StandardField;

/// The shape of a list's records, as far as more than their text is needed.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// What one record is called; several have an "s" more.
    pub noun: &'static str,
    /// The keys that fill the columns, in the order of [`StandardField::ALL`]. The first is the id's: an object
    /// without it is no record. Their text is what a search looks at first.
    pub columns: [SchemaColumn; StandardField::ALL.len()],
}

/// One column: the key whose values it shows, and its title.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemaColumn {
    /// The key in a record.
    pub key: &'static str,
    /// What stands at the head of the column.
    pub title: &'static str,
}

/// Customers, as both generations of routes send them.
pub static CUSTOMERS: Schema = Schema {
    noun: "customer",
    columns: [
        SchemaColumn { key: "crm__customer_id", title: "ID" },
        SchemaColumn { key: "crm__standard_info__name", title: "Name" },
        SchemaColumn { key: "crm__standard_info__phone_1", title: "Phone 1" },
        SchemaColumn { key: "crm__standard_info__phone_2", title: "Phone 2" },
        SchemaColumn { key: "crm__standard_info__phone_3", title: "Phone 3" },
        SchemaColumn { key: "crm__standard_info__email", title: "E-mail" },
    ],
};

/// Calls, for tests of a list whose records are no customers.
#[cfg(test)]
pub static CALLS: Schema = Schema {
    noun: "call",
    columns: [
        SchemaColumn { key: "callflow__id", title: "Call" },
        SchemaColumn { key: "callflow__outcome", title: "Outcome" },
        SchemaColumn { key: "callflow__number", title: "Number" },
        SchemaColumn { key: "callflow__time", title: "Time" },
        SchemaColumn { key: "crm__customer_id", title: "Customer" },
        SchemaColumn { key: "user__email", title: "Agent" },
    ],
};

impl Schema {
    /// The key of a record's id.
    #[must_use]
    pub const fn id_key(&self) -> &'static str {
        self.column(StandardField::Id).key
    }

    /// The column that a field has.
    #[must_use]
    pub const fn column(&self, field: StandardField) -> &SchemaColumn {
        &self.columns[field as usize]
    }

    /// The field that a key fills; `None` for keys that have no column.
    #[must_use]
    pub fn field_of(&self, key: &str) -> Option<StandardField> {
        StandardField::ALL.into_iter().find(|field| self.column(*field).key == key)
    }
}

/// The records that a list has unless it says otherwise.
impl Default for &'static Schema {
    fn default() -> Self {
        &CUSTOMERS
    }
}
