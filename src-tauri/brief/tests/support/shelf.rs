//! A library of a few sources for tests.

use bilat_brief::{Cited, Sources};
use bilat_core::CiteKey;

/// Sources by key.
#[derive(Default)]
pub struct Shelf(pub Vec<Cited>);

impl Shelf {
    /// Adds an article.
    pub fn with(mut self, key: &str, text: &str) -> Self {
        self.0.push(Cited {
            key: key.parse().unwrap(),
            article_key: key.parse().unwrap(),
            title: "Ferry talks end without a date".into(),
            outlet: Some("The Harbour Courier".into()),
            byline: None,
            published: Some("2024-03-08".parse().unwrap()),
            url: Some("https://example.org/ferry?a=1&b=2".into()),
            credit: None,
            language: None,
            clipped_at: "2024-03-09T08:00:00Z".into(),
            reliability: bilat_core::Reliability::B,
            credibility: None,
            speaker: None,
            role: None,
            text: text.into(),
            blocks: vec![],
            earlier: vec![],
            spans: vec![],
            translation: None,
        });
        self
    }

    /// Gives the last source a text from before.
    #[allow(dead_code)]
    pub fn formerly(mut self, text: &str) -> Self {
        let last = self.0.last_mut().unwrap();
        last.earlier.push(("2024-03-01T08:00:00Z".into(), text.into()));
        self
    }
}

impl Sources for Shelf {
    fn cited(&self, key: &CiteKey) -> Option<Cited> {
        self.0.iter().find(|cited| cited.key == *key).cloned()
    }
}
