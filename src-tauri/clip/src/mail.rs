//! A mail message, most often a newsletter: its subject is the title, its sender the outlet or the author.
//!
//! The HTML body goes before the plain one. A newsletter is laid out in tables and holds nothing but its
//! article, so its blocks are taken as they come and what letters say of themselves ("unsubscribe", "view
//! in browser") is set aside. Attachments are not read.

use std::sync::LazyLock;

use bilat_core::BlockKind;
use dom_query::Document;
use mail_parser::{MessagePart, MimeHeaders};
use regex::{Regex, RegexSet, RegexSetBuilder};

use crate::clipping::Found;
use crate::decode;
use crate::draft::{Draft, Piece};
use crate::message::Mime;
use crate::{Error, Media, byline, furniture, html, line, paste, wire};

/// Reads a message.
pub fn read(bytes: &[u8]) -> Result<Draft, Error> {
    let mime = Mime::read(bytes, "message")?;
    let words = |part: &MessagePart, media| {
        let body = mime.body(part);
        decode::decode(&body, media, Mime::charset(part)).map(|decoded| decoded.text.into_owned())
    };
    let kind = |part: &MessagePart, wanted: &str| {
        let kind = part.content_type();
        let sub = kind.map_or("plain", |kind| {
            if kind.ctype().eq_ignore_ascii_case("text") { kind.subtype().unwrap_or("plain") } else { "" }
        });
        sub.eq_ignore_ascii_case(wanted) && !attached(part)
    };
    let part = |wanted: &'static str| mime.message.parts.iter().find(|part| kind(part, wanted));
    let mut draft = match (part("html"), part("plain")) {
        (Some(page), plain) => match letter(&words(page, Media::Html)?) {
            // A message whose HTML is empty says it in plain text.
            Err(Error::Empty) if plain.is_some() => {
                text(&words(plain.ok_or(Error::Empty)?, Media::Text)?, plain)
            }
            letter => letter?,
        },
        (None, Some(plain)) => text(&words(plain, Media::Text)?, Some(plain)),
        (None, None) => return Err(Error::broken("message", "it holds no text")),
    };
    head(&mime, &mut draft);
    if draft.body.is_empty() {
        return Err(Error::Empty);
    }
    Ok(draft)
}

fn attached(part: &MessagePart) -> bool {
    part.content_disposition().is_some_and(|said| said.ctype().eq_ignore_ascii_case("attachment"))
}

/// What the header says of the message.
fn head(mime: &Mime, draft: &mut Draft) {
    if let Some(subject) = mime.message.subject().and_then(line::label) {
        draft.title = Some(subject);
        draft.say("title", Found::Meta);
    }
    if let Some(moment) = mime.date() {
        draft.published = moment.get(..10).map(str::to_owned);
        draft.published_at = Some(moment);
        draft.say("published", Found::Meta);
    }
    if let Some(url) = mime.header("Archived-At").map(|url| url.trim_matches(['<', '>']).to_owned())
        && url.starts_with("http")
    {
        draft.canonical_url = Some(url);
        draft.say("canonical_url", Found::Meta);
    }
    let list =
        mime.header("List-Id").and_then(|id| line::label(id.split('<').next()?.trim_matches([' ', '"'])));
    let sender = mime.message.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| line::label(sender.name()?));
    let host = sender.and_then(|sender| Some(sender.address()?.rsplit_once('@')?.1.to_owned()));
    let (person, outlet) = name.as_deref().map_or((None, None), |name| sender_of(name));
    draft.outlet = outlet.map(str::to_owned).or(list).or_else(|| host.and_then(|host| line::label(&host)));
    if draft.outlet.is_some() {
        draft.say("outlet", if outlet.is_some() { Found::Meta } else { Found::Guess });
    }
    if let Some(person) = person
        && draft.authors.is_empty()
    {
        draft.authors = byline::names(person);
        draft.say("byline", Found::Meta);
    }
}

