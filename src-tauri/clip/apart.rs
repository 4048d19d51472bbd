//! A program that does nothing but read documents apart: what the tests of `bilat-clip` start.

fn main() {
    bilat_clip::apart::run_if_asked();
}
