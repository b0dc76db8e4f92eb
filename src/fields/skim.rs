//! JSON read one level deep: members and entries as slices of the text they stand in, strings with lone surrogates
//! mended. Nesting below that level is passed over without recursion. It knows nothing of mappings.

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The values of the list `json`.
pub(super) fn entries(json: &str) -> Result<Vec<&str>, serde_json::Error> {
    let entries: Vec<&RawValue> = serde_json::from_str(json)?;
    Ok(entries.into_iter().map(RawValue::get).collect())
}

/// Reads `json` as one value of any shape, keeping nothing.
pub(super) fn check(json: &str) -> Result<(), serde_json::Error> {
    serde_json::from_str::<&RawValue>(json).map(|_| ())
}

/// The keys and values of the object `json` in its order, keys that come twice included.
pub(super) fn members(json: &str) -> Result<Vec<(String, &str)>, serde_json::Error> {
    let Members(members) = serde_json::from_str(json)?;
    Ok(members)
}

/// The text of the JSON string `json`. `None` iff it is not a string.
pub(super) fn string(json: &str) -> Option<String> {
    let Mended(text) = serde_json::from_str(json).ok()?;
    Some(text)
}

struct Members<'a>(Vec<(String, &'a str)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Mended(key), value)) = map.next_entry::<Mended, &RawValue>()? {
                    members.push((key, value.get()));
                }
                Ok(Members(members))
            }
        }

        reader.deserialize_map(Each)
    }
}

/// A string in which U+FFFD stands for what is no character. Asked for a `str`, the parser would refuse it.
struct Mended(String);

impl<'de> Deserialize<'de> for Mended {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Mended;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(Mended(String::from_utf8_lossy(bytes).into_owned()))
            }
        }

        reader.deserialize_bytes(Bytes)
    }
}
