//! Words in quotation marks in languages other than English: the cue beside the marks, and the name beside the cue.
//!
//! Only direct and mixed quotations are looked for: what stands in marks is sure in any language, a
//! clause of indirect speech is not.

use std::ops::Range;

use whatlang::Lang;

use crate::people::People;
use crate::places::Mention;
use crate::quotations::Said;
use crate::shape::Kind as Mode;
use crate::text::{Kind, Text, cjk};

/// A language whose cues are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Russian,
    Ukrainian,
    French,
    German,
    Spanish,
    Italian,
    Portuguese,
    Chinese,
    Japanese,
    Arabic,
    Greek,
}

/// Letters that are enough to tell a language.
const SAMPLE: usize = 2_000;

/// What language a text is in, as far as that can be told.
#[derive(Clone, Copy)]
pub(crate) struct Told {
    /// The language, if it is surely another than English and known here.
    pub language: Option<Language>,
    /// Nothing speaks against English.
    pub english: bool,
}

pub(crate) fn of(text: &str) -> Told {
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(i, _)| i);
    let info = whatlang::detect(&text[..end]);
    let english = info.as_ref().is_none_or(|info| info.lang() == Lang::Eng);
    Told { language: info.and_then(|info| sure(&info, text)), english }
}

fn sure(info: &whatlang::Info, text: &str) -> Option<Language> {
    let latin = info.script() == whatlang::Script::Latin;
    if latin && !info.is_reliable() && info.confidence() < 0.6 && !marked(text) {
        return None;
    }
    Some(match info.lang() {
        Lang::Rus | Lang::Bul | Lang::Bel => Language::Russian,
        Lang::Ukr => Language::Ukrainian,
        Lang::Fra => Language::French,
        Lang::Deu => Language::German,
        Lang::Spa => Language::Spanish,
        Lang::Ita => Language::Italian,
        Lang::Por => Language::Portuguese,
        Lang::Cmn => Language::Chinese,
        Lang::Jpn => Language::Japanese,
        Lang::Ara => Language::Arabic,
        Lang::Ell => Language::Greek,
        _ => return None,
    })
}

/// Marks that English does not use.
fn marked(text: &str) -> bool {
    text.contains(['«', '„'])
}

