//! What every format is read into.

use bilat_clip::Media;
use bilat_core::{
    AnnotationKind, CaptureRecord, CiteKey, Dyad, Edtf, HeldBack, Rule, Sha256Hex, StatementDraft,
    normalise_spaces,
};
use serde::Serialize;

/// One thing of a collection: an article, a bookmark, a record, a feed.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Item {
    /// The other program's identifier; blank where it gives none.
    pub key: String,
    /// What the other program calls it: `newspaperArticle`, `JOUR`, `link`.
    pub kind: String,
    /// The headline; blank where there is none.
    pub title: String,
    /// The people who wrote it, as they are printed: “Ann Other”.
    pub authors: Vec<String>,
    /// Who published it: the paper, journal, site or publisher.
    pub outlet: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// The day of publication, as far as it is known.
    pub published: Option<Edtf>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// The abstract, description or lead.
    pub abstract_: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The pairs that a person confirmed it is about.
    pub pairs: Vec<Dyad>,
    /// The collections and folders it is in, outer ones first: “Desk / Energy”.
    pub collections: Vec<String>,
    /// When it was saved there: RFC 3339, UTC.
    pub added_at: Option<String>,
    /// Whether the other program counts it as read; nothing where it does not say.
    pub read: Option<bool>,
    /// Its words, where the collection has them.
    #[serde(skip)]
    pub words: Words,
    /// A file beside the collection that holds its words, relative to the collection's folder.
    pub attachment: Option<String>,
    /// What is marked in it.
    pub annotations: Vec<Mark>,
    /// Notes on the whole of it.
    pub notes: Vec<String>,
    /// The feed, where it is one.
    pub feed: Option<Feed>,
    /// The cite key that it had in another library of ours.
    pub cite_key: Option<CiteKey>,
    /// Its captures before the current one, whose words are `words`, oldest first.
    #[serde(skip)]
    pub earlier: Vec<Capture>,
    /// Its captures after the current one.
    #[serde(skip)]
    pub later: Vec<Capture>,
    /// How another library of ours came by the words.
    pub record: Option<CaptureRecord>,
    /// The briefing, where it is one.
    pub briefing: Option<BriefingText>,
    /// What another library of ours keeps beside its articles, where it is that.
    pub beside: Option<Beside>,
}

/// A capture that another library of ours kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// The bytes as received.
    pub bytes: Vec<u8>,
    /// How it came about.
    pub record: CaptureRecord,
    /// Why it is held back, where it is.
    pub held_back: Option<HeldBack>,
}

impl Capture {
    /// What its bytes are written in. Text may be a page that was pasted; the bytes tell.
    pub fn media(&self) -> Media {
        match Media::from_type(&self.record.media_type) {
            Media::Text => Media::Unknown,
            said => said,
        }
    }
}

/// A briefing of another library of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefingText {
    /// Its title.
    pub title: String,
    /// The pair it is on.
    pub dyad: Dyad,
    /// Its words.
    pub markdown: String,
}

/// What another library of ours keeps beside its articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Beside {
    /// A search under a name.
    Search {
        /// Its name.
        name: String,
        /// What is looked for.
        query: String,
    },
    /// What is done to the later pages of an outlet.
    Rule {
        /// The host of the outlet's pages.
        host: String,
        /// What is done.
        rule: Rule,
    },
}

/// The words of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Words {
    /// None: a record of something.
    #[default]
    None,
    /// A document to be clipped.
    Document {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What they are written in.
        media: Media,
        /// The character encoding that came with them, where one did.
        charset: Option<String>,
    },
    /// Paragraphs that are clean already.
    Paragraphs(Vec<String>),
}

/// A passage marked in another program.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Mark {
    /// The words.
    pub exact: String,
    /// What stands before them, where that is known.
    pub prefix: String,
    /// What stands after them, where that is known.
    pub suffix: String,
    /// The note on them.
    pub note: String,
    /// The colour, as the other program names it.
    pub colour: Option<String>,
    /// When it was made: RFC 3339, UTC.
    pub created_at: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// What the passage is, where the other program knows that.
    pub kind: Option<AnnotationKind>,
    /// The attribution, where the other program knows that.
    pub statement: Option<StatementDraft>,
    /// The cite key of the statement in another library of ours.
    pub cite_key: Option<CiteKey>,
}

/// A feed to follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// Its name.
    pub title: String,
    /// The address of the site it belongs to.
    pub site: Option<String>,
}

/// An item that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{item}: {reason}")]
pub struct ItemError {
    /// What it is called: its title, address or place in the file.
    pub item: String,
    /// What is wrong with it.
    pub reason: String,
}

