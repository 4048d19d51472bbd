//! Lines that belong to the page and not to the article.
//!
//! Every pattern is anchored to the whole line and capped in length, because a sentence may well
//! speak of cookies, photographs or newsletters. What matches is set aside, never thrown away.

use std::sync::LazyLock;

use regex::{RegexSet, RegexSetBuilder};

use crate::line;

/// No page label is longer.
const LONGEST: usize = 220;
/// No menu entry is longer.
const LONGEST_ENTRY: usize = 60;

/// Lines that newsrooms put between the paragraphs, whatever the article is about.
const LINES: [&str; 32] = [
    r"^sign up(?: now| here| for\b| to\b).*",
    r"^(?:subscribe|register|log ?in|sign ?in|join)(?: now| today| here| us| free)?[:!.]?$",
    r"^subscribe (?:to|for|now)\b.{0,80}$",
    r"^(?:advertisement|advertising|advert|anzeige|werbung|publicité|publicidad|pubblicità|annonse?|реклама|sponsored(?: content)?|promoted(?: content)?|ad)(?: - .*)?$",
    r"^(?:story|article) continues (?:below|after).*$",
    r"^(?:photos?|picture|image|foto|bild|video|graphic|illustration|pic)s?(?: credit| by)?\s*:\s*.{0,80}$",
    r"^(?:follow topics?|see more on|more on this(?: topic| story)?|more stories?|more from .{0,40}|topics?|tags?|categories|filed under|related(?: (?:topics?|articles?|stories|reading|posts?|links?|news|content|coverage))?|recommended(?: (?:for you|stories|reading))?|most (?:read|popular|viewed)|trending(?: now)?|popular(?: posts)?|latest(?: news)?|up next|what to read next|you (?:may|might) (?:also )?(?:like|be interested in)|keep reading|continue reading|editors?['’]? picks?|top stories|in this (?:article|story)|table of contents)\s*:?$",
    r"^(?:read(?: more| also| next)?|also read|see also|watch|related|more|don['’]?t miss|must read|recommended|lesen sie auch|mehr lesen|lire aussi|leia (?:também|mais)|lee también|les også|läs (?:också|mer)|lees ook|mehr zum thema|à lire aussi|leggi anche|читайте также|czytaj też)\s*[:|–-]\s*.{3,}$",
    r"^(?:share|share (?:this|on|via|article|story|full article)\b.{0,40}|tweet|print|email|e-mail|save(?: this article| for later)?|bookmark|copy(?: link| url)?|link copied!?|gift(?: this)? article|comments?|\d+ comments?|(?:leave|post|add|write) a (?:comment|reply)|join the (?:conversation|discussion)|view comments|listen(?: to this article)?|\d+ min(?:ute)?s?(?: of)? (?:read|listen)|reading time.{0,20}|font size|text size|reply|like|report(?: an? .*)?)\s*:?$",
    r"^(?:facebook|x|twitter|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|tiktok|flipboard|messenger|threads|bluesky|line|wechat|weibo|rss|rss feed|email)$",
    r"^(?:facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|email|copy link|x|print|share|messenger|[ •|,·/&-])+$",
    r"^(?:follow|like|find|connect with|join) us\b.{0,40}$",
    r"^join .{0,40}\b(?:telegram|whatsapp|channel|community|facebook)\b.*",
    r"^(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,40}$",
    r"^follow .{1,40} on (?:facebook|x|twitter|instagram|telegram|google news|whatsapp).*$",
    r"^(?:accept|reject|manage|allow)(?: all)?(?: cookies| preferences| settings)?$",
    r"^(?:privacy(?: (?:policy|notice|statement|settings))?|terms(?: (?:of (?:use|service)|and conditions|& conditions))?|contact(?: us| sales)?|about(?: us)?|help(?: center| centre)?|faqs?|careers|sitemap|imprint|impressum|kontakt|datenschutz(?:erklärung)?|accessibility(?: statement)?|advertise(?: with us)?|do not sell .*)$",
    r"^(?:©|\(c\)|copyright\b).{0,120}$",
    r"^skip to (?:main )?(?:content|navigation)$",
    r"^(?:home|menu|search(?: for)?|navigation|toggle navigation|back to (?:top|blog|home)|next(?: article| post| story)?|previous(?: article| post| story)?|show more|load more|see (?:more|all)|view (?:more|all|gallery)|expand|close|loading\.*|play video|learn more|find out more|click here.{0,40})\s*:?$",
    r"^(?:get started(?: for free)?|start (?:free )?trial|book a (?:demo|call)|request (?:a )?(?:demo|quote)|get (?:a )?(?:demo|quote)|shop(?: now| online)?|donate(?: now)?|support us|login|log out|register|sign ?up|my account|account settings|create account)\s*:?$",
    r"^(?:enter|your) (?:your )?e-?mail(?: address)?\b.{0,40}$",
    r"^thank(?:s| you) for (?:signing up|subscribing|your).{0,60}$",
    r"^by (?:signing up|clicking|subscribing|continuing),? .{0,200}$",
    r"^please (?:enter|enable|check|try|log in).{0,80}$",
    r"^this article (?:was|is|has been) (?:originally |first )?(?:published|appeared).{0,120}$",
    r"^(?:unlock|access) .{0,40}\b(?:premium|subscri|article|stor).{0,60}$",
    r"^(?:loading|getty images?|file photo|stock photo|image source|image caption|enlarge(?: this)? image|(?:toggle|hide) caption|view image in fullscreen)\b.{0,40}$",
    r"^(?:listen|watch)(?: now| live| here)?:? ?\d{1,2}:\d\d.{0,20}$",
    r"^(?:got a tip|have a tip|send (?:us )?(?:a |your )?(?:tip|feedback|correction)s?)\b.{0,80}$",
    // A marking that the words are no news: "EXERCISE – invented people".
    r"^(?-i:EXERCISE) [–—:-] .{0,80}$",
    r"^(?:report a typo|spotted an error|correct this article|have you spotted).{0,60}$",
];