/// Stems of verbs that introduce speech, and words for “according to”.
fn cues(language: Language) -> &'static [&'static str] {
    match language {
        Language::Russian => &[
            "сказал",
            "заявил",
            "сообщил",
            "отметил",
            "подчеркнул",
            "добавил",
            "рассказал",
            "пояснил",
            "объяснил",
            "ответил",
            "считает",
            "уверен",
            "говорит",
            "напомнил",
            "признал",
            "написал",
            "предупредил",
            "указал",
            "спросил",
            "цитирует",
            "словам",
        ],
        Language::Ukrainian => &[
            "сказав",
            "сказала",
            "заявив",
            "заявила",
            "повідомив",
            "повідомила",
            "зазначив",
            "зазначила",
            "наголосив",
            "наголосила",
            "додав",
            "додала",
            "пояснив",
            "пояснила",
            "написав",
            "написала",
            "словами",
            "вважає",
        ],
        Language::French => &[
            "dit",
            "déclaré",
            "déclare",
            "affirmé",
            "affirme",
            "expliqué",
            "explique",
            "ajouté",
            "ajoute",
            "estimé",
            "estime",
            "souligné",
            "souligne",
            "indiqué",
            "indique",
            "assuré",
            "assure",
            "précisé",
            "précise",
            "annoncé",
            "répondu",
            "lancé",
            "averti",
            "selon",
            "confié",
            "écrit",
        ],
        Language::German => &[
            "sagt",
            "sagte",
            "erklärt",
            "erklärte",
            "betont",
            "betonte",
            "meint",
            "meinte",
            "teilte",
            "fügte",
            "kündigte",
            "warnt",
            "warnte",
            "schrieb",
            "schreibt",
            "antwortete",
            "forderte",
            "kritisierte",
            "so",
        ],
        Language::Spanish => &[
            "dijo",
            "dice",
            "declaró",
            "afirmó",
            "afirma",
            "aseguró",
            "asegura",
            "señaló",
            "explicó",
            "añadió",
            "agregó",
            "indicó",
            "sostuvo",
            "advirtió",
            "subrayó",
            "respondió",
            "manifestó",
            "escribió",
            "según",
            "anunció",
            "comentó",
        ],
        Language::Italian => &[
            "detto",
            "dichiarato",
            "dice",
            "disse",
            "afferma",
            "affermato",
            "spiega",
            "spiegato",
            "aggiunto",
            "sottolineato",
            "secondo",
            "scritto",
            "annunciato",
        ],
        Language::Portuguese => &[
            "disse",
            "diz",
            "declarou",
            "afirmou",
            "afirma",
            "explicou",
            "acrescentou",
            "ressaltou",
            "segundo",
            "escreveu",
            "anunciou",
            "destacou",
        ],
        Language::Chinese => &[
            "说", "表示", "指出", "称", "强调", "認為", "认为", "回应", "說", "稱", "強調", "回應", "透露",
            "宣布",
        ],
        Language::Japanese => &["述べ", "語", "話", "発言", "強調", "と"],
        Language::Arabic => &[
            "قال",
            "قالت",
            "وقال",
            "وقالت",
            "أضاف",
            "وأضاف",
            "أعلن",
            "صرح",
            "أكد",
            "وأكد",
            "أوضح",
            "وأوضح",
            "ذكر",
            "أشار",
        ],
        Language::Greek => &[
            "είπε",
            "δήλωσε",
            "τόνισε",
            "ανέφερε",
            "υποστήριξε",
            "πρόσθεσε",
            "σημείωσε",
            "επισήμανε",
            "υπογράμμισε",
            "απάντησε",
            "έγραψε",
            "εξήγησε",
            "προειδοποίησε",
            "ανακοίνωσε",
            "δήλωσαν",
            "λέει",
        ],
    }
}

/// Words between the marks and the cue, or the cue and the name.
const NEAR: usize = 14;

pub(crate) fn find(text: &Text, language: Language, people: &People, mentions: &[Mention]) -> Vec<Said> {
    let cues = cues(language);
    let mut out: Vec<Said> = Vec::new();
    for m in &text.marked {
        let inner = m.open + 1..m.inner_end;
        let length = inner.clone().filter(|&t| text.is_word(t)).count();
        if length < 3 {
            continue;
        }
        let paragraph = text.paragraphs.partition_point(|p| p.end <= m.open);
        let Some(p) = text.paragraphs.get(paragraph) else { continue };
        let close = m.inner_end;
        let after = (close + 1..(close + 1 + NEAR).min(p.end))
            .take_while(|&t| text.kind(t) != Kind::Stop && text.within[t].is_none());
        let before = (p.start.max(m.open.saturating_sub(NEAR * 2))..m.open)
            .rev()
            .take_while(|&t| text.within[t].is_none() && text.kind(t) != Kind::Stop);
        let follows = || after.clone().find_map(|t| cue_at(text, t, cues));
        let precedes = || before.clone().find_map(|t| cue_at(text, t, cues));
        // A full stop inside the marks ends the sentence in Chinese: what comes after them is another's.
        let introduced =
            language == Language::Chinese || m.open > p.start && text.kind(m.open - 1) == Kind::Colon;
        let found = if introduced { precedes().or_else(follows) } else { follows().or_else(precedes) };
        let Some(cue) = found else {
            // Marks that go on in the paragraph of a speaker just quoted.
            if let Some(last) = out.last_mut().filter(|last| {
                last.cue.as_ref().is_some_and(|c| p.contains(&c.start))
                    && text.kind(m.inner_end - 1) == Kind::Stop
            }) {
                last.contents.push(inner);
            }
            continue;
        };
        let subject = match language {
            Language::Japanese => topic(text, p, m.open, close),
            _ => subject(text, p, &cue, language, close),
        };
        let country = subject
            .as_ref()
            .and_then(|s| {
                mentions[mentions.partition_point(|m| m.run.start < s.start)..]
                    .first()
                    .filter(|m| m.run.start < s.end)
            })
            .map(|m| m.code);
        let named = subject.as_ref().and_then(|s| match language {
            Language::Arabic => arabic_name(text, s),
            _ => name(text, s),
        });
        // A surname alone is the person whom the text named in full.
        let east = matches!(language, Language::Chinese | Language::Japanese);
        let person = subject
            .as_ref()
            .filter(|_| !east && named.is_none())
            .and_then(|s| people.within(s))
            .map(|(_, p)| p);
        let country = country.or_else(|| person.and_then(|p| people.all[p].country));
        let confidence = if named.is_some() || person.is_some() { 0.8 } else { 0.55 };
        if let Some(last) = out.last_mut().filter(|last| last.cue.as_ref() == Some(&cue)) {
            last.contents.push(inner);
            continue;
        }
        out.push(Said {
            contents: vec![inner],
            cue: Some(cue),
            subject,
            person,
            country,
            named,
            mode: Mode::Direct,
            confidence,
            sentence: 0,
        });
    }
    out
}

