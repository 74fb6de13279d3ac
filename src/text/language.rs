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

/// Words of a text that are looked at to tell whether it is in a loaded language at all: so many, and of fewer nothing is said.
const MOST_LOOKED_AT: usize = 130;
const FEWEST_LOOKED_AT: usize = 20;
/// So many of ten words are among the commonest of their language, at least: the poorest of 1,300 texts of news in English and Spanish have 2.6,
/// nearly all others more than three, and texts in other languages fewer.
const COMMON_OF_TEN: usize = 3;

/// The language of a text that is surely in none of those that are loaded. `likeliest` is what [`language_of`] makes of it, and `common` says
/// whether a word is among the commonest of that language.
#[must_use]
pub fn other_language(
    text: &str,
    likeliest: Option<Lang>,
    mut loaded: impl Iterator<Item = Lang>,
    common: impl Fn(&str) -> bool,
) -> Option<Lang> {
    let text = &text[..text.floor_char_boundary(ENOUGH)];
    if likeliest.is_some() {
        let sample = samples(text);
        let words = sample.as_deref().unwrap_or(text).split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_alphabetic));
        let (mut all, mut own) = (0, 0);
        for word in words.take(MOST_LOOKED_AT) {
            all += 1;
            own += usize::from(common(word));
        }
        if all < FEWEST_LOOKED_AT || own * 10 >= all * COMMON_OF_TEN {
            return None;
        }
    }
    let found = whatlang::detect(text)?;
    let (code, _) = CODES.iter().find(|(_, told)| *told == found.lang())?;
    // Of a text in letters that no loaded language is written in, a guess is nearer than any of those.
    let language = Lang::parse(code).filter(|_| likeliest.is_none() || found.is_reliable())?;
    loaded.all(|l| l != language).then_some(language)
}

/// Pieces of a text that is much longer than they are: a page's menus, or a quotation, may be in another language than its article.
fn samples(text: &str) -> Option<String> {
    let apart = text.len() / SAMPLES;
    let sample = |i: usize| &text[text.floor_char_boundary(i * apart)..text.floor_char_boundary(i * apart + SAMPLE)];
    (apart >= 2 * SAMPLE).then(|| (0..SAMPLES).map(sample).collect::<Vec<_>>().join(" "))
}

/// The languages that can be told, by their codes; first those that are asked for most.
#[rustfmt::skip]
const CODES: [(&str, whatlang::Lang); 70] = {
    use whatlang::Lang as L;
    [
        ("en", L::Eng), ("es", L::Spa), ("eo", L::Epo), ("ru", L::Rus), ("zh", L::Cmn), ("pt", L::Por), ("it", L::Ita), ("bn", L::Ben), ("fr", L::Fra),
        ("de", L::Deu), ("uk", L::Ukr), ("ka", L::Kat), ("ar", L::Ara), ("hi", L::Hin), ("ja", L::Jpn), ("he", L::Heb), ("yi", L::Yid), ("pl", L::Pol),
        ("am", L::Amh), ("jv", L::Jav), ("ko", L::Kor), ("nb", L::Nob), ("da", L::Dan), ("sv", L::Swe), ("fi", L::Fin), ("tr", L::Tur), ("nl", L::Nld),
        ("hu", L::Hun), ("cs", L::Ces), ("el", L::Ell), ("bg", L::Bul), ("be", L::Bel), ("mr", L::Mar), ("kn", L::Kan), ("ro", L::Ron), ("sl", L::Slv),
        ("hr", L::Hrv), ("sr", L::Srp), ("mk", L::Mkd), ("lt", L::Lit), ("lv", L::Lav), ("et", L::Est), ("ta", L::Tam), ("vi", L::Vie), ("ur", L::Urd),
        ("th", L::Tha), ("gu", L::Guj), ("uz", L::Uzb), ("pa", L::Pan), ("az", L::Aze), ("id", L::Ind), ("te", L::Tel), ("fa", L::Pes), ("ml", L::Mal),
        ("or", L::Ori), ("my", L::Mya), ("ne", L::Nep), ("si", L::Sin), ("km", L::Khm), ("tk", L::Tuk), ("ak", L::Aka), ("zu", L::Zul), ("sn", L::Sna),
        ("af", L::Afr), ("la", L::Lat), ("sk", L::Slk), ("ca", L::Cat), ("tl", L::Tgl), ("hy", L::Hye), ("cy", L::Cym),
    ]
};

fn detectable(language: Lang) -> Option<whatlang::Lang> {
    CODES.iter().find(|(code, _)| *code == language.as_str()).map(|(_, told)| *told)
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
    fn a_text_in_no_loaded_language_is_told() {
        let loaded = || [Lang::EN, Lang::ES].into_iter();
        let common = |w: &str| ["the", "of", "and", "on", "said", "a", "de", "la", "que", "el", "en", "los", "y"].contains(&w);
        let found = |s: &str| other_language(s, language_of(s, loaded()), loaded(), common).map(|l| l.to_string());
        let french = "Au moins quatre personnes ont été tuées mardi lorsque la police a ouvert le feu sur une foule, selon des responsables de l'hôpital.";
        let portuguese = "Pelo menos quatro pessoas morreram na terça-feira quando a polícia abriu fogo contra uma multidão, informaram as autoridades do hospital.";
        assert_eq!(found(french).as_deref(), Some("fr"));
        assert_eq!(found(portuguese).as_deref(), Some("pt"));
        assert_eq!(found("Полиция сообщила о двух погибших.").as_deref(), Some("ru"));
        assert_eq!(found("قال وزير الداخلية إن أربعة أشخاص قتلوا").as_deref(), Some("ar"));
        // Texts in a loaded language, and what is too short to tell.
        for text in [
            "Los manifestantes dijeron que no dejarán la plaza antes de la mañana, y la policía cerró las calles de los barrios del norte.",
            "The protesters said they would not leave the square before the morning, and the police closed the streets of the north.",
            "Saldo: quatro mortos.",
            "1, 2, 3",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        let codes: std::collections::BTreeSet<_> = CODES.iter().map(|c| c.0).collect();
        assert_eq!(codes.len(), CODES.len());
        assert!(CODES.iter().all(|(code, _)| Lang::parse(code).is_some()));
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
