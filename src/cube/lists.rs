//! One customer, looked for in several lists of one account.

use super::{Cube, CustomerId, Error, FetchedCustomer, List};
use futures_util::future::join_all;

impl Cube {
    /// Reads one customer from this list, else from the first of `others` that has them. The others are only asked
    /// when this list has no such customer: one request each, all at once as far as the gate lets them.
    ///
    /// # Errors
    /// 404 when no list has the customer; else why this list, or one of the others, could not be asked.
    pub async fn customer_or_in(
        &self,
        others: &[List],
        id: &CustomerId,
    ) -> Result<(FetchedCustomer, List), Error> {
        let not_here = match self.customer(id).await {
            Ok(fetched) => return Ok((fetched, self.list())),
            Err(error) if error.is_not_found() => error,
            Err(error) => return Err(error),
        };
        let asked = others.iter().map(|list| async {
            let fetched = self.of_list(*list).customer(id).await;
            fetched.map(|fetched| (fetched, *list))
        });
        let mut failed = None;
        for answer in join_all(asked).await {
            match answer {
                Ok(found) => return Ok(found),
                Err(error) if error.is_not_found() => {}
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        // Where one list could not be asked, no customer may be said not to be there.
        Err(failed.unwrap_or(not_here))
    }
}
