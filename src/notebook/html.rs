//! A data frame as an HTML table: no script, no style sheet, every cell escaped, so that it looks the same in JupyterLab,
//! on an exported page and where untrusted outputs are cleaned.

use polars::prelude::{AnyValue, DataFrame};

/// The most rows and columns that are shown, and the most letters of a cell; the rest is counted, and a long text stands
/// in full behind its first words.
const ROWS: usize = 20;
const LETTERS: usize = 60;

/// The frame's first rows, with the number of all.
pub(super) fn table(frame: &DataFrame) -> String {
    let shown = frame.height().min(ROWS);
    let mut out = String::from("<table>\n<thead><tr>");
    for column in frame.columns() {
        let align = if column.dtype().is_primitive_numeric() { "right" } else { "left" };
        out += &format!("<th style=\"text-align:{align}\">{}</th>", escaped(column.name()));
    }
    out += "</tr></thead>\n<tbody>\n";
    for row in 0..shown {
        out += "<tr>";
        for column in frame.columns() {
            out += &cell(&column.get(row).unwrap_or(AnyValue::Null));
        }
        out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
    let rows = frame.height();
    let first = if shown < rows { format!("first {shown} of ") } else { String::new() };
    out += &format!("<p style=\"opacity:0.65\">{first}{rows} row{} × {} columns</p>", if rows == 1 { "" } else { "s" }, frame.width());
    out
}

fn cell(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => "<td style=\"text-align:left;opacity:0.4\">unknown</td>".to_owned(),
        AnyValue::String(s) => words(s),
        AnyValue::StringOwned(s) => words(s),
        AnyValue::Float64(v) => number(&fraction(*v)),
        AnyValue::List(items) => {
            let items: Vec<String> = items.iter().map(|v| v.get_str().map_or_else(|| v.to_string(), str::to_owned)).collect();
            words(&items.join("; "))
        }
        v if v.is_primitive_numeric() => number(&v.to_string()),
        v => words(&v.to_string()),
    }
}

/// A number as it is if it is whole, otherwise with three digits that say something.
fn fraction(v: f64) -> String {
    if v == v.trunc() && v.abs() < 1e15 {
        return format!("{v:.0}");
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 12
    let decimals = (2.0 - v.abs().log10().floor()).clamp(1.0, 12.0) as usize;
    format!("{v:.decimals$}")
}

fn number(digits: &str) -> String {
    format!("<td style=\"text-align:right\">{digits}</td>")
}

fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LETTERS {
        return format!("<td style=\"text-align:left\">{}</td>", escaped(&line));
    }
    let cut: String = line.chars().take(LETTERS - 1).collect();
    // The full text is for hovering; a whole article would only make the notebook heavy.
    let full: String = line.chars().take(600).collect();
    format!("<td style=\"text-align:left\" title=\"{}\">{}…</td>", escaped(&full), escaped(cut.trim_end()))
}

/// Text that can stand anywhere in HTML, inside attributes too.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, DataFrame};

    use super::*;

    #[test]
    fn cells_are_escaped_cut_and_aligned() {
        let long = "á".repeat(100);
        let columns = vec![
            Column::new("<w>".into(), vec![Some("<b>\"x\" & y</b>"), None, Some(long.as_str())]),
            Column::new("n".into(), vec![1u64, 2, 3]),
            Column::new("rate".into(), vec![0.012_345, 12.0, 3.25125]),
        ];
        let html = DataFrame::new(3, columns).map(|f| table(&f)).unwrap_or_default();
        assert!(html.contains("&lt;w&gt;") && html.contains("&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;") && !html.contains("<b>"), "{html}");
        assert!(html.contains("unknown") && html.contains("title=\"áááá") && html.contains("á…"), "{html}");
        assert!(html.contains("right\">0.0123<") && html.contains("right\">12<") && html.contains("right\">3.25<"), "{html}");
        assert!(html.contains("3 rows × 3 columns"), "{html}");
    }

    #[test]
    fn at_most_a_screenful_is_shown() {
        let numbers: Vec<u64> = (0..1000).collect();
        let html = DataFrame::new(1000, vec![Column::new("n".into(), numbers)]).map(|f| table(&f)).unwrap_or_default();
        assert_eq!(html.matches("<tr>").count(), 1 + ROWS);
        assert!(html.contains("first 20 of 1000 rows"));
    }
}
