//! The main picture: what JSON-LD and the page's head declare, with the caption that the page prints.

use dom_query::{Document, NodeRef};
use serde_json::Value;
use url::Url;

use super::render;
use crate::image::{Image, told_apart};
use crate::line;

/// A caption is looked for in so many figures from the top of the page.
const FIGURES: usize = 12;

/// The picture that the page calls its article's.
pub fn main(
    document: &Document,
    linked: Option<&Value>,
    social: Option<&str>,
    social_alt: Option<&str>,
    base: Option<&Url>,
) -> Option<Image> {
    let stated = linked.and_then(object);
    let address = stated.as_ref().map(|image| image.url.as_str()).or(social)?;
    let url = match base {
        Some(base) => base.join(address).ok(),
        None => Url::parse(address).ok(),
    }
    .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut image = Image { url: url.to_string(), alt: social_alt.and_then(line::label), ..Image::default() };
    if let Some(stated) = stated {
        image.caption = stated.caption;
        image.credit = stated.credit;
    }
    if let Some((figure, alt)) = figure(document, &url) {
        image.alt = alt.or(image.alt);
        let (caption, credit) = captioned(&figure);
        image.caption = caption.or(image.caption);
        image.credit = credit.or(image.credit);
    }
    if image.credit.is_none()
        && let Some(printed) = image.caption.take()
    {
        (image.caption, image.credit) = told_apart(&printed);
    }
    Some(image)
}

/// A JSON-LD image: an address, an object, or the first of a list.
fn object(value: &Value) -> Option<Image> {
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => line::label(text),
        Value::Object(fields) => fields.get("name").and_then(Value::as_str).and_then(line::label),
        _ => None,
    };
    match value {
        Value::String(url) => Some(Image { url: url.trim().to_owned(), ..Image::default() }),
        Value::Array(list) => object(list.first()?),
        Value::Object(fields) => Some(Image {
            url: ["url", "contentUrl", "@id"]
                .iter()
                .find_map(|name| match fields.get(*name)? {
                    Value::Array(list) => list.first()?.as_str(),
                    one => one.as_str(),
                })?
                .trim()
                .to_owned(),
            caption: text(fields.get("caption")).or_else(|| text(fields.get("description"))),
            credit: ["creditText", "copyrightNotice", "copyrightHolder", "creator", "author"]
                .iter()
                .find_map(|name| text(fields.get(*name))),
            alt: None,
        }),
        _ => None,
    }
}

/// What a picture is called, whatever its size: the last part of its address without size and ending.
fn called(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').find(|part| part.len() > 4).unwrap_or_default();
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let sized = name.rsplit_once('-').filter(|(_, size)| {
        size.split_once('x').is_some_and(|(w, h)| w.parse::<u32>().is_ok() && h.parse::<u32>().is_ok())
    });
    sized.map_or(name, |(name, _)| name).to_ascii_lowercase()
}

/// The figure that shows the picture, and its alternative text; else the first that stands in the article.
fn figure<'a>(document: &'a Document, url: &Url) -> Option<(NodeRef<'a>, Option<String>)> {
    let wanted = called(url.path());
    let figures: Vec<NodeRef> = document.select("figure").nodes().iter().take(FIGURES).copied().collect();
    let pictured = |figure: &NodeRef<'a>| -> Option<(bool, Option<String>)> {
        let image = figure.descendants_it().find(|node| node.has_name("img"))?;
        let shows = ["src", "data-src", "srcset", "data-srcset"]
            .iter()
            .filter_map(|name| image.attr(name))
            .any(|address| !wanted.is_empty() && address.to_ascii_lowercase().contains(&wanted));
        Some((shows, image.attr("alt").and_then(|alt| line::label(&alt))))
    };
    figures.iter().find_map(|figure| {
        let (shows, alt) = pictured(figure)?;
        shows.then_some((*figure, alt))
    })
}

/// What stands under a figure.
fn captioned(figure: &NodeRef) -> (Option<String>, Option<String>) {
    let Some(caption) = figure.descendants_it().find(|node| node.has_name("figcaption")) else {
        return (None, None);
    };
    let printed = render::words(&caption);
    let marked = caption.descendants_it().find(|node| {
        node.class().is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            ["credit", "copyright", "source", "author", "photographer"]
                .iter()
                .any(|word| class.contains(word))
        })
    });
    if let Some(credit) = marked.map(|node| render::words(&node)).filter(|credit| !credit.is_empty()) {
        let shown = printed.replacen(&credit, "", 1);
        let (_, told) = told_apart(&credit);
        return (line::label(shown.trim_matches([' ', '|', '/'])), line::label(&told.unwrap_or(credit)));
    }
    told_apart(&printed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_in_any_size() {
        assert_eq!(called("https://img.example/2026/quay-dawn-1200x630.jpg?w=3"), "quay-dawn");
        assert_eq!(called("/pictures/quay-dawn.webp"), "quay-dawn");
    }

    #[test]
    fn caption_and_credit_come_from_the_figure_that_shows_it() {
        let page = Document::from(
            r#"<figure><img src="/other.jpg"><figcaption>Another.</figcaption></figure>
            <figure><img src="/p/quay-dawn-300x200.jpg" alt="A quay"><figcaption>The quay at dawn.
            <span class="media-credit">Photo: Ann Other</span></figcaption></figure>"#,
        );
        let base = Url::parse("https://harbour.example/story").unwrap();
        let image = main(&page, None, Some("/p/quay-dawn.jpg"), None, Some(&base)).unwrap();
        assert_eq!(image.url, "https://harbour.example/p/quay-dawn.jpg");
        assert_eq!(image.caption.as_deref(), Some("The quay at dawn."));
        assert_eq!(image.credit.as_deref(), Some("Ann Other"));
        assert_eq!(image.alt.as_deref(), Some("A quay"));
    }

    #[test]
    fn a_stated_object_says_all_of_it() {
        let page = Document::from("<p>Words</p>");
        let stated = serde_json::json!([{ "@type": "ImageObject", "url": "https://img.example/a.jpg",
            "caption": "The quay.", "creditText": "Ann Other" }]);
        let image = main(&page, Some(&stated), None, None, None).unwrap();
        assert_eq!(
            (image.caption.as_deref(), image.credit.as_deref()),
            (Some("The quay."), Some("Ann Other"))
        );
        assert_eq!(main(&page, None, Some("javascript:alert(1)"), None, None), None);
    }
}
