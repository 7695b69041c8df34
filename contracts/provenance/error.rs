use crate::{Mismatch, State};
use allive_olife_id_interface::NoAnswer;
use allive_requests::RequestError;

/// Why an action was refused. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum ProvenanceError {
    /// Olife ID did not answer.
    NoAnswer,
    /// The caller acts for no identity, or is no delegate of the organisation for this.
    NoStanding,
    /// The role that this needs is not attested of whoever acts.
    NotAttested,
    /// A duration is outside its bounds, see `Terms`.
    BadDuration,
    /// No product has this name.
    UnknownProduct,
    /// There is no such lot.
    UnknownLot,
    /// There is no such run or container.
    UnknownUnit,
    /// The product is registered.
    ProductExists,
    /// The maker has commissioned a lot of this code.
    LotExists,
    /// The name of the product cannot stand on a label: its check digit is wrong, or its form.
    BadName,
    /// The name says whose product it is, and that is somebody else.
    OthersName,
    /// The class does not fit the name, there are too many limits or two of one bound, or the shelf
    /// life is zero.
    BadTerms,
    /// The code of the lot cannot stand on its label, or its check character is wrong.
    BadCode,
    /// The expiry is over, later than the shelf life allows, or missing.
    BadExpiry,
    /// A lot has 1 to 2^32 packs.
    BadCount,
    /// The content identifier of the paths is empty or too long.
    BadPaths,
    /// The site is no GLN: its check digit is wrong.
    BadSite,
    /// The container is named by no SSCC: its check digit is wrong.
    BadContainer,
    /// A shipment or a prescription ends after now, and not later than the longest one.
    BadDeadline,
    /// A run is split within, so that both parts have packs.
    BadSplit,
    /// 1 to 64 units are packed or unpacked at once.
    BadUnits,
    /// Nobody receives goods, or dispenses, in this role.
    BadRole,
    /// This cannot be said of such a thing, or not by the custodian.
    BadAlert,
    /// Only the maker may do this.
    NotMaker,
    /// Only whoever has it may do this.
    NotHolder,
    /// Only the recipient may do this.
    NotRecipient,
    /// Only whoever is named in its identifier begins a container.
    NotPacker,
    /// The product was not handed over to whoever takes it over.
    NotOffered,
    /// A product has at most seven former makers, each named once, none of whom is its owner.
    TooManyMakers,
    /// Nobody ships, or hands over, to itself.
    ToItself,
    /// It is in a container, and moves with that.
    Inside,
    /// It is not in the container, or not with it.
    Elsewhere,
    /// At most four containers are inside each other, and at most four transformations follow each
    /// other.
    TooDeep,
    /// It is on its way.
    InTransit,
    /// It is not on its way, or no longer.
    NotShipped,
    /// The neighbours differ in holder, role, site, alerts or suspicion, or one of them ended.
    NotAlike,
    /// The label does not fit, for this reason.
    Mismatch(Mismatch),
    /// It is not genuine any more, or not now: this is its state.
    NotActive(State),
    /// The lot has no serials, so none of its pieces can be told from another.
    NoSerials,
    /// The same identity dispensed it already, or it ended with it.
    IsDispensed,
    /// It was not dispensed.
    NotDispensed,
    /// Somebody else dispensed it, or at another place.
    NotDispenser,
    /// There is nothing to forget.
    NothingToPrune,
    /// There is no alarm about this pack.
    UnknownAlarm,
    /// The alarm is in another phase.
    WrongPhase,
    /// It ended.
    IsRetired,
    /// It did not end.
    NotRetired,
    /// Its end cannot be undone.
    Final,
    /// This alert is not raised, or there is none to acknowledge.
    NotRaised,
    /// Nobody proposed to lower this alert.
    NotProposed,
    /// Two different parties lower an alert.
    SameParty,
    /// The delay is not over yet.
    TooEarly,
    /// The proposal lapsed, or the prescription ended.
    Lapsed,
    /// The same identity suspects it already.
    IsSuspected,
    /// This identity does not suspect it; to an authority: nobody does.
    NotSuspected,
    /// Eight suspect it already.
    TooManySuspecters,
    /// Why a signed request was not accepted.
    Request(RequestError),
    /// What the request names is not as its signer saw it.
    NotAsSeen,
    /// Of 1 to 16 runs 1 to 8 lots are made, and all are of makers of that kind.
    BadTransformation,
    /// A lot is made, directly or not, of at most 16 runs.
    TooManyAncestors,
    /// What is transformed has serials, and lies in more than 64 cells of 256 packs.
    TooManyPacks,
    /// Nobody ends something in this way but by a transformation, or by dispensing a part.
    BadEnd,
    /// Only a run of one pack is dispensed in part: it is split off first.
    NotAlone,
    /// There is no such prescription.
    UnknownPrescription,
    /// The clinician has given a prescription of this commitment.
    PrescriptionExists,
    /// A prescription has 1 to 99 fills.
    BadFills,
    /// Every fill of the prescription is used.
    NoFillLeft,
    /// Only whoever prescribed it, or an authority, cancels a prescription.
    NotPrescriber,
    /// The secret is not that of the next fill, or not that of this pack.
    WrongSecret,
    /// A patient has confirmed it already.
    IsConfirmed,
    /// The container is watched, or was outside of a bound: nothing more is packed into it.
    IsWatched,
    /// Only its logger tells what it measured.
    NotLogger,
    /// A logger measures at least one bound, and each once.
    BadBounds,
    /// It would have more than eight bounds.
    TooManyBounds,
    /// The window begins before the last one ended, or before its logger was named.
    BackDated,
    /// The window ends before it begins or in the future, or it was outside of a bound that is not
    /// measured, of one twice, or for longer than the window.
    BadWindow,
    /// What is written off is nothing, or more than was counted.
    BadRelease,
    /// At most eight events correct another, and none itself.
    BadDeclaration,
    /// It is no order of dental work.
    NotDental,
    /// What a laboratory says of an order has numbers from 1, each one more than the last.
    BadNumber,
}

impl From<NoAnswer> for ProvenanceError {
    fn from(NoAnswer: NoAnswer) -> Self {
        Self::NoAnswer
    }
}

impl From<RequestError> for ProvenanceError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}
