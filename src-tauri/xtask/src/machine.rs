//! What the machine must have: found by asking for it, not by guessing from the distribution's name.
//!
//! Each [`Need`] knows how to see whether it is met and which package meets it under each package manager.

use std::path::PathBuf;

use crate::Outcome;
use crate::process::{answers, found, is_there, output, program};

/// What the machine is wanted for; each asks for what the one before does, and more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// The library and the command line.
    Library,
    /// The window.
    Window,
    /// All tests, the window's journey without a display included.
    Tests,
}

/// One thing that must be there.
struct Need {
    what: &'static str,
    since: For,
    is_met: fn() -> bool,
    apt: &'static str,
    dnf: &'static str,
    pacman: &'static str,
    brew: &'static str,
}

/// Only Linux has no web view of its own, and only there can a window be driven without a display.
const LINUX: bool = cfg!(target_os = "linux");

const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        since: For::Library,
        is_met: || cfg!(windows) || is_there("cc"),
        apt: "build-essential",
        dnf: "gcc gcc-c++ make",
        pacman: "base-devel",
        brew: "gcc",
    },
    Need {
        what: "pkg-config",
        since: For::Window,
        is_met: || !LINUX || is_there("pkg-config"),
        apt: "pkg-config",
        dnf: "pkgconf-pkg-config",
        pacman: "pkgconf",
        brew: "",
    },
    Need {
        what: "WebKitGTK 4.1",
        since: For::Window,
        is_met: || !LINUX || has_library("webkit2gtk-4.1"),
        apt: "libwebkit2gtk-4.1-dev",
        dnf: "webkit2gtk4.1-devel",
        pacman: "webkit2gtk-4.1",
        brew: "",
    },
    Need {
        what: "D-Bus",
        since: For::Window,
        is_met: || !LINUX || has_library("dbus-1"),
        apt: "libdbus-1-dev",
        dnf: "dbus-devel",
        pacman: "dbus",
        brew: "",
    },
    Need {
        what: "Node 20 or newer",
        since: For::Window,
        is_met: || node_version() >= Some(20),
        apt: "nodejs",
        dnf: "nodejs",
        pacman: "nodejs",
        brew: "node",
    },
    Need {
        what: "npm",
        since: For::Window,
        is_met: || cfg!(windows) || is_there("npm"),
        apt: "npm",
        dnf: "npm",
        pacman: "npm",
        brew: "node",
    },
    Need {
        what: "Xvfb, a display without a screen",
        since: For::Tests,
        is_met: || !LINUX || is_there("Xvfb"),
        apt: "xvfb",
        dnf: "xorg-x11-server-Xvfb",
        pacman: "xorg-server-xvfb",
        brew: "",
    },
    Need {
        what: "WebKitWebDriver",
        since: For::Tests,
        is_met: || !LINUX || is_there("WebKitWebDriver"),
        apt: "webkit2gtk-driver",
        dnf: "/usr/bin/WebKitWebDriver",
        pacman: "webkitgtk-6.0",
        brew: "",
    },
    Need {
        what: "Chromium",
        since: For::Tests,
        is_met: || chromium().is_some(),
        apt: "chromium",
        dnf: "chromium",
        pacman: "chromium",
        brew: "--cask chromium",
    },
    Need {
        what: "fonts for Arabic, Cyrillic and Greek",
        since: For::Tests,
        is_met: || !LINUX || has_font("ar"),
        apt: "fontconfig fonts-noto-core",
        dnf: "fontconfig google-noto-sans-arabic-fonts google-noto-sans-fonts",
        pacman: "fontconfig noto-fonts",
        brew: "",
    },
    Need {
        what: "fonts for Chinese",
        since: For::Tests,
        is_met: || !LINUX || has_font("zh"),
        apt: "fonts-noto-cjk",
        dnf: "google-noto-sans-cjk-fonts",
        pacman: "noto-fonts-cjk",
        brew: "",
    },
];

/// Finds what is missing, says what will be installed and how, and installs it.
pub fn set_up(wanted: For) -> Outcome {
    let missing = missing(wanted);
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Missing on this machine:");
    for need in &missing {
        eprintln!("  {}", need.what);
    }
    let manager = Manager::of_this_machine().ok_or_else(|| {
        format!("install by hand what is missing ({}): no apt, dnf, pacman or brew is here", names(&missing))
    })?;
    let mut packages: Vec<&str> = missing.iter().flat_map(|need| manager.packages(need)).collect();
    packages.dedup();
    manager.install(&packages)?;
    let still: Vec<_> = missing.into_iter().filter(|need| !(need.is_met)()).collect();
    if still.is_empty() {
        return Ok(());
    }
    let advice = if still.iter().any(|need| need.what.starts_with("Node")) {
        ": this system's own Node is too old, take one from https://nodejs.org"
    } else {
        ", though its packages are installed"
    };
    Err(format!("still missing: {}{advice}", names(&still)))
}

