//! Every closed set of words that a column may hold, once. The definitions of the words stand in the codebook.

/// Declares an enum whose members are written as the given words in tables, packs and messages.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("Written `", $word, "`.")] #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every member, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word as tables write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|v| v.as_str() == s).ok_or_else(|| {
                    let all: Vec<_> = Self::ALL.iter().map(|v| v.as_str()).collect();
                    format!("{s:?} is none of {}", all.join(", "))
                })
            }
        }
    };
}

vocabulary! {
    /// How finely a date is known.
    Precision { Second = "second", Minute = "minute", Hour = "hour", PartOfDay = "part_of_day", Day = "day", Week = "week", Month = "month",
        Quarter = "quarter", Season = "season", Year = "year", Decade = "decade", Century = "century" }
}
vocabulary! {
    /// Where a document's date of publication comes from.
    Basis { Index = "index", FrontMatter = "front_matter", Html = "html", Text = "text", File = "file" }
}
vocabulary! {
    /// Why a stretch of the source was changed.
    EditKind { Mojibake = "mojibake", Control = "control", Whitespace = "whitespace", Furniture = "furniture" }
}
vocabulary! {
    /// What part of an article a sentence stands in.
    Section { Headline = "headline", Byline = "byline", Heading = "heading", Lead = "lead", Body = "body", Caption = "caption", List = "list" }
}
vocabulary! {
    /// In whose voice a stretch of text speaks; `Mixed` for sentences only, `Scare` for terms only.
    Voice { Own = "own", Direct = "direct", Indirect = "indirect", Scare = "scare", Mixed = "mixed" }
}
vocabulary! {
    /// What kind of quotation.
    QuoteKind { Direct = "direct", Indirect = "indirect", Scare = "scare" }
}
vocabulary! {
    /// What kind of thing a name names.
    EntityKind { Person = "person", Place = "place", Organisation = "organisation", Group = "group", Event = "event" }
}
vocabulary! {
    /// Why a name is that of its entity, where it is not simply the name that the entity is shown with.
    Joining { Gazetteer = "gazetteer", Country = "country", Spelling = "spelling", Acronym = "acronym", Surname = "surname",
        GivenName = "given_name", Initial = "initial", Typo = "typo", Translation = "translation", LegalForm = "legal_form", Aliases = "aliases" }
}
vocabulary! {
    /// TIMEX3 types.
    DateKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}
vocabulary! {
    /// TIMEX3 modifiers (`mod`): which part of a stretch of the calendar, or how a length or a moment stands to its value.
    Modifier { Start = "START", Mid = "MID", End = "END", Approx = "APPROX", MoreThan = "MORE_THAN", LessThan = "LESS_THAN",
        EqualOrMore = "EQUAL_OR_MORE", EqualOrLess = "EQUAL_OR_LESS", Before = "BEFORE", After = "AFTER", OnOrBefore = "ON_OR_BEFORE",
        OnOrAfter = "ON_OR_AFTER" }
}
vocabulary! {
    /// What a temporal expression was resolved against.
    Anchor { Explicit = "explicit", Published = "published", Previous = "previous" }
}
vocabulary! {
    /// What a reported figure counts.
    ClaimKind { Killed = "killed", Injured = "injured", Detained = "detained", Missing = "missing", Displaced = "displaced",
        Deployed = "deployed", Price = "price", Damage = "damage", Measure = "measure", Other = "other" }
}
vocabulary! {
    /// Why a number of the text is no reported figure.
    Reason { Date = "date", Age = "age", Year = "year", Money = "money", Percent = "percent", Thing = "thing", OwnDeath = "own_death",
        Released = "released", InWord = "in_word", Name = "name", Unharmed = "unharmed", Bare = "bare" }
}
vocabulary! {
    /// How the words of a figure bound it.
    Bound { Exact = "exact", AtLeast = "at_least", MoreThan = "more_than", AtMost = "at_most", LessThan = "less_than", About = "about",
        Range = "range", Vague = "vague" }
}
vocabulary! {
    /// How the text presents those harmed.
    VictimClass { Civilian = "civilian", Protester = "protester", Security = "security", Militant = "militant", Mixed = "mixed", Unknown = "unknown" }
}
vocabulary! {
    /// What a claim's figure covers.
    Scope { Incident = "incident", Total = "total", Background = "background" }
}
vocabulary! {
    /// What a loaded word does to those it names, whoever says it.
    Frame { Delegitimising = "delegitimising", Legitimising = "legitimising", NeutralProtest = "neutral_protest",
        RegimeNegative = "regime_negative", StatePositive = "state_positive" }
}
vocabulary! {
    /// How bad a problem is.
    Severity { Error = "error", Warning = "warning" }
}
