//! When the article was published and changed: declared, marked up, printed, or in its address.

use bilat_core::BlockKind;

use super::linked::{is_article, string, types};
use super::{Draft, Found, PICTURE, Page};
use crate::html::around::NOWHERE;
use crate::html::render;
use crate::{date, line};

/// A day so close to the headline is the article's own.
const CLOSE_AFTER: usize = 6;
const CLOSE_BEFORE: usize = 3;

impl Page<'_> {
    pub(super) fn dates(&self, draft: &mut Draft) {
        let title = draft.title.as_deref();
        let near = self.printed_near(title);
        let mut plain: Vec<&str> =
            near.iter().filter(|near| !near.modified).map(|near| near.day.as_str()).collect();
        plain.dedup();
        let stated = self.stated_days();
        // Where declarations differ, the one that readers see printed is right.
        let confirmed = stated.iter().find(|(_, day, _)| plain.contains(&day.as_str()));
        let chosen = confirmed.or(stated.first());
        // A page that is no news and prints an older day than it declares was moved: a system declares the move.
        let changed = self.modified_day();
        // A system that keeps one moment only declares the change as publication too; what it prints tells them apart.
        let marked = self.marked_time().and_then(|text| date::day(&text)).filter(|marked| {
            let of_change = chosen.zip(changed.as_ref()).filter(|((_, day, _), (changed, _))| day == changed);
            of_change.is_some_and(|((_, day, _), _)| marked < day)
        });
        let printed = match (plain.as_slice(), chosen) {
            _ if marked.is_some() => marked.as_deref(),
            ([only], Some((_, stated, _))) if confirmed.is_none() && !self.is_news() => {
                (date::apart(only, stated) > 1).then_some(*only)
            }
            _ => None,
        };
        // A moment in UTC may be of the day after the one that the outlet has: its address says which.
        let address = self.url.as_ref().and_then(|url| date::address(url.path()));
        let local = chosen.zip(address.as_deref()).and_then(|((text, day, _), own)| {
            let utc = text.trim_end().ends_with(['Z', 'z']) || text.trim_end().ends_with("+00:00");
            (utc && !self.is_news() && date::apart(own, day) == 1).then_some(own)
        });
        let printed = printed.or(local);
        if printed.is_none() {
            draft.published_at = chosen.and_then(|(text, ..)| date::moment(text));
        }
        let declared = match (printed, chosen) {
            (Some(day), Some(_)) => Some((day.to_owned(), Found::Text)),
            (_, chosen) => chosen.map(|(_, day, found)| (day.clone(), *found)),
        };
        let published = declared
            .or_else(|| self.near_time(title).map(|day| (day, Found::Time)))
            .or_else(|| plain.first().map(|day| ((*day).to_owned(), Found::Text)))
            .or_else(|| address.clone().map(|day| (day, Found::Guess)))
            .or_else(|| self.timed_day().map(|day| (day, Found::Time)))
            .or_else(|| self.head_day(title).map(|day| (day, Found::Text)))
            .or_else(|| self.printed_day().map(|day| (day, Found::Text)))
            .or_else(|| self.only_day());
        if let Some((day, found)) = published {
            draft.published = Some(day);
            draft.say("published", found);
        }
        let printed = || near.iter().find(|near| near.modified).map(|near| (near.day.clone(), Found::Text));
        if let Some((day, found)) = changed.or_else(printed) {
            draft.modified = Some(day);
            draft.say("modified", found);
        }
    }

    /// The day of the last change that the page declares.
    fn modified_day(&self) -> Option<(String, Found)> {
        const NAMES: [&str; 5] =
            ["article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"];
        let linked = self.linked("dateModified").and_then(|text| date::day(&text));
        linked
            .map(|day| (day, Found::JsonLd))
            .or_else(|| self.meta(&NAMES).and_then(date::day).map(|day| (day, Found::Meta)))
    }

    /// The days of publication that the page declares: as written, as a day, and where.
    fn stated_days(&self) -> Vec<(String, String, Found)> {
        let own = self.article().into_iter();
        let articles = own.chain(self.nodes.iter().filter(|node| is_article(node)));
        let pages = self.nodes.iter().filter(|node| types(node).any(|kind| kind.ends_with("Page")));
        let linked = articles
            .flat_map(|node| ["datePublished", "dateCreated"].map(|field| node.get(field)))
            .chain(pages.map(|node| node.get("datePublished")))
            .flatten()
            .filter_map(string)
            .map(|text| (text, Found::JsonLd));
        let meta = self.declared_day().map(|text| (text, Found::Meta));
        let read = |(text, found): (String, Found)| {
            let day = date::day(&text)?;
            Some((text, day, found))
        };
        let declared: Vec<_> = linked.chain(meta).filter_map(read).collect();
        if !declared.is_empty() {
            return declared;
        }
        self.marked_time().map(|text| (text, Found::Time)).into_iter().filter_map(read).collect()
    }

    /// Whether the page declares its article to be news.
    fn is_news(&self) -> bool {
        self.nodes
            .iter()
            .any(|node| types(node).any(|kind| kind.ends_with("NewsArticle") || kind == "LiveBlogPosting"))
    }

    /// In which order the page writes numeric dates.
    fn order(&self) -> date::Order {
        let locale = self.meta(&["og:locale", "content-language"]).map(str::to_owned);
        let said = self.first("html[lang]").and_then(|node| node.attr("lang")).map(|said| said.to_string());
        let known = |said: Option<String>| said.map(|said| date::Order::of(&said));
        let declared = match known(said) {
            Some(date::Order::Open) | None => known(locale).unwrap_or_default(),
            Some(order) => order,
        };
        // A number above 12 on the same page tells more than the language.
        let mut short = self.blocks.iter().filter(|block| block.piece.text.len() <= 60);
        short.find_map(|block| date::order_of(&block.piece.text)).unwrap_or(declared)
    }

    /// The days that are printed close to the headline, the nearest after it first.
    fn printed_near(&self, title: Option<&str>) -> Vec<date::Dated> {
        let Some(at) = self.headline(title) else { return Vec::new() };
        let order = self.order();
        let after = at + 1..self.blocks.len().min(at + 1 + CLOSE_AFTER);
        let before = at.saturating_sub(CLOSE_BEFORE)..at;
        let mut days = Vec::new();
        for near in after.chain(before.rev()) {
            let block = &self.blocks[near];
            let text = &block.piece.text;
            let elsewhere = [0, 1, 3].iter().any(|&group| block.around.up[group] <= 3);
            // A picture has a day of its own.
            let picture = block.piece.kind == BlockKind::Caption || block.around.up[PICTURE] <= 1;
            if elsewhere || picture || text.len() > 200 || line::words(text) > 20 {
                continue;
            }
            let above = near.checked_sub(1).map_or("", |near| self.blocks[near].piece.text.as_str());
            days.extend(date::printed(text, above, order));
        }
        days
    }

    fn declared_day(&self) -> Option<String> {
        const NAMES: [&str; 25] = [
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "og:published_time",
            "article:published",
            "publication_date",
            "date.issued",
            "dcterms.issued",
            "dc.date.issued",
            "dcterms.created",
            "dc.date",
            "dcterms.date",
            "date",
            "pubdate",
            "publishdate",
            "publish-date",
            "published-date",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
            "citation_publication_date",
            "citation_date",
            "cxenseparse:recs:publishtime",
            "datecreated",
            "published",
        ];
        let known = NAMES.iter().filter_map(|name| self.meta.get(*name));
        // Sites have names of their own for it: "w-published-date".
        let mut other: Vec<(&String, &Vec<String>)> = self
            .meta
            .iter()
            .filter(|(name, _)| name.contains("publish") && (name.contains("date") || name.contains("time")))
            .collect();
        other.sort();
        let said = known.chain(other.into_iter().map(|(_, said)| said)).flatten();
        said.into_iter().find(|text| date::day(text).is_some()).cloned()
    }

    /// A time that its markup calls that of publication.
    fn marked_time(&self) -> Option<String> {
        const PLACES: [&str; 3] = [
            "[itemprop=datePublished]",
            "time[pubdate]",
            "time.published, time.entry-date, .published time, .entry-date time",
        ];
        PLACES.iter().find_map(|place| {
            self.document.select(place).nodes().iter().find_map(|node| {
                let said =
                    node.attr("datetime").or_else(|| node.attr("content")).map(|said| said.to_string());
                let printed = || render::words(node);
                said.into_iter().chain(std::iter::once_with(printed)).find(|text| date::day(text).is_some())
            })
        })
    }

    /// The first time element that is printed beside the headline, that of an update aside.
    fn near_time(&self, title: Option<&str>) -> Option<String> {
        let lines: Vec<String> = self.head_lines(title).iter().map(|text| line::tidy(text)).collect();
        self.document.select("time[datetime]").nodes().iter().take(60).find_map(|node| {
            let text = render::words(node);
            let beside = lines.iter().find(|line| !text.is_empty() && line.contains(&text))?;
            let before = &beside[..beside.find(&text)?];
            let last = before.char_indices().rev().nth(24).map_or(0, |(byte, _)| byte);
            let own = node.class().is_some_and(|class| date::speaks_of_change(&class));
            (!own && !date::speaks_of_change(&before[last..]) && !date::speaks_of_change(&text))
                .then(|| date::day(&node.attr("datetime")?))
                .flatten()
        })
    }

    fn timed_day(&self) -> Option<String> {
        const PLACES: [&str; 3] = [
            "article header time[datetime], header time[datetime]",
            "article time[datetime], main time[datetime]",
            "time[datetime]",
        ];
        PLACES.iter().find_map(|place| {
            self.document.select(place).nodes().iter().find_map(|node| {
                let named = |class: &str| {
                    ["updated", "modified", "changed"].iter().any(|word| class.contains(word))
                        && !class.contains("published")
                };
                let changed = node.attr("itemprop").is_some_and(|said| said.contains("dateModified"))
                    || node.class().is_some_and(|class| named(&class))
                    || node.parent().and_then(|above| above.class()).is_some_and(|class| named(&class))
                    || date::speaks_of_change(&render::words(node))
                    || node.prev_sibling().is_some_and(|label| {
                        let label = if label.is_nonempty_text() { Some(label) } else { label.prev_sibling() };
                        label.is_some_and(|label| date::speaks_of_change(&render::words(&label)))
                    });
                if changed {
                    return None;
                }
                let said =
                    node.attr("datetime").or_else(|| node.attr("content")).map(|said| said.to_string());
                said.and_then(|said| date::day(&said)).or_else(|| date::day(&render::words(node)))
            })
        })
    }

    /// A day that is printed in the head of the article.
    fn printed_day(&self) -> Option<String> {
        const PLACES: &str = "[class*=date], [class*=Date], [class*=publish], [class*=byline], [class*=posted], [class*=timestamp], [class*=post-meta], [class*=entry-meta], [class*=article-meta], [class*=meta-info], [id*=date], time";
        let order = self.order();
        self.document.select(PLACES).nodes().iter().take(40).find_map(|node| {
            let text = render::words(node);
            if text.is_empty() || text.len() > 200 {
                return None;
            }
            let found = date::printed(&text, "", order).into_iter().next()?;
            (!found.modified).then_some(found.day)
        })
    }

    /// A day in the lines around the headline.
    fn head_day(&self, title: Option<&str>) -> Option<String> {
        let order = self.order();
        self.head_lines(title)
            .iter()
            .filter(|text| line::words(text) <= 14)
            .flat_map(|text| date::printed(text, "", order))
            .find(|found| !found.modified)
            .map(|found| found.day)
    }

    /// The one day that the page prints, wherever it stands. Where that is the day of a change it is the day of the
    /// version that readers see, which is to be checked.
    fn only_day(&self) -> Option<(String, Found)> {
        let order = self.order();
        let (mut published, mut changed) = (Vec::new(), Vec::new());
        for (at, block) in self.blocks.iter().enumerate() {
            let text = &block.piece.text;
            let other = [2, 3].iter().any(|&group| block.around.up[group] < NOWHERE);
            let of_site = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("site "));
            if other || of_site || line::words(text) > 12 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let above = at.checked_sub(1).map_or("", |above| self.blocks[above].piece.text.as_str());
            for found in date::printed(text, above, order) {
                let days = if found.modified { &mut changed } else { &mut published };
                if !days.contains(&found.day) {
                    days.push(found.day);
                }
            }
        }
        match (published.as_slice(), changed.as_slice()) {
            ([day], _) => Some((day.clone(), Found::Text)),
            ([], [day]) => Some((day.clone(), Found::Guess)),
            _ => None,
        }
    }
}
