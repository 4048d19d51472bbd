//! Web addresses as they are compared: whose pages these are, and whether two addresses are one page.
//!
//! Feeds, newsletters and social networks hang their own marks on an address. Two spellings of one
//! page must meet, and two pages never: only marks that are known to say nothing of the page go.

/// Parameters that only say who sent the reader.
const TRACKING: &[&str] = &[
    "_ga", "_gl", "cmp", "cmpid", "dclid", "fbclid", "gclid", "gbraid", "icid", "igsh", "igshid", "mc_cid",
    "mc_eid", "mkt_tok", "msclkid", "ncid", "ocid", "smid", "smtyp", "twclid", "wbraid", "wt_mc", "xtor",
    "yclid",
];

/// Beginnings of such parameters.
const TRACKING_FAMILIES: &[&str] = &["at_", "ns_", "utm_"];

/// The host of a web address, in lower case and without `www.`, user and usual port.
///
/// ```
/// assert_eq!(bilat_core::host_of("https://www.Courier.example:443/pact").as_deref(), Some("courier.example"));
/// assert_eq!(bilat_core::host_of("urn:isbn:1"), None);
/// ```
pub fn host_of(url: &str) -> Option<String> {
    let rest = web(url)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_lowercase();
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
    (!host.is_empty()).then(|| host.to_owned())
}

/// `url` as it is compared: without scheme, `www.`, fragment, tracking parameters and the last slash.
/// What is no web address is compared as it stands.
///
/// ```
/// let one = bilat_core::match_url("http://courier.example/pact/?utm_source=mail&page=2#top");
/// assert_eq!(one, bilat_core::match_url("https://www.courier.example/pact?page=2"));
/// ```
pub fn match_url(url: &str) -> String {
    let (Some(host), Some(rest)) = (host_of(url), web(url)) else { return url.trim().to_owned() };
    // `#!` names a page where the site is one script; any other fragment names a place on the page.
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let route = if fragment.starts_with('!') { format!("#{fragment}") } else { String::new() };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = place.find('/').map_or("", |at| &place[at..]).trim_end_matches('/');
    let telling: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
    let query = if telling.is_empty() { String::new() } else { format!("?{}", telling.join("&")) };
    format!("{host}{path}{query}{route}")
}

fn web(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim().split_once("://")?;
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(rest)
}

fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_meet() {
        let page = match_url("https://courier.example/a/pact");
        for url in [
            "http://courier.example/a/pact",
            "HTTPS://WWW.Courier.Example:443/a/pact/",
            " https://courier.example/a/pact#comments",
            "https://courier.example/a/pact?fbclid=1&UTM_medium=feed",
            "https://reader@courier.example/a/pact",
        ] {
            assert_eq!(match_url(url), page, "{url}");
        }
    }

    #[test]
    fn different_pages_stay_apart() {
        let pages = [
            "https://courier.example/a/pact",
            "https://courier.example/a/Pact",
            "https://m.courier.example/a/pact",
            "https://courier.example/a/pact?id=1",
            "https://courier.example/a/pact?id=2",
            "https://courier.example/#!/a/pact",
            "https://courier.example/",
            "https://courier.example:8080/a/pact",
            "ftp://courier.example/a/pact",
        ];
        for (at, one) in pages.iter().enumerate() {
            for other in &pages[at + 1..] {
                assert_ne!(match_url(one), match_url(other));
            }
        }
    }
}
