//! The article's headline and standfirst: declared, printed, and without the outlet's name.

use bilat_core::BlockKind;

use super::linked::plain;
use super::{AFTER_TITLE, Draft, Found, Page, Rendered};
use crate::html::render;
use crate::{byline, date, furniture, line};

/// A paragraph with fewer letters may be a label.
const LEAST_PROSE: usize = 60;

impl Page<'_> {
    pub(super) fn title(&self, draft: &mut Draft) {
        let outlet = draft.outlet.clone().unwrap_or_default();
        let strip = |title: &str| without_outlet(title, &outlet, self.host().as_deref().unwrap_or_default());
        let heads: Vec<String> = self
            .document
            .select("h1")
            .nodes()
            .iter()
            .map(|node| {
                without_tail(
                    &plain(&render::words(node)),
                    &outlet,
                    self.host().as_deref().unwrap_or_default(),
                )
            })
            .filter(|text| !text.is_empty() && !is_logo(text, &outlet))
            .collect();
        let headline =
            self.linked("headline").or_else(|| self.linked("name")).map(|title| strip(&line::tidy(&title)));
        let social = self
            .meta(&[
                "og:title",
                "twitter:title",
                "dc.title",
                "dcterms.title",
                "citation_title",
                "parsely-title",
                "sailthru.title",
            ])
            .map(&strip);
        let window =
            self.first("head title").or_else(|| self.first("title")).map(|node| strip(&render::words(&node)));

        // A printed headline that the page also declares is the title as readers know it.
        let declared: Vec<String> =
            [&headline, &social, &window].into_iter().flatten().map(|title| line::folded(title)).collect();
        let agreed = heads.iter().find(|head| {
            let head = line::folded(head);
            line::words(&head) >= 2 && declared.iter().any(|title| *title == head || alike(title, &head))
        });
        let shares = |head: &str| {
            let head = line::folded(head);
            let words: Vec<&str> = head.split(' ').collect();
            let shared = words
                .iter()
                .filter(|word| declared.iter().any(|title| title.split(' ').any(|said| said == **word)))
                .count();
            words.len() >= 3 && shared * 2 >= words.len()
        };
        let agreed = agreed.or_else(|| heads.iter().find(|head| heads.len() <= 3 && shares(head)));
        // A single headline on the page goes before what the head says for other sites.
        let single = match heads.as_slice() {
            [head] if line::words(head) >= 2 && line::folded(head) != line::folded(&outlet) => Some(head),
            _ => None,
        };
        let longer =
            |head: &&String| social.as_ref().is_some_and(|said| line::words(head) >= line::words(said));
        let agreed = agreed.or_else(|| single.filter(|_| headline.is_none()).filter(longer));
        let chosen = match (agreed, headline, social, window) {
            (Some(head), ..) => Some((head.clone(), Found::Text)),
            (None, Some(title), ..) if !title.is_empty() => Some((title, Found::JsonLd)),
            (None, _, Some(title), _) if !title.is_empty() => Some((title, Found::Meta)),
            _ if heads.len() == 1 && line::words(&heads[0]) >= 3 => Some((heads[0].clone(), Found::Text)),
            (None, _, _, Some(title)) if !title.is_empty() => Some((title, Found::Meta)),
            _ => heads.first().map(|head| (head.clone(), Found::Text)),
        };
        if let Some((title, found)) = chosen {
            draft.title = line::label(&title);
            draft.say("title", found);
        }
    }

    pub(super) fn standfirst(&self, draft: &mut Draft) {
        const LENGTH: std::ops::RangeInclusive<usize> = 25..=600;
        let described: Vec<(String, Found)> = self
            .linked("description")
            .map(|text| (text, Found::JsonLd))
            .into_iter()
            .chain(
                ["og:description", "description", "twitter:description", "dc.description"]
                    .iter()
                    .filter_map(|name| self.meta(&[*name]))
                    .map(|text| (text.to_owned(), Found::Meta)),
            )
            .filter(|(text, _)| line::chars(text) >= *LENGTH.start())
            .collect();
        let title = line::folded(draft.title.as_deref().unwrap_or_default());
        let head = self.headline(draft.title.as_deref());
        let near: Vec<&Rendered> = head.map_or_else(Vec::new, |at| {
            let fits = |block: &&Rendered| {
                let text = &block.piece.text;
                LENGTH.contains(&line::chars(text))
                    && !block.around.hidden
                    && matches!(block.piece.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Item)
                    && block.linked * 2 < line::chars(text)
                    && !furniture::line_of_page(text)
                    && date::line(text).is_none()
                    && !byline::line(text, &mut Draft::default())
                    && line::folded(text) != title
            };
            self.blocks[at + 1..]
                .iter()
                .take(AFTER_TITLE)
                .chain(&self.blocks[at.saturating_sub(2)..at])
                .filter(fits)
                .collect()
        });
        let called = near.iter().find(|block| block.around.lead <= 1);
        let says = |block: &&&Rendered| {
            let text = line::folded(&block.piece.text);
            described.iter().any(|(said, _)| line::folded(said) == text) && !self.opens_body(block)
        };
        let under = near.iter().find(|block| {
            block.piece.kind == BlockKind::Heading
                && block.around.up[12] <= 3
                && line::words(&block.piece.text) >= 7
        });
        let printed =
            called.or_else(|| near.iter().find(says)).or(under).map(|block| block.piece.text.clone());
        let chosen = printed.map(|text| (text, Found::Text)).or_else(|| described.into_iter().next());
        if let Some((text, found)) = chosen {
            draft.standfirst = line::label(&text);
            draft.say("standfirst", found);
        }
    }

    /// Whether a block is made as the paragraph under it is, in the same box: then it is the first of the text, even
    /// where a description repeats it.
    fn opens_body(&self, block: &Rendered) -> bool {
        let after = self.blocks.iter().skip_while(|other| !std::ptr::eq(*other, block)).skip(1);
        let prose = |other: &&Rendered| {
            other.piece.kind == BlockKind::Paragraph && line::chars(&other.piece.text) >= LEAST_PROSE
        };
        after.take(4).find(prose).is_some_and(|next| {
            next.piece.kind == block.piece.kind
                && next.around.shape == block.around.shape
                && next.around.boxes[0] == block.around.boxes[0]
        })
    }
}

