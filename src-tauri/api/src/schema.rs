//! The TypeScript declarations of everything that passes the door, made from the command list.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

#[allow(clippy::wildcard_imports, reason = "the command list names most of what they hold")]
use crate::commands::*;
use crate::{Error, Event};
#[allow(clippy::wildcard_imports, reason = "the command list names most of what they hold")]
use bilat_core::*;

use bilat_brief::Check;

/// The declarations, ready to be written to `ui/src/host/schema.ts`.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut found = Declarations { config, seen: HashSet::new(), by_name: BTreeMap::new() };
    let mut commands = String::new();
    macro_rules! declare {
        ($($name:ident($request:ty) -> $response:ty),* $(,)?) => {$(
            found.visit::<$request>();
            found.visit::<$response>();
            let _ = writeln!(
                commands,
                "  {}: {{ request: {}; response: {} }};",
                stringify!($name),
                <$request as TS>::name(&found.config),
                <$response as TS>::name(&found.config),
            );
        )*};
    }
    with_commands!(declare);
    found.visit::<Event>();
    found.visit::<Error>();

    let mut out = String::from(
        "// Generated from src-tauri/api/src/commands.rs by `cargo xtask schema`; do not edit.\n\n",
    );
    for declaration in found.by_name.values() {
        let _ = writeln!(out, "export {declaration}\n");
    }
    let _ = write!(out, "export interface Commands {{\n{commands}}}\n");
    out
}

struct Declarations {
    config: Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        // Only types of our own have a place to be exported to; numbers, lists and the like do not.
        if T::output_path().is_some() {
            self.by_name.insert(T::ident(&self.config), T::decl(&self.config));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_window_speaks_the_doors_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/host/schema.ts");
        let written = std::fs::read_to_string(path).expect("ui/src/host/schema.ts is in the repository");
        assert_eq!(written, super::typescript(), "run `cargo xtask schema`");
    }
}