/// Lines that are furniture by a word anywhere in them. They are asked only of lines that hold one of [`TELLING`],
/// because a pattern that may start anywhere is slow.
const ANYWHERE: [&str; 4] = [
    r"^[^.!?]{0,60}\bnewsletters?\b[^.?]{0,60}[!.]?$",
    r"^.{0,60}\b(?:we|this (?:web)?site|our partners?) uses? cookies\b.*",
    r"^.{0,30}\bcookies? (?:policy|settings|preferences|notice|consent)\b.{0,20}$",
    r"^.{0,60}\ball rights reserved\b.{0,60}$",
];

/// Parts of the words that [`ANYWHERE`] looks for, without the letter that may be a capital.
const TELLING: [&str; 6] = ["ewsletter", "EWSLETTER", "ookie", "OOKIE", "ights reserved", "IGHTS RESERVED"];

/// Entries of menus and footers. They are furniture in a pasted page, but may head a section of
/// an article, so a page that still has its markup is not judged by them.
const ENTRIES: [&str; 4] = [
    r"^(?:contents|key (?:points|takeaways)|articles?|all articles|more articles|blog(?: archive| posts?)?|news|podcasts?|(?:patient )?resources|jobs|events|products|services|solutions|industries|projects|technologies|publications|press(?: center| releases?)?|magazine|videos?|photos|galler(?:y|ies)|webinars?|courses|destinations|portfolio|pricing|(?:all )?features|integrations|accessories|disclosures?|marketing|our (?:team|services|work|story|partners|company|mission|values|products|blog)|who we are|what we do|how it works|how you can help|areas we serve|meet the team|customer (?:service|stories)|success stories|quick links|useful links|stay connected|get in touch|recent (?:posts|articles|news)|newer posts?|older posts?|email updates|open in app|learn with me|work with (?:me|us)|start here|company spotlight|top reads.*|(?:article |blog )?archives?|coupons|deals|weather|sports?|opinion|entertainment|lifestyle|business|politics|world|local|shopping|horoscopes?|obituaries|classifieds|crosswords?|puzzles|games|quiz)$",
    r"^(?:buy|order|shop|apply|book|download|donate|pay|watch|listen|call|try|register|enrol|enroll|start|upgrade|vote)(?: it| this)? (?:now|here|today|online|for free|free)$",
    r"\b(?:privacy policy|cookie policy|affiliate (?:program|disclosure)|advertis(?:er|ing) disclosure|terms of (?:use|service)|code of ethics|customer service|report an issue|file a bug|job search|manage your account|your account|products? login|view cart|checkout|hotline|hide comments|discussion about this post|save my name|medically reviewed|fact[- ]checked by|trust project|learner-supported|log ?in to|sign into|sign-up|buying guide)\b",
    r"^(?:powered by|posted by|posted in|filed in|written by|reviewed by|edited by|tags?:|labels?:|categories:|view all|view (?:on|in)|see all|all posts by|browse(?: all)?|explore(?: our| more)?|find an?|join (?:our|the|us)|become an?|tell us|how we (?:reviewed|test|rate)|read more|more from|more like|more [“”]|you (?:may|might) also|best .{3,40} in .{3,30} 20\d\d|editor[’']s picks?|popular (?:posts|reviews|searches)|previous post|next post|related (?:posts|reads|resources)|search (?:for|in|our|programs)|deploy on|get (?:started|involved|inspired|your free|a free)|request (?:an?|info|30)|schedule (?:a|your)|support our|save this|select your|skip|subscribe or|website design)\b",
];

