/// Why a signed request was not accepted. Its nonce stays unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum RequestError {
    /// Its deadline has passed.
    Expired,
    /// Its deadline is further ahead than [`LONGEST`](crate::LONGEST).
    DeadlineTooFar,
    /// The signature is not the signer's over this request, for this chain and contract.
    BadSignature,
    /// The signer used this nonce before.
    NonceUsed,
}
