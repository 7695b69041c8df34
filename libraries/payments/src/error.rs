use core::convert::Infallible;

/// Why money was not moved. `E` is the error of whom the contract asked: the token, or the registry
/// of heirs. Where it asked nobody, there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentError<E = Infallible> {
    /// The credit is zero.
    NothingThere,
    /// A sum overflows.
    AmountTooLarge,
    /// The token reported success, but less arrived.
    Short,
    /// The error of whom the contract asked.
    Refused(E),
}
