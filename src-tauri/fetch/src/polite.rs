//! Fetching many pages without being a burden (F-9): robots.txt, one page of a site at a time with a
//! pause between, and `Retry-After`.
//!
//! This is for feeds and lists. A single page that a person asks for is fetched as their browser would.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use texting_robots::Robot;
use tokio::time::{Instant, sleep_until};

use crate::fetch::{Accept, Fetched, Request, fetch};
use crate::target::web_address;
use crate::{Error, Policy};

/// The name that robots.txt knows Bilat by.
const ROBOT: &str = "bilat";
/// The longest pause between two pages that a site's robots.txt is granted.
const LONGEST_GAP: Duration = Duration::from_secs(30);
/// How long a site that is overloaded is left alone where it does not say.
const LEAVE_ALONE: Duration = Duration::from_mins(5);

/// Fetches pages one after the other, each site at its own pace.
#[derive(Debug)]
pub struct Polite {
    policy: Policy,
    sites: BTreeMap<String, Site>,
}

/// What is known of a site, by scheme, host and port.
#[derive(Debug)]
struct Site {
    rules: Rules,
    gap: Duration,
    /// Not before then.
    next: Instant,
    /// Whether the site asked to be left alone until `next`, so that nobody waits for it here.
    closed: bool,
}

enum Rules {
    All,
    None,
    These(Robot),
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::All => "All",
            Self::None => "None",
            Self::These(_) => "These",
        })
    }
}

impl Polite {
    /// Nothing is known of any site yet.
    pub fn new(policy: Policy) -> Self {
        Self { policy, sites: BTreeMap::new() }
    }

    /// Fetches a page when its site allows it, waiting for its turn.
    ///
    /// # Errors
    /// As [`fetch`]; [`Error::Robots`] and [`Error::Later`], without asking the page.
    pub async fn fetch(&mut self, request: &Request) -> Result<Fetched, Error> {
        let url = web_address(&request.url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let origin = url.origin().ascii_serialization();
        if !self.sites.contains_key(&origin) {
            let site = self.visit(&origin, request.allow_host).await?;
            self.sites.insert(origin.clone(), site);
        }
        let site = self.sites.get_mut(&origin).expect("the site was visited above");
        let now = Instant::now();
        if site.closed && site.next > now {
            return Err(Error::Later { host, wait: site.next - now });
        }
        match &site.rules {
            Rules::None => return Err(Error::Robots { host }),
            Rules::These(robot) if !robot.allowed(url.as_str()) => return Err(Error::Robots { host }),
            Rules::These(_) | Rules::All => {}
        }
        sleep_until(site.next).await;
        let fetched = fetch(request, &self.policy).await;
        site.next = Instant::now() + site.gap;
        let fetched = fetched?;
        if let Some(wait) = overloaded(&fetched) {
            (site.closed, site.next) = (true, Instant::now() + wait);
            return Err(Error::Later { host, wait });
        }
        Ok(fetched)
    }

    /// Reads a site's robots.txt as RFC 9309 says: none is leave to read all, one that cannot be had is
    /// leave to read nothing.
    async fn visit(&self, origin: &str, allow_host: bool) -> Result<Site, Error> {
        let url = format!("{origin}/robots.txt");
        let answer = fetch(&Request { url, allow_host, accept: Accept::Robots }, &self.policy).await;
        let gap = self.policy.limits.gap;
        let site = |rules, gap| Site { rules, gap, next: Instant::now() + gap, closed: false };
        let answer = match answer {
            Ok(answer) => answer,
            // What would stop the page, too, is told as what it is.
            Err(error) if !matches!(error, Error::TooManyRedirects { .. } | Error::TooLarge { .. }) => {
                return Err(error);
            }
            Err(_) => return Ok(site(Rules::None, gap)),
        };
        if let Some(wait) = overloaded(&answer) {
            return Ok(Site { closed: true, next: Instant::now() + wait, ..site(Rules::None, gap) });
        }
        Ok(match answer.status {
            200..300 => match Robot::new(ROBOT, &answer.body) {
                Ok(robot) => {
                    let asked = robot.delay.filter(|delay| delay.is_finite() && *delay > 0.0);
                    let asked = asked.map_or(gap, |delay| Duration::from_secs_f32(delay.min(3600.0)));
                    site(Rules::These(robot), asked.clamp(gap, LONGEST_GAP.max(gap)))
                }
                Err(_) => site(Rules::All, gap),
            },
            500.. => site(Rules::None, gap),
            _ => site(Rules::All, gap),
        })
    }
}

/// How long a site wants to be left alone, where its answer says that it is too busy.
fn overloaded(answer: &Fetched) -> Option<Duration> {
    if !matches!(answer.status, 429 | 503) {
        return None;
    }
    Some(retry_after(answer, SystemTime::now()).unwrap_or(LEAVE_ALONE))
}

/// `Retry-After`: seconds, or a date, held against the site's own clock where it shows one.
fn retry_after(answer: &Fetched, now: SystemTime) -> Option<Duration> {
    let said = answer.header("retry-after")?.trim();
    if let Ok(seconds) = said.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(said).ok()?;
    let theirs = answer.header("date").and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    Some(until.duration_since(theirs).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_read_as_seconds_or_as_a_date() {
        let answer = |said: &str| Fetched {
            asked: String::new(),
            url: String::new(),
            redirects: Vec::new(),
            status: 429,
            headers: vec![
                ("retry-after".into(), said.into()),
                ("date".into(), "Fri, 06 Mar 2026 12:00:00 GMT".into()),
            ],
            certificate: None,
            body: Vec::new(),
        };
        let wait = |said: &str| retry_after(&answer(said), SystemTime::UNIX_EPOCH).map(|wait| wait.as_secs());
        assert_eq!(wait(" 120 "), Some(120));
        assert_eq!(wait("Fri, 06 Mar 2026 12:01:30 GMT"), Some(90));
        assert_eq!(wait("Fri, 06 Mar 2026 11:00:00 GMT"), Some(0));
        assert_eq!(wait("soon"), None);
    }
}
