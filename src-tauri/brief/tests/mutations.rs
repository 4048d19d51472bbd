//! Twenty thousand and more altered quotations, none of which may pass; as many unaltered, none of
//! which may be flagged. Seven languages, every style of marks, sentences of our own.

#[path = "support/shelf.rs"]
mod shelf;

use std::fmt::Write;

use bilat_brief::{QuoteState, check};
use shelf::Shelf;

/// Sentences with numbers, negations and names.
const LANGUAGES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "We will not reopen the two ports before 14 June 2024, and Ilya Morev knows it well.",
            "No vessel of the 37 that left Korrin on Monday has returned, Anna Lindqvist said quietly.",
            "They couldn't agree on the 2.5 per cent levy, nor did they ever discuss the island of Sund.",
            "Our proposal, which nobody in Varna has read, would cost 1,200 jobs over three years.",
        ],
    ),
    (
        "ru",
        &[
            "Мы не откроем оба порта раньше 14 июня 2024 года, и Илья Морев это хорошо знает.",
            "Ни одно из 37 судов, вышедших из Коррина в понедельник, не вернулось, тихо сказала Анна Линд.",
            "Наше предложение, которое никто в Варне не прочёл, будет стоить 1200 рабочих мест за три года.",
        ],
    ),
    (
        "fr",
        &[
            "Nous n’ouvrirons pas les deux ports avant le 14 juin 2024, et Élise Morel le sait très bien.",
            "Aucun des 37 navires partis de Corrin lundi n’est revenu, a dit doucement Anna Lindqvist.",
            "L’accord que personne n’a lu à Varne coûterait 1 200 emplois en trois ans à l’île entière.",
        ],
    ),
    (
        "de",
        &[
            "Wir werden die beiden Häfen nicht vor dem 14. Juni 2024 öffnen, und Jonas Möller weiß das genau.",
            "Keines der 37 Schiffe, die am Montag Korrin verließen, ist zurückgekehrt, sagte Anna Lindqvist leise.",
            "Unser Vorschlag, den in Varna niemand gelesen hat, würde 1200 Stellen in drei Jahren kosten.",
        ],
    ),
    (
        "es",
        &[
            "No abriremos los dos puertos antes del 14 de junio de 2024, y Elías Morán lo sabe muy bien.",
            "Ninguno de los 37 buques que zarparon de Corrín el lunes ha vuelto, dijo en voz baja Ana Lind.",
            "Nuestra propuesta, que nadie ha leído en Varna, costaría 1200 empleos en tres años.",
        ],
    ),
    (
        "zh",
        &[
            "我们不会在2024年6月14日之前重新开放这两个港口，莫列夫对此非常清楚。",
            "星期一离开科林港的37艘船没有一艘返回，林德小声地对记者们说道。",
            "没有人读过的那份提案将在三年内使岛上失去1200个工作岗位。",
        ],
    ),
    (
        "ar",
        &[
            "لن نعيد فتح المرفأين قبل 14 يونيو 2024 وهذا أمر يعرفه إلياس موريف جيدا.",
            "لم تعد أي سفينة من السفن السبع والثلاثين التي غادرت كورين يوم الاثنين، كما قالت آنا ليند.",
            "لا أحد في فارنا قرأ اقتراحنا الذي سيكلف 1200 وظيفة خلال ثلاث سنوات.",
        ],
    ),
];

const MARKS: &[(&str, &str)] = &[
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("”", "”"),
    ("«", "»"),
    ("« ", " »"),
    ("«\u{A0}", "\u{A0}»"),
    ("»", "«"),
    ("‹", "›"),
    ("›", "‹"),
    ("\"", "\""),
    ("‘", "’"),
    ("‚", "‘"),
    ("「", "」"),
    ("『", "』"),
    ("〝", "〞"),
    ("\\\"", "\\\""),
    ("&laquo;", "&raquo;"),
];

const NEGATIONS: &[&str] = &[
    "not",
    "no",
    "nobody",
    "nor",
    "never",
    "не",
    "ни",
    "никто",
    "pas",
    "aucun",
    "personne",
    "n’est",
    "n’a",
    "nicht",
    "keines",
    "niemand",
    "no",
    "ninguno",
    "nadie",
    "不",
    "没",
    "没有",
    "لن",
    "لم",
    "لا",
];

/// A small generator, so that every run tries the same cases.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

fn shelf() -> Shelf {
    let mut shelf = Shelf::default();
    for (language, sentences) in LANGUAGES {
        let text = format!("A headline of no account\n\n{}\n\nA last line.", sentences.join(" "));
        shelf = shelf.with(&format!("in-{language}"), &text);
    }
    shelf
}

fn unspaced(language: &str) -> bool {
    language == "zh"
}

