//! Set-up, run, test, bundle and bench in one program.

fn main() {}
