//! SVG text, element by element.

use std::fmt::Write as _;

/// Ink, lines and sides on paper: the light theme's colours.
pub(super) mod colour {
    pub const INK: &str = "#161f2b";
    pub const INK_2: &str = "#424d59";
    pub const INK_3: &str = "#5c6670";
    pub const LINE: &str = "#d9dfe3";
    pub const PAPER: &str = "#fefdfb";
    pub const SIDE: [(&str, &str); 2] = [("#0d3c7c", "#5483bb"), ("#b32a75", "#eca0c4")];
    /// −2 to +2.
    pub const TONE: [&str; 5] = ["#963d14", "#dc9c6b", "#d5dadc", "#78c3c5", "#04626d"];
}

/// A drawing that is being made.
pub(super) struct Drawing {
    body: String,
    width: f64,
    height: f64,
}

/// `text` as it may stand in SVG.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A coordinate: a tenth of a pixel is finer than anybody sees.
pub(super) fn px(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // There is no minus nought on paper.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

impl Drawing {
    pub fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), width, height }
    }

    /// Puts an element without contents.
    pub fn put(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    pub fn line(&mut self, class: &str, stroke: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, y1, x2, y2) = (px(from.0), px(from.1), px(to.0), px(to.1));
        self.put(&format!(
            r#"<line class="{class}" stroke="{stroke}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#
        ));
    }

    /// A rectangle with a tooltip; attributes of data are passed whole.
    pub fn rect(&mut self, class: &str, fill: &str, at: (f64, f64), size: (f64, f64), more: &str, tip: &str) {
        let (x, y, width, height) = (px(at.0), px(at.1), px(size.0.max(0.0)), px(size.1.max(0.0)));
        let tip = if tip.is_empty() { String::new() } else { format!("<title>{}</title>", escape(tip)) };
        self.put(&format!(
            r#"<rect class="{class}" fill="{fill}" x="{x}" y="{y}" width="{width}" height="{height}" {more}>{tip}</rect>"#
        ));
    }

    /// Text; `anchor` is start, middle or end.
    pub fn text(&mut self, class: &str, fill: &str, at: (f64, f64), anchor: &str, words: &str) {
        let (x, y, words) = (px(at.0), px(at.1), escape(words));
        self.put(&format!(
            r#"<text class="{class}" fill="{fill}" x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>"#
        ));
    }

    /// The whole drawing under its name.
    pub fn finish(self, class: &str, title: &str, description: &str) -> String {
        // What is inside an image cannot be focused, and events can.
        let role = if class == "timeline" { "group" } else { "img" };
        let (width, height) = (px(self.width), px(self.height));
        let mut svg = String::with_capacity(self.body.len() + 512);
        let _ = write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" class="figure {class}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="{role}" font-family="IBM Plex Sans, sans-serif" font-size="12"><title>{}</title><desc>{}</desc>"#,
            escape(title),
            escape(description)
        );
        svg.push('\n');
        svg.push_str(&self.body);
        svg.push_str("</svg>");
        svg
    }
}
