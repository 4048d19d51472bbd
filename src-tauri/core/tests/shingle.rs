//! Copies are found whatever an editor did to them, and what is no copy is not taken for one.
//!
//! The stories are made of our own words and never repeat a window by themselves; what editors do is what
//! was measured on real articles: furniture added, words changed, paragraphs dropped, cut, put into longer
//! stories.

use bilat_core::{Block, BlockKind, Relation, Shingles, char_len};

/// A small generator (Knuth's MMIX constants), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

const STARTS: &[&str] = &[
    "har", "min", "fer", "tra", "con", "del", "por", "ves", "mar", "sal", "tim", "bor", "vil", "can", "res",
];
const MIDDLES: &[&str] = &["bo", "is", "ri", "ga", "lo", "ta", "en", "ul", "ov", "ed"];
const ENDS: &[&str] = &["ur", "ter", "es", "ing", "ed", "ion", "al", "er", "s", "y"];

fn word(random: &mut Random) -> String {
    // Every third word is one of a few, as in any text.
    const COMMON: &[&str] = &["the", "of", "and", "to", "in", "a", "said", "that", "for", "on"];
    if random.below(3) == 0 {
        return COMMON[random.below(COMMON.len())].into();
    }
    [STARTS[random.below(STARTS.len())], MIDDLES[random.below(MIDDLES.len())], ENDS[random.below(ENDS.len())]]
        .concat()
}

fn sentence(random: &mut Random, words: usize) -> String {
    (0..words).map(|_| word(random)).collect::<Vec<_>>().join(" ") + "."
}

/// A story of `many` paragraphs of some forty words.
fn story(random: &mut Random, many: usize) -> Vec<String> {
    (0..many).map(|_| [sentence(random, 14), sentence(random, 16), sentence(random, 11)].join(" ")).collect()
}

fn read(paragraphs: &[String]) -> Shingles {
    let text = paragraphs.join("\n\n");
    let mut blocks = Vec::new();
    let mut start = 0;
    for paragraph in paragraphs {
        let end = start + char_len(paragraph);
        blocks.push(Block { kind: BlockKind::Paragraph, start, end });
        start = end + 2;
    }
    Shingles::of(&text, &blocks, None)
}

