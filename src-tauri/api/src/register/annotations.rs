//! The register in the W3C Web Annotation data model, as JSON-LD (w3.org/TR/annotation-model, 2017).
//!
//! A statement is an annotation. Its targets are the passages: the words with what stands around them
//! (TextQuoteSelector), and their place (TextPositionSelector) in the text of the snapshot that the target's
//! state names by its hash, since a position holds in that text only. Its bodies are the attribution as a
//! schema.org Quotation, the translation, the note and the tags. What the two vocabularies have no word for
//! stands under `bilat:`.

use serde_json::{Map, Value, json};

use super::Quoted;

/// What `bilat:` means: a namespace of names, not an address.
const NAMESPACE: &str = "urn:bilat:terms:";

/// Every statement, in one collection with one page. `now` is the time of writing, RFC 3339.
pub fn collection(rows: &[Quoted], library: &str, now: &str) -> Value {
    let items: Vec<Value> = rows.iter().map(|row| annotation(row, library)).collect();
    json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            { "schema": "https://schema.org/", "bilat": NAMESPACE }
        ],
        "id": "urn:bilat:statements",
        "type": "AnnotationCollection",
        "label": "Statements",
        "generator": software(),
        "generated": now,
        "creator": { "type": "Organization", "name": library },
        "total": items.len(),
        "first": {
            "id": "urn:bilat:statements:1",
            "type": "AnnotationPage",
            "partOf": "urn:bilat:statements",
            "startIndex": 0,
            "items": items
        }
    })
}

fn software() -> Value {
    json!({ "id": "urn:bilat:software", "type": "Software", "name": concat!("Bilat ", env!("CARGO_PKG_VERSION")) })
}

fn annotation(row: &Quoted, library: &str) -> Value {
    let Quoted { statement, annotation, .. } = row;
    let mut bodies = vec![attribution(row)];
    if let Some(words) = &statement.translation {
        let mut body = object(
            json!({ "type": "TextualBody", "value": words, "format": "text/plain", "purpose": "describing" }),
        );
        set(
            &mut body,
            "creator",
            statement.translator.as_ref().map(|name| json!({ "type": "Person", "name": name })),
        );
        set(&mut body, "bilat:translationStatus", statement.translation_status);
        set(&mut body, "bilat:translationOf", Some(format!("urn:bilat:statement:{}", statement.key)));
        bodies.push(Value::Object(body));
    }
    if !statement.note.trim().is_empty() {
        bodies.push(json!({ "type": "TextualBody", "value": statement.note, "format": "text/markdown", "purpose": "commenting" }));
    }
    let tags = annotation.tags.iter().chain(&statement.issue);
    bodies.extend(tags.map(|tag| json!({ "type": "TextualBody", "value": tag, "purpose": "tagging" })));
    json!({
        "id": format!("urn:bilat:annotation:{}", statement.key),
        "type": "Annotation",
        "motivation": "identifying",
        "created": annotation.created_at,
        "modified": annotation.changed_at,
        "creator": { "type": "Organization", "name": library },
        "generator": software(),
        "body": bodies,
        "target": targets(row),
    })
}

/// Who said the words, as a schema.org Quotation.
fn attribution(Quoted { statement, .. }: &Quoted) -> Value {
    let mut speaker = object(json!({ "type": "schema:Person" }));
    set(&mut speaker, "schema:name", statement.speaker.as_ref());
    set(&mut speaker, "schema:jobTitle", statement.role.as_ref());
    set(&mut speaker, "schema:affiliation", statement.organisation.as_ref());
    let mut body = object(json!({
        "id": format!("urn:bilat:statement:{}", statement.key),
        "type": "schema:Quotation",
        "purpose": "identifying",
        "schema:text": statement.text,
        "schema:identifier": statement.key,
        "schema:creator": speaker,
        "bilat:mode": statement.mode,
        "bilat:reliability": statement.reliability,
        "bilat:credibility": statement.credibility,
    }));
    set(&mut body, "language", statement.language.as_ref());
    set(&mut body, "schema:dateCreated", statement.said_on.as_ref());
    set(&mut body, "schema:audience", statement.addressee.as_ref());
    set(&mut body, "schema:locationCreated", statement.venue.as_ref());
    set(&mut body, "bilat:country", statement.country.as_ref());
    set(&mut body, "bilat:about", statement.about.as_ref());
    set(&mut body, "bilat:stance", statement.stance);
    Value::Object(body)
}

fn targets(row: &Quoted) -> Vec<Value> {
    let Quoted { statement, annotation, article } = row;
    let source = article.url.clone().unwrap_or_else(|| format!("urn:bilat:article:{}", article.key));
    let one = annotation.targets.iter().map(|target| {
        let mut selectors = vec![json!({
            "type": "TextQuoteSelector",
            "exact": target.quote.exact,
            "prefix": target.quote.prefix,
            "suffix": target.quote.suffix,
        })];
        // Words that stand nowhere any more have no place.
        if target.position.end > target.position.start
            && statement.state != bilat_core::AnnotationState::Missing
        {
            let (start, end) = (target.position.start, target.position.end);
            selectors.push(json!({ "type": "TextPositionSelector", "start": start, "end": end }));
        }
        json!({
            "type": "SpecificResource",
            "source": source,
            "state": {
                "type": "TimeState",
                "sourceDate": article.clipped_at,
                "cached": format!("urn:sha-256:{}", article.sha256_text),
            },
            "selector": selectors,
            "schema:isPartOf": {
                "type": "schema:NewsArticle",
                "schema:headline": article.title,
                "schema:publisher": article.outlet,
                "schema:datePublished": article.published,
                "schema:identifier": article.key,
            },
        })
    });
    one.collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => unreachable!("{other} is no object"),
    }
}

fn set(map: &mut Map<String, Value>, name: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        map.insert(name.to_owned(), json!(value));
    }
}