fn cue_at(text: &Text, t: usize, cues: &[&str]) -> Option<Range<usize>> {
    let word = text.word(t);
    let first = word.chars().next()?;
    if cjk(first) {
        let start = text.tokens[t].start;
        return cues
            .iter()
            .find(|c| text.src[start..].starts_with(**c))
            .map(|c| t..(t + c.chars().count()).min(text.tokens.len()));
    }
    let lower = word.to_lowercase();
    let hit = cues.iter().any(|c| {
        lower == *c
            || lower.chars().count() <= c.chars().count() + 3
                && lower.starts_with(c)
                && !c.is_ascii()
                && c.chars().count() > 4
    });
    hit.then_some(t..t + 1)
}

/// 港湾局長は「…」と述べた, 「…」と港湾局長は述べた: in Japanese a particle marks who speaks, before the marks or after.
fn topic(text: &Text, p: &Range<usize>, open: usize, close: usize) -> Option<Range<usize>> {
    let stops = |t: usize| text.within[t].is_some() || matches!(text.kind(t), Kind::Stop | Kind::Comma);
    let marked = |run: Range<usize>| {
        let end = run.clone().rev().find(|&t| matches!(text.word(t), "は" | "が"))?;
        (end > run.start).then_some(run.start..end)
    };
    // 港湾局長は、「…」: the comma before the marks is no boundary.
    let last =
        open.saturating_sub(usize::from(open > p.start && text.kind(open - 1) == Kind::Comma)).max(p.start);
    let start = (p.start..last).rev().find(|&t| stops(t)).map_or(p.start, |t| t + 1);
    let after = close + 1 + usize::from(text.word(close + 1) == "と");
    let end = (after..p.end).find(|&t| stops(t)).unwrap_or(p.end);
    marked(start..last).or_else(|| marked(after.min(end)..end))
}

/// The words beside the cue that name the speaker: after it, else between it and the clause's start.
fn subject(
    text: &Text,
    p: &Range<usize>,
    cue: &Range<usize>,
    language: Language,
    close: usize,
) -> Option<Range<usize>> {
    let stops = |t: usize| {
        text.within[t].is_some()
            || matches!(
                text.kind(t),
                Kind::Stop | Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Dash | Kind::OpenParen
            )
    };
    let after = cue.end
        ..(cue.end..(cue.end + NEAR).min(p.end)).find(|&t| stops(t)).unwrap_or((cue.end + NEAR).min(p.end));
    let start = (p.start..cue.start)
        .rev()
        .take(NEAR * 2)
        .find(|&t| stops(t))
        .map_or_else(|| p.start.max(cue.start.saturating_sub(NEAR * 2)), |t| t + 1);
    let before = start..cue.start;
    let east = matches!(language, Language::Chinese | Language::Japanese);
    let turned = cue.start > close && !east || matches!(language, Language::Arabic);
    let holds = |run: &Range<usize>| {
        !run.is_empty() && (east || name(text, run).is_some() || language == Language::Arabic)
    };
    let order = if turned { [after.clone(), before.clone()] } else { [before.clone(), after.clone()] };
    order.into_iter().find(holds).or_else(|| [after, before].into_iter().find(|r| !r.is_empty()))
}

