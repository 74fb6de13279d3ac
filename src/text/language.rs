//! The language of a sentence that doesn't look like its document's.

use crate::pack::Lang;

/// Shorter sentences tell too little.
const FEWEST_WORDS: usize = 8;

/// The language of a sentence, if it is surely not the document's. `common` says whether a word is one that the document's
/// language can hardly do without; a sentence with a few such words is taken for its own without further ado.
#[must_use]
pub fn foreign(sentence: &str, document: Lang, others: &[Lang], common: impl Fn(&str) -> bool) -> Option<Lang> {
    let mut words = 0;
    let mut own = 0;
    for word in sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(40) {
        words += 1;
        own += usize::from(common(word));
        if own * 8 > FEWEST_WORDS.max(words) {
            return None;
        }
    }
    if words < FEWEST_WORDS {
        return None;
    }
    let allowed = others.iter().chain([&document]).filter_map(|l| detectable(*l)).collect();
    let found = whatlang::Detector::with_allowlist(allowed).detect(sentence)?;
    others.iter().copied().find(|l| *l != document && found.is_reliable() && detectable(*l) == Some(found.lang()))
}

/// The bytes from which a document's language is told at most.
const ENOUGH: usize = 4000;
/// Samples of these, from the beginning to the end, that mostly tell it already, and the bytes of each.
const SAMPLES: usize = 4;
const SAMPLE: usize = 200;

/// The language of a text among those that are loaded.
#[must_use]
pub fn language_of(text: &str, loaded: impl Iterator<Item = Lang>) -> Option<Lang> {
    let known: Vec<(Lang, whatlang::Lang)> = loaded.filter_map(|l| Some((l, detectable(l)?))).collect();
    let detector = whatlang::Detector::with_allowlist(known.iter().map(|k| k.1).collect());
    let text = &text[..text.floor_char_boundary(ENOUGH)];
    // Finding it in all of them takes as long as any stage.
    let sure = samples(text).and_then(|s| detector.detect(&s)).filter(whatlang::Info::is_reliable).map(|found| found.lang());
    let found = sure.or_else(|| detector.detect_lang(text))?;
    known.iter().find(|k| k.1 == found).map(|k| k.0)
}

/// Pieces of a text that is much longer than they are: a page's menus, or a quotation, may be in another language than its article.
fn samples(text: &str) -> Option<String> {
    let apart = text.len() / SAMPLES;
    let sample = |i: usize| &text[text.floor_char_boundary(i * apart)..text.floor_char_boundary(i * apart + SAMPLE)];
    (apart >= 2 * SAMPLE).then(|| (0..SAMPLES).map(sample).collect::<Vec<_>>().join(" "))
}

fn detectable(language: Lang) -> Option<whatlang::Lang> {
    match language.as_str() {
        "en" => Some(whatlang::Lang::Eng),
        "es" => Some(whatlang::Lang::Spa),
        "fr" => Some(whatlang::Lang::Fra),
        "pt" => Some(whatlang::Lang::Por),
        "it" => Some(whatlang::Lang::Ita),
        "de" => Some(whatlang::Lang::Deu),
        "ru" => Some(whatlang::Lang::Rus),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_in_one_of_the_loaded_languages() {
        let found = |s| language_of(s, [Lang::EN, Lang::ES].into_iter());
        assert_eq!(found("Los manifestantes dijeron que no dejarán la plaza."), Some(Lang::ES));
        assert_eq!(found("The protesters said they would not leave."), Some(Lang::EN));
        assert_eq!(found(""), None);
        // What stands at the top alone doesn't decide, nor does a language that is only among the samples.
        let article = "Los manifestantes dijeron que no dejarán la plaza. ".repeat(60);
        assert_eq!(found(&format!("{}{article}", "Sign in to your account and read the latest news. ".repeat(5))), Some(Lang::ES));
        assert_eq!(samples(&article).unwrap().len(), SAMPLES * (SAMPLE + 1) - 1);
        assert_eq!(samples("á"), None);
    }

    #[test]
    fn only_a_clear_case_is_foreign() {
        let spanish = |w: &str| ["de", "la", "que", "el", "en"].contains(&w);
        let found = |s| foreign(s, Lang::ES, &[Lang::EN, Lang::ES], spanish);
        assert_eq!(found("The protesters said they would not leave the square before the morning."), Some(Lang::EN));
        assert_eq!(found("Los manifestantes dijeron que no dejarán la plaza antes de la mañana."), None);
        assert_eq!(found("Breaking News Network"), None);
    }
}
