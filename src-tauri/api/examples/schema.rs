//! Prints the TypeScript declarations; `cargo xtask schema` writes them to the window's sources.

fn main() {
    print!("{}", bilat_api::schema::typescript());
}
