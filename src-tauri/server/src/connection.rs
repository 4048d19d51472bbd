//! Connections: a few at a time, and none that holds a place without using it.
//!
//! Whoever fills all places with half a request must not lock the browser out. So a full house closes
//! the connection that has waited longest for somebody it does not know; only requests that carry a
//! good token keep their place. Nothing is answered late for it: those connections have said nothing.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::limits::Limits;

/// What a connection is doing, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Sending the head of a request.
    Head,
    /// Being answered, without a token so far.
    Unknown,
    /// Being answered, with a good token.
    Known,
    /// Waiting between requests.
    Idle,
}

/// A connection's place.
#[derive(Debug)]
pub struct Place {
    phase: Mutex<(Phase, Instant)>,
    changed: Notify,
    evicted: Notify,
}

impl Place {
    fn new() -> Self {
        let phase = Mutex::new((Phase::Head, Instant::now()));
        Self { phase, changed: Notify::new(), evicted: Notify::new() }
    }

    /// Notes that the connection does something else from now on.
    pub fn enter(&self, phase: Phase) {
        *self.phase() = (phase, Instant::now());
        self.changed.notify_one();
    }

    /// Notes that bytes came in.
    fn heard(&self) {
        let idle = self.phase().0 == Phase::Idle;
        if idle {
            self.enter(Phase::Head);
        }
    }

    /// Returns when the connection is to be closed: it took too long, or another needs its place.
    pub async fn over(&self, limits: &Limits) {
        loop {
            let (phase, since) = *self.phase();
            let deadline = match phase {
                Phase::Head => Some(since + limits.head),
                Phase::Idle => Some(since + limits.keep_alive),
                Phase::Unknown | Phase::Known => None,
            };
            let late = async {
                match deadline {
                    Some(deadline) => tokio::time::sleep_until(deadline).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = late => return,
                () = self.evicted.notified() => return,
                () = self.changed.notified() => {}
            }
        }
    }

    fn phase(&self) -> MutexGuard<'_, (Phase, Instant)> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All places.
#[derive(Debug)]
pub struct Places {
    taken: Mutex<Vec<Arc<Place>>>,
    most: usize,
}

impl Places {
    /// `most` of them.
    pub fn new(most: usize) -> Self {
        Self { taken: Mutex::default(), most }
    }

    /// A place, if need be somebody else's; none when all belong to browsers that are being answered.
    pub fn take(&self) -> Option<Arc<Place>> {
        let mut taken = self.taken();
        if taken.len() >= self.most {
            let waits = |place: &Place| {
                let (phase, since) = *place.phase();
                (phase != Phase::Known).then_some(since)
            };
            let longest = taken.iter().enumerate().filter_map(|(at, place)| Some((waits(place)?, at))).min();
            let evicted = taken.remove(longest?.1);
            evicted.evicted.notify_one();
        }
        let place = Arc::new(Place::new());
        taken.push(place.clone());
        Some(place)
    }

    /// Gives a place back.
    pub fn leave(&self, place: &Arc<Place>) {
        self.taken().retain(|other| !Arc::ptr_eq(other, place));
    }

    fn taken(&self) -> MutexGuard<'_, Vec<Arc<Place>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A socket that tells its place when bytes come in.
pub struct Heard {
    pub stream: TcpStream,
    pub place: Arc<Place>,
}

impl AsyncRead for Heard {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.place.heard();
        }
        polled
    }
}

impl AsyncWrite for Heard {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waited_longest_makes_room() {
        let places = Places::new(2);
        let first = places.take().unwrap();
        let second = places.take().unwrap();
        first.enter(Phase::Known);
        let third = places.take().unwrap();
        let left = places.taken();
        assert!(left.iter().any(|place| Arc::ptr_eq(place, &first)), "a known browser stays");
        assert!(!left.iter().any(|place| Arc::ptr_eq(place, &second)));
        assert!(left.iter().any(|place| Arc::ptr_eq(place, &third)));
    }

    #[test]
    fn a_house_full_of_known_browsers_is_full() {
        let places = Places::new(1);
        let first = places.take().unwrap();
        first.enter(Phase::Known);
        assert!(places.take().is_none());
        places.leave(&first);
        assert!(places.take().is_some());
    }
}
