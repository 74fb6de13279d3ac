//! What a run shows at a glance. Most rules ask for a word of a list at one place, or for a comma, and nearly all of them fail by
//! that alone, so it is looked up once for a run and the rules that can't hold there are never asked.

use super::evidence::At;
use super::runs::Structure;
use super::words::Lists;
use crate::find::set::RuleSet;

/// Things that are so or not of a run.
pub(super) type Signs = u16;

/// The gazetteer has it, be it as a lesser town.
pub(super) const ENTRY: Signs = 1;
/// The gazetteer has it not, or as a lesser town.
pub(super) const UNKNOWN: Signs = 1 << 1;
pub(super) const SINGLE: Signs = 1 << 2;
pub(super) const SEVERAL: Signs = 1 << 3;
/// Its capital says nothing.
pub(super) const INITIAL: Signs = 1 << 4;
/// Its first word is in capitals.
pub(super) const UPPER: Signs = 1 << 5;
pub(super) const SMALL: Signs = 1 << 6;
/// The document tells of sport.
pub(super) const SPORT: Signs = 1 << 7;
pub(super) const COMMA_BEFORE: Signs = 1 << 8;
pub(super) const COMMA_BEHIND: Signs = 1 << 9;
/// Any mark stands before it.
pub(super) const MARK_BEFORE: Signs = 1 << 10;
pub(super) const MARK_BEHIND: Signs = 1 << 11;
/// It opens its line.
pub(super) const OPENS: Signs = 1 << 12;
/// The document tells of business.
pub(super) const BUSINESS: Signs = 1 << 13;
/// No run has this one.
const NEVER: Signs = 1 << 15;

/// Places whose word lists are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Anywhere,
    First,
    Last,
    Own,
    Before,
    /// One or two words before.
    BeforeNear,
    BeforeSecond,
    /// Two to four words before.
    BeforeFar,
    Behind,
    BehindNear,
    BehindSecond,
}

/// What a run shows.
#[derive(Debug)]
pub(super) struct Glance {
    pub signs: Signs,
    /// The lists of the words at each [`Spot`].
    pub lists: [Lists; SPOTS],
}

/// What a run has to show for a rule to hold.
#[derive(Clone, Copy, Debug)]
struct Guard {
    lists: Lists,
    spot: Spot,
    signs: Signs,
}

