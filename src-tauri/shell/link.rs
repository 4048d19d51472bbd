//! The one way out of the window: the address of an article, opened in the person's own browser.
//!
//! The page does not choose what is started. Only web addresses pass; a file, a program or another scheme's
//! handler is refused here, whatever the page asks for.

use bilat_api::{Code, Error};
use tauri::Url;

/// Opens a web address in the browser that the person has chosen for such addresses.
///
/// # Errors
/// [`Code::BadInput`] when it is no web address, [`Code::Io`] when nothing on this computer opens one.
#[tauri::command]
pub async fn open_link(url: String) -> Result<(), Error> {
    let address = web_address(&url).ok_or_else(|| {
        Error::bad_input("this address was not opened: only http and https addresses without a password are")
    })?;
    // Handed over and let go: the browser outlives this program.
    open::that_detached(address.as_str()).map_err(|why| {
        Error::new(
            Code::Io,
            format!("no browser could be started ({why}); copy the address from the article's menu"),
        )
    })
}

/// The address as the parser writes it anew: absolute, with a host, without blanks and without a password.
fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && url.username().is_empty() && url.password().is_none()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_go_out_as_the_parser_writes_them() {
        for (typed, opened) in [
            ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
            ("HTTP://EXAMPLE.ORG", "http://example.org/"),
            ("https://example.org/a b\"c", "https://example.org/a%20b%22c"),
            ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ] {
            assert_eq!(web_address(typed).map(String::from).as_deref(), Some(opened), "{typed}");
        }
    }

    #[test]
    fn nothing_else_goes_out() {
        for text in [
            "",
            "example.org",
            "/usr/bin/true",
            "--help",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,<p>",
            "mailto:desk@example.org",
            "bilat:article/1",
            "ms-settings:",
            "smb://example.org/share",
            "https://",
            "https://desk@example.org/",
            "https://desk:secret@example.org/",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
