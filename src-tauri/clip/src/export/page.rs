//! A snapshot as one page that any browser shows and that asks nobody for anything.
//!
//! The policy stands first in its head: no script, no picture, no frame, no form; the one style is named by
//! its hash. Under the reading copy stands where it came from, and what that proves.

use std::fmt::Write as _;

use super::{Kept, sha256, words_of};
use crate::line::escaped;

/// The style of the page.
const STYLE: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.55 Georgia,serif}h1{line-height:1.2}[data-kind=standfirst]{font-size:1.15em}[data-kind=item]{margin-left:1.5em}[data-kind=caption],footer{color:#555;font-size:.9em}[data-kind=row]{white-space:pre-wrap}pre{white-space:pre-wrap}footer{margin-top:3rem;border-top:1px solid #999;font-family:sans-serif}dt{font-weight:bold}dd{margin:0 0 .5em;overflow-wrap:anywhere}";
/// What a browser computes of the style (CSP 3, 8.2); a test holds it against the style.
const STYLE_HASH: &str = "sha256-GD7GeBs9R0srU/L9NGoQ7tc/PhI5+ZEmU3EZjhkhTRw=";

/// The snapshot as one HTML file; `made_at` is now, RFC 3339 in UTC.
pub fn single_file_html(kept: &Kept, made_at: &str) -> String {
    let capture = kept.capture;
    let language = kept.language.map_or(String::new(), |tag| format!(" lang=\"{}\"", escaped(tag)));
    let mut page = format!(
        "<!doctype html>\n<html{language}>\n<head>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{STYLE_HASH}'; form-action 'none'; base-uri 'none'\">\n\
         <meta charset=\"utf-8\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n",
        escaped(kept.title)
    );
    let mut say = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            writeln!(page, "<meta {name} content=\"{}\">", escaped(value))
                .expect("writing to a string cannot fail");
        }
    };
    say("property=\"og:url\"", capture.url.as_deref());
    say("property=\"og:site_name\"", kept.outlet);
    say("name=\"author\"", kept.byline);
    say("property=\"article:published_time\"", kept.published);
    write!(
        page,
        "<style>{STYLE}</style>\n</head>\n<body>\n<main><article>\n{}\n</article></main>\n",
        kept.html
    )
    .expect("writing to a string cannot fail");

    let raw = format!("{} ({} bytes, {})", sha256(kept.raw), kept.raw.len(), capture.media_type);
    let fetch = capture.fetch.as_ref();
    let charset = capture.charset.as_ref().map(|charset| charset.name.as_str());
    let redirects: Vec<&str> =
        fetch.iter().flat_map(|fetch| &fetch.redirects).map(|step| step.url.as_str()).collect();
    let facts = [
        ("Address", fetch.map(|fetch| fetch.answered.clone()).or_else(|| capture.url.clone())),
        ("Address asked for", fetch.map(|fetch| fetch.asked.clone())),
        ("By way of", Some(redirects.join(" → ")).filter(|steps| !steps.is_empty())),
        ("Status of the answer", fetch.map(|fetch| fetch.status.to_string())),
        (
            "SHA-256 of the server’s certificate",
            fetch.and_then(|fetch| Some(fetch.certificate_sha256.as_ref()?.to_string())),
        ),
        ("File", capture.file_name.clone()),
        ("Outlet", kept.outlet.map(str::to_owned)),
        ("Byline", kept.byline.map(str::to_owned)),
        ("Published", kept.published.map(str::to_owned)),
        ("Captured", Some(capture.captured_at.clone())),
        ("How", Some(words_of(capture.method).to_owned())),
        ("Read as", charset.map(str::to_owned)),
        ("SHA-256 of the bytes received", Some(raw)),
        ("SHA-256 of the text", Some(sha256(kept.text.as_bytes()))),
        (
            "By",
            Some(format!(
                "Bilat {}, policy {}; exported {made_at}",
                capture.app_version, capture.policy_version
            )),
        ),
    ];
    page.push_str("<footer aria-label=\"Provenance\">\n<dl>\n");
    for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        writeln!(page, "<dt>{name}</dt><dd>{}</dd>", escaped(&value))
            .expect("writing to a string cannot fail");
    }
    page.push_str(
        "</dl>\n<p>The hashes show that nothing was changed since Bilat captured it. They do not show that the site \
         showed this to others, nor that it is true.</p>\n</footer>\n</body>\n</html>\n",
    );
    page
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_style_of_the_page() {
        let digest = Sha256::digest(STYLE);
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut base64 = String::new();
        for chunk in digest.chunks(3) {
            let bits =
                chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for place in 0..=chunk.len() {
                base64.push(letters[(bits >> (18 - 6 * place)) as usize & 63] as char);
            }
        }
        assert_eq!(STYLE_HASH, format!("sha256-{base64}="));
    }
}
