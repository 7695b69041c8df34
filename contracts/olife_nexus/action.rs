//! What a person signs so that somebody else can submit it and pay for it.

use crate::{GrantId, GrantTerms, Holding, Kind, RecordId};
use allive_access::Account;
use allive_requests::{Describe, Text};
use ink::prelude::vec::Vec;

/// Begins every signed request of the Nexus; see [`allive_requests`] for what follows.
pub const PURPOSE: allive_requests::Purpose = *b"allive/nexus/v1 ";

/// A person's signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<Action>;

/// The actions that a signature can authorise: all messages of patients, grantees and heirs. See
/// the messages of the same names.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// Registers a record of the signer.
    Register {
        /// The commitment to it.
        commitment: [u8; 32],
        /// Its format.
        kind: Kind,
        /// Where its ciphertext is.
        pointer: Vec<u8>,
    },
    /// Owner of the record: offers it. Unlike the message, it names the commitment: by the time
    /// that it is submitted, the number can be that of another record of the signer.
    Offer {
        /// Which record.
        record: RecordId,
        /// The commitment of that record.
        commitment: [u8; 32],
        /// To whom, what for, and at which price.
        terms: GrantTerms,
    },
    /// Patient: closes a grant.
    Revoke {
        /// Which grant.
        grant: GrantId,
    },
    /// Grantee: buys uses, and pays by its allowance in ALV.
    Buy {
        /// Of which grant.
        grant: GrantId,
        /// How many.
        uses: u32,
        /// The most that one may cost.
        max_price: u128,
    },
    /// Grantee: makes one use.
    UseRecord {
        /// Of which grant.
        grant: GrantId,
        /// A commitment to what is asked for.
        request: [u8; 32],
    },
    /// Anybody, or the grantee while an upgrade is announced: settles a grant.
    Settle {
        /// Which grant.
        grant: GrantId,
    },
    /// Holder of a credit: withdraws from it. Unlike the message, it has a limit: the signer can
    /// have earned more since it signed.
    Withdraw {
        /// Who is paid.
        to: Account,
        /// The most that is paid, in the smallest unit of ALV. The rest stays in the credit.
        at_most: u128,
    },
    /// Heir: takes the place of a former key of its identity.
    Inherit {
        /// For what.
        holding: Holding,
    },
    /// Nothing but using the nonce up: as the message `cancel` of this nonce.
    Cancel,
}

/// Digits of an amount of ALV after the point.
const DECIMALS: u8 = 8;

impl Describe for Action {
    fn describe(&self, text: &mut Text) {
        text.words("Olife Nexus: ");
        match self {
            Self::Register {
                commitment,
                kind,
                pointer,
            } => {
                text.words("register ").words(kind.in_words());
                text.words(" with commitment ").hex(commitment);
                text.words(" at ").hex(pointer);
            }
            Self::Offer {
                record,
                commitment,
                terms,
            } => {
                text.words("offer record ").number(*record);
                text.words(" with commitment ").hex(commitment);
                offered(text, terms);
            }
            Self::Revoke { grant } => {
                text.words("revoke grant ").number(*grant);
            }
            Self::Buy {
                grant,
                uses,
                max_price,
            } => {
                text.words("buy ").number(*uses).words(" uses of grant ");
                text.number(*grant).words(" at no more than ");
                text.amount(*max_price, DECIMALS).words(" ALV each");
            }
            Self::UseRecord { grant, request } => {
                text.words("use grant ").number(*grant);
                text.words(" for request ").hex(request);
            }
            Self::Settle { grant } => {
                text.words("settle grant ").number(*grant);
            }
            Self::Withdraw { to, at_most } => {
                text.words("withdraw up to ");
                text.amount(*at_most, DECIMALS);
                text.words(" ALV from the credit, and pay it to ")
                    .account(to);
            }
            Self::Inherit { holding } => inherit(text, holding),
            Self::Cancel => {
                text.words("cancel the request with this nonce");
            }
        }
    }
}

/// " to 0x… for research: 5 uses at 25.00000000 ALV each until 2026-11-27 12:00:00.000 UTC"
fn offered(text: &mut Text, terms: &GrantTerms) {
    text.words(" to ").account(&terms.grantee).words(" for ");
    text.words(terms.purpose.in_words()).words(": ");
    text.number(terms.uses).words(" uses at ");
    text.amount(terms.price, DECIMALS).words(" ALV each until ");
    text.moment(terms.expires);
}

fn inherit(text: &mut Text, holding: &Holding) {
    text.words("inherit ");
    match holding {
        Holding::Record(record) => text.words("record ").number(*record),
        Holding::Grant(grant) => text.words("grant ").number(*grant),
        Holding::Purchase(grant) => text.words("what was bought of grant ").number(*grant),
        Holding::Credit(former) => text.words("the credit of ").account(former),
    };
}
