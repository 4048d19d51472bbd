//! A page saved by SingleFile: an ordinary page whose first comment says where it was found and when.

use chrono::{DateTime, SecondsFormat};

/// The comment stands right after the first tag.
const WITHIN: usize = 4096;
/// What the comment starts with.
const SIGN: &str = "Page saved with SingleFile";

/// Where and when a page was saved, as its comment says.
#[derive(Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where it was found.
    pub url: Option<String>,
    /// When it was saved: RFC 3339 in the zone of the machine that saved it.
    pub saved_at: Option<String>,
}

/// The comment of a page that SingleFile saved.
pub fn said(bytes: &[u8]) -> Option<Saved> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(WITHIN)]);
    let (_, rest) = head.split_once("<!--")?;
    let comment = rest.split("-->").next()?;
    comment.trim_start().starts_with(SIGN).then_some(())?;
    let field = |name: &str| comment.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    Some(Saved {
        url: field("url:").filter(|url| url.starts_with("http")).map(str::to_owned),
        saved_at: field("saved date:").and_then(moment),
    })
}

/// `Mon Mar 02 2026 10:11:12 GMT+0100 (Central European Standard Time)`, as browsers print a date, or
/// RFC 3339.
fn moment(text: &str) -> Option<String> {
    let plain = text.split(" (").next()?.trim();
    let date = DateTime::parse_from_str(plain, "%a %b %d %Y %H:%M:%S GMT%z")
        .or_else(|_| DateTime::parse_from_rfc3339(plain))
        .ok()?;
    Some(date.to_rfc3339_opts(SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_says_where_and_when() {
        let page = b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://harbour.example/a \n \
            saved date: Mon Mar 02 2026 10:11:12 GMT+0100 (Central European Standard Time)\n--><meta charset=utf-8>";
        let saved = said(page).unwrap();
        assert_eq!(saved.url.as_deref(), Some("https://harbour.example/a"));
        assert_eq!(saved.saved_at.as_deref(), Some("2026-03-02T10:11:12+01:00"));
        assert_eq!(said(b"<html><!-- url: https://harbour.example/a -->"), None);
        assert_eq!(
            said(b"<!--\n Page saved with SingleFile \n url: javascript:x \n saved date: never\n-->"),
            Some(Saved { url: None, saved_at: None })
        );
    }
}
