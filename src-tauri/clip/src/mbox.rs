//! Many mail messages in one file (RFC 4155), as mail programs export a folder.

use crate::Error;
use crate::media::Media;
use crate::message::Mime;
use crate::parts::{Part, Sink};

/// Splits the file at its `From ` lines. A message that says `>From ` said `From ` before it was filed.
pub fn read(bytes: &[u8], name: &str, sink: &mut Sink) -> Result<(), Error> {
    if !bytes.starts_with(b"From ") {
        return Err(Error::broken("mailbox", "it does not start with a “From ” line"));
    }
    let (mut start, mut blank, mut at) = (0, false, 0);
    let mut count = 0;
    let mut message = |range: std::ops::Range<usize>| {
        count += 1;
        take(&bytes[range], &format!("{name}, message {count}"), sink)
    };
    while at < bytes.len() {
        let end =
            bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |found| at + found + 1);
        let line = &bytes[at..end];
        if blank && line.starts_with(b"From ") {
            message(start..at)?;
            start = at;
        }
        blank = line == b"\n" || line == b"\r\n";
        at = end;
    }
    message(start..bytes.len())
}

fn take(filed: &[u8], name: &str, sink: &mut Sink) -> Result<(), Error> {
    let header = filed.iter().position(|&byte| byte == b'\n').map_or(filed.len(), |at| at + 1);
    let mut bytes = Vec::with_capacity(filed.len());
    for line in filed[header..].split_inclusive(|&byte| byte == b'\n') {
        let quoted = line.iter().take_while(|&&byte| byte == b'>').count();
        bytes.extend_from_slice(if quoted > 0 && line[quoted..].starts_with(b"From ") {
            &line[1..]
        } else {
            line
        });
    }
    let (captured_at, title) = match Mime::read(&bytes, "message") {
        Ok(mime) => (mime.date(), mime.message.subject().map(str::to_owned)),
        Err(error) => return sink.leave(name.to_owned(), error.to_string()),
    };
    let name = title.map_or_else(|| name.to_owned(), |title| format!("{name}: {title}"));
    sink.take(Part { name, url: None, media: Media::Eml, charset: None, captured_at, bytes })
}