static PATTERNS: LazyLock<RegexSet> = LazyLock::new(|| set(&LINES));
static WITHIN: LazyLock<RegexSet> = LazyLock::new(|| set(&ANYWHERE));
static AFTER: LazyLock<RegexSet> = LazyLock::new(|| set(&AFTERWARDS));
static MENU: LazyLock<RegexSet> = LazyLock::new(|| set(&ENTRIES));

fn set(patterns: &[&str]) -> RegexSet {
    RegexSetBuilder::new(patterns)
        .case_insensitive(true)
        .build()
        .expect("the patterns are constants and a test compiles them")
}

/// Headings after which a page goes on, but the article does not.
const AFTERWARDS: [&str; 2] = [
    r"^(?:related(?: (?:articles?|stories|posts?|content|reading|news|links|topics|resources|reads))?|you (?:may|might) (?:also )?(?:like|enjoy|be interested in).*|recommended(?: (?:for you|reading|articles|stories|posts))?|more (?:from|stories|articles|posts|news|like this)\b.*|about the authors?|author bio|(?:leave|post|add|write) a (?:comment|reply)|comments?(?: \(\d+\))?|\d+ (?:comments?|responses|replies|thoughts on .*)|latest (?:news|posts|articles|stories)|popular (?:posts|articles|stories)|recent posts|read next|up next|trending(?: now)?|most (?:read|popular)|share this(?: article| post| story)?|join the (?:conversation|discussion)|discussion about this post|further reading on .*|keep reading|what to read next|editor['’]s picks)\s*:?$",
    r"^(?:mehr zum thema|das könnte sie auch interessieren|à lire aussi|sur le même sujet|noticias relacionadas|te puede interesar|leggi anche|potrebbe interessarti|lees ook|läs också|les også|читайте также|по теме)\s*:?$",
];

/// Whether a line of a page is furniture wherever it stands.
pub fn is_furniture(text: &str) -> bool {
    line_of_page(text) || is_entry(text)
}

/// Whether a line reads as an entry of a menu or a footer.
pub fn is_entry(text: &str) -> bool {
    text.len() <= LONGEST_ENTRY * 4
        && line::chars(text) <= LONGEST_ENTRY
        && !line::ends_sentence(text)
        && MENU.is_match(text)
}

/// Whether a line is furniture even where the page's markup calls it a paragraph.
pub fn line_of_page(text: &str) -> bool {
    text.len() <= LONGEST * 4
        && line::chars(text) <= LONGEST
        && (PATTERNS.is_match(text)
            || (TELLING.iter().any(|part| text.contains(part)) && WITHIN.is_match(text)))
}

/// Whether a heading opens what a page adds after its article.
pub fn ends_article(heading: &str) -> bool {
    AFTER.is_match(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_put_between_paragraphs_is_furniture() {
        for label in [
            "Sign up now: Get the morning newsletter",
            "ADVERTISEMENT",
            "Story continues below",
            "PHOTO: AGENCY",
            "Follow topic:",
            "See more on",
            "Facebook",
            "12 comments",
            "Copy link",
            "Read more: Envoys meet again",
            "We use cookies to improve",
            "© 2026 The Harbour Times",
            "Skip to content",
            "Lesen Sie auch: Neue Gespräche",
            "EXERCISE – invented people, invented words",
        ] {
            assert!(is_furniture(label), "{label}");
        }
    }

    #[test]
    fn a_sentence_that_speaks_of_furniture_is_not_furniture() {
        for sentence in [
            "The bakery sold 4,000 cookies on its first day.",
            "Browsers that block cookies are now used by a third of visitors.",
            "The ministry's newsletter went to 4,000 readers. It named no names.",
            "Photo: that single word was written under the frame, and it was enough for the panel to find against the clerk.",
            "The advertisement cost the party a fortune.",
            "Share prices fell.",
            "Exercise – and plenty of it – is what the harbour doctor ordered.",
            "and",
        ] {
            assert!(!is_furniture(sentence), "{sentence}");
        }
    }
}
