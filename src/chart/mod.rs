//! Charts: each from the tables, with what it rests on in its footer, shown inline and saved with its data.
//!
//! 1. A chart's own module counts with [`crate::tally`] and places marks and words on a page (`page`, `axis`, `font`,
//!    `palette`: the one look).
//! 2. What is placed is a list (`scene`); plotters draws it as SVG.
//! 3. [`Chart::save`] writes the SVG, a PNG at print size from the same SVG, the CSV behind it and its words.

mod axis;
mod casualties;
mod coverage;
mod font;
mod page;
mod palette;
mod rhetoric;
mod scene;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

pub use casualties::casualties;
pub use coverage::coverage;
pub use rhetoric::rhetoric;

use crate::error::{Error, Result};
use crate::tables::whole_file;
use crate::tally::Table;
use scene::Scene;

/// A drawn chart with the numbers behind it.
#[derive(Clone, Debug)]
pub struct Chart {
    title: String,
    svg: String,
    data: Table,
    alt: String,
    #[cfg(test)]
    scene: Scene,
}

impl Chart {
    fn new(title: &str, scene: Scene, data: Table, alt: String) -> Result<Self> {
        let drawn = scene.svg().map_err(|message| Error::Chart { chart: title.to_owned(), message })?;
        // What a screen reader says stands first inside the picture.
        let head = drawn.find('>').map_or(0, |i| i + 1);
        let (open, rest) = drawn.split_at(head);
        let open = open.trim_end_matches('>');
        let svg = format!("{open} role=\"img\">\n<title>{}</title>\n<desc>{}</desc>{rest}", escaped(title), escaped(&alt));
        Ok(Self {
            title: title.to_owned(),
            svg,
            data,
            alt,
            #[cfg(test)]
            scene,
        })
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The picture.
    #[must_use]
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The numbers behind it, those included that had no room.
    #[must_use]
    pub const fn data(&self) -> &Table {
        &self.data
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
        file("txt", format!("{}\n\n{}\n", self.title, self.alt).as_bytes())?;
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
