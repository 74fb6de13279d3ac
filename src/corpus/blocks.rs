//! What a page's article lost when it was taken out: boxes above its text, and parts of it that stand in boxes of their own.
//!
//! Readability looks for the one element that holds most text. An outlet that sets its summary as a heading or a list above that element, or
//! builds a text of many boxes side by side (mail-outs do), loses those. Two things tell them from what a page carries besides:
//!
//! 1. A block of words between the headline and the first block that was kept is the article's.
//! 2. So is a block of the same make as one that was kept: the same elements with the same classes and styles around it, up to the
//!    page, and the same `article`, if there are several.
//!
//! A heading goes with the block under it. Links, captions, forms and what the page itself calls navigation or an aside are none.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use dom_query::{Document, NodeId, NodeRef};

/// Fewer words are a label.
const FEWEST_WORDS: usize = 5;
/// More blocks than this between headline and text are no summary.
const MOST_ABOVE: usize = 20;
/// So many pieces of a page side by side belong to a picture among them.
const NEAR: usize = 4;
/// More blocks than this are never put back: the page is no article.
const MOST: usize = 100;

/// A stretch of a page's words that no other block is part of.
struct Block {
    /// Its words, one space between them.
    words: String,
    is_heading: bool,
    /// Whether its element is one for words, not for boxes.
    is_words: bool,
    /// Whether it can be the article's at all.
    is_text: bool,
    /// Its elements with their classes and styles, as a hash.
    make: u64,
    /// The `article` it stands in.
    article: Option<NodeId>,
    parent: Option<NodeId>,
}

/// The blocks of a page in their order.
pub struct Blocks {
    all: Vec<Block>,
    /// Where those after the headline begin.
    headline: Option<usize>,
}

const BLOCKS: &str = "h1, h2, h3, h4, h5, h6, p, li, blockquote, dd, td, div";

impl Blocks {
    /// Takes down the blocks of a page, before it is taken apart.
    pub fn of(document: &Document, title: Option<&str>) -> Self {
        let nodes = document.select(BLOCKS);
        let (mut all, mut headline) = (Vec::new(), None);
        let blocks: HashSet<NodeId> = nodes.nodes().iter().map(|n| n.id).collect();
        let block_around = |n: &NodeRef| n.ancestors_it(None).map(|around| around.id).find(|id| blocks.contains(id));
        let outer: HashSet<NodeId> = nodes.nodes().iter().filter_map(block_around).collect();
        for node in nodes.nodes().iter().filter(|n| !outer.contains(&n.id)) {
            let name = node.node_name().unwrap_or_default();
            let words = words(&shown(node));
            if &*name == "h1" {
                if headline.is_none() || title.is_some_and(|t| t == words) {
                    headline = Some(all.len());
                }
            } else if !words.is_empty() {
                all.push(Block::of(node, &name, words));
            }
        }
        Self { all, headline }
    }

    /// The article's text with what it lost.
    pub fn complete(&self, text: String) -> String {
        let lines: HashSet<String> = text.lines().map(words).filter(|l| !l.is_empty()).collect();
        let kept: Vec<bool> = self.all.iter().map(|b| lines.contains(&b.words)).collect();
        let mut lost = self.above(&text, &kept);
        lost.extend(self.alike(&kept));
        // A heading is put back with the block under it.
        for i in (1..self.all.len()).rev() {
            let (head, under) = (&self.all[i - 1], &self.all[i]);
            if head.is_heading && head.is_text && !kept[i - 1] && lost.contains(&i) && (head.parent == under.parent || !under.is_heading) {
                lost.insert(i - 1);
            }
        }
        if lost.is_empty() || lost.len() > MOST {
            return text;
        }
        let whole = words(&text);
        lost.retain(|&i| !whole.contains(&self.all[i].words));
        self.put_back(&text, &kept, &lost)
    }

    /// Blocks between the headline and the first that was kept.
    fn above(&self, text: &str, kept: &[bool]) -> HashSet<usize> {
        let Some(from) = self.headline else { return HashSet::new() };
        let Some(to) = (from..self.all.len().min(from + MOST_ABOVE)).find(|&i| kept[i] && self.all[i].is_text) else {
            return HashSet::new();
        };
        // What stands above a text that begins elsewhere on the page is something else.
        let first = text.lines().map(words).find(|l| l.split(' ').count() >= FEWEST_WORDS);
        let begins_here = first.is_some_and(|line| self.all[from..=to].iter().any(|b| line.contains(&b.words)));
        (from..to).filter(|&i| begins_here && self.all[i].is_words && self.all[i].is_whole()).collect()
    }

