//! The actions of a person, and how they are signed so that somebody else can submit them.

use crate::{
    Control, Digest, Guardians, Key, Keys, Pair, Purposes, ACT, ALL, APPOINT, ATTEST, GUARD,
    MANAGE, STAKE,
};
use allive_access::Account;
use allive_olife_id_interface::{IdentityId, Points, Scope, Timestamp, Topic, Topics};
use allive_requests::Purpose;

/// Begins every signed request of Olife ID; see [`allive_requests`] for what follows.
pub const PURPOSE: Purpose = *b"allive/id/v1    ";

/// A key's signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<SignedAction, Key>;

/// What a key signs: an action, and for which identity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub struct SignedAction {
    /// The identity whose key signs; `None` for a key that has none, which can `Create` and
    /// `Consent`.
    pub identity: Option<IdentityId>,
    /// The action.
    pub action: Action,
}

/// Every action of a person, by an account or by a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// Key without identity: creates an identity. The key becomes its only one, with all purposes.
    Create {
        /// Who recovers it.
        guardians: Guardians,
    },
    /// Key without identity: consents to become a key of an identity that awaits it.
    Consent {
        /// The identity.
        identity: IdentityId,
        /// Exactly the purposes with which the identity awaits it.
        purposes: Purposes,
    },
    /// Key with `MANAGE`: announces new keys and guardians. This replaces any earlier announcement;
    /// `None` withdraws it.
    Announce {
        /// All future keys and guardians.
        control: Option<Control>,
    },
    /// Any key: freezes its identity. A frozen identity can only announce and cancel, undo what was
    /// attested and appointed, and its keys can leave: see [`Action::needs`].
    Freeze,
    /// Key with `MANAGE`: cancels a recovery of its identity.
    Cancel {
        /// When that recovery began. `None`, which no signed request may say, is the one that is
        /// under way.
        begun: Option<Timestamp>,
    },
    /// Any key: leaves its identity, at once. Another key must be left that manages it.
    Leave,
    /// Key with `GUARD` of a guardian, or of an anchor after a cancelled recovery: votes for the
    /// new keys of another identity. This replaces the voter's former vote.
    Recover {
        /// The identity to recover.
        identity: IdentityId,
        /// All future keys.
        keys: Keys,
    },
    /// Issuer: attests. This replaces its last word about the same topic and subject, unless that
    /// was issued later.
    Attest {
        /// Whom.
        subject: IdentityId,
        /// What about.
        topic: Topic,
        /// A commitment to what is attested. Its opening stays off chain.
        value: Digest,
        /// Points that it adds to trust, if the topic is `Known` and the issuer is an anchor.
        weight: Points,
        /// The moment at which the issuer issues this, in milliseconds: at most 30 days before it
        /// is submitted. `None`, which no signed request may say, is the moment of the message.
        issued: Option<Timestamp>,
        /// The moment from which on it does not count any more, in milliseconds.
        expires: Timestamp,
    },
    /// Issuer: revokes its attestation, and those that it issued earlier and nobody submitted yet.
    Revoke {
        /// Whose.
        subject: IdentityId,
        /// What about.
        topic: Topic,
        /// As in `Attest`.
        issued: Option<Timestamp>,
    },
    /// Key with `ACT`: refuses attestations of an issuer for its identity, former and future ones;
    /// or accepts them again.
    Refuse {
        /// What about.
        topic: Topic,
        /// Whose attestations.
        issuer: IdentityId,
        /// Whether they are refused.
        refused: bool,
    },
    /// Key with `STAKE`: vouches for another identity, with a bond from the purse; or renews the
    /// vouch.
    Vouch {
        /// For whom.
        subject: IdentityId,
        /// How many of the voucher's own points.
        points: Points,
    },
    /// Key with `ACT`: lets a vouch count for its identity, or drops it.
    Accept {
        /// Who vouches.
        voucher: IdentityId,
        /// Whether it counts.
        accepted: bool,
    },
    /// Key with `STAKE`: ends a vouch, and the bond begins to wait. Sent again after the unbonding
    /// time, it returns the bond to the purse.
    Unvouch {
        /// For whom.
        subject: IdentityId,
    },
    /// Key with `APPOINT`: appoints a delegate, who acts for the identity. This replaces the last
    /// word about the same delegate, unless that was issued later.
    Appoint {
        /// Who acts.
        delegate: IdentityId,
        /// For what. What the identity does not hold itself does not count.
        topics: Topics,
        /// As in `Attest`.
        issued: Option<Timestamp>,
        /// The moment from which on the delegate does not act any more, in milliseconds.
        expires: Timestamp,
    },
    /// Key with `APPOINT` or `MANAGE`: dismisses a delegate, also one whose appointment was issued
    /// earlier and that nobody submitted yet.
    Dismiss {
        /// Whom.
        delegate: IdentityId,
        /// As in `Attest`.
        issued: Option<Timestamp>,
    },
    /// Key with `MANAGE`: dismisses all delegates who were appointed in a time, such as by a stolen
    /// key.
    DismissAll {
        /// The first moment of that time, in milliseconds.
        since: Timestamp,
        /// The last one. `None`, which no signed request may say, is the moment of the message.
        until: Option<Timestamp>,
    },
    /// Key with `ACT`: declines to act for an organisation, which ends its appointment; or can be
    /// appointed again.
    Decline {
        /// For whom.
        organisation: IdentityId,
        /// Whether it declines.
        declined: bool,
        /// As in `Attest`.
        issued: Option<Timestamp>,
    },
    /// Issuer of `representative`: attests that the representative acts for the principal. This
    /// replaces its last word about the same pair, unless that was issued later.
    Mandate {
        /// Who is represented, and by whom.
        pair: Pair,
        /// For what: the bits of [`scope`](allive_olife_id_interface::scope).
        scope: Scope,
        /// A commitment to the document. Its opening stays off chain.
        value: Digest,
        /// As in `Attest`.
        issued: Option<Timestamp>,
        /// The moment from which on it does not count any more, in milliseconds.
        expires: Timestamp,
    },
    /// Issuer of `representative`: ends all mandates of a pair that were issued up to then, whoever
    /// issued them.
    EndMandate {
        /// Who is represented, and by whom.
        pair: Pair,
        /// As in `Attest`.
        issued: Option<Timestamp>,
    },
    /// Key with `ACT` of a representative: ends all its mandates for a principal likewise.
    Renounce {
        /// Who is represented.
        principal: IdentityId,
        /// As in `Attest`.
        issued: Option<Timestamp>,
    },
    /// Key with `MANAGE`: withdraws from the purse of its identity.
    Withdraw {
        /// To whom.
        to: Account,
        /// How much at most. What a key signed long ago does not pay out what came since.
        at_most: u128,
    },
    /// Any key, by a signature only: nothing but using the nonce of the request up. An account can
    /// send [`cancel_request`](crate::OlifeId::cancel_request) instead.
    CancelRequest,
}