impl ItemError {
    pub(crate) fn new(item: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { item: crate::one_line(&item.into()), reason: crate::one_line(&reason.into()) }
    }
}

impl Item {
    /// What to call it in a message.
    pub fn name(&self) -> &str {
        let feed = self.feed.as_ref().map(|feed| feed.url.as_str());
        [Some(self.title.as_str()), self.url.as_deref(), feed, Some(&self.key)]
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty())
            .unwrap_or("an item without a name")
    }

    /// The other program's key, or one made of what the item is where that program gives none.
    pub fn identity(&self) -> String {
        let given = self.key.trim();
        if !given.is_empty() {
            return given.to_owned();
        }
        if let Some(url) = &self.url {
            return url.clone();
        }
        let day = self.published.as_ref().map_or("", Edtf::as_str);
        let what = [self.title.as_str(), &self.authors.join(";"), day, self.outlet.as_deref().unwrap_or("")];
        Sha256Hex::of(what.join("\u{1f}")).to_string()
    }

    /// A hash of everything in it, by which a changed item is told from the same one.
    pub fn sha256(&self) -> Sha256Hex {
        let mut whole = serde_json::to_vec(self).expect("an item has string keys and no odd numbers");
        match &self.words {
            Words::None => {}
            Words::Document { bytes, .. } => whole.extend(Sha256Hex::of(bytes).as_str().bytes()),
            Words::Paragraphs(paragraphs) => whole.extend(paragraphs.join("\n").bytes()),
        }
        for capture in self.earlier.iter().chain(&self.later) {
            whole.extend(Sha256Hex::of(&capture.bytes).as_str().bytes());
        }
        Sha256Hex::of(whole)
    }

    /// Makes it tidy: single spaces, no blank entries, no entry twice. Refuses one that says nothing.
    pub(crate) fn tidied(mut self) -> Result<Self, ItemError> {
        self.title = normalise_spaces(&self.title);
        for list in [&mut self.authors, &mut self.tags, &mut self.collections] {
            let mut tidy: Vec<String> = Vec::with_capacity(list.len());
            for entry in list.iter().map(|entry| normalise_spaces(entry)).filter(|entry| !entry.is_empty()) {
                if !tidy.contains(&entry) {
                    tidy.push(entry);
                }
            }
            *list = tidy;
        }
        for field in [&mut self.outlet, &mut self.section, &mut self.language] {
            *field = field.take().map(|text| normalise_spaces(&text)).filter(|text| !text.is_empty());
        }
        self.url = self.url.take().map(|url| url.trim().to_owned()).filter(|url| web(url));
        self.abstract_ =
            self.abstract_.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.notes.retain(|note| !note.trim().is_empty());
        self.annotations.retain(|mark| !mark.exact.trim().is_empty() || !mark.note.trim().is_empty());
        let says_nothing = self.title.is_empty()
            && self.url.is_none()
            && self.words == Words::None
            && self.attachment.is_none()
            && self.feed.is_none()
            && self.briefing.is_none()
            && self.beside.is_none();
        if says_nothing {
            return Err(ItemError::new(self.name(), "it has neither a title nor an address nor a text"));
        }
        Ok(self)
    }
}

/// Whether an address is one of the web; a collection may hold `javascript:` and local ones too.
pub(crate) fn web(url: &str) -> bool {
    let start: String = url.chars().take(8).collect::<String>().to_ascii_lowercase();
    (start.starts_with("http://") || start.starts_with("https://"))
        && url.len() > 8
        && url.len() < 8_192
        && !url.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_a_key_is_known_by_what_it_is() {
        let item = Item { title: "Pact".into(), ..Item::default() };
        assert_eq!(item.identity(), item.clone().identity());
        let other = Item { published: "2031".parse().ok(), ..item.clone() };
        assert_ne!(item.identity(), other.identity());
        let bookmark = Item { url: Some("https://courier.example/pact".into()), ..item.clone() };
        assert_eq!(bookmark.identity(), "https://courier.example/pact");
        let tagged = Item { tags: vec!["harbour".into()], ..item.clone() };
        assert_eq!(item.identity(), tagged.identity());
        assert_ne!(item.sha256(), tagged.sha256());
    }

    #[test]
    fn only_addresses_of_the_web_are_kept() {
        let item = |url: &str| Item { title: "x".into(), url: Some(url.into()), ..Item::default() };
        assert_eq!(item("javascript:alert(1)").tidied().unwrap().url, None);
        assert_eq!(item("file:///etc/passwd").tidied().unwrap().url, None);
        assert!(item(" https://courier.example/ ").tidied().unwrap().url.is_some());
    }
}
