use crate::Phase;
use allive_access::{AccessError, NoticeError};
use allive_olife_id_interface::NotHeir;
use allive_payments::PaymentError;
use allive_psp22_interface::TokenError;
use allive_requests::RequestError;
use core::convert::Infallible;

/// What the factory's messages return.
pub(crate) type Result<T, E = FactoryError> = core::result::Result<T, E>;

/// Why the factory refused a message. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum FactoryError {
    /// `new`, `announce_rules`: a rule is outside its bounds, see [`Rules`](crate::Rules).
    UnsoundRules,
    /// `new`: the remainder account would be nobody, the account of 32 zero bytes.
    BadRemainder,
    /// `new`: a duration is outside its bounds, see [`Durations`](crate::Durations).
    UnsoundDurations,
    /// Every message about a DAPP: no DAPP has this number.
    UnknownDapp,
    /// Every message of an operator: the caller does not operate this DAPP.
    NotOperator,
    /// `accept_dapp`: the DAPP was not offered to the caller.
    NotPendingOperator,
    /// `register`: the name or the symbol is empty or too long, or there are too many decimals.
    BadLabel,
    /// `register`, `announce_price`, `change_price`: the price or the cap is zero, or the price of
    /// all units together overflows.
    BadPrice,
    /// `register`: a share of more than 10,000 basis points.
    BadShare,
    /// `register`: the DAPP promises less cover than the rules ask for.
    CoverTooLow,
    /// `register`: the stake is smaller than the rules ask for.
    StakeTooSmall,
    /// `register`, `appoint`: the treasury would be nobody. `register`, `appoint`, `inherit`: the
    /// remainder account would become operator or treasury of a DAPP.
    BadTreasury,
    /// `appoint`: the signer would be nobody. A DAPP without a signer names `None`.
    BadSigner,
    /// `appoint`: the successor would be nobody, or the remainder account.
    BadSuccessor,
    /// `register`: the chain did not create the token, because its code was not uploaded.
    TokenNotCreated,
    /// The message is not possible in the current phase of the DAPP.
    WrongPhase(Phase),
    /// `release`, `accuse`, `decide`, `sweep`: this is not possible yet.
    TooEarly,
    /// `claim`: this is not possible any more.
    Expired,
    /// `change_price`, `change_rules`: nothing is announced, the notice is not over, or the
    /// announcement lapsed.
    Notice(NoticeError),
    /// The message would move no unit and no ALV: an amount is zero, or rounds to zero.
    NothingToDo,
    /// `buy`, `redeem`, `convert`, an order: the caller would receive less than it accepts.
    TooLittle,
    /// `buy`, `convert`, an order: less ALV would stand behind the units than the buyer accepts.
    TooLittleBacking,
    /// `unbond`, `withdraw_proceeds`, `withdraw_prepaid`, `reward`, `redeem_voucher`: the fund or
    /// the proceeds hold less than the amount.
    TooLittleThere,
    /// The supply would exceed the cap that the DAPP registered with.
    CapExceeded,
    /// Reserve and stake would cover less than the DAPP promised.
    Uncovered,
    /// The stake would be a smaller share of the funds raised than the rules require.
    Understaked,
    /// `announce_price`, `change_price`: the price is below what is promised for each unit that
    /// exists, or below the reserve per unit. So no unit could be sold at it.
    PriceTooLow,
    /// Units cannot be issued while a higher price is announced. They can once it is in effect,
    /// withdrawn or lapsed.
    RiseAnnounced,
    /// `withdraw_proceeds`: a failure would not pay every unit in full. The proceeds can unbond.
    WouldDilute,
    /// `redeem_voucher`: whoever signed the voucher is not the DAPP's signer.
    NotSigner,
    /// A sum overflows.
    AmountTooLarge,
    /// `on_received`: the caller is not the token that the factory was created with.
    NotAlv,
    /// ALV was taken by allowance: the token reported success, but less arrived.
    PaymentShort,
    /// The caller is not the owner, the factory is paused, or the payee is nobody.
    Access(AccessError),
    /// A signed request or a voucher was not accepted. Its nonce stays unused.
    Request(RequestError),
    /// The error of ALV or of the DAPP's token.
    Token(TokenError),
    /// `inherit`: why the caller does not inherit this holding.
    NotHeir(NotHeir),
}

impl From<AccessError> for FactoryError {
    fn from(error: AccessError) -> Self {
        Self::Access(error)
    }
}

impl From<RequestError> for FactoryError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
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

impl<E: Into<FactoryError>> From<PaymentError<E>> for FactoryError {
    fn from(error: PaymentError<E>) -> Self {
        match error {
            PaymentError::NothingThere => Self::NothingToDo,
            PaymentError::AmountTooLarge => Self::AmountTooLarge,
            PaymentError::Short => Self::PaymentShort,
            PaymentError::Refused(error) => error.into(),
        }
    }
}

impl From<Infallible> for FactoryError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
