//! MIME messages: which part holds the words, and its bytes with the transfer encoding undone.
//!
//! The structure is read by `mail-parser`; the bytes of a part are decoded here, because its charset is
//! judged by the same evidence as that of every other document.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{DateTime, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders};

use crate::Error;

/// A message has at most so many parts; a newsletter has ten, a saved page a few hundred.
const MOST_PARTS: usize = 20_000;

/// A message and the bytes it was read from.
pub struct Mime<'a> {
    pub message: Message<'a>,
    bytes: &'a [u8],
}

impl<'a> Mime<'a> {
    /// Reads the structure of a message. `what` is what it is called in an error.
    pub fn read(bytes: &'a [u8], what: &'static str) -> Result<Self, Error> {
        let broken = |why: &str| Error::broken(what, why);
        // A library's panic is that message's loss alone.
        let message = std::panic::catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten();
        let message = message.ok_or_else(|| broken("its header cannot be read"))?;
        if message.parts.len() > MOST_PARTS {
            return Err(broken("it has tens of thousands of parts"));
        }
        Ok(Self { message, bytes })
    }

    /// The bytes of a part as its writer had them.
    pub fn body(&self, part: &MessagePart) -> Cow<'a, [u8]> {
        let (start, end) = (part.offset_body as usize, part.offset_end as usize);
        let raw = self.bytes.get(start..end.min(self.bytes.len())).unwrap_or_default();
        let decoded = match part.encoding {
            Encoding::None => None,
            Encoding::QuotedPrintable => quoted_printable_decode(raw),
            Encoding::Base64 => base64_decode(raw),
        };
        decoded.map_or(Cow::Borrowed(raw), Cow::Owned)
    }

    /// The charset that a part's header names.
    pub fn charset<'p>(part: &'p MessagePart) -> Option<&'p str> {
        part.content_type()?.attribute("charset")
    }

    /// A header of the whole message as text.
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        let name = HeaderName::parse(name)?;
        let text = self.message.header_raw(name)?;
        Some(Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// When the message was written: RFC 3339 in the writer's zone.
    pub fn date(&self) -> Option<String> {
        self.message.date().and_then(moment)
    }
}

fn moment(date: &DateTime) -> Option<String> {
    date.is_valid().then(|| chrono::DateTime::parse_from_rfc3339(&date.to_rfc3339()).ok())??;
    Some(date.to_rfc3339())
}
