//! Tone: the plain mean of the stances that people set, by month and side.
//!
//! The scale is always −2 to +2, so that pairs compare. A band's width says how many statements stand behind
//! the mean; a month of one statement has a hollow end; a month without any breaks the line.

use bilat_core::{Month, ToneMonth};
use chrono::NaiveDate;

use super::paint::{Drawing, colour, px};
use super::scale::{TimeScale, day_of, month_name, year_name};
use super::{Figure, Frame, letter};

const NAMES: [&str; 5] = ["Hostile", "Critical", "Neutral", "Conciliatory", "Cooperative"];
/// The plot's top and its height of one step of stance.
const TOP: f64 = 14.0;
const STEP: f64 = 50.0;
const CELL: f64 = 18.0;

/// Draws the tone of `months`, which are sorted by month.
pub fn tone(frame: Frame, months: &[ToneMonth]) -> Figure {
    let width = frame.width();
    let (first, last) = (
        months.iter().map(|tone| tone.month.number()).min(),
        months.iter().map(|tone| tone.month.number()).max(),
    );
    let description = describe(frame, months);
    let bottom = TOP + 4.0 * STEP;
    let strip = bottom + 30.0;
    let mut drawing = Drawing::new(width, strip + 2.0 * (CELL + 2.0) + 6.0);
    let (x0, x1) = (104.0, width - if width < 640.0 { 12.0 } else { 116.0 });
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let scale = TimeScale { from: start(first), to: start(last + 1), x0, x1 };
    let y = |stance: f64| TOP + (2.0 - stance) * STEP;
    for (at, name) in NAMES.iter().enumerate() {
        let stance = at as f64 - 2.0;
        let number = match at {
            0 | 1 => format!("−{}", 2 - at),
            2 => "0".to_owned(),
            _ => format!("+{}", at - 2),
        };
        let (class, stroke) = if at == 2 { ("zero", colour::INK_3) } else { ("grid", colour::LINE) };
        drawing.line(class, stroke, (x0, y(stance)), (x1, y(stance)));
        drawing.text("axis", colour::INK_3, (x0 - 10.0, y(stance) + 4.0), "end", &format!("{name} {number}"));
    }
    for tick in scale.ticks() {
        let class = if tick.strong { "tick strong" } else { "tick" };
        drawing.text(
            class,
            colour::INK_3,
            (scale.x(tick.at).max(x0 + 12.0), bottom + 18.0),
            "middle",
            &tick.label,
        );
    }
    for (row, side) in [frame.left, frame.right].into_iter().enumerate() {
        let own: Vec<_> =
            months.iter().filter(|tone| tone.month.number() >= first && tone.side == side).collect();
        let (line, mid) = colour::SIDE[row];
        let which = letter(frame, side);
        let point = |tone: &ToneMonth| (scale.x(middle(tone.month)), y(tone.mean));
        for run in own.chunk_by(|one, next| next.month.number() == one.month.number() + 1) {
            let points: Vec<_> = run.iter().map(|tone| point(tone)).collect();
            let half: Vec<_> = run.iter().map(|tone| half_width(tone.n)).collect();
            let above: Vec<_> = points.iter().zip(&half).map(|((x, y), half)| (*x, y - half)).collect();
            let below: Vec<_> = points.iter().zip(&half).rev().map(|((x, y), half)| (*x, y + half)).collect();
            if points.len() > 1 {
                let band = format!("{}L{}", curve(&above), curve(&below).trim_start_matches('M'));
                drawing.put(&format!(
                    r#"<path class="band {which}" fill="{mid}" fill-opacity="0.4" d="{band}Z"/>"#
                ));
                drawing.put(&format!(
                    r#"<path class="mean {which}" fill="none" stroke="{line}" stroke-width="2" d="{}"/>"#,
                    curve(&points)
                ));
            }
        }
        for tone in &own {
            let (x, y) = point(tone);
            let fill = if tone.n == 1 { colour::PAPER } else { line };
            let hollow = if tone.n == 1 { " hollow" } else { "" };
            let shape = if which == 'a' {
                format!(r#"<circle cx="{}" cy="{}" r="3.5""#, px(x), px(y))
            } else {
                format!(r#"<path d="M{} {}l4.2 4.2 -4.2 4.2 -4.2 -4.2z""#, px(x), px(y - 4.2))
            };
            drawing.put(&format!(r#"{shape} class="dot {which}{hollow}" fill="{fill}" stroke="{line}" stroke-width="1.5" data-month="{}"><title>{}</title></{}>"#,
                tone.month, super::paint::escape(&tip(tone)), if which == 'a' { "circle" } else { "path" }));
        }
        if width >= 640.0
            && let Some(tone) = own.last()
        {
            let (_, end) = point(tone);
            // Two labels never stand on each other: side A's goes up, side B's down.
            let other = months
                .iter()
                .rev()
                .find(|tone| tone.side != side)
                .map_or(f64::INFINITY, |tone| point(tone).1);
            let close = (end - other).abs() < 34.0;
            let up = end < other || (end <= other && row == 0);
            let place = if close {
                end + if up {
                    -(34.0 - (end - other).abs()) / 2.0
                } else {
                    (34.0 - (end - other).abs()) / 2.0
                }
            } else {
                end
            };
            drawing.text(&format!("side {which}"), line, (x1 + 12.0, place), "start", side.name());
            drawing.text(
                "axis",
                colour::INK_2,
                (x1 + 12.0, place + 15.0),
                "start",
                &format!("{}, n = {}", signed(tone.mean), tone.n),
            );
        }
        let top = strip + row as f64 * (CELL + 2.0);
        drawing.text("axis", colour::INK_3, (x0 - 10.0, top + 13.0), "end", side.code());
        for tone in &own {
            let (from, to) = (scale.x(start(tone.month.number())), scale.x(start(tone.month.number() + 1)));
            let tone_at = (tone.mean.round() as i32 + 2).clamp(0, 4) as usize;
            let data = format!(r#"rx="2" data-month="{}" data-side="{side}""#, tone.month);
            drawing.rect(
                &format!("cell t{tone_at}"),
                colour::TONE[tone_at],
                (from + 1.0, top),
                (to - from - 2.0, CELL),
                &data,
                &tip(tone),
            );
            if to - from >= 30.0 {
                let ink = if tone_at == 0 || tone_at == 4 { colour::PAPER } else { colour::INK };
                drawing.text(
                    &format!("cell-n t{tone_at}"),
                    ink,
                    (f64::midpoint(from, to), top + 13.0),
                    "middle",
                    &signed(tone.mean),
                );
            }
        }
    }
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(months.len());
    for tone in months {
        rows.push(vec![
            tone.month.to_string(),
            tone.side.code().into(),
            signed(tone.mean),
            tone.n.to_string(),
        ]);
    }
    Figure {
        svg: drawing.finish("tone", "Tone by month", &description),
        description,
        columns: ["Month", "Side", "Mean", "n"].map(str::to_owned).into(),
        rows,
    }
}

fn half_width(n: u32) -> f64 {
    (1.5 + 1.6 * f64::from(n)).min(15.0)
}

/// The first day of a month's number.
fn start(number: i32) -> f64 {
    let month = Month::of_number(number);
    NaiveDate::from_ymd_opt(month.year, month.month, 1).map_or(0.0, day_of)
}

fn middle(month: Month) -> f64 {
    f64::midpoint(start(month.number()), start(month.number() + 1))
}

/// `+0.5`, `−1.2`, `0.0`, with a true minus.
pub(super) fn signed(mean: f64) -> String {
    let text = format!("{:.1}", mean.abs());
    if text == "0.0" { text } else { format!("{}{text}", if mean < 0.0 { '−' } else { '+' }) }
}

fn tip(tone: &ToneMonth) -> String {
    let Month { year, month } = tone.month;
    format!(
        "{} {} {}: {}, n = {}",
        tone.side.name(),
        month_name(month),
        year_name(year),
        signed(tone.mean),
        tone.n
    )
}

fn describe(frame: Frame, months: &[ToneMonth]) -> String {
    let side = |side: bilat_core::Actor| {
        let own: Vec<_> = months.iter().filter(|tone| tone.side == side).collect();
        match (own.first(), own.last()) {
            (Some(first), Some(last)) => {
                let n: u32 = own.iter().map(|tone| tone.n).sum();
                format!(
                    "{} from {} in {} to {} in {} (n = {n})",
                    side.name(),
                    signed(first.mean),
                    first.month,
                    signed(last.mean),
                    last.month
                )
            }
            _ => format!("{}: nothing coded", side.name()),
        }
    };
    format!(
        "Plain mean of the stances that people set, −2 to +2. {}; {}.",
        side(frame.left),
        side(frame.right)
    )
}

/// A monotone cubic through points of rising (or falling) x: no curve between two points leaves the range of
/// their values (Fritsch and Carlson, 1980, with Steffen's slopes, 1990).
fn curve(points: &[(f64, f64)]) -> String {
    let mut path = format!("M{} {}", px(points[0].0), px(points[0].1));
    let n = points.len();
    let slope = |at: usize| (points[at + 1].1 - points[at].1) / (points[at + 1].0 - points[at].0);
    let tangent = |at: usize| {
        if at == 0 || at == n - 1 {
            return slope(at.min(n - 2));
        }
        let (before, after) = (slope(at - 1), slope(at));
        let (h0, h1) = (points[at].0 - points[at - 1].0, points[at + 1].0 - points[at].0);
        let middle = (before * h1 + after * h0) / (h0 + h1);
        if before * after <= 0.0 {
            0.0
        } else {
            2.0 * before.signum() * before.abs().min(after.abs()).min(middle.abs() / 2.0)
        }
    };
    for at in 0..n.saturating_sub(1) {
        let third = (points[at + 1].0 - points[at].0) / 3.0;
        let (one, two) = (points[at], points[at + 1]);
        let (from, to) = (one.1 + tangent(at) * third, two.1 - tangent(at + 1) * third);
        path.push_str(&format!(
            "C{} {} {} {} {} {}",
            px(one.0 + third),
            px(from),
            px(two.0 - third),
            px(to),
            px(two.0),
            px(two.1)
        ));
    }
    path
}