/// The person and the outlet in a sender's name: "Ann Other", "The Harbour Letter", "Ann Other from The
/// Harbour Letter".
fn sender_of(name: &str) -> (Option<&str>, Option<&str>) {
    let article = |name: &str| {
        let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
        matches!(
            first.as_str(),
            "the" | "a" | "an" | "der" | "die" | "das" | "le" | "la" | "les" | "el" | "il"
        )
    };
    let person = |name: &str| byline::bare_name(name) && byline::names(name).len() == 1 && !article(name);
    for between in [" from ", " at ", " @ ", " | ", " - ", " – ", " via ", ", "] {
        if let Some((first, rest)) = name.split_once(between) {
            match (person(first), person(rest)) {
                (true, false) => return (Some(first), Some(rest)),
                (false, true) if between.trim().len() == 1 => return (Some(rest), Some(first)),
                _ => {}
            }
        }
    }
    if person(name) { (Some(name), None) } else { (None, Some(name)) }
}

/// What letters say of themselves at their head and foot.
static ABOUT_ITSELF: LazyLock<RegexSet> = LazyLock::new(|| {
    RegexSetBuilder::new([
        r"^(?:(?:view|read|open|see)(?: (?:this|it|the))?(?: (?:e-?mail|message|newsletter|post|story))?(?: (?:in|on|online in) (?:your |the |a )?(?:web ?)?(?:browser|app|web|online).{0,40}| online)|(?:is this|trouble|problems?|having trouble|can['’]?t) .{0,30}(?:view|read|display|see)ing .{0,60})[.!:|»› ]*$",
        r"^(?:im browser (?:ansehen|öffnen|lesen)|(?:newsletter|e-?mail) (?:im browser|online) .{0,20}|voir (?:dans|en ligne|la version).{0,40}|ver (?:en|no) (?:el )?navegador.{0,20}|открыть в браузере|apri nel browser)[.! ]*$",
        r"^forwarded this (?:e-?mail|message|newsletter)\?.{0,60}$",
        r"^(?:was this|did someone|has this been) .{0,20}forward.{0,80}$",
        r"^(?:like|comment|restack|share|upgrade to paid|leave a comment|get the app|start writing|message|tweet|forward(?: to a friend)?|add to (?:calendar|contacts))$",
    ])
    .case_insensitive(true)
    .build()
    .expect("the patterns are constants and a test compiles them")
});

/// Where the foot of a letter begins: nothing after it is the writer's.
static FOOT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bunsubscribe\b|\bmanage (?:your )?(?:e-?mail )?(?:preferences|subscriptions?)\b|\bupdate (?:your )?(?:e-?mail )?preferences\b",
        r"|\bopt[- ]out\b|^you(?:['’]re| are)(?: currently)? (?:receiving|getting|subscribed)\b|^you (?:received|got) this\b|^this (?:e-?mail|message|newsletter) was sent\b|^(?:sent|delivered) to \S+@",
        r"|\b(?:newsletter )?abbestellen\b|\babmelden\b|\bse désabonner\b|\bdésinscri|\bdarse de baja\b|\bcancelar (?:la|a|sua) (?:suscripción|assinatura|inscrição)\b|\bотписаться\b|\bdisiscriv|\bafmelden\b",
    ))
    .expect("the pattern is a constant and a test compiles it")
});

/// A foot is no longer than so many letters a block.
const FOOT_LINE: usize = 300;
/// Beyond so many letters it says of what one unsubscribes: a sentence on people who do is the writer's.
const FOOT_LABEL: usize = 80;
static FOOT_OF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:here|click|e-?mails?|mails?|newsletter|mailing|list|link|preferences|settings|receiv\w+|subscri\w+|hier|ici|aquí|aqui|qui)\b|здесь|рассыл")
        .expect("the pattern is a constant and a test compiles it")
});

/// Whether a block begins the foot.
fn is_foot(text: &str) -> bool {
    let letters = line::chars(text);
    letters <= FOOT_LINE && FOOT.is_match(text) && (letters <= FOOT_LABEL || FOOT_OF.is_match(text))
}

