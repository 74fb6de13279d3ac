//! One entity over spellings, documents and languages.

use std::sync::Arc;

use crate::find::entities::Mention;
use crate::vocabulary::EntityKind;

/// What names name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Stable id: the Wikidata id where known for certain, else made from kind and name.
    pub id: Arc<str>,
    /// The name to show.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Every other spelling met in the corpus.
    pub aliases: Vec<String>,
    /// Wikidata id, where known for certain.
    pub wikidata: Option<String>,
    /// Country, as ISO 3166-1 alpha-2, where known.
    pub country: Option<String>,
}

/// Joins the mentions of a corpus: `documents` holds, for each document in order, its text and mentions. Gives the
/// entities, and for each document the index of the entity of each mention.
#[must_use]
pub fn join(documents: &[(&str, &[Mention])]) -> (Vec<Entity>, Vec<Vec<usize>>) {
    let mut entities = Vec::new();
    let mut by_name = std::collections::BTreeMap::new();
    let of_mention = documents
        .iter()
        .map(|(text, mentions)| {
            let mut index = |m: &Mention| {
                let name = m.span.of(text);
                *by_name.entry((m.kind, name.to_lowercase())).or_insert_with(|| {
                    let id = format!("{}:{}", m.kind, name.to_lowercase().replace(char::is_whitespace, "-")).into();
                    entities.push(Entity { id, name: name.to_owned(), kind: m.kind, aliases: vec![], wikidata: None, country: None });
                    entities.len() - 1
                })
            };
            mentions.iter().map(&mut index).collect()
        })
        .collect();
    (entities, of_mention)
}