impl Guard {
    /// That of a rule with its word lists.
    fn new(at: At, lists: Lists, other: Lists, s: &Structure) -> Self {
        use Spot::{Anywhere, Before, BeforeFar, BeforeNear, BeforeSecond, Behind, BehindNear, BehindSecond, First, Last, Own};
        let (signs, spot, lists) = match at {
            At::Gazetteer | At::Town => (ENTRY, Anywhere, Lists::MAX),
            At::LineUp => (MARK_BEHIND, Anywhere, Lists::MAX),
            At::OfficeBehind => (UNKNOWN, Behind, lists),
            At::OwnerOfPerson => (UNKNOWN, Anywhere, Lists::MAX),
            At::Whole => (SINGLE, First, lists),
            At::First | At::HeadOf | At::BeforePlace => (SEVERAL | UNKNOWN, Own, lists),
            At::Last | At::LastOf | At::House | At::TownAndWord => (SEVERAL | UNKNOWN, Last, lists),
            At::Any => (0, Own, lists),
            At::OpeningEnding | At::OpeningCommon => (SINGLE | INITIAL | UNKNOWN, Anywhere, Lists::MAX),
            At::Begins | At::Given | At::Surname | At::Several | At::Trade | At::OfShape | At::PlaceLast => {
                (SEVERAL | UNKNOWN, Anywhere, Lists::MAX)
            }
            At::GivenAlone | At::SurnameAlone | At::Mixed => (SINGLE, Anywhere, Lists::MAX),
            At::Quoted => (UNKNOWN | MARK_BEFORE | MARK_BEHIND, Anywhere, Lists::MAX),
            At::Company => (SINGLE | UNKNOWN | BUSINESS, Anywhere, Lists::MAX),
            At::Coined | At::Single => (SINGLE | UNKNOWN, Anywhere, Lists::MAX),
            At::Common => (UNKNOWN, Anywhere, Lists::MAX),
            At::Acronym => (SINGLE | UPPER, Anywhere, Lists::MAX),
            At::Initial | At::SecondTeam | At::Branch | At::Ampersand | At::AcronymLast => (SEVERAL, Anywhere, Lists::MAX),
            At::Small => (SMALL, Anywhere, Lists::MAX),
            At::Before | At::Vehicle => (0, BeforeNear, lists),
            At::Named | At::ArticleDemonym => (0, BeforeSecond, lists),
            At::Toward => (0, Before, s.toward),
            At::BeforeTwo | At::BeforeOf | At::HolderOf | At::BeforeOfWhat => (0, BeforeFar, lists),
            At::AfterTwo | At::GivenBefore => (0, Behind, lists),
            At::Within => (0, Before, lists),
            At::FromTo => (0, Before, lists | other),
            At::Who => (UNKNOWN | COMMA_BEHIND, BehindSecond, lists),
            At::ApposedWho | At::ApposedBody | At::Seated => (UNKNOWN | COMMA_BEHIND, Anywhere, Lists::MAX),
            At::BodyApposed => (UNKNOWN | COMMA_BEFORE, BeforeSecond, lists),
            At::BeforeWhat => (UNKNOWN, BeforeSecond, lists),
            At::AfterWhat => (UNKNOWN, BehindSecond, lists),
            At::ArticleGiven => (SINGLE, Before, s.article),
            At::Team => (SPORT, Anywhere, Lists::MAX),
            At::TeamName => (SPORT | SEVERAL | UNKNOWN, Last, lists),
            At::TeamAlone => (SPORT | SINGLE, First, lists),
            At::Road => (SINGLE, Before, other),
            At::BehindPlace => (SINGLE | COMMA_BEFORE, BeforeSecond, lists),
            At::TaskOfPlace => (SEVERAL, First, s.task),
            At::Venue => (SEVERAL | UNKNOWN, BeforeSecond, lists),
            At::Partners => (SEVERAL, Last, lists),
            At::FirstOf => (SEVERAL | UNKNOWN, First, lists),
            At::Numbered => (SEVERAL, First, lists),
            At::ArticleActs => (SINGLE | UNKNOWN, Behind, lists),
            At::OpeningBefore => (SINGLE | INITIAL | UNKNOWN, Behind, lists),
            At::From | At::FromBody | At::Article => (UNKNOWN, Before, lists),
            At::OfSingle => (SINGLE | UNKNOWN, Before, if lists == 0 { s.of } else { lists }),
            At::Particle => (0, First, s.particle_first),
            At::Past => (SINGLE | UNKNOWN, BeforeSecond, lists),
            At::After => (0, BehindNear, lists),
            At::AppositionBefore => (COMMA_BEFORE, Anywhere, Lists::MAX),
            At::AppositionAfter | At::Lies => (COMMA_BEHIND, Anywhere, Lists::MAX),
            At::Age | At::PlaceAfter => (MARK_BEHIND, Anywhere, Lists::MAX),
            At::Contestant => (SEVERAL | UNKNOWN | MARK_BEHIND, Anywhere, Lists::MAX),
            At::CodeAfterPlace => (SINGLE | UPPER | COMMA_BEFORE, First, lists),
            At::CodeInBrackets => (SINGLE | UPPER | MARK_BEFORE | MARK_BEHIND, First, lists),
            At::BehindCode => (MARK_BEFORE | MARK_BEHIND, BeforeSecond, lists),
            At::BeforeCode => (SINGLE | UNKNOWN | MARK_BEHIND, Anywhere, Lists::MAX),
            At::Dateline => (OPENS, Anywhere, Lists::MAX),
            At::DatelineSource => (UNKNOWN | MARK_BEFORE | MARK_BEHIND, Anywhere, Lists::MAX),
            At::Club => (ENTRY, Before, lists),
            At::Ending | At::Sets | At::Score => (0, Anywhere, Lists::MAX),
            At::Scorer => (MARK_BEFORE, Anywhere, Lists::MAX),
            // These look at the runs together.
            At::Learned
            | At::BodyInBrackets
            | At::LearnedSurname
            | At::LearnedGiven
            | At::CoachOf
            | At::LearnedShort
            | At::PersonOf
            | At::PersonOfSeveral
            | At::SaysOfItself
            | At::Abbreviated
            | At::AcronymOf
            | At::KnownAs
            | At::ListIn
            | At::ListOf
            | At::Row
            | At::Office => (NEVER, Anywhere, Lists::MAX),
        };
        Self { lists, spot, signs }
    }
}

/// So many spots there are, and lists.
const SPOTS: usize = Spot::BehindSecond as usize + 1;
const LISTS: usize = Lists::BITS as usize;

/// What all rules ask for. A run shows less than there are rules, so what it shows says which of them may hold.
#[derive(Debug)]
pub(super) struct Guards {
    /// For each sign the rules that hold without it.
    without: [RuleSet; Signs::BITS as usize],
    /// For each spot the lists that a rule looks for there.
    lists: [Lists; SPOTS],
    /// For each spot and list the rules that look for it there; those that look anywhere stand with the first one.
    looking: Vec<RuleSet>,
}

impl Default for Guards {
    fn default() -> Self {
        Self { without: [RuleSet::ALL; Signs::BITS as usize], lists: [0; SPOTS], looking: vec![RuleSet::default(); SPOTS * LISTS] }
    }
}

impl Guards {
    /// Takes in a rule with its word lists; says whether a run by itself can fulfil it.
    pub fn add(&mut self, rule: usize, at: At, lists: Lists, other: Lists, structure: &Structure) -> bool {
        let Guard { lists, spot, signs } = Guard::new(at, lists, other, structure);
        members(signs.into()).for_each(|sign| self.without[sign].remove(rule));
        let lists = if spot == Spot::Anywhere { 1 } else { lists };
        self.lists[spot as usize] |= lists;
        members(lists).for_each(|list| self.looking[spot as usize * LISTS + list].insert(rule));
        signs != NEVER
    }

    /// The rules that may hold of a run.
    pub fn open(&self, glance: &Glance) -> RuleSet {
        let mut open = RuleSet::default();
        for (spot, (shown, asked)) in glance.lists.iter().zip(&self.lists).enumerate() {
            members(shown & asked).for_each(|list| open |= self.looking[spot * LISTS + list]);
        }
        members((!glance.signs).into()).for_each(|sign| open = open & self.without[sign]);
        open
    }
}

/// The places of the bits that are set.
fn members(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(first)
    })
}