/// Blocks without what letters say of themselves.
fn without_furniture(pieces: Vec<Piece>, draft: &mut Draft) -> Vec<Piece> {
    let foot = pieces.iter().enumerate().skip(pieces.len() / 2).find(|(_, piece)| is_foot(&piece.text));
    let end = foot.map_or(pieces.len(), |(at, _)| at);
    let mut kept = Vec::with_capacity(end);
    for (at, piece) in pieces.into_iter().enumerate() {
        let text = &piece.text;
        let aside = at >= end
            || ABOUT_ITSELF.is_match(text)
            || (piece.kind != BlockKind::Code && furniture::is_furniture(text))
            || (at < 6 && is_foot(text))
            || text.chars().all(|c| !c.is_alphanumeric());
        if aside { draft.set_aside.push(piece.text) } else { kept.push(piece) }
    }
    kept
}

/// A letter in HTML.
fn letter(page: &str) -> Result<Draft, Error> {
    let mut draft = Draft::default();
    let mut pieces = html::blocks(page, |document: &Document| {
        // What a letter hides is its preview in the list of messages, padded with blanks.
        document
            .select("[style*='display:none' i],[style*='display: none' i],[style*='mso-hide:all' i],[hidden]")
            .remove();
    })?;
    pieces.retain(|piece| !piece.text.is_empty());
    if pieces.is_empty() {
        return Err(Error::Empty);
    }
    draft.body = without_furniture(pieces, &mut draft);
    sign(&mut draft);
    Ok(draft)
}

/// Takes byline and standing title out of the first lines.
fn sign(draft: &mut Draft) {
    let mut at = 0;
    while at < draft.body.len().min(5) {
        let text = draft.body[at].text.clone();
        if line::words(&text) <= 12 && draft.authors.is_empty() && byline::line(&text, draft) {
            draft.say("byline", Found::Text);
            draft.body.remove(at);
            draft.set_aside.push(text);
        } else {
            at += 1;
        }
    }
    if let Some(credit) = draft.body.last().and_then(|last| wire::credit_alone(&last.text)) {
        draft.credit = Some(credit);
        draft.say("credit", Found::Text);
        draft.body.pop();
    }
}

/// A letter in plain text; `part` says whether its lines flow (RFC 3676).
fn text(words: &str, part: Option<&MessagePart>) -> Draft {
    let said = |name: &str, value: &str| {
        part.and_then(|part| part.content_type()?.attribute(name))
            .is_some_and(|said| said.eq_ignore_ascii_case(value))
    };
    let words = words.replace("\r\n", "\n");
    let words = words.split("\n-- \n").next().unwrap_or_default();
    let words =
        if said("format", "flowed") { unflowed(words, said("delsp", "yes")) } else { words.to_owned() };
    let mut draft = Draft::default();
    draft.body = without_furniture(paste::paragraphs(&words), &mut draft);
    sign(&mut draft);
    draft
}

/// Lines that end in a space go on in the next one (RFC 3676, 4.1); `delsp`: without that space.
fn unflowed(text: &str, delsp: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(flows) if line != "-- " => out.push_str(if delsp { flows } else { line }),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowing_lines_become_paragraphs() {
        assert_eq!(unflowed("The ferry \nsails.\n\nIt rains.", false), "The ferry sails.\n\nIt rains.\n");
        assert_eq!(unflowed("The fer \nry sails.", true), "The ferry sails.\n");
    }

    #[test]
    fn a_senders_name_is_a_person_an_outlet_or_both() {
        assert_eq!(sender_of("Ann Other"), (Some("Ann Other"), None));
        assert_eq!(sender_of("The Harbour Letter"), (None, Some("The Harbour Letter")));
        assert_eq!(
            sender_of("Ann Other from The Harbour Letter"),
            (Some("Ann Other"), Some("The Harbour Letter"))
        );
    }

    #[test]
    fn what_a_letter_says_of_itself_is_told_from_what_it_tells() {
        for aside in
            ["View in browser", "Read this email online", "Forwarded this email? Subscribe here for more"]
        {
            assert!(ABOUT_ITSELF.is_match(aside), "{aside}");
        }
        for told in [
            "The ministry asked its staff to view the film in the old cinema on Monday.",
            "Share prices fell.",
        ] {
            assert!(!ABOUT_ITSELF.is_match(told), "{told}");
        }
    }
}
