//! Events by month, stacked by quad class: what side A did stands above the line, what side B did below.

use bilat_core::{ActMonth, Month, Quad};
use chrono::NaiveDate;

use super::paint::{Drawing, colour};
use super::scale::{TimeScale, day_of, month_name, nice, year_name};
use super::{Figure, Frame, letter};

/// The height of one side.
const HALF: f64 = 90.0;
const TOP: f64 = 18.0;

/// The class's place in the row of tones: words are paler than deeds.
fn shade(quad: Quad) -> usize {
    match quad {
        Quad::MaterialConflict => 0,
        Quad::VerbalConflict => 1,
        Quad::VerbalCooperation => 3,
        Quad::MaterialCooperation => 4,
    }
}

/// Draws the counts of `months`, which are sorted by month.
pub fn acts(frame: Frame, months: &[ActMonth]) -> Figure {
    let width = frame.width();
    let mut drawing = Drawing::new(width, TOP + 2.0 * HALF + 46.0);
    let first = months.iter().map(|act| act.month.number()).min().unwrap_or_default();
    let last = months.iter().map(|act| act.month.number()).max().unwrap_or_default();
    let (x0, x1) = (104.0, width - if width < 640.0 { 12.0 } else { 116.0 });
    let scale = TimeScale { from: start(first), to: start(last + 1), x0, x1 };
    let stacks: Vec<&[ActMonth]> =
        months.chunk_by(|one, next| (one.month, one.initiator) == (next.month, next.initiator)).collect();
    let total = |stack: &[ActMonth]| stack.iter().map(|act| act.n).sum::<u32>();
    let most = nice(f64::from(stacks.iter().map(|stack| total(stack)).max().unwrap_or(1)));
    let line = TOP + HALF;
    let high = |n: u32| f64::from(n) / f64::from(most) * (HALF - 14.0);
    for (side, sign) in [(frame.left, -1.0), (frame.right, 1.0)] {
        let other = if side == frame.left { frame.right } else { frame.left };
        let at = line + sign * high(most as u32);
        drawing.line("grid", colour::LINE, (x0, at), (x1, at));
        drawing.text("axis", colour::INK_3, (x0 - 10.0, at + 4.0), "end", &most.to_string());
        drawing.text(
            "axis",
            colour::INK_2,
            (x0 - 10.0, line + sign * 30.0 + 4.0),
            "end",
            &format!("{side} → {other}"),
        );
    }
    for stack in &stacks {
        let (month, initiator) = (stack[0].month, stack[0].initiator);
        let (from, to) = (scale.x(start(month.number())), scale.x(start(month.number() + 1)));
        let (left, wide) = (from + (to - from) * 0.15, ((to - from) * 0.7).clamp(1.0, 48.0));
        let up = initiator == frame.left;
        let mut done = 0;
        for act in *stack {
            let (low, next) = (high(done), high(done + act.n));
            let top = if up { line - next } else { line + low };
            let tone = shade(act.quad);
            let tip = format!(
                "{} {}: {initiator}, {}, {}",
                month_name(month.month),
                year_name(month.year),
                act.quad.name(),
                act.n
            );
            let data = format!(r#"data-month="{month}" data-quad="{}""#, u8::from(act.quad));
            drawing.rect(
                &format!("act t{tone} {}", letter(frame, initiator)),
                colour::TONE[tone],
                (left, top),
                (wide, next - low),
                &data,
                &tip,
            );
            done += act.n;
        }
        if to - from >= 12.0 {
            let at = if up { line - high(done) - 4.0 } else { line + high(done) + 13.0 };
            drawing.text("act-n", colour::INK_2, (left + wide / 2.0, at), "middle", &done.to_string());
        }
    }
    drawing.line("zero", colour::INK_3, (x0, line), (x1, line));
    for tick in scale.ticks() {
        let class = if tick.strong { "tick strong" } else { "tick" };
        drawing.text(
            class,
            colour::INK_3,
            (scale.x(tick.at).max(x0 + 12.0), TOP + 2.0 * HALF + 14.0),
            "middle",
            &tick.label,
        );
    }
    let mut x = x0;
    for quad in Quad::ALL {
        let n: u32 = months.iter().filter(|act| act.quad == quad).map(|act| act.n).sum();
        let words = format!("{} {n}", quad.name());
        let tone = shade(quad);
        drawing.rect(
            &format!("key t{tone}"),
            colour::TONE[tone],
            (x, TOP + 2.0 * HALF + 28.0),
            (12.0, 10.0),
            r#"rx="2""#,
            "",
        );
        drawing.text("axis", colour::INK_2, (x + 17.0, TOP + 2.0 * HALF + 37.0), "start", &words);
        x += 32.0 + words.len() as f64 * 6.3;
    }
    let n: u32 = months.iter().map(|act| act.n).sum();
    let description = format!(
        "Events recorded in this library by month and class, {} above and {} below the line; n = {n}.",
        frame.left.name(),
        frame.right.name()
    );
    let rows = months.iter().map(|act| {
        vec![
            act.month.to_string(),
            act.initiator.code().to_owned(),
            act.quad.name().to_owned(),
            act.n.to_string(),
        ]
    });
    Figure {
        svg: drawing.finish("acts", "Events by month and class", &description),
        description,
        columns: ["Month", "Initiator", "Class", "n"].map(str::to_owned).into(),
        rows: rows.collect(),
    }
}

fn start(number: i32) -> f64 {
    let month = Month::of_number(number);
    NaiveDate::from_ymd_opt(month.year, month.month, 1).map_or(0.0, day_of)
}