/// Whether one title is the other with little more.
pub(super) fn alike(declared: &str, printed: &str) -> bool {
    let (long, short) =
        if declared.len() > printed.len() { (declared, printed) } else { (printed, declared) };
    long.contains(short) && short.len() * 10 >= long.len() * 7
}

/// Whether a heading is nothing but the outlet's name and its logo's description.
fn is_logo(text: &str, outlet: &str) -> bool {
    let (text, outlet) = (line::folded(text), line::folded(outlet));
    let words = || text.split(' ').filter(|word| !word.is_empty());
    words().any(|word| word == "logo") && words().all(|word| word == "logo" || outlet.contains(word))
}

/// A printed headline without the outlet's name after it, which some sites print too.
fn without_tail(title: &str, outlet: &str, host: &str) -> String {
    let title = line::tidy(title);
    let (outlet, host) = (line::folded(outlet), line::folded(host).replace(' ', ""));
    for mark in [" | ", " – ", " — ", " - "] {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let after_folded = line::folded(after);
            let joined = after_folded.replace(' ', "");
            let names = after_folded == outlet || (joined.len() >= 4 && host.contains(&joined));
            let label = mark == " | " && line::words(before) >= 2 && line::words(after) <= 5;
            if (names || label) && !before.trim().is_empty() {
                return before.trim().to_owned();
            }
        }
    }
    title
}

/// A window title without the outlet's name before or after it.
fn without_outlet(title: &str, outlet: &str, host: &str) -> String {
    let title = line::tidy(title);
    let (outlet, host) = (line::folded(outlet), line::folded(host).replace(' ', ""));
    let names = |part: &str| {
        let part = line::folded(part);
        let joined = part.replace(' ', "");
        !part.is_empty()
            && (part == outlet
                || (!outlet.is_empty() && (outlet.contains(&part) || part.contains(&outlet)))
                || (joined.len() >= 3 && host.contains(&joined)))
    };
    for mark in [" | ", " – ", " — ", " - ", " :: ", " « ", " » ", " · ", " • ", ": "] {
        if let Some((before, after)) = title.rsplit_once(mark)
            && names(after)
            && !before.trim().is_empty()
        {
            return without_outlet(before, &outlet, &host);
        }
        if let Some((before, after)) = title.split_once(mark)
            && names(before)
            && line::words(after) >= 3
        {
            return after.to_owned();
        }
    }
    if let Some((before, after)) = title.rsplit_once(" | ")
        && line::words(before) >= 2
        && line::words(after) <= 5
    {
        return without_outlet(before, &outlet, &host);
    }
    title
}