/// Words, or for Chinese characters, with what stands between them.
fn tokens(text: &str, language: &str) -> Vec<String> {
    if unspaced(language) {
        return text.chars().map(String::from).collect();
    }
    text.split_inclusive(' ').map(str::to_owned).collect()
}

/// `sentence` altered one way; nothing where the way does not apply or changes nothing that counts.
fn alter(sentence: &str, language: &str, dice: &mut Dice, way: usize) -> Option<String> {
    let chars: Vec<char> = sentence.chars().collect();
    let letters: Vec<usize> = (0..chars.len()).filter(|at| chars[*at].is_alphabetic()).collect();
    let mut words = tokens(sentence, language);
    let inner = |dice: &mut Dice, len: usize| 1 + dice.roll(len - 2);
    let swap = |at: usize, with: char| {
        let mut chars = chars.clone();
        chars[at] = with;
        chars.into_iter().collect::<String>()
    };
    let altered = match way {
        // A letter replaced.
        0 => {
            let at = letters[dice.roll(letters.len())];
            let from: Vec<char> = letters.iter().map(|at| chars[*at]).filter(|c| *c != chars[at]).collect();
            swap(at, from[dice.roll(from.len())])
        }
        // A letter dropped inside.
        1 => {
            let at = letters[1 + dice.roll(letters.len() - 2)];
            let mut chars = chars.clone();
            chars.remove(at);
            chars.into_iter().collect()
        }
        // A letter put in.
        2 => {
            let at = letters[1 + dice.roll(letters.len() - 2)];
            let mut chars = chars.clone();
            chars.insert(at, chars[letters[dice.roll(letters.len())]]);
            chars.into_iter().collect()
        }
        // A digit changed.
        3 => {
            let digits: Vec<usize> = (0..chars.len()).filter(|at| chars[*at].is_ascii_digit()).collect();
            let at = *digits.get(dice.roll(digits.len()))?;
            swap(at, char::from(b'0' + ((chars[at] as u8 - b'0') + 1 + dice.roll(9) as u8) % 10))
        }
        // A negation dropped from inside.
        4 => {
            let at = (1..words.len() - 1).find(|at| {
                let word = words[*at].trim().trim_matches(',').to_lowercase();
                NEGATIONS.contains(&word.as_str())
            })?;
            words.remove(at);
            words.concat()
        }
        // A negation put in.
        5 => {
            let at = inner(dice, words.len());
            let not = match language {
                "ru" => "не ",
                "fr" => "pas ",
                "de" => "nicht ",
                "es" => "no ",
                "zh" => "不",
                "ar" => "لا ",
                _ => "not ",
            };
            if words[at - 1].trim() == not.trim() || words[at].trim() == not.trim() {
                return None;
            }
            words.insert(at, not.to_owned());
            words.concat()
        }
        // A name or another capitalised word replaced by another.
        6 => {
            let names: Vec<usize> = (1..words.len())
                .filter(|at| words[*at].chars().next().is_some_and(char::is_uppercase))
                .collect();
            let at = *names.get(dice.roll(names.len()))?;
            words[at] = "Ulla ".into();
            words.concat()
        }
        // A word dropped from inside.
        7 => {
            let at = inner(dice, words.len());
            if words[at] == words[at - 1] || !words[at].chars().any(char::is_alphanumeric) {
                return None;
            }
            words.remove(at);
            words.concat()
        }
        // Two neighbours swapped.
        8 => {
            let at = inner(dice, words.len() - 1);
            words.swap(at, at + 1);
            words.concat()
        }
        // A look-alike letter.
        9 => {
            const TWINS: &[(char, char)] = &[
                ('a', 'а'),
                ('e', 'е'),
                ('o', 'о'),
                ('p', 'р'),
                ('c', 'с'),
                ('x', 'х'),
                ('i', 'і'),
                ('а', 'a'),
                ('е', 'e'),
                ('о', 'o'),
                ('с', 'c'),
                ('р', 'p'),
                ('日', '曰'),
                ('ي', 'ی'),
                ('ك', 'ک'),
            ];
            let twins: Vec<(usize, char)> = chars
                .iter()
                .enumerate()
                .filter_map(|(at, c)| Some((at, TWINS.iter().find(|(from, _)| from == c)?.1)))
                .collect();
            let (at, with) = *twins.get(dice.roll(twins.len()))?;
            swap(at, with)
        }
        // Something invisible inside a word.
        10 => {
            let at = letters[1 + dice.roll(letters.len() - 2)];
            let mut chars = chars.clone();
            chars.insert(
                at,
                ['\u{200B}', '\u{200D}', '\u{202E}', '\u{200F}', '\u{2060}', '\u{FEFF}'][dice.roll(6)],
            );
            chars.into_iter().collect()
        }
        // Segments in the wrong order.
        11 => {
            let half = words.len() / 2;
            format!("{} […] {}", words[half..].concat().trim(), words[..half].concat().trim())
        }
        // An elision over changed words.
        12 => {
            let at = letters[letters.len() - 2];
            let changed = swap(at, if chars[at] == 'z' { 'y' } else { 'z' });
            let words = tokens(&changed, language);
            format!(
                "{} […] {}",
                words[..words.len() / 3].concat().trim(),
                words[words.len() / 2..].concat().trim()
            )
        }
        // Upper for lower case inside.
        _ => {
            let at = letters[1 + dice.roll(letters.len() - 2)];
            let upper = chars[at].to_uppercase().next().filter(|upper| *upper != chars[at])?;
            swap(at, upper)
        }
    };
    (altered != sentence).then_some(altered)
}

