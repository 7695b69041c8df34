//! Errors of the contract, in words for who sends a document.

use provenance::{Alert, End, Mismatch, ProvenanceError, State};

/// What an error of the contract means for who sends a document.
pub fn why(error: ProvenanceError) -> String {
    use ProvenanceError as E;
    match error {
        E::NoStanding => "the key at hand does not act for this party",
        E::NotAttested => "the role for it is not attested of the party",
        E::UnknownProduct => "the product is not registered",
        E::UnknownLot => "there is no such lot",
        E::UnknownUnit => "there is no such run or container",
        E::LotExists => "the maker has commissioned such a lot already",
        E::BadCode => "the code of the lot cannot stand on a label",
        E::BadExpiry => "the expiry is over, later than the shelf life allows, or missing",
        E::BadCount => "a lot has 1 to 2^32 packs",
        E::BadPaths => "the identifier of the paths is empty or too long",
        E::BadDeadline => "the deadline has passed, or is later than the longest transit",
        E::BadSplit => "a run is split within, so that both parts have packs",
        E::BadRole => "the holder received it in a role in which nobody dispenses",
        E::BadAlert => "only its maker or an authority says that",
        E::NotMaker => "only the owner of the product may do this",
        E::NotHolder => "another has it",
        E::NotRecipient => "it is on its way to another",
        E::NotPacker => "a container is named by who packs it first",
        E::ToItself => "it is shipped to who has it",
        E::Inside => "it is inside a container, or would be inside itself",
        E::Elsewhere => "it is not in this container, or not at this place",
        E::TooDeep => "it would be the fifth container inside another, or made over a fifth level",
        E::InTransit => "it is on its way",
        E::NotShipped => "it is not on its way, or no longer",
        E::NoSerials => "the lot has no serials",
        E::IsRetired => "it has ended",
        E::TooEarly => "an authority ships it, and it can be received only later",
        E::IsSuspected => "the same party suspects it already",
        E::IsWatched => "the container is watched: nothing more is packed into it",
        E::NotLogger => "only its logger reports",
        E::BackDated => {
            "the window begins before the last one ended, or before its logger was named"
        }
        E::BadWindow => "the window ends in the future, or has more time outside than it lasts",
        E::NotAlone => "only a pack that is a run of its own is dispensed in part",
        E::BadTransformation => "1 to 16 runs become 1 to 8 lots of one kind",
        E::TooManyPacks => "the inputs lie in more than 64 cells of 256 packs",
        E::TooManyAncestors => "it would be made of more than 16 runs",
        E::BadDeclaration => "at most eight events correct another, and none itself",
        E::Mismatch(mismatch) => return format!("its label does not fit: {}", what(mismatch)),
        E::NotActive(state) => return format!("it is {}", said(state)),
        other => return format!("{other:?}"),
    }
    .to_owned()
}

const fn what(mismatch: Mismatch) -> &'static str {
    match mismatch {
        Mismatch::Product => "product",
        Mismatch::Lot => "lot",
        Mismatch::Expiry => "expiry",
        Mismatch::Serial => "serial",
        Mismatch::Run => "run",
    }
}

const fn said(state: State) -> &'static str {
    match state {
        State::Stolen => "stolen",
        State::Illegitimate => "illegitimate",
        State::Ended(End::Destroyed) => "destroyed",
        State::Ended(End::Sample) => "a sample",
        State::Ended(End::Exported) => "exported",
        State::Ended(End::Transformed) => "made into something else",
        State::Ended(End::Dispensed) => "dispensed",
        State::Ended(End::PartlyDispensed) | State::PartlyDispensed => "dispensed in part",
        State::Recalled(Alert::Withdrawn) => "withdrawn",
        State::Recalled(_) => "recalled",
        State::RecalledUpstream => "made of something that is recalled",
        State::Expired => "expired",
        State::Quarantined => "quarantined",
        State::InTransit => "on its way",
        State::Genuine => "genuine",
    }
}
