//! Words that turn a sentence round: a quotation that gains or loses one says the opposite.

/// In the languages that clippings come in most.
const NEGATIONS: &[&str] = &[
    "no",
    "not",
    "never",
    "neither",
    "nor",
    "none",
    "nobody",
    "nothing",
    "without",
    "cannot",
    "hardly",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "nie",
    "niemals",
    "ohne",
    "weder",
    "nichts",
    "ne",
    "pas",
    "jamais",
    "non",
    "sans",
    "aucun",
    "aucune",
    "rien",
    "ni",
    "sin",
    "nunca",
    "jamás",
    "ningún",
    "ninguna",
    "nada",
    "não",
    "nem",
    "sem",
    "mai",
    "senza",
    "nessun",
    "nessuno",
    "niente",
    "niet",
    "geen",
    "nooit",
    "zonder",
    "inte",
    "ikke",
    "aldrig",
    "aldri",
    "utan",
    "uten",
    "ei",
    "eivät",
    "ilman",
    "bez",
    "nigdy",
    "не",
    "нет",
    "ни",
    "никогда",
    "без",
    "нельзя",
    "ні",
    "немає",
    "ніколи",
    "değil",
    "yok",
    "hiç",
    "لا",
    "لم",
    "لن",
    "ليس",
    "ليست",
    "بدون",
    "دون",
];

/// Whether `word`, in small letters, negates: `not`, `nicht`, `не`, `wasn't`.
#[must_use]
pub fn is_negation(word: &str) -> bool {
    NEGATIONS.contains(&word) || word.ends_with("n't") || word.ends_with("n’t")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negations_are_known_in_many_languages_and_other_words_are_none() {
        for word in ["not", "didn't", "isn’t", "kein", "jamais", "не", "لن", "değil"] {
            assert!(is_negation(word), "{word}");
        }
        for word in ["note", "nine", "cannon", "invent", "нефть", "لكن"] {
            assert!(!is_negation(word), "{word}");
        }
    }
}