/// Markdown that holds exactly these words.
fn wrap(words: &str, dice: &mut Dice, key: &str) -> String {
    // Marks that stand in the words themselves would close the quotation.
    let mut marks = MARKS[dice.roll(MARKS.len())];
    while words.contains('’') && marks.1 == "’" || words.contains('‘') && marks.1 == "‘" {
        marks = MARKS[dice.roll(MARKS.len())];
    }
    match dice.roll(4) {
        0 => format!("> {words} [@{key}]"),
        1 => format!("> {words}\n>\n> — Somebody, [@{key}]"),
        2 => format!("- One said {}{words}{} [@{key}].", marks.0, marks.1),
        _ => format!("One said {}{words}{}, and left [@{key}, ¶2].", marks.0, marks.1),
    }
}

/// `words` on several lines, with soft hyphens and other typography.
fn retype(words: &str, dice: &mut Dice, language: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = words.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        // A number at the start of a line would begin a list.
        let breakable = at > 0 && !chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            ' ' if breakable && dice.roll(6) == 0 => {
                out.push(if dice.roll(3) == 0 { '\u{A0}' } else { '\n' })
            }
            '’' | '\'' => out.push(if dice.roll(2) == 0 { '’' } else { '\'' }),
            _ => out.push(c),
        }
        if c.is_alphabetic() && !unspaced(language) && language != "ar" && dice.roll(25) == 0 {
            out.push('\u{AD}');
        }
    }
    out
}

#[test]
fn no_altered_quotation_passes() {
    let shelf = shelf();
    let mut dice = Dice(1);
    let mut tried = 0;
    let mut faults = String::new();
    while tried < 20_000 {
        let (language, sentences) = LANGUAGES[dice.roll(LANGUAGES.len())];
        let sentence = sentences[dice.roll(sentences.len())];
        let way = dice.roll(15);
        let (words, key) = if way == 14 {
            // The wrong source.
            let other = LANGUAGES[dice.roll(LANGUAGES.len())].0;
            if other == language {
                continue;
            }
            (sentence.to_owned(), format!("in-{other}"))
        } else {
            let Some(words) = alter(sentence, language, &mut dice, way) else { continue };
            (words, format!("in-{language}"))
        };
        let markdown = wrap(&words, &mut dice, &key);
        let check = check(&markdown, &shelf);
        if check.quotations.is_empty() || check.quotations.iter().all(|quotation| !quotation.state.stops()) {
            let _ = writeln!(faults, "way {way}: {markdown}");
        }
        tried += 1;
    }
    assert!(faults.is_empty(), "{}", faults.lines().take(30).collect::<Vec<_>>().join("\n"));
}

#[test]
fn no_unaltered_quotation_is_flagged() {
    let shelf = shelf();
    let mut dice = Dice(2);
    let mut faults = String::new();
    for _ in 0..20_000 {
        let (language, sentences) = LANGUAGES[dice.roll(LANGUAGES.len())];
        let sentence = sentences[dice.roll(sentences.len())];
        // The whole, a fragment, or two fragments in order.
        let words = tokens(sentence, language);
        let cut = |from: usize, to: usize| words[from..to].concat().trim().to_owned();
        let text = match dice.roll(3) {
            _ if unspaced(language) => sentence.to_owned(),
            0 => cut(dice.roll(3), words.len()),
            1 => format!("{} […] {}", cut(0, 4), cut(6, words.len())),
            _ => sentence.to_owned(),
        };
        let text = retype(&text, &mut dice, language);
        let markdown = wrap(&text, &mut dice, &format!("in-{language}"));
        let check = check(&markdown, &shelf);
        let good = check.quotations.len() == 1
            && matches!(
                check.quotations[0].state,
                QuoteState::Verified | QuoteState::Typography | QuoteState::Elided
            );
        if !good {
            let _ = writeln!(
                faults,
                "{markdown:?} {:?}",
                check.quotations.iter().map(|q| (q.state, &q.text)).collect::<Vec<_>>()
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.lines().take(30).collect::<Vec<_>>().join("\n"));
}
