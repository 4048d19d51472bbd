//! Journeys over the one door and the command line, a module each.

mod archiving;
mod bad_input;
mod cli;
mod cli_journey;
mod cli_reference;
mod desk;
mod dossier;
mod editions;
mod exercise;
mod fetching;
mod formats;
mod importing;
mod journey;
mod keeping;
mod knowing;
mod mutations;
mod real_article;
mod registering;
mod serve;