impl Action {
    /// The purposes of which a key must have one for this action, and whether a frozen identity can
    /// do it.
    pub fn needs(&self) -> (Purposes, bool) {
        match self {
            Self::Announce { .. } | Self::Cancel { .. } | Self::DismissAll { .. } => (MANAGE, true),
            Self::Withdraw { .. } => (MANAGE, false),
            Self::Freeze => (ALL, false),
            Self::Leave | Self::CancelRequest => (ALL, true),
            Self::Attest { .. } | Self::Mandate { .. } => (ATTEST, false),
            // Who froze itself, because a key was stolen, can undo what the thief did.
            Self::Revoke { .. } | Self::EndMandate { .. } => (ATTEST, true),
            // An appointment outlives the key that made it, unlike what a key with `ACT` does.
            Self::Appoint { .. } => (APPOINT, false),
            Self::Dismiss { .. } => (APPOINT | MANAGE, true),
            Self::Recover { .. } => (GUARD, false),
            Self::Vouch { .. } | Self::Unvouch { .. } => (STAKE, false),
            _ => (ACT, false),
        }
    }

    /// Whether it is said when this was issued, or which time it is about, if that matters. A
    /// signature without that would never grow old.
    pub fn is_dated(&self) -> bool {
        !matches!(
            self,
            Self::Cancel { begun: None }
                | Self::Attest { issued: None, .. }
                | Self::Revoke { issued: None, .. }
                | Self::Appoint { issued: None, .. }
                | Self::Dismiss { issued: None, .. }
                | Self::DismissAll { until: None, .. }
                | Self::Decline { issued: None, .. }
                | Self::Mandate { issued: None, .. }
                | Self::EndMandate { issued: None, .. }
                | Self::Renounce { issued: None, .. }
        )
    }
}