/// The Chromium of this machine, under whichever name.
pub fn chromium() -> Option<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    const MAC: &[&str] = &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    let in_path = NAMES.iter().find_map(|name| found(name));
    in_path.or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.is_file()))
}

fn missing(wanted: For) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| need.since <= wanted && !(need.is_met)()).collect()
}

fn names(needs: &[&Need]) -> String {
    needs.iter().map(|need| need.what).collect::<Vec<_>>().join(", ")
}

fn has_library(name: &str) -> bool {
    answers("pkg-config", &["--exists", name])
}

fn has_font(language: &str) -> bool {
    output("fc-list", &[&format!(":lang={language}")]).is_some_and(|fonts| !fonts.is_empty())
}

fn node_version() -> Option<u32> {
    major(&output("node", &["--version"])?)
}

/// `v20.20.2` → 20
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The machine's package manager.
#[derive(Clone, Copy)]
enum Manager {
    Apt,
    Dnf,
    Pacman,
    Brew,
}

impl Manager {
    fn of_this_machine() -> Option<Self> {
        let known =
            [("apt-get", Self::Apt), ("dnf", Self::Dnf), ("pacman", Self::Pacman), ("brew", Self::Brew)];
        known.into_iter().find(|(name, _)| is_there(name)).map(|(_, manager)| manager)
    }

    fn packages(self, need: &Need) -> impl Iterator<Item = &'static str> + use<> {
        let packages = match self {
            Self::Apt => need.apt,
            Self::Dnf => need.dnf,
            Self::Pacman => need.pacman,
            Self::Brew => need.brew,
        };
        packages.split_whitespace()
    }

    /// The commands that install, in order.
    fn commands(self, packages: &[&str]) -> Vec<Vec<String>> {
        let lines: &[&str] = match self {
            Self::Apt => &["apt-get update", "apt-get install --yes --no-install-recommends"],
            Self::Dnf => &["dnf install --assumeyes"],
            Self::Pacman => &["pacman --sync --needed --noconfirm"],
            Self::Brew => &["brew install"],
        };
        let mut commands: Vec<Vec<String>> =
            lines.iter().map(|line| line.split(' ').map(str::to_owned).collect()).collect();
        if let Some(last) = commands.last_mut() {
            last.extend(packages.iter().map(|&package| package.to_owned()));
        }
        commands
    }

    fn install(self, packages: &[&str]) -> Outcome {
        let as_root = matches!(self, Self::Brew) || output("id", &["-u"]).as_deref() == Some("0");
        let sudo = if as_root { "" } else { "sudo " };
        let commands = self.commands(packages);
        eprintln!("To be installed with:");
        for command in &commands {
            eprintln!("  {sudo}{}", command.join(" "));
        }
        if std::env::var_os("BILAT_NO_INSTALL").is_some() {
            return Err("nothing was installed, because BILAT_NO_INSTALL is set".into());
        }
        if !as_root && !is_there("sudo") {
            return Err(
                "neither root nor sudo: run the commands above as root, then again what you ran".into()
            );
        }
        for command in commands {
            let words = if as_root { command } else { [vec!["sudo".to_owned()], command].concat() };
            program(&words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive").run()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn every_need_names_its_debian_fedora_and_arch_package() {
        for need in NEEDS {
            assert!(!need.apt.is_empty() && !need.dnf.is_empty() && !need.pacman.is_empty(), "{}", need.what);
        }
    }

    #[test]
    fn the_library_alone_needs_no_webkit() {
        assert!(
            NEEDS.iter().filter(|need| need.since == For::Library).all(|need| !need.apt.contains("webkit"))
        );
    }

    #[test]
    fn apt_is_brought_up_to_date_and_takes_all_packages_at_once() {
        let commands = Manager::Apt.commands(&["xvfb", "chromium"]);
        assert_eq!(commands[0].join(" "), "apt-get update");
        assert!(commands[1].join(" ").ends_with("--no-install-recommends xvfb chromium"));
    }
}
