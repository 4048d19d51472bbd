//! Bad input: one clear line, nothing changed, the library as it was.

use crate::cli::Shell;
use crate::desk::TREATY;

/// Runs `clip` on `bytes` and expects one line on standard error that holds `why`.
#[track_caller]
fn refuses(name: &str, bytes: &[u8], why: &str) {
    let shell = Shell::new();
    shell.run_with(&["clip", "-"], TREATY);
    std::fs::write(shell.path(name), bytes).unwrap();
    let before = std::fs::read(shell.path("x.bilat")).unwrap();
    let answer = shell.run(&["clip", name]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert_eq!(answer.err.trim_end().lines().count(), 1, "{answer:?}");
    assert!(answer.err.to_lowercase().contains(why), "{answer:?}");
    assert_eq!(std::fs::read(shell.path("x.bilat")).unwrap(), before, "the library is unchanged");
    assert_eq!(shell.json(&["list"])["total"], 1);
}

#[test]
fn what_holds_no_article_is_refused() {
    refuses("empty.txt", b"", "empty");
    refuses("blank.txt", b" \n\n\t\n", "empty");
    refuses("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0", "not text");
    refuses("nav.html", b"<!doctype html><title>x</title><nav><a href=/>Home</a></nav>", "article");
}

#[test]
fn invalid_utf_8_is_read_by_evidence_or_refused_and_never_lost() {
    let shell = Shell::new();
    let latin: Vec<u8> = TREATY
        .replace("Sugimori", "S\u{e9}gimori")
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    std::fs::write(shell.path("latin.txt"), latin).unwrap();
    let id = shell.json(&["clip", "latin.txt"])[0]["id"].to_string();
    let shown = shell.json(&["show", &id]).to_string();
    assert!(shown.contains("Ségimori") && shown.contains('“'), "{shown}");
}

#[test]
fn twenty_megabytes_of_text_are_clipped() {
    let shell = Shell::new();
    let paragraph =
        "The ministers met again and said that the talks would go on for another week in the capital.\n\n";
    let text = format!("A very long record\n\n{}", paragraph.repeat(20 * 1024 * 1024 / paragraph.len()));
    std::fs::write(shell.path("long.txt"), text).unwrap();
    let answer = shell.run(&["clip", "long.txt"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
}

#[test]
fn a_hostile_title_is_words_and_nothing_more() {
    let shell = Shell::new();
    let title = "<img src=x onerror=alert(1)> \u{202e}reversed ".repeat(400);
    let text = TREATY.replacen("Japan and Kazakhstan sign a transit pact", &title, 1);
    std::fs::write(shell.path("hostile.txt"), text).unwrap();
    let clipped = shell.json(&["clip", "hostile.txt"]);
    let title = clipped[0]["title"].as_str().unwrap();
    assert!(title.chars().count() <= 600 && !title.contains('\u{202e}'), "{title}");
}

#[test]
fn a_file_that_is_no_library_is_never_written_to() {
    let shell = Shell::new();
    for (what, bytes) in
        [("empty", &b""[..]), ("text", b"Dear diary"), ("foreign", b"SQLite format 3\0 and so on")]
    {
        std::fs::write(shell.path("x.bilat"), bytes).unwrap();
        for arguments in [&["list"][..], &["demo"]] {
            let answer = shell.run(arguments);
            assert_eq!(answer.code, 1, "{what}: {answer:?}");
            assert_eq!(answer.err.trim_end().lines().count(), 1, "{what}: {answer:?}");
        }
        assert_eq!(std::fs::read(shell.path("x.bilat")).unwrap(), bytes, "{what}");
        assert_eq!(
            std::fs::read_dir(shell.path("")).unwrap().count(),
            1,
            "{what}: nothing was left beside it"
        );
    }
}

#[test]
fn two_programs_share_one_library() {
    let shell = Shell::new();
    shell.run_with(&["clip", "-"], TREATY);
    let clips: Vec<_> = (0..4)
        .map(|n| {
            let text = TREATY.replace("two years", &format!("{n} years")).replace("Friday", "Monday");
            std::fs::write(shell.path(&format!("{n}.txt")), text).unwrap();
            std::process::Command::new(env!("CARGO_BIN_EXE_bilat"))
                .arg("--library")
                .arg(shell.path("x.bilat"))
                .arg("clip")
                .arg(shell.path(&format!("{n}.txt")))
                .stdout(std::process::Stdio::null())
                .spawn()
                .expect("bilat starts")
        })
        .collect();
    // All of them run by now.
    for mut clip in clips {
        assert!(clip.wait().unwrap().success());
    }
    assert_eq!(shell.json(&["list"])["total"], 5);
    assert_eq!(shell.run(&["check"]).code, 0);
}

#[test]
fn a_missing_library_is_named() {
    let shell = Shell::new();
    let answer = shell.run(&["list"]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("x.bilat"), "{answer:?}");
    assert!(!shell.path("x.bilat").exists());
    assert_eq!(shell.run(&["no-such-command"]).code, 2);
}
