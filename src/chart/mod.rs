//! Charts: each from the tables, with what it rests on in its footer, shown inline and saved with its data.
//!
//! 1. A chart's own module counts with [`crate::tally`] and places marks and words on a page (`page`, `axis`, `font`,
//!    `palette`: the one look).
//! 2. What is placed is a list (`scene`); plotters draws it as SVG.
//! 3. [`Chart::save`] writes the SVG, a PNG at print size from the same SVG, the CSV behind it and its words.
//!
//! Every chart is a function over [`Tables`] that gives a [`Chart`]; [`all`] draws those that need nothing else. A [`Chart`] has its
//! [`title`](Chart::title), the picture ([`svg`](Chart::svg), light and dark by the reader's settings; [`dark`](Chart::dark) for dark pages only;
//! [`png`](Chart::png)), the numbers behind it ([`data`](Chart::data)), what it shows in words ([`alt`](Chart::alt)) and what it rests on
//! ([`caption`](Chart::caption), which the picture's footer says too).

mod axis;
mod casualties;
mod coverage;
mod dispersion;
mod entities;
mod font;
mod keyness;
mod over_time;
mod page;
mod palette;
mod rhetoric;
mod scene;
mod spot;
mod spread;
#[cfg(test)]
mod tests;
mod time;
mod timeline;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

pub use casualties::{Casualties, casualties};
pub use coverage::coverage;
pub use dispersion::dispersion;
pub use entities::{mentions, network, places};
pub use keyness::keyness;
pub use over_time::coverage_over_time;
pub use rhetoric::rhetoric;
pub(crate) use spot::{KEPT, Spot};
pub use timeline::{Timeline, timeline};

use crate::error::{Error, Result};
use crate::tables::{Tables, whole_file};
use crate::tally::Table;
use palette::Theme;
use scene::Scene;

/// The class of every chart's outermost element, so that what is said of its colours holds for nothing else on a page.
const CLASS: &str = "newsframe-chart";

/// Every chart that needs nothing but the tables, each with a name for its files, in the order in which a reader takes them.
///
/// # Errors
/// If one can't be drawn.
pub fn all(tables: &Tables) -> Result<Vec<(&'static str, Chart)>> {
    Ok(vec![
        ("coverage", coverage(tables)?),
        ("coverage-over-time", coverage_over_time(tables)?),
        ("casualties", casualties(tables)?),
        ("timeline", timeline(tables)?),
        ("rhetoric", rhetoric(tables)?),
        ("keyness", keyness::own_against_others(tables)?),
        ("dispersion", dispersion(tables)?),
        ("mentions", mentions(tables)?),
        ("places", places(tables)?),
        ("network", network(tables)?),
    ])
}

/// A drawn chart with the numbers behind it.
#[derive(Clone, Debug)]
pub struct Chart {
    title: String,
    svg: String,
    data: Table,
    alt: String,
    scene: Scene,
}

impl Chart {
    fn new(title: &str, scene: Scene, data: Table, alt: String) -> Result<Self> {
        let chart = Self { title: title.to_owned(), svg: String::new(), data, alt, scene };
        let svg = chart.drawn(Theme::Light, &chart.scene.dark_style())?;
        Ok(Self { svg, ..chart })
    }

    fn drawn(&self, theme: Theme, style: &str) -> Result<String> {
        let drawn = self.scene.svg(theme).map_err(|message| Error::Chart { chart: self.title.clone(), message })?;
        // What a screen reader says stands first inside the picture.
        let head = drawn.find('>').map_or(0, |i| i + 1);
        let (open, rest) = drawn.split_at(head);
        let open = open.trim_end_matches('>');
        let (title, alt) = (escaped(&self.title), escaped(&self.alt));
        Ok(format!("{open} class=\"{CLASS}\" role=\"img\">\n<title>{title}</title>\n<desc>{alt}</desc>{style}{rest}"))
    }

