//! Journeys over the one door.
