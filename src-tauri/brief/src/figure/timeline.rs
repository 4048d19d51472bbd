//! The timeline: every event at its date, above the line what side A did, below what side B did.
//!
//! A day is a dot; a month, a year or an interval is as long as it may have lasted; what its writer was not sure
//! of is hollow. Where events stand closer than can be seen, they are counted in bars instead, and the figure says
//! how many lie before and after it: no event is ever left out unsaid.

use bilat_core::LedgerEvent;

use super::paint::{Drawing, colour, escape, px};
use super::scale::TimeScale;
use super::{Figure, Frame, letter, span};

/// The height of a lane, and how many there are on each side.
const LANE: f64 = 15.0;
const LANES: usize = 6;
/// The width of a bar, in pixels.
const BAR: f64 = 8.0;
const TOP: f64 = 14.0;

/// What a timeline shows of a ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The figure.
    pub figure: Figure,
    /// The first and last moment of the window, in days since 1970-01-01.
    pub window: (f64, f64),
    /// Where it begins and ends in the figure, in pixels.
    pub plot: (f64, f64),
    /// How many events are drawn, each for itself or in a bar.
    pub drawn: usize,
    /// How many end before the window.
    pub before: usize,
    /// How many begin after it.
    pub after: usize,
    /// How many have no date at all.
    pub undated: usize,
}

/// Everything that has a date, with a little room around it.
fn everything(spans: &[(f64, f64, &LedgerEvent)]) -> (f64, f64) {
    let ends = || spans.iter().flat_map(|(from, to, _)| [*from, *to]).filter(|end| end.is_finite());
    let (from, to) = (ends().fold(f64::INFINITY, f64::min), ends().fold(f64::NEG_INFINITY, f64::max));
    if from > to {
        return (0.0, 365.0);
    }
    let room = ((to - from) * 0.03).max(1.0);
    (from - room, to + room)
}

/// Draws the events of `ledger` that may have been in `window`, or all of them.
pub fn timeline(frame: Frame, ledger: &[LedgerEvent], window: Option<(f64, f64)>) -> Shown {
    let width = frame.width();
    let mut spans: Vec<_> =
        ledger.iter().filter_map(|event| span(event).map(|(from, to)| (from, to, event))).collect();
    let undated = ledger.len() - spans.len();
    // An hour at least, and never backwards.
    let (from, to) = window
        .filter(|(from, to)| from.is_finite() && to.is_finite())
        .map_or_else(|| everything(&spans), |(from, to)| (from, to.max(from + 1.0 / 24.0)));
    let before = spans.iter().filter(|(_, end, _)| *end < from).count();
    let after = spans.iter().filter(|(start, _, _)| *start > to).count();
    spans.retain(|(start, end, _)| *end >= from && *start <= to);
    spans.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.id.cmp(&other.2.id)));
    let line = TOP + LANES as f64 * LANE + 6.0;
    let height = 2.0 * line + 24.0;
    let mut drawing = Drawing::new(width, height);
    let (x0, x1) = (104.0, width - 16.0);
    let scale = TimeScale { from, to, x0, x1 };
    for tick in scale.ticks() {
        let x = scale.x(tick.at);
        drawing.line(
            if tick.strong { "grid strong" } else { "grid" },
            colour::LINE,
            (x, TOP),
            (x, 2.0 * line - TOP),
        );
        drawing.text(
            if tick.strong { "tick strong" } else { "tick" },
            colour::INK_3,
            (x, height - 12.0),
            "middle",
            &tick.label,
        );
    }
    drawing.line("zero", colour::INK_3, (x0, line), (x1, line));
    let mut drawn = 0;
    for (row, side) in [frame.left, frame.right].into_iter().enumerate() {
        let other = if row == 0 { frame.right } else { frame.left };
        let sign = if row == 0 { -1.0 } else { 1.0 };
        let own: Vec<_> = spans.iter().filter(|(_, _, event)| event.initiator == side).collect();
        drawn += own.len();
        drawing.text(
            &format!("side {}", letter(frame, side)),
            colour::SIDE[row].0,
            (x0 - 12.0, line + sign * 24.0 + 4.0),
            "end",
            &format!("{side} → {other}"),
        );
        let Some(lanes) = lanes(scale, &own) else {
            bars(&mut drawing, frame, scale, &own, line, sign);
            continue;
        };
        // From the far lanes inward: no stem is drawn over a nearer event.
        let mut placed: Vec<_> = own.iter().zip(lanes).collect();
        placed.sort_by_key(|(_, lane)| std::cmp::Reverse(*lane));
        for ((start, end, event), lane) in placed {
            let y = line + sign * ((lane as f64 + 0.5) * LANE + 4.0);
            mark(&mut drawing, frame, scale, (*start, *end), event, y, line);
        }
    }
    let aside = [(before, "before"), (after, "after"), (undated, "without a date")];
    let aside: Vec<_> = aside.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let more = if aside.is_empty() { String::new() } else { format!("; {}", aside.join(", ")) };
    let description = format!(
        "Events recorded in this library, n = {drawn}{more}. {} above and {} below the line.",
        frame.left.name(),
        frame.right.name()
    );
    let rows = spans.iter().map(|(_, _, event)| {
        let date = event.date.as_ref().map_or(String::new(), ToString::to_string);
        vec![
            date,
            event.initiator.code().into(),
            event.target.code().into(),
            event.plover.name().into(),
            event.status.name().into(),
            event.summary.clone(),
        ]
    });
    let figure = Figure {
        svg: drawing.finish("timeline", "Timeline", &description),
        description,
        columns: ["Date", "Initiator", "Target", "Category", "Status", "Event"].map(str::to_owned).into(),
        rows: rows.collect(),
    };
    Shown { figure, window: (from, to), plot: (x0, x1), drawn, before, after, undated }
}

