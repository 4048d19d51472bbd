//! Snapshots: reading one, holding two against each other, choosing the current one.

use bilat_core::{AnnotationChange, AnnotationState, Article, Comparison, Snapshot, SnapshotId, difference};
use bilat_store::{annotation, article, snapshot, suggestion};
use chrono::{DateTime, Datelike, FixedOffset};

use crate::articles;
use crate::suggesting::suggest;
use crate::{App, ById, Changed, CompareSnapshots, Error, Result};

impl App {
    /// One capture with its words.
    pub(crate) async fn read_snapshot(&self, request: ById<SnapshotId>) -> Result<Snapshot> {
        self.read(move |conn| snapshot::read(conn, request.id)).await
    }

    /// What changed from one capture of an article to another, and what that did to its annotations.
    ///
    /// # Errors
    /// `not_found`; `bad_input` when they are captures of two articles.
    pub async fn compare_snapshots(&self, request: CompareSnapshots) -> Result<Comparison> {
        let CompareSnapshots { older, newer } = request;
        let (one, two, marks) = self
            .read(move |conn| {
                let id = snapshot::article(conn, older)?;
                if snapshot::article(conn, newer)? != id {
                    let message = format!("snapshots {older} and {newer} are of two articles");
                    return Err(bilat_store::Error::Invalid(message));
                }
                let states = annotation::states(conn, id, &[older, newer])?;
                Ok((snapshot::read(conn, older)?, snapshot::read(conn, newer)?, states))
            })
            .await?;
        let (at_one, at_two) = (one.capture.captured_at, two.capture.captured_at);
        let changes = tokio::task::spawn_blocking(move || difference(&one.text, &two.text)).await;
        let changes = changes.map_err(|error| Error::bad_input(format!("comparing snapshots: {error}")))?;
        let annotations = marks.into_iter().map(|(annotation, exact, states)| AnnotationChange {
            annotation,
            exact,
            older: states[0],
            newer: states[1],
            wording: wording((states[0], &at_one), (states[1], &at_two)),
        });
        Ok(Comparison { changes, annotations: annotations.collect() })
    }

    /// Makes an earlier capture, or one held back, the current one of its article.
    pub(crate) async fn make_current(&self, request: ById<SnapshotId>) -> Result<Article> {
        let (now, known) = (self.now(), self.known());
        self.write(Changed::Articles, move |tx| {
            let id = article::make_current(tx, request.id, &now)?;
            let shown = articles::read(tx, id)?;
            let published = shown.published.as_ref().map(|published| &published.on);
            let found = suggest(&shown.snapshot.text, published, shown.dateline.as_deref(), &known);
            suggestion::replace_open(tx, request.id, &found)?;
            articles::read(tx, id)
        })
        .await
    }
}

/// What two captures say of a passage, and when: never that somebody deleted it, for a page that was read
/// twice shows no more than two days of its life.
fn wording(older: (AnnotationState, &str), newer: (AnnotationState, &str)) -> String {
    let said = |state| match state {
        AnnotationState::Anchored => "present",
        AnnotationState::Placed => "in other words",
        AnnotationState::NeedsReview => "to be checked",
        AnnotationState::Missing => "absent",
    };
    let (one, two) = days(older.1, newer.1);
    if older.0 == newer.0 {
        format!("{} {one} and {two}", said(older.0))
    } else {
        format!("{} {one}; {} {two}", said(older.0), said(newer.0))
    }
}

/// Two instants as short as they can be told apart: `3 Mar`, with the year where those differ, with the
/// time of day (UTC) where the days do not.
fn days(older: &str, newer: &str) -> (String, String) {
    let parse = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let (Some(one), Some(two)) = (parse(older), parse(newer)) else {
        return (older.to_owned(), newer.to_owned());
    };
    let format = if one.date_naive() == two.date_naive() {
        "%-d %b %H:%M"
    } else if one.year() == two.year() {
        "%-d %b"
    } else {
        "%-d %b %Y"
    };
    let shown = |at: DateTime<FixedOffset>| at.to_utc().format(format).to_string();
    (shown(one), shown(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_worded_by_what_was_seen_and_when() {
        use AnnotationState::{Anchored, Missing, NeedsReview};
        let check = |older: (AnnotationState, &str), newer: (AnnotationState, &str)| wording(older, newer);
        let (march, september) = ("2031-03-03T08:00:00Z", "2031-09-09T08:00:00Z");
        assert_eq!(check((Anchored, march), (Missing, september)), "present 3 Mar; absent 9 Sep");
        assert_eq!(check((Missing, march), (Anchored, september)), "absent 3 Mar; present 9 Sep");
        assert_eq!(check((Anchored, march), (Anchored, september)), "present 3 Mar and 9 Sep");
        assert_eq!(check((Anchored, march), (NeedsReview, september)), "present 3 Mar; to be checked 9 Sep");
        let later = check((Anchored, march), (Missing, "2032-03-03T08:00:00Z"));
        assert_eq!(later, "present 3 Mar 2031; absent 3 Mar 2032");
        let noon = check((Anchored, march), (Missing, "2031-03-03T12:30:00Z"));
        assert_eq!(noon, "present 3 Mar 08:00; absent 3 Mar 12:30");
    }
}
