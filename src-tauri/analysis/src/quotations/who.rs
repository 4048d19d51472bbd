//! Who is meant by the words of a subject: the person of that name, and behind a pronoun the one spoken of last.

use std::ops::Range;

use super::Said;
use crate::people::People;
use crate::roles;
use crate::sides::Sides;
use crate::text::{Kind, Text};

/// Who the subject's words name.
pub(super) fn resolve(text: &Text, people: &People, sides: &Sides, one: &mut Said) {
    let Some(subject) = one.subject.clone() else { return };
    // The name at the end of the first phrase: “Venn campaign spokesman Oren Talbach, who …”.
    let comma = subject.clone().find(|&t| text.kind(t) == Kind::Comma).unwrap_or(subject.end);
    let head = |run: Range<usize>| {
        run.rev().find_map(|t| people.at.get(&t).copied().filter(|&p| bears(text, people, t, p)))
    };
    one.person = head(subject.start..comma).or_else(|| head(comma..subject.end));
    one.country = match one.person {
        Some(p) => people.all[p].country,
        None => sides.of(&subject),
    };
}

/// Whether a name in a subject is the subject, not its owner or its object: not “Venn's lawyer”, not “a friend of Venn”.
fn bears(text: &Text, people: &People, t: usize, p: usize) -> bool {
    let end = people.words((t, p)).end;
    text.kind(end) != Kind::Possessive
        && !matches!(text.low(t.wrapping_sub(1)), "of" | "for" | "to" | "with" | "by" | "from" | "against")
}

/// “He said”: the person spoken of last, first of all the one who has just been quoted.
pub(super) fn pronouns(text: &Text, people: &People, said: &mut [Said]) {
    let mut mentioned: Vec<(usize, usize)> = people.at.iter().map(|(&t, &p)| (t, p)).collect();
    mentioned.sort_unstable();
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|&k| said[k].subject.as_ref().map_or(said[k].contents[0].start, |s| s.start));
    let mut last_speaker: Option<(usize, usize)> = None;
    for k in order {
        let Some(subject) = said[k].subject.clone() else { continue };
        let at = subject.start;
        let low = text.low(at);
        let pronoun = subject.len() <= 2 && matches!(low, "he" | "she" | "his" | "her");
        if pronoun && said[k].person.is_none() {
            let woman = matches!(low, "she" | "her");
            let fits = |p: usize| {
                people.all[p].woman.is_none_or(|w| w == woman) && given_fits(&people.all[p].name, woman)
            };
            let spoken = last_speaker.filter(|&(t, p)| fits(p) && at - t.min(at) < 160);
            let up_to = mentioned.partition_point(|&(t, _)| t < at);
            let sentence = text.sentences.partition_point(|s| s.end <= at);
            let floor = text.sentences.get(sentence.saturating_sub(3)).map_or(0, |s| s.start);
            let subject_like = mentioned[..up_to]
                .iter()
                .rev()
                .take_while(|&&(t, _)| t >= floor)
                .find(|&&(t, p)| fits(p) && starts_clause(text, t))
                .copied();
            let any = mentioned[..up_to].iter().rev().take(12).find(|&&(_, p)| fits(p)).copied();
            let best = match (spoken, subject_like) {
                (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
                (a, b) => a.or(b),
            }
            .or(any);
            if let Some((_, p)) = best {
                said[k].person = Some(p);
                said[k].country = people.all[p].country;
                said[k].confidence *= 0.85;
            }
        }
        if let Some(p) = said[k].person {
            last_speaker = Some((at, p));
        }
    }
}

/// Whether a name stands where subjects stand: at the start of its sentence or clause, or before a verb.
fn starts_clause(text: &Text, t: usize) -> bool {
    let mut k = t;
    while k > 0
        && text.is_word(k - 1)
        && (text.capital(k - 1) || roles::is_role(text.low(k - 1)))
        && t - k < 6
    {
        k -= 1;
    }
    k == 0
        || matches!(text.kind(k - 1), Kind::Stop | Kind::Close | Kind::Dash | Kind::Comma)
        || text.spaced_paragraph(k)
        || matches!(text.low(k - 1), "the" | "but" | "and" | "as" | "while" | "when" | "that")
}

/// Whether a given name is not plainly of the other sex; the ending tells for a few hundred common ones.
fn given_fits(name: &str, woman: bool) -> bool {
    const WOMEN: &str = " Amanda Amber Amy Ana Angela Ann Anna Anne Annalena Barbara Beth Betty Brenda Carla Carly Carol Caroline Catherine Cheryl Christine Cindy Claire Clara Condoleezza Cynthia Debbie Deborah Diana Dianne Donna \
 Elena Elizabeth Ellen Emily Emma Eva Fatima Florence Gina Giorgia Gloria Grace Gretchen Hannah Heather Helen Hillary Huma Ingrid Irina Ivanka Jacinda Jane Janet Jennifer Jessica Jill Joan Joanna Joyce Judith Judy Julia Julie Kaja \
 Kamala Karen Karin Karine Karoline Kate Katherine Kathleen Kathy Katie Kellyanne Laura Lauren Leila Linda Lisa Liz Lori Lucy Lydia Margaret Maria Marie Marina Martha Mary Megan Meghan Megyn Melania Melanie Melissa Mette Michelle Monica \
 Nadia Nancy Natalia Natalie Natasha Nicole Nikki Nina Nora Olga Olivia Pamela Patricia Penny Rachel Rebecca Rita Rosa Ruth Sandra Sanna Sara Sarah Sharon Sheila Sonia Sophie Stephanie Sue Susan Svetlana Tammy Tanya Tara Teresa Theresa Tina \
 Ursula Valerie Vanessa Vera Veronica Victoria Wendy Yoko Yulia Zahra Zoe Brittney Tulsi Marsha ";
    let given = name.split(' ').next().unwrap_or_default();
    WOMEN.contains(&format!(" {given} ")) == woman || (woman && !crate::gazetteer::is_first_name(given))
}