/// The ends in pixels, kept in the picture.
fn ends(scale: TimeScale, start: f64, end: f64) -> (f64, f64) {
    (scale.x(start).clamp(scale.x0, scale.x1), scale.x(end).clamp(scale.x0, scale.x1))
}

/// A lane for each, so that none covers another; nothing where there is no room.
fn lanes(scale: TimeScale, own: &[&(f64, f64, &LedgerEvent)]) -> Option<Vec<usize>> {
    let mut free = [f64::NEG_INFINITY; LANES];
    own.iter()
        .map(|(start, end, _)| {
            let (x, right) = ends(scale, *start, *end);
            let lane = free.iter().position(|until| *until <= x)?;
            free[lane] = right.max(x + 10.0) + 2.0;
            Some(lane)
        })
        .collect()
}

fn mark(
    drawing: &mut Drawing,
    frame: Frame,
    scale: TimeScale,
    (start, end): (f64, f64),
    event: &LedgerEvent,
    y: f64,
    line: f64,
) {
    let which = letter(frame, event.initiator);
    let ink = colour::SIDE[usize::from(which == 'b')].0;
    let unsure = event.date.as_ref().is_some_and(bilat_core::Edtf::is_uncertain)
        || event.status != bilat_core::EventStatus::Done;
    let fill = if unsure { colour::PAPER } else { ink };
    let class = format!("event {which} q{}{}", u8::from(event.quad), if unsure { " unsure" } else { "" });
    let (x, right) = ends(scale, start, end);
    let date = event.date.as_ref().map_or(String::new(), ToString::to_string);
    let tip = escape(&format!(
        "{date}: {} → {}, {} ({}). {}",
        event.initiator,
        event.target,
        event.plover,
        event.status.name(),
        event.summary
    ));
    let id = event.id;
    let dash = if unsure { r#" stroke-dasharray="3 2""# } else { "" };
    if end - start <= 1.0 && right - x < 14.0 {
        let at = f64::midpoint(x, right);
        drawing.line("stem", colour::LINE, (at, line), (at, y));
        drawing.put(&format!(
            r#"<circle class="{class}" data-event="{id}" tabindex="0" role="button" aria-label="{tip}" cx="{}" cy="{}" r="4" fill="{fill}" stroke="{ink}" stroke-width="1.5"{dash}><title>{tip}</title></circle>"#,
            px(at), px(y)
        ));
    } else {
        drawing.put(&format!(
            r#"<rect class="{class} long" data-event="{id}" tabindex="0" role="button" aria-label="{tip}" x="{}" y="{}" width="{}" height="7" rx="3.5" fill="{fill}" fill-opacity="0.55" stroke="{ink}"{dash}><title>{tip}</title></rect>"#,
            px(x), px(y - 3.5), px((right - x).max(8.0))
        ));
    }
}

/// Counts by the pixels where events begin; what began before the window is counted at its edge.
fn bars(
    drawing: &mut Drawing,
    frame: Frame,
    scale: TimeScale,
    own: &[&(f64, f64, &LedgerEvent)],
    line: f64,
    sign: f64,
) {
    let mut counts = vec![0_u32; ((scale.x1 - scale.x0) / BAR).ceil() as usize + 1];
    for (start, _, _) in own {
        let x = scale.x(*start).clamp(scale.x0, scale.x1);
        counts[((x - scale.x0) / BAR) as usize] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let which = own.first().map_or('a', |(_, _, event)| letter(frame, event.initiator));
    let mid = colour::SIDE[usize::from(which == 'b')].1;
    for (at, n) in counts.into_iter().enumerate().filter(|(_, n)| *n > 0) {
        let x = scale.x0 + at as f64 * BAR;
        let high = (f64::from(n) / f64::from(most) * LANES as f64 * LANE).max(2.0);
        let day = |x: f64| scale.from + (x - scale.x0) / scale.density();
        let data = format!(r#"data-from="{:.4}" data-to="{:.4}""#, day(x), day(x + BAR));
        let tip = format!("{n} events");
        drawing.rect(
            &format!("bar {which}"),
            mid,
            (x, if sign < 0.0 { line - high } else { line }),
            (BAR - 1.0, high),
            &data,
            &tip,
        );
    }
    drawing.text(
        "axis",
        colour::INK_3,
        (scale.x1, if sign < 0.0 { TOP } else { 2.0 * line - TOP + 8.0 }),
        "end",
        &format!("up to {most} in a bar"),
    );
}
