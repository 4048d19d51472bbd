//! A list of checks that are all run, each with what it found, and one summary that ends like cargo's own.
//!
//! A failure does not hide the checks after it; only what cannot work without a failed step is left out, and says so.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::process::Process;

/// What was run so far.
pub struct Steps {
    done: Vec<Step>,
    since: Instant,
}

struct Step {
    name: &'static str,
    result: Verdict,
    tests: Counts,
    took: Duration,
}

enum Verdict {
    Passed,
    Failed(String),
    LeftOut(String),
}

/// Tests, as their runners count them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Steps {
    pub fn new() -> Self {
        Self { done: Vec::new(), since: Instant::now() }
    }

    /// Runs a step; whether it passed.
    pub fn run(&mut self, name: &'static str, process: Process) -> bool {
        let mut tests = Counts::default();
        let start = Instant::now();
        let outcome = process.run_and_read(|line| tests.read(line));
        self.note(name, outcome, tests, start.elapsed())
    }

    /// Takes a step that was no program; whether it passed.
    pub fn take(&mut self, name: &'static str, outcome: Outcome) -> bool {
        self.note(name, outcome, Counts::default(), Duration::ZERO)
    }

    /// Says why a step was not run. It counts as failed: what was not checked does not hold.
    pub fn leave_out(&mut self, name: &'static str, reason: &str) {
        let result = Verdict::LeftOut(reason.to_owned());
        self.done.push(Step { name, result, tests: Counts::default(), took: Duration::ZERO });
    }

    fn note(&mut self, name: &'static str, outcome: Outcome, mut tests: Counts, took: Duration) -> bool {
        let result = outcome.map_or_else(Verdict::Failed, |()| Verdict::Passed);
        let passed = matches!(result, Verdict::Passed);
        // A check without tests of its own, and a runner that broke down, count as one.
        match (passed, tests) {
            (true, Counts { passed: 0, failed: 0, .. }) => tests.passed = 1,
            (false, Counts { failed: 0, .. }) => tests.failed = 1,
            _ => {}
        }
        self.done.push(Step { name, result, tests, took });
        passed
    }

    /// Prints what was found.
    pub fn summary(self) -> Outcome {
        println!("\n────────────────────────────────────────");
        let mut all = Counts::default();
        for Step { name, result, tests, took } in &self.done {
            all.passed += tests.passed;
            all.failed += tests.failed;
            all.ignored += tests.ignored;
            let seconds = took.as_secs_f32();
            match result {
                Verdict::Passed => {
                    println!("  ok      {name:<36} {:>5} passed {seconds:>7.1} s", tests.passed);
                }
                Verdict::Failed(why) => {
                    println!("  FAILED  {name:<36} {:>5} failed {seconds:>7.1} s  {why}", tests.failed);
                }
                Verdict::LeftOut(why) => {
                    all.failed += 1;
                    println!("  LEFT OUT {name:<35} {why}");
                }
            }
        }
        let word = if all.failed == 0 { "ok" } else { "FAILED" };
        let Counts { passed, failed, ignored } = all;
        let seconds = self.since.elapsed().as_secs_f32();
        println!(
            "\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored; finished in {seconds:.1}s"
        );
        if failed == 0 { Ok(()) } else { Err(format!("{failed} failed")) }
    }
}

impl Counts {
    /// Reads the line with which cargo, Vitest or Node's test runner ends a group of tests.
    fn read(&mut self, line: &str) {
        let line = without_colour(line);
        let line = line.trim();
        if let Some(counts) = line.strip_prefix("test result: ") {
            let counts = counts.split_once(". ").map_or("", |(_, counts)| counts);
            self.add(counts.split("; ").filter_map(|part| part.split_once(' ')));
        } else if let Some(counts) = line.strip_prefix("Tests ") {
            let counts = counts.split_once('(').map_or(counts, |(counts, _)| counts);
            self.add(counts.split('|').filter_map(|part| part.trim().split_once(' ')));
        } else if let Some((what, number)) = line.strip_prefix("ℹ ").and_then(|line| line.split_once(' ')) {
            self.add([(number, what)]);
        }
    }

    fn add<'a>(&mut self, counts: impl IntoIterator<Item = (&'a str, &'a str)>) {
        for (number, what) in counts {
            let number: u32 = number.parse().unwrap_or(0);
            match what {
                "passed" | "pass" => self.passed += number,
                "failed" | "fail" => self.failed += number,
                "ignored" | "skipped" | "todo" => self.ignored += number,
                _ => {}
            }
        }
    }
}

fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once(|letter: char| letter.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (u32, u32, u32) {
        let mut counts = Counts::default();
        for line in lines {
            counts.read(line);
        }
        (counts.passed, counts.failed, counts.ignored)
    }

    #[test]
    fn cargo_is_counted_over_all_its_binaries() {
        let line =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        let other = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(read(&["running 12 tests", line, other]), (15, 2, 1));
    }

    #[test]
    fn vitest_is_counted_in_colour_too() {
        assert_eq!(read(&["      Tests  1 failed | 12 passed | 2 skipped (15)"]), (12, 1, 2));
        assert_eq!(
            read(&["\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m\u{1b}[22m (7)"]),
            (7, 0, 0)
        );
        assert_eq!(read(&[" Test Files  2 passed (2)"]), (0, 0, 0));
    }

    #[test]
    fn node_is_counted() {
        assert_eq!(
            read(&["ℹ tests 5", "ℹ pass 3", "ℹ fail 1", "ℹ skipped 1", "ℹ duration_ms 12"]),
            (3, 1, 1)
        );
    }

    #[test]
    fn a_runner_that_broke_down_is_a_failure() {
        let mut steps = Steps::new();
        assert!(!steps.take("a check", Err("no such program".into())));
        assert_eq!(steps.done[0].tests.failed, 1);
        assert!(steps.summary().is_err());
    }

    #[test]
    fn what_was_left_out_does_not_hold() {
        let mut steps = Steps::new();
        assert!(steps.take("a check", Ok(())));
        steps.leave_out("another", "the page is not built");
        assert!(steps.summary().is_err());
    }
}
