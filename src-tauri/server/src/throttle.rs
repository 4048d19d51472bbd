//! Slows guessing down. Only failures count: every client comes from the same address, so counting
//! requests would let one bad program lock the good browser out.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How many failures …
const FAILURES: usize = 10;
/// … within how long.
const WITHIN: Duration = Duration::from_mins(1);

/// The failed authentications of the last minute.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<VecDeque<Instant>>);

impl Throttle {
    /// Notes a failure at `now`. Answers how long to wait, when there were too many before it.
    pub fn failed(&self, now: Instant) -> Option<Duration> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while failures.front().is_some_and(|at| now.duration_since(*at) >= WITHIN) {
            failures.pop_front();
        }
        if failures.len() < FAILURES {
            failures.push_back(now);
            return None;
        }
        failures.front().map(|at| WITHIN.saturating_sub(now.duration_since(*at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_failure_of_a_minute_has_to_wait() {
        let throttle = Throttle::default();
        let start = Instant::now();
        let second = |n| start + Duration::from_secs(n);
        for n in 0..10 {
            assert_eq!(throttle.failed(second(n)), None);
        }
        assert_eq!(throttle.failed(second(20)), Some(Duration::from_secs(40)));
        assert_eq!(throttle.failed(second(60)), None, "the first was a minute ago");
        assert!(throttle.failed(second(60)).is_some());
    }
}
