//! The pairs that the analyst follows, and those that the library suggests.

use bilat_core::PairRow;
use bilat_store::pair;

use crate::{App, Changed, FollowPair, Nothing, OfDyad, Result};

impl App {
    /// Followed pairs in the analyst's order, then suggested ones.
    pub(crate) async fn list_pairs(&self, _: Nothing) -> Result<Vec<PairRow>> {
        self.read(pair::list).await
    }

    /// Follows a pair, left and right as given.
    pub(crate) async fn follow_pair(&self, request: FollowPair) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Pairs, move |tx| pair::follow(tx, request.left, request.right, &now)).await?;
        Ok(Nothing {})
    }

    /// Follows a pair no longer; nothing that belongs to it is touched.
    pub(crate) async fn unfollow_pair(&self, request: OfDyad) -> Result<Nothing> {
        self.write(Changed::Pairs, move |tx| pair::unfollow(tx, request.dyad)).await?;
        Ok(Nothing {})
    }
}
