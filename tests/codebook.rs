//! The codebook defines the columns that the tables have, and no others.

#![allow(clippy::unwrap_used)] // a test that fails says where

use newsframe::tables::{
    ClaimRow, DateRow, DocumentRow, EditRow, EntityRow, FigureRow, MentionRow, ProblemRow, QuoteRow, Row, SentenceRow, Tables, TermRow,
};

fn defined(table: &str) -> Vec<&'static str> {
    let book = include_str!("../src/docs/codebook.md");
    let part = book.split("\n## ").find(|p| p.starts_with(table)).unwrap_or_else(|| panic!("the codebook has no part {table}"));
    part.lines().filter_map(|l| l.strip_prefix("| `")?.split_once('`').map(|(c, _)| c)).collect()
}

#[test]
fn every_column_is_defined_in_order() {
    fn same<R: Row>() {
        assert_eq!(defined(R::TABLE), R::COLUMNS, "the columns of {}", R::TABLE);
    }
    same::<DocumentRow>();
    same::<EditRow>();
    same::<SentenceRow>();
    same::<QuoteRow>();
    same::<MentionRow>();
    same::<EntityRow>();
    same::<DateRow>();
    same::<ClaimRow>();
    same::<FigureRow>();
    same::<TermRow>();
    same::<ProblemRow>();
    assert_eq!(Tables::NAMES.len(), 11);
}
