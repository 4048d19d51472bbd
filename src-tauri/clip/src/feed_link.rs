//! The feeds that a page names as its own: `<link rel="alternate">` with a feed's type (RSS autodiscovery).

use url::Url;

/// What the types of feeds are.
const TYPES: [&str; 4] =
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// No page is asked for more feeds than this.
const MOST: usize = 20;

/// The addresses of the feeds that a page names, in its order, resolved against `url`, where the page is.
pub fn feeds(html: &str, url: &str) -> Vec<String> {
    // Only the head says so, and parsing stays cheap however long the page is.
    let end = html.char_indices().nth(200_000).map_or(html.len(), |(byte, _)| byte);
    let Ok(page) = Url::parse(url) else { return Vec::new() };
    let document = dom_query::Document::from(&html[..end]);
    let base =
        document.select("base[href]").attr("href").and_then(|href| page.join(&href).ok()).unwrap_or(page);
    let mut found: Vec<String> = Vec::new();
    for link in &document.select("link[rel][href]") {
        let said = |name: &str| link.attr(name).unwrap_or_default().to_ascii_lowercase();
        let kind = said("type");
        let is_feed = said("rel").split_ascii_whitespace().any(|rel| rel == "alternate")
            && TYPES.contains(&kind.split(';').next().unwrap_or_default().trim());
        let address = link.attr("href").and_then(|href| base.join(href.trim()).ok());
        if let Some(address) =
            address.filter(|address| is_feed && matches!(address.scheme(), "http" | "https"))
            && !found.iter().any(|known| known == address.as_str())
            && found.len() < MOST
        {
            found.push(address.into());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_feeds_and_nothing_else_counts_as_one() {
        let page = r#"<html><head><link rel=stylesheet href=a.css><link rel="ALTERNATE home" type="application/rss+xml; charset=utf-8" href="/feed">
            <link rel=alternate type=application/atom+xml href="https://other.example/atom"><link rel=alternate type=text/html href=/en hreflang=en>
            <link rel=alternate type=application/rss+xml href="javascript:alert(1)"><link rel=alternate type=application/rss+xml href=/feed>
            </head><body>Text"#;
        assert_eq!(
            feeds(page, "https://courier.example/news/today"),
            ["https://courier.example/feed", "https://other.example/atom"]
        );
        let based = "<base href=/x/><link rel=alternate type=application/feed+json href=feed.json>";
        assert_eq!(feeds(based, "https://courier.example/"), ["https://courier.example/x/feed.json"]);
        assert!(feeds("<p>Text", "https://courier.example/").is_empty());
        assert!(feeds(page, "no address").is_empty());
    }
}