/// “заявил министр обороны Иван Орлов”, “министр обороны Иван Орлов заявил”: the words before the name
/// say who that is. Where they begin with a preposition or hold a figure, they tell a time or a place.
pub(crate) fn role(text: &Text, one: &Said) -> Option<Range<usize>> {
    const LONGEST: usize = 6;
    let (name, cue, subject) = (one.named.as_ref()?, one.cue.as_ref()?, one.subject.as_ref()?);
    let follows = subject.start == cue.end;
    if !follows && name.end != cue.start {
        return None;
    }
    let article = matches!(
        text.low(subject.start),
        "le" | "la" | "der" | "die" | "el" | "il" | "o" | "a" | "de" | "ο" | "η"
    );
    let run = subject.start + usize::from(article)..name.start;
    let placed = matches!(
        text.low(run.start),
        "в" | "во"
            | "на"
            | "к"
            | "по"
            | "у"
            | "en"
            | "à"
            | "au"
            | "dans"
            | "sur"
            | "am"
            | "im"
            | "in"
            | "vor"
            | "ante"
            | "a"
            | "al"
            | "στο"
            | "στη"
            | "στην"
            | "από"
            | "στις"
    );
    let plain =
        run.clone().all(|t| (text.is_word(t) || text.kind(t) == Kind::Hyphen) && text.within[t].is_none());
    (!run.is_empty() && run.len() <= LONGEST && plain && !placed).then_some(run)
}

/// “وزير الخارجية أحمد سالم”: Arabic has no capitals. After an office the last two words are the name; the
/// last alone where the one before has the article, for then it belongs to the office.
fn arabic_name(text: &Text, run: &Range<usize>) -> Option<Range<usize>> {
    const OFFICES: [&str; 18] = [
        "وزير",
        "وزيرة",
        "رئيس",
        "رئيسة",
        "الرئيس",
        "الوزير",
        "المتحدث",
        "المتحدثة",
        "الناطق",
        "السفير",
        "سفير",
        "الأمين",
        "أمير",
        "ملك",
        "المبعوث",
        "مبعوث",
        "نائب",
        "مدير",
    ];
    // Where a time, a place or what was said begins.
    const BEYOND: [&str; 14] = [
        "يوم",
        "اليوم",
        "أمس",
        "في",
        "خلال",
        "إن",
        "أن",
        "على",
        "من",
        "بعد",
        "عقب",
        "أمام",
        "للصحفيين",
        "مساء",
    ];
    let ends = |t: usize| !text.is_word(t) || BEYOND.contains(&text.word(t));
    let end = run.clone().find(|&t| ends(t)).unwrap_or(run.end);
    let words = end.saturating_sub(run.start);
    if words < 2 || !OFFICES.contains(&text.word(run.start)) {
        return None;
    }
    let article = |t: usize| text.word(t).starts_with("ال");
    // “محمد بن سلمان”
    if words > 3 && matches!(text.word(end - 2), "بن" | "ابن" | "بنت") {
        return Some(end - 3..end);
    }
    if words < 3 || article(end - 2) {
        let surname = !article(end - 1) || words > 2 && article(end - 2);
        return surname.then_some(end - 1..end);
    }
    Some(end - 2..end)
}

/// The last run of two or more capitalised words.
fn name(text: &Text, run: &Range<usize>) -> Option<Range<usize>> {
    let mut best = None;
    let mut t = run.start;
    while t < run.end {
        let mut end = t;
        while end < run.end && (text.capital(end) || end > t && text.kind(end) == Kind::Hyphen) {
            end += 1;
        }
        // German writes every noun with a capital: the name is the end of the run.
        if end >= t + 2 {
            best = Some(end.saturating_sub(2).max(t)..end);
        }
        t = end.max(t + 1);
    }
    best
}
