use crate::Phase;
use allive_access::{AccessError, NoticeError};
use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;

/// Why the factory refused a message. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum FactoryError {
    /// Rules outside the bounds of `Rules::are_sound`.
    UnsoundRules,
    /// Durations outside the bounds of `Durations::are_sound`.
    UnsoundDurations,
    /// No DAPP has this number.
    UnknownDapp,
    /// Only the operator of the DAPP may do this.
    NotOperator,
    /// Only the account to which the DAPP was offered may accept it.
    NotPendingOperator,
    /// The name or the symbol is empty or too long, or there are too many decimals.
    BadLabel,
    /// A price or a cap of nothing, or the price of all units has no representation.
    BadPrice,
    /// More than 10,000 basis points.
    BadShare,
    /// Less cover than the rules ask for.
    CoverTooLow,
    /// Less stake than the rules ask for.
    StakeTooSmall,
    /// What is left of a failure must not go to the DAPP that failed.
    BadTreasury,
    /// The chain did not create the token: its code is not there.
    TokenNotCreated,
    /// Not in the phase in which the DAPP is.
    WrongPhase(Phase),
    /// The moment from which on this is possible has not come.
    TooEarly,
    /// The moment until which this was possible has passed.
    Expired,
    /// What was announced is not there, not ready, or lapsed.
    Notice(NoticeError),
    /// That would be about no token and no money at all.
    NothingToDo,
    /// Less would be received than the caller accepts.
    TooLittle,
    /// Less lies there than that.
    TooLittleThere,
    /// More units than the DAPP ever has.
    CapExceeded,
    /// Reserve and stake would cover less than the DAPP promised.
    Uncovered,
    /// The stake would be too small for the funds raised.
    Understaked,
    /// The price is below what stands behind each unit already.
    WouldDilute,
    /// The voucher was redeemed before.
    AlreadyUsed,
    /// The signature is not that of the DAPP's signer over this voucher, for this chain and
    /// contract.
    BadSignature,
    /// A sum that has no representation.
    AmountTooLarge,
    /// Only the token that the factory was created with says what was paid to it.
    NotAlv,
    /// The token reported success, and the factory holds less than it owes.
    PaymentShort,
    /// The caller lacks a right, or the factory is paused.
    Access(AccessError),
    /// What a token answered.
    Token(TokenError),
    /// Why the caller does not inherit that.
    NotHeir(NotHeir),
}

impl From<AccessError> for FactoryError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}

impl From<NoticeError> for FactoryError {
    fn from(error: NoticeError) -> Self {
        Self::Notice(error)
    }
}

impl From<TokenError> for FactoryError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<NotHeir> for FactoryError {
    fn from(error: NotHeir) -> Self {
        Self::NotHeir(error)
    }
}
