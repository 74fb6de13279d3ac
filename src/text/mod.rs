//! The clean text of one document and what it is made of: bytes, tokens, sentences.

mod language;
mod paragraph;
mod section;
mod sentence;
mod token;
mod words;

pub use language::{foreign, language_of, other_language};
pub use paragraph::paragraphs;
pub use section::sections;
pub use sentence::{Sentence, Sentences};
pub use token::{Token, TokenKind, tokens};
pub(crate) use words::{Short, WordMap, make_small};

use std::ops::Range;

use crate::corpus::Document;
use crate::span::Span;

/// A document's clean text cut into tokens and sentences: what every finder reads.
#[derive(Debug)]
pub struct Text<'d> {
    /// The document the text belongs to.
    pub document: &'d Document,
    /// Words, numbers and marks in order; white space belongs to none.
    pub tokens: Vec<Token>,
    /// Sentences in order; they never overlap, and white space between them belongs to none.
    pub sentences: Vec<Sentence>,
    /// Where among the tokens those of each sentence stand.
    of_sentences: Vec<Range<usize>>,
}

impl<'d> Text<'d> {
    /// A text that is cut into these sentences.
    #[must_use]
    pub fn new(document: &'d Document, sentences: Vec<Sentence>) -> Self {
        let tokens = tokens(&document.text, 0);
        let mut at = 0;
        let mut upto = |end: usize| {
            at += tokens[at..].iter().take_while(|t| t.span.start < end).count();
            at
        };
        let of_sentences = sentences.iter().map(|s| upto(s.span.start)..upto(s.span.end)).collect();
        Self { document, tokens, sentences, of_sentences }
    }

    /// The whole clean text.
    #[must_use]
    pub fn as_str(&self) -> &'d str {
        &self.document.text
    }

    /// The words of a span.
    #[must_use]
    pub fn cut(&self, span: Span) -> &'d str {
        span.of(&self.document.text)
    }

    /// Each sentence, with where among all tokens its own stand.
    #[must_use]
    pub fn each_sentence(&self) -> impl ExactSizeIterator<Item = (&Sentence, Range<usize>)> {
        self.sentences.iter().zip(self.of_sentences.iter().cloned())
    }

    /// The tokens that begin inside a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let from = self.tokens.partition_point(|t| t.span.start < span.start);
        &self.tokens[from..from + self.tokens[from..].partition_point(|t| t.span.start < span.end)]
    }

    /// The index of the sentence that holds a byte of the clean text.
    #[must_use]
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let i = self.sentences.partition_point(|s| s.span.end <= byte);
        (i < self.sentences.len() && self.sentences[i].span.start <= byte).then_some(i)
    }
}