/// `share` of the words replaced by others.
fn changed(random: &mut Random, paragraphs: &[String], percent: usize) -> Vec<String> {
    let change = |paragraph: &String| {
        let words = paragraph
            .split(' ')
            .map(|old| if random.below(100) < percent { word(random) } else { old.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    };
    paragraphs.iter().map(change).collect()
}

type Edit = fn(&mut Random, &[String]) -> Vec<String>;

/// What editors do to wire copy, and how many of a hundred copies must be found.
const EDITS: [(&str, Edit); 8] = [
    ("furniture added", |random, story| {
        let mut copy = story.to_vec();
        copy.insert(0, sentence(random, 9));
        copy.insert(copy.len() / 2, sentence(random, 12));
        copy.push(sentence(random, 20));
        copy
    }),
    ("3 % of the words changed", |random, story| changed(random, story, 3)),
    ("10 % of the words changed", |random, story| changed(random, story, 10)),
    ("every fifth paragraph dropped", |_, story| {
        story.iter().enumerate().filter(|(n, _)| n % 5 != 4).map(|(_, words)| words.clone()).collect()
    }),
    ("cut to its first half", |_, story| story[..story.len() / 2].to_vec()),
    ("cut to its first quarter", |_, story| story[..story.len() / 4].to_vec()),
    ("half of a longer local story", |random, wire| {
        let half = &wire[..wire.len() / 2];
        let own = story(random, wire.len());
        [&own[..half.len()], half, &own[half.len()..]].concat()
    }),
    ("cut to half and 10 % changed", |random, story| changed(random, &story[..story.len() / 2], 10)),
];

#[test]
fn every_copy_is_found_by_its_sample_and_by_its_words() {
    for (what, edit) in EDITS {
        for seed in 0..100 {
            let random = &mut Random(seed);
            let wire = story(random, 8 + seed as usize % 13);
            let copy = edit(random, &wire);
            let (one, other) = (read(&wire), read(&copy));
            let sampled = one.sample();
            let shared = other.sample().iter().filter(|hash| sampled.contains(hash)).count();
            assert!(shared >= 2, "{what}, {seed}: {shared} of the sample");
            let found = one.relation(&other);
            assert!(
                matches!(found, Some((Relation::SameText | Relation::Derived, _))),
                "{what}, {seed}: {found:?}"
            );
            assert_eq!(found, other.relation(&one), "{what}, {seed}: whichever comes first");
        }
    }
}

#[test]
fn stories_of_their_own_share_nothing() {
    for seed in 0..300 {
        let random = &mut Random(seed);
        let (one, other) = (story(random, 12), story(random, 6));
        assert_eq!(read(&one).relation(&read(&other)), None, "{seed}");
    }
}

#[test]
fn two_reporters_of_one_speech_quote_and_do_not_copy() {
    for seed in 0..100 {
        let random = &mut Random(seed);
        let quotes: Vec<String> = (0..3).map(|_| format!("“{}” he said.", sentence(random, 25))).collect();
        let mut report = || {
            let own = story(random, 3);
            own.into_iter().zip(&quotes).flat_map(|(own, quote)| [own, quote.clone()]).collect::<Vec<_>>()
        };
        let (one, other) = (report(), report());
        let found = read(&one).relation(&read(&other));
        assert!(matches!(found, Some((Relation::Quoting, _))), "{seed}: {found:?}");
    }
}

#[test]
fn background_at_the_end_of_two_stories_is_no_origin() {
    for seed in 0..100 {
        let random = &mut Random(seed);
        let background = story(random, 3);
        let mut report = |many| [story(random, many), background.clone()].concat();
        // Nearly half of either.
        let (one, other) = (report(4), report(5));
        assert_eq!(read(&one).relation(&read(&other)), None, "{seed}");
    }
}

#[test]
fn boilerplate_around_a_column_is_no_origin() {
    for seed in 0..100 {
        let random = &mut Random(seed);
        let (opening, closing) = (story(random, 1), story(random, 1));
        let mut column = || [opening.clone(), story(random, 9), closing.clone()].concat();
        let (one, other) = (column(), column());
        assert_eq!(read(&one).relation(&read(&other)), None, "{seed}");
    }
}

#[test]
fn case_accents_marks_and_the_dateline_do_not_count() {
    let words =
        "Élections : les ministres réunis à Genève ont signé l’accord sur le port après minuit vendredi";
    let plain = "GENEVE (Quay Wire) - elections, LES MINISTRES reunis a geneve: ont signe l'accord sur le port apres minuit vendredi";
    let one =
        Shingles::of(words, &[Block { kind: BlockKind::Paragraph, start: 0, end: char_len(words) }], None);
    let block = [Block { kind: BlockKind::Paragraph, start: 0, end: char_len(plain) }];
    let other = Shingles::of(plain, &block, Some("GENEVE"));
    assert!(one.share_in(&other) > 0.999);
    assert_eq!(one.len(), other.len());
}

#[test]
fn scripts_without_spaces_are_compared_by_letters() {
    let wire = "両国の港湾担当大臣は金曜日に、二つの港を結ぶ連絡船を夏までに再開することで合意した。九年間続いた桟橋をめぐる争いはこれで終わる。";
    let copy = "両国の港湾担当大臣は金曜日に、二つの港を結ぶ連絡船を夏までに再開することで合意した。漁師たちは時刻表を待つと話した。";
    let read = |text: &str| {
        Shingles::of(text, &[Block { kind: BlockKind::Paragraph, start: 0, end: char_len(text) }], None)
    };
    assert!(matches!(read(wire).relation(&read(copy)), Some((Relation::Derived, _))));
}
