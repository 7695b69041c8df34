//! What a user signs so that somebody else can submit it and pay the fee.

use crate::{DappId, Fund, Holding};
use allive_access::Account;
use allive_requests::{Describe, Domain, Purpose, Text};
use ink::primitives::AccountId;

/// Begins every signed request of a user; see [`allive_requests`] for what follows.
pub const PURPOSE: Purpose = *b"allive/factory/1";

/// A user's signed request. See [`allive_requests::Request`].
pub type Request = allive_requests::Request<Action>;

/// The actions that a signature can authorise: all messages of users. See the messages of the same
/// names. Whatever is paid, the signer pays: out of its credit first, then by its allowance in ALV.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Action {
    /// Takes ALV by allowance and adds it to the credit of the signer.
    Deposit {
        /// How much, in the smallest unit of ALV.
        amount: u128,
    },
    /// Buys units of a DAPP's token.
    Buy {
        /// Whose token.
        dapp: DappId,
        /// The most that they may cost together, in the smallest unit of ALV.
        paid: u128,
        /// The least number of units.
        min_tokens: u128,
        /// The least ALV that redeeming them must pay right after the purchase.
        min_backing: u128,
    },
    /// Redeems units of a DAPP's token.
    Redeem {
        /// Whose token.
        dapp: DappId,
        /// How many units.
        tokens: u128,
        /// The least ALV that is credited.
        min_credit: u128,
    },
    /// Redeems units of one DAPP's token, and buys units of another's.
    Convert {
        /// Whose token is redeemed.
        from: DappId,
        /// How many units.
        tokens: u128,
        /// The least ALV that they bring.
        min_credit: u128,
        /// Whose token is bought.
        to: DappId,
        /// The least number of units that are bought.
        min_tokens: u128,
        /// The least ALV that redeeming these must pay right after the purchase.
        min_backing: u128,
    },
    /// Withdraws credit of the signer. Unlike the message, it has a limit: credit can have come in
    /// since it was signed.
    Withdraw {
        /// Who is paid.
        to: Account,
        /// The most that is paid, in the smallest unit of ALV. The rest stays in the credit.
        at_most: u128,
    },
    /// Takes over a holding of a former key of the signer's identity.
    Inherit {
        /// Which holding.
        holding: Holding,
    },
    /// Pays ALV into a fund of a DAPP.
    Fund {
        /// Which DAPP.
        dapp: DappId,
        /// Which fund.
        fund: Fund,
        /// How much, in the smallest unit of ALV.
        amount: u128,
    },
    /// Nothing but using the nonce up: as the message `cancel` of this nonce.
    Cancel,
}

/// Digits of an amount of ALV after the point.
const DECIMALS: u8 = 8;

/// For what `purpose` is signed here.
pub(crate) fn domain<'a>(
    purpose: &'a Purpose,
    chain: &'a [u8; 32],
    contract: &'a AccountId,
) -> Domain<'a> {
    Domain {
        purpose,
        chain,
        contract,
    }
}

impl Describe for Action {
    #[inline(never)]
    fn describe(&self, text: &mut Text) {
        text.words("Derived tokens: ");
        match self {
            Self::Deposit { amount } => {
                alv(text.words("deposit "), *amount);
            }
            Self::Buy {
                dapp,
                paid,
                min_tokens,
                min_backing,
            } => {
                alv(text.words("pay up to "), *paid);
                text.words(" for");
                bought(text, *dapp, *min_tokens, *min_backing);
            }
            Self::Redeem {
                dapp,
                tokens,
                min_credit,
            } => redeemed(text, *dapp, *tokens, *min_credit),
            Self::Convert {
                from,
                tokens,
                min_credit,
                to,
                min_tokens,
                min_backing,
            } => {
                redeemed(text, *from, *tokens, *min_credit);
                text.words(", and buy");
                bought(text, *to, *min_tokens, *min_backing);
            }
            Self::Withdraw { to, at_most } => {
                alv(text.words("withdraw up to "), *at_most);
                text.words(" from the credit, and pay it to ").account(to);
            }
            Self::Inherit { holding } => {
                match holding {
                    Holding::Dapp(dapp) => text.words("inherit DAPP ").number(*dapp),
                    Holding::Credit(former) => text.words("inherit the credit of ").account(former),
                };
            }
            Self::Fund { dapp, fund, amount } => {
                alv(text.words("give "), *amount);
                text.words(" to the ").words(match fund {
                    Fund::Stake => "stake",
                    Fund::Prepaid => "prepaid ALV",
                });
                text.words(" of DAPP ").number(*dapp);
            }
            Self::Cancel => {
                text.words("cancel the request with this nonce");
            }
        }
    }
}

/// "10.00000000 ALV"
fn alv(text: &mut Text, amount: u128) -> &mut Text {
    text.amount(amount, DECIMALS).words(" ALV")
}

/// "redeem 5 units of DAPP 1 for at least 2.00000000 ALV"
#[inline(never)]
fn redeemed(text: &mut Text, dapp: DappId, tokens: u128, least: u128) {
    text.words("redeem ")
        .number(tokens)
        .words(" units of DAPP ");
    alv(text.number(dapp).words(" for at least "), least);
}

/// " at least 5 units of DAPP 1, behind which at least 2.00000000 ALV stand"
#[inline(never)]
fn bought(text: &mut Text, dapp: DappId, tokens: u128, backing: u128) {
    text.words(" at least ").number(tokens);
    text.words(" units of DAPP ").number(dapp);
    alv(text.words(", behind which at least "), backing);
    text.words(" stand");
}
