//! The page's JSON-LD, as pages write it.

use dom_query::Document;
use serde_json::Value;

use crate::line;

/// Types of schema.org that are an article.
pub(super) fn is_article(node: &Value) -> bool {
    types(node).any(|name| {
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "Review" | "Recipe" | "HowTo" | "AnalysisNewsArticle")
    })
}

pub(super) fn types(node: &Value) -> impl Iterator<Item = &str> {
    let said = node.get("@type");
    let one = said.and_then(Value::as_str);
    let many = said.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

/// A string value, or the first of a list, as plain text.
pub(super) fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line::tidy(&plain(text))).filter(|text| !text.is_empty()),
        Value::Array(list) => string(list.first()?),
        Value::Object(fields) => string(fields.get("@value").or_else(|| fields.get("name"))?),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// JSON as pages write it: with comments or CDATA around it and raw line breaks inside strings.
pub(super) fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text =
        text.trim_start_matches("//").trim_start_matches("<![CDATA[").trim_start_matches("/*<![CDATA[*/");
    let text = text
        .trim_end_matches("/*]]>*/")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim()
        .trim_end_matches(';');
    // "{&quot;@type&quot;": escaped as if it were text.
    let unescaped = text.get(..60).is_some_and(|start| start.contains("&quot;")).then(|| plain(text));
    let text = unescaped.as_deref().unwrap_or(text);
    serde_json::from_str(text).ok().or_else(|| {
        let mended = mended(text);
        // A stray brace after the value is common: what parses first is taken.
        serde_json::Deserializer::from_str(&mended).into_iter::<Value>().next()?.ok()
    })
}

/// JSON without what hand-written pages put into it: control characters and needless escapes in strings, comments,
/// and a comma after the last member.
fn mended(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = rest.next() {
        match c {
            '\\' if inside => match rest.next() {
                Some(escaped @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    out.extend([c, escaped])
                }
                Some(other) => out.push(other),
                None => {}
            },
            '"' => {
                inside = !inside;
                out.push(c);
            }
            _ if c.is_control() => out.push(' '),
            '/' if !inside && rest.peek() == Some(&'*') => {
                let mut last = ' ';
                for c in rest.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            '}' | ']' if !inside => {
                let kept = out.trim_end();
                out.truncate(kept.strip_suffix(',').unwrap_or(kept).len());
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// Every object with a type, wherever it is nested.
pub(super) fn collect(value: Value, nodes: &mut Vec<Value>, depth: usize) {
    if depth > 8 || nodes.len() > 400 {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|one| collect(one, nodes, depth + 1)),
        Value::Object(mut fields) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart", "author"] {
                if let Some(inner) = fields.get_mut(key) {
                    let inner = if key == "@graph" { inner.take() } else { inner.clone() };
                    collect(inner, nodes, depth + 1);
                }
            }
            nodes.push(Value::Object(fields));
        }
        _ => {}
    }
}

/// Declared text is often escaped twice or holds markup.
pub(super) fn plain(text: &str) -> String {
    if text.contains('&') || (text.contains('<') && text.contains('>')) {
        return Document::fragment(text).text().to_string();
    }
    text.to_owned()
}
