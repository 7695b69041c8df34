use crate::Phase;
use allive_access::{AccessError, NoticeError};
use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;

/// What the factory's messages answer.
pub(crate) type Result<T, E = FactoryError> = core::result::Result<T, E>;

/// Why the factory refused a message. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum FactoryError {
    /// `new`, `announce_rules`: a rule is outside its bounds, see [`Rules`](crate::Rules).
    UnsoundRules,
    /// `new`: a duration is outside its bounds, see [`Durations`](crate::Durations).
    UnsoundDurations,
    /// Every message about a DAPP: no DAPP has this number.
    UnknownDapp,
    /// Every message of an operator's: the caller does not operate this DAPP.
    NotOperator,
    /// `accept_dapp`: the DAPP was not offered to the caller.
    NotPendingOperator,
    /// `register`: the name or the symbol is empty or too long, or there are too many decimals.
    BadLabel,
    /// `register`, `announce_price`, `change_price`: the price or the cap is zero, or the price of
    /// all units together has no representation.
    BadPrice,
    /// `register`: a share of more than 10,000 basis points.
    BadShare,
    /// `register`: the DAPP promises less cover than the rules ask for.
    CoverTooLow,
    /// `register`: the stake is smaller than the rules ask for.
    StakeTooSmall,
    /// `register`, `appoint`, `inherit`: who receives the remainders of failed DAPPs would be
    /// operator or treasury of one.
    BadTreasury,
    /// `register`: the chain did not create the token, because its code was not uploaded.
    TokenNotCreated,
    /// The message is not carried out in the phase in which the DAPP is.
    WrongPhase(Phase),
    /// `release`, `accuse`, `decide`, `sweep`: the moment from which on this is possible has not
    /// come.
    TooEarly,
    /// `redeem_voucher`, `claim`: the moment until which this was possible has passed.
    Expired,
    /// `change_price`, `change_rules`: nothing is announced, its notice lasts, or it lapsed.
    Notice(NoticeError),
    /// The message would move no token and no money at all: an amount is zero, or brings nothing.
    NothingToDo,
    /// `buy`, `redeem`, `convert`, an order: the caller would receive less than it accepts.
    TooLittle,
    /// `unbond`, `withdraw_proceeds`, `reward`, `redeem_voucher`: the fund or the proceeds hold
    /// less than that.
    TooLittleThere,
    /// Units would come into being beyond the cap that the DAPP registered with.
    CapExceeded,
    /// Reserve and stake would cover less of the units in being than the DAPP promised.
    Uncovered,
    /// The stake would be a smaller share of the funds raised than the rules asked for.
    Understaked,
    /// Units would be sold below what a failure would pay for each; `change_price`: the price is
    /// below what stands behind each unit in the reserve.
    WouldDilute,
    /// `redeem_voucher`: a voucher of this number was redeemed before.
    AlreadyUsed,
    /// `redeem_voucher`: the signature is not that of the DAPP's signer over this voucher, for this
    /// chain and contract.
    BadSignature,
    /// A sum has no representation.
    AmountTooLarge,
    /// `on_received`: the caller is not the token that the factory was created with.
    NotAlv,
    /// ALV was taken by allowance: the token reported success, and less came in.
    PaymentShort,
    /// The caller is not the owner, or the factory is paused.
    Access(AccessError),
    /// What ALV or the token of a DAPP answered.
    Token(TokenError),
    /// `inherit`: why the caller does not inherit that.
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
