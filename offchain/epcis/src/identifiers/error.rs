/// What is wrong with an identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentifierError {
    /// A key has another number of characters than its kind allows.
    #[error("a {kind} has {allowed} characters, not {found}")]
    Length {
        /// The kind of key, such as `GTIN`.
        kind: &'static str,
        /// The lengths that exist.
        allowed: &'static str,
        /// The length found.
        found: usize,
    },
    /// A character that this place cannot hold.
    #[error("a {kind} cannot hold {character:?} at position {position}")]
    Character {
        /// The kind of text.
        kind: &'static str,
        /// The first character that does not belong.
        character: char,
        /// Its place, counted from 1.
        position: usize,
    },
    /// The check digit or check character does not fit the rest: something was mistyped.
    #[error("the check digit of {kind} {text} is {found}, but should be {expected}")]
    CheckDigit {
        /// The kind of key.
        kind: &'static str,
        /// The key as given.
        text: String,
        /// What it should end with.
        expected: char,
        /// What it ends with.
        found: char,
    },
    /// A URN was asked for under the prefix of a company that did not assign the key.
    #[error("{key} does not begin with the company prefix {prefix}")]
    ForeignPrefix {
        /// The key.
        key: String,
        /// The prefix given.
        prefix: String,
    },
    /// The digits before and after the dot of a URN are not as many as its scheme needs.
    #[error("in {scheme} the company prefix has 6 to 12 digits and {total} digits stand around the dot; found {found:?}")]
    UrnDigits {
        /// The scheme, such as `sgtin`.
        scheme: &'static str,
        /// How many digits prefix and reference have together.
        total: usize,
        /// What stands there.
        found: String,
    },
    /// A URI is none of the forms that are known here.
    #[error("{uri:?} is neither an EPC URN nor a GS1 Digital Link of a kind known here")]
    UnknownForm {
        /// The URI.
        uri: String,
    },
    /// A percent sign is not followed by two hex digits, or they spell no character.
    #[error("{text:?} has a percent sign that spells no character")]
    Percent {
        /// The text.
        text: String,
    },
    /// A kind of identifier has no URN.
    #[error("{what} has no EPC URN")]
    NoUrn {
        /// What was to be written.
        what: &'static str,
    },
    /// A date that is not in the calendar.
    #[error("{text:?} is not a date YYMMDD")]
    Date {
        /// The text.
        text: String,
    },
    /// A label has an application identifier that is not known here.
    #[error("the application identifier at {rest:?} is not known")]
    UnknownAi {
        /// The label from there on, at most 8 characters.
        rest: String,
    },
    /// A label ends before the value of an application identifier does.
    #[error("the value of ({ai}) has {found} characters, but needs {needed}")]
    ShortValue {
        /// The application identifier.
        ai: &'static str,
        /// Characters there.
        found: usize,
        /// Characters needed.
        needed: usize,
    },
    /// A value of variable length has no character, or more than its limit.
    #[error("the value of ({ai}) has {found} characters; it can have 1 to {limit}")]
    ValueLength {
        /// The application identifier.
        ai: &'static str,
        /// Characters there.
        found: usize,
        /// The most it can have.
        limit: usize,
    },
    /// An application identifier is on a label twice.
    #[error("({ai}) is there twice")]
    Twice {
        /// The application identifier.
        ai: &'static str,
    },
    /// A label lacks what every label of a pack has.
    #[error("there is no ({ai})")]
    Missing {
        /// The application identifier.
        ai: &'static str,
    },
    /// Nothing is there.
    #[error("it is empty")]
    Empty,
}
