//! Words that attribute speech and thought.
//!
//! Forms are made from the base form, so that the list stays one line a verb class.

use std::collections::HashMap;
use std::sync::LazyLock;

/// How a verb takes what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// A clause, with or without “that”: she said the talks failed.
    Clause,
    /// A clause after “that”, or quoted words.
    That,
    /// A hearer, then a clause: told reporters that.
    Hearer,
    /// A thing or person, then what is said of it: accused Paris of, described it as.
    Object,
    /// An infinitive: vowed to.
    Infinitive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Base,
    Third,
    Past,
    Ing,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub takes: Takes,
    pub form: Form,
    /// Whether it introduces words in quotation marks.
    pub quotes: bool,
    /// Whether the form is also a common noun: a report, the claims.
    pub noun: bool,
}

const CLAUSE: &str = "say add note explain argue claim insist warn declare state announce report suggest acknowledge admit confirm conclude contend maintain \
 predict recall reply respond remark repeat reiterate stress emphasize emphasise tweet write assert allege concede complain joke caution observe lament quip \
 continue estimate reveal boast counter retort concur opine muse whisper shout cry exclaim begin read post testify elaborate clarify underline underscore \
 ask answer agree intone interject volunteer deadpan chime sigh wonder";
const THAT: &str = "believe think know hope fear feel indicate show find realize realise understand expect recommend propose demand imply speculate worry doubt \
 mean signal prove decide assume guess figure imagine hint disclose rule yell chant scold comment charge snap crack scream tease gush sing bellow shrug";
const HEARER: &str = "tell assure inform remind notify convince persuade";
const OBJECT: &str = "accuse deny criticize criticise blame praise condemn denounce describe call urge reject dismiss question defend blast slam hail mock label brand dub \
 attack oppose support endorse discuss express cite characterize characterise deride decry ridicule tout applaud encourage exhort laud lambaste bemoan liken compare chide berate";
const INFINITIVE: &str =
    "vow promise pledge threaten refuse want plan seek intend offer decline wish swear prefer";
/// Forms that are nouns as often as verbs; a determiner or adjective before them makes them one.
const NOUNS: &str = "report reports claim claims state states call calls note notes plan plans demand demands hope hopes fear fears offer offers support attack attacks question \
 questions promise promises pledge pledges threat answer answers doubt doubts estimate estimates post posts read cry cries guess figure figures rule rules label labels brand brands \
 show shows find finds blast mock reply replies remark remarks tweet tweets want wish wishes feeling meaning thinking finding findings beginning warning warnings suggesting \
 understanding reporting building stress repeat caution signal signals swear shout volunteer volunteers counter counters attacking worry worries quip joke jokes blame praise cue wants saying writing \
 reading posting meaning means ruling felt found thought begins begin continue continues prefer yells chant chants comment comments charge charges snap snaps crack cracks scream screams tease shrug shrugs";

fn forms(base: &str) -> [String; 4] {
    let irregular: Option<[&str; 3]> = match base {
        "say" => Some(["says", "said", "saying"]),
        "tell" => Some(["tells", "told", "telling"]),
        "write" => Some(["writes", "wrote", "writing"]),
        "begin" => Some(["begins", "began", "beginning"]),
        "read" => Some(["reads", "read", "reading"]),
        "think" => Some(["thinks", "thought", "thinking"]),
        "know" => Some(["knows", "knew", "knowing"]),
        "feel" => Some(["feels", "felt", "feeling"]),
        "show" => Some(["shows", "showed", "showing"]),
        "find" => Some(["finds", "found", "finding"]),
        "mean" => Some(["means", "meant", "meaning"]),
        "understand" => Some(["understands", "understood", "understanding"]),
        "seek" => Some(["seeks", "sought", "seeking"]),
        "swear" => Some(["swears", "swore", "swearing"]),
        "admit" => Some(["admits", "admitted", "admitting"]),
        "sing" => Some(["sings", "sang", "singing"]),
        "quip" => Some(["quips", "quipped", "quipping"]),
        "snap" => Some(["snaps", "snapped", "snapping"]),
        "concur" => Some(["concurs", "concurred", "concurring"]),
        "plan" => Some(["plans", "planned", "planning"]),
        "slam" => Some(["slams", "slammed", "slamming"]),
        "dub" => Some(["dubs", "dubbed", "dubbing"]),
        "prefer" => Some(["prefers", "preferred", "preferring"]),
        "offer" => Some(["offers", "offered", "offering"]),
        _ => None,
    };
    if let Some([third, past, ing]) = irregular {
        return [base.into(), third.into(), past.into(), ing.into()];
    }
    let consonant_y =
        base.ends_with('y') && !base.ends_with("ay") && !base.ends_with("ey") && !base.ends_with("oy");
    if consonant_y {
        let stem = &base[..base.len() - 1];
        return [base.into(), format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing")];
    }
    let third = if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    if let Some(stem) = base.strip_suffix('e') {
        let ing = if base.ends_with("ee") { format!("{base}ing") } else { format!("{stem}ing") };
        return [base.into(), third, format!("{base}d"), ing];
    }
    [base.into(), third, format!("{base}ed"), format!("{base}ing")]
}

static TABLE: LazyLock<HashMap<String, Cue>> = LazyLock::new(|| {
    let nouns: Vec<&str> = NOUNS.split_whitespace().collect();
    let mut table = HashMap::new();
    for (list, takes) in [
        (CLAUSE, Takes::Clause),
        (HEARER, Takes::Hearer),
        (OBJECT, Takes::Object),
        (INFINITIVE, Takes::Infinitive),
        (THAT, Takes::That),
    ] {
        for base in list.split_whitespace() {
            for (word, form) in forms(base).into_iter().zip([Form::Base, Form::Third, Form::Past, Form::Ing])
            {
                let noun = nouns.contains(&word.as_str());
                let quotes = takes != Takes::That
                    || matches!(
                        base,
                        "think"
                            | "believe"
                            | "hope"
                            | "propose"
                            | "demand"
                            | "show"
                            | "imply"
                            | "signal"
                            | "rule"
                            | "indicate"
                            | "yell"
                            | "chant"
                            | "scold"
                            | "comment"
                            | "charge"
                            | "snap"
                            | "crack"
                            | "scream"
                            | "tease"
                            | "gush"
                            | "sing"
                            | "bellow"
                            | "shrug"
                    );
                // Past wins where two forms are spelt alike: read, and so on.
                table.insert(word, Cue { takes, form, quotes, noun });
            }
        }
    }
    table
});

/// The attributing verb that a lower-case word may be.
pub(crate) fn cue(word: &str) -> Option<Cue> {
    TABLE.get(word).copied()
}
