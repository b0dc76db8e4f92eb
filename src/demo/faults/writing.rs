//! What goes wrong with a change although it was made: the answer is lost or false, or not all of it is taken.

use axum::body::{Body, Bytes};
use axum::extract::Request;
use serde_json::Value;

/// How a change is taken otherwise than it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Without the field under this key.
    Without(String),
    /// With blanks at the ends of every text removed.
    Trimmed,
}

impl Taking {
    /// The request with its body as it is taken. A body that is no JSON object stays as it is.
    pub(super) async fn of(&self, request: Request) -> Request {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let taken = match serde_json::from_slice(&bytes) {
            Ok(Value::Object(mut values)) => {
                match self {
                    Self::Without(key) => drop(values.shift_remove(key)),
                    Self::Trimmed => values.values_mut().for_each(trim),
                }
                Bytes::from(Value::Object(values).to_string())
            }
            _ => bytes,
        };
        Request::from_parts(parts, Body::from(taken))
    }
}

fn trim(value: &mut Value) {
    if let Value::String(text) = value {
        *text = text.trim().to_owned();
    }
}
