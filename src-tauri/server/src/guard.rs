//! Who is let in: small pure functions over a request's head, asked one after the other.
//!
//! The order is part of the promise. What a page cannot forge comes first, `Host` before anything
//! that depends on a path, so that a rebound name or a foreign page learns nothing, not even which
//! paths exist; the body is not read before the last one has agreed. The tests take each guard away
//! in turn and demand that some hostile request comes through then.

mod framing;
mod host;
mod media;
mod origin;
mod route;
mod token;

use bilat_api::{BrowserKind, PairedBrowser};
use hyper::header::{AsHeaderName, HeaderValue};
use hyper::http::request::Parts;

pub use origin::is_uuid;
pub use route::Route;

use crate::answer::Refusal;

/// What is known when a request's head has arrived.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The head.
    pub head: &'a Parts,
    /// The port we listen on.
    pub port: u16,
    /// The browsers that are paired, and the SingleFile that is awaited.
    pub browsers: &'a [PairedBrowser],
    /// Whether a person has a pairing code open.
    pub pairing: bool,
}

impl<'a> Asked<'a> {
    fn all(&self, name: impl AsHeaderName) -> Vec<&'a HeaderValue> {
        self.head.headers.get_all(name).iter().collect()
    }

    /// The route; none for a path that is not ours.
    pub fn route(&self) -> Option<Route> {
        Route::of(self.head)
    }

    /// The origin, where it is that of a paired browser.
    pub fn paired_origin(&self) -> Option<&'a HeaderValue> {
        let [origin] = self.all(hyper::header::ORIGIN)[..] else { return None };
        let same = |paired: &PairedBrowser| {
            paired.browser.origin.as_ref().is_some_and(|own| own.as_bytes() == origin.as_bytes())
        };
        self.browsers.iter().any(same).then_some(origin)
    }

    /// Whether SingleFile's first page is awaited, of which the origin is not known yet.
    pub fn awaits_single_file(&self) -> bool {
        self.browsers.iter().any(is_awaited)
    }

    /// Whose token the request carries.
    pub fn browser(&self) -> Option<&'a PairedBrowser> {
        token::bearer(self).and_then(|token| bilat_api::recognise(self.browsers, token))
    }
}

/// Whether this is a SingleFile whose first page has not come.
pub fn is_awaited(paired: &PairedBrowser) -> bool {
    paired.browser.kind == BrowserKind::SingleFile && paired.browser.origin.is_none()
}

/// A guard agrees, or refuses.
type Guard = fn(&Asked<'_>) -> Result<(), Refusal>;

/// Every guard, in order.
const GUARDS: &[(&str, Guard)] = &[
    ("framing", framing::unambiguous),
    ("target", framing::origin_form),
    ("host", host::our_own),
    ("origin", origin::of_a_friend),
    ("upgrade", route::no_upgrade),
    ("path", route::known),
    ("method", route::method),
    ("pairing", route::pairing_is_open),
    ("query", token::not_in_the_query),
    ("cookie", token::not_in_a_cookie),
    ("token", token::known),
    ("scope", token::of_this_route),
    ("binding", token::of_this_origin),
    ("content type", media::of_this_route),
    ("content encoding", media::plain),
    ("length", framing::length),
];

/// Lets a request in, or says why not.
///
/// # Errors
/// The first guard's refusal.
pub fn admit(asked: &Asked<'_>) -> Result<Route, Refusal> {
    through(GUARDS.iter(), asked)
}

fn through<'g>(
    guards: impl IntoIterator<Item = &'g (&'static str, Guard)>,
    asked: &Asked<'_>,
) -> Result<Route, Refusal> {
    guards.into_iter().try_for_each(|(_, guard)| guard(asked))?;
    // No guard knows a path that is no route; without the guard on paths, nobody would.
    asked.route().ok_or(route::UNKNOWN_PATH)
}

#[cfg(test)]
mod tests;