    /// Blocks of the make of one that was kept.
    fn alike(&self, kept: &[bool]) -> HashSet<usize> {
        let whole = || (0..self.all.len()).filter(|&i| self.all[i].is_whole());
        let makes: HashSet<_> = whole().filter(|&i| kept[i]).map(|i| (self.all[i].make, self.all[i].article)).collect();
        whole().filter(|&i| !kept[i] && makes.contains(&(self.all[i].make, self.all[i].article))).collect()
    }

    /// Each lost block after the kept one that it follows on the page.
    fn put_back(&self, text: &str, kept: &[bool], lost: &HashSet<usize>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut next = 0;
        let mut lost_until = |to: usize, out: &mut String| {
            for block in (next..to).filter(|i| lost.contains(i)).map(|i| &self.all[i]) {
                out.push_str(&block.words);
                out.push_str("\n\n");
            }
            next = next.max(to);
        };
        let places: std::collections::HashMap<&str, usize> =
            (0..self.all.len()).rev().filter(|&i| kept[i]).map(|i| (self.all[i].words.as_str(), i)).collect();
        for line in text.split_inclusive('\n') {
            if let Some(&i) = places.get(words(line).as_str()) {
                lost_until(i, &mut out);
            }
            out.push_str(line);
        }
        let mut rest = String::new();
        lost_until(self.all.len(), &mut rest);
        if !rest.is_empty() {
            out.truncate(out.trim_end().len());
            out.push_str("\n\n");
            out.push_str(rest.trim_end());
        }
        out
    }
}

impl Block {
    fn of(node: &NodeRef, name: &str, words: String) -> Self {
        let mut make = DefaultHasher::new();
        (name, &*node.attr("class").unwrap_or_default(), &*node.attr("style").unwrap_or_default()).hash(&mut make);
        let (mut article, mut is_text) = (None, true);
        for around in node.ancestors_it(None) {
            let name = around.node_name().unwrap_or_default();
            let role = around.attr("role").unwrap_or_default();
            is_text &= !matches!(
                &*name,
                "nav" | "aside" | "footer" | "form" | "figure" | "address" | "button" | "dialog" | "noscript" | "template"
            );
            is_text &= !matches!(&*role, "navigation" | "complementary" | "dialog" | "banner" | "search") && !around.has_attr("hidden");
            if &*name == "article" && article.is_none() {
                article = Some(around.id);
            }
            (&*name, &*around.attr("class").unwrap_or_default(), &*around.attr("style").unwrap_or_default()).hash(&mut make);
        }
        let near = |forward: bool| {
            let mut next = if forward { node.next_sibling() } else { node.prev_sibling() };
            std::iter::from_fn(move || {
                let now = next.take()?;
                next = if forward { now.next_sibling() } else { now.prev_sibling() };
                Some(now)
            })
        };
        let is_caption =
            near(true).take(NEAR).chain(near(false).take(NEAR)).any(|n| is_one_of(&n, &["img", "picture", "video", "amp-img"]));
        // Who wrote it, and when.
        let is_byline = node.descendants_it().any(|n| {
            is_one_of(&n, &["time"])
                || n.attr("rel").is_some_and(|r| &*r == "author")
                || n.attr("itemprop").is_some_and(|i| &*i == "author")
        });
        let links = node.descendants_it().filter(|n| is_one_of(n, &["a"]));
        let linked: usize = links.map(|l| l.text().split_whitespace().count()).sum();
        is_text &= !is_caption && !is_byline && linked * 2 <= words.split(' ').count();
        let (is_heading, is_words) = (name.starts_with('h'), !matches!(name, "div" | "td"));
        Self { words, is_heading, is_words, is_text, make: make.finish(), article, parent: node.parent().map(|p| p.id) }
    }

    /// Whether it says something by itself.
    fn is_whole(&self) -> bool {
        self.is_text && self.words.split(' ').count() >= FEWEST_WORDS
    }
}

fn is_one_of(node: &NodeRef, names: &[&str]) -> bool {
    node.node_name().is_some_and(|name| names.contains(&&*name))
}

/// The text of an element, in which a line break parts words.
fn shown(node: &NodeRef) -> String {
    let mut text = String::new();
    for inner in node.descendants_it() {
        if inner.is_text() {
            text.push_str(&inner.text());
        } else if is_one_of(&inner, &["br"]) {
            text.push(' ');
        }
    }
    text
}

/// The words of a text with one space between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