    /// The same chart for a dark page only, whatever the reader's settings.
    ///
    /// # Errors
    /// If it can't be drawn.
    pub fn dark(self) -> Result<Self> {
        let svg = self.drawn(Theme::Dark, "")?;
        Ok(Self { svg, ..self })
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The picture: on a light ground, or on a dark one where the reader's system asks for dark pages (a media query in the picture).
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The picture with a link over each mark that `address` knows a place for. As a screen reader doesn't look for links inside an
    /// image, it is a group here.
    pub(crate) fn linked(&self, mut address: impl FnMut(&Spot) -> Option<String>) -> String {
        let links: String = self.scene.spots.iter().filter_map(|spot| Some(spot.link(&address(spot)?))).collect();
        if links.is_empty() {
            return self.svg.clone();
        }
        let svg = self.svg.replacen("role=\"img\"", "role=\"group\"", 1);
        let end = svg.rfind("</svg>").unwrap_or(svg.len());
        format!("{}{links}{}", &svg[..end], &svg[end..])
    }

    /// The numbers behind it, those included that had no room.
    #[must_use]
    pub const fn data(&self) -> &Table {
        &self.data
    }

    /// What stands under it: what was left out, how many documents, sentences and tokens of which days and sources it rests on, the
    /// program's version and a hash over the articles.
    #[must_use]
    pub fn caption(&self) -> &str {
        self.scene.caption.trim_end()
    }

    /// What it shows, in words.
    #[must_use]
    pub fn alt(&self) -> &str {
        &self.alt
    }

    /// The picture as PNG, 8 inches wide at 300 dots an inch.
    ///
    /// # Errors
    /// If it can't be drawn.
    pub fn png(&self) -> Result<Vec<u8>> {
        let wrong = |message: String| Error::Chart { chart: self.title.clone(), message };
        let options = resvg::usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "DejaVu Sans".to_owned(), ..Default::default() };
        let tree = resvg::usvg::Tree::from_str(&self.svg, &options).map_err(|e| wrong(e.to_string()))?;
        let size = tree.size().to_int_size();
        // A very tall chart gets fewer dots, so that it stays a picture that can be opened.
        let scale = (2400.0 / f64::from(size.width())).min(16_000.0 / f64::from(size.height())) as f32;
        let pixels = size.scale_by(scale).ok_or_else(|| wrong("no size".to_owned()))?;
        let mut canvas = resvg::tiny_skia::Pixmap::new(pixels.width(), pixels.height()).ok_or_else(|| wrong("no size".to_owned()))?;
        resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
        canvas.encode_png().map_err(|e| wrong(e.to_string()))
    }

    /// Writes `NAME.svg`, `.png`, `.csv` (the numbers behind it) and `.txt` (what it shows, in words) into the folder
    /// `charts` of the run's output, and gives the chart back to be shown.
    ///
    /// The output is the folder named by `NEWSFRAME_OUT`, else `out`.
    ///
    /// # Errors
    /// If a file can't be written. Each is there whole or not at all.
    pub fn save(self, name: &str) -> Result<Self> {
        self.save_in(&output().join("charts"), name)
    }

    /// The same, into a folder of choice.
    ///
    /// # Errors
    /// If a file can't be written.
    pub fn save_in(self, folder: &Path, name: &str) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        let file = |ending: &str, bytes: &[u8]| {
            let path = folder.join(format!("{name}.{ending}"));
            whole_file(&path, |out| out.write_all(bytes).map_err(Error::io(&path)))
        };
        file("svg", self.svg.as_bytes())?;
        file("png", &self.png()?)?;
        file("csv", self.data.csv()?.as_bytes())?;
        file("txt", format!("{}\n\n{}\n\n{}\n", self.title, self.alt, self.caption()).as_bytes())?;
        Ok(self)
    }

    /// Shows the chart in an evcxr notebook.
    pub fn evcxr_display(&self) {
        let svg = self.svg.replace("EVCXR_", "EVCXR\u{2060}_"); // words of an article never end the output
        let alt = self.alt.replace("EVCXR_", "EVCXR\u{2060}_");
        println!(
            "EVCXR_BEGIN_CONTENT image/svg+xml\n{svg}\nEVCXR_END_CONTENT\n\
             EVCXR_BEGIN_CONTENT text/plain\n{}. {alt}\nEVCXR_END_CONTENT",
            self.title
        );
    }
}

/// The folder of a run's output: the one named by `NEWSFRAME_OUT`, else `out`.
#[must_use]
pub fn output() -> PathBuf {
    std::env::var_os("NEWSFRAME_OUT").map_or_else(|| PathBuf::from("out"), PathBuf::from)
}

static FONTS: LazyLock<Arc<resvg::usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    font::FILES.iter().for_each(|bytes| fonts.load_font_data(bytes.to_vec()));
    fonts.set_sans_serif_family("DejaVu Sans");
    Arc::new(fonts)
});

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
