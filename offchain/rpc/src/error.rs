//! Errors of the connection to a chain, and what to do about them.

/// Why the chain did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// There is no answer.
    #[error("no node answers at {url} ({reason}); start one (`make node`), or correct --url")]
    Unreachable {
        /// Where.
        url: String,
        /// What the connection said.
        reason: String,
    },
    /// The other side is not a chain with `pallet-contracts`.
    #[error("the chain `{chain}` has no pallet `{pallet}`; contracts need a chain with pallet-contracts")]
    NoPallet {
        /// What the chain calls itself.
        chain: String,
        /// What is missing.
        pallet: &'static str,
    },
    /// The chain has the pallet, in a version that this tool does not know.
    #[error("the chain's pallet-contracts does not answer as expected ({0}); its version is not supported")]
    Foreign(String),
    /// The connection was lost.
    #[error("the connection to the node was lost ({0}); start the node and run the same command again: what is done stays done")]
    Lost(String),
    /// The node has forgotten an old block, or its state.
    #[error(
        "the node has pruned block {block}, and with it what contracts told there; ask an archive node, one that \
         keeps the state of every block"
    )]
    Pruned {
        /// Number of the block.
        block: u64,
    },
    /// The transaction pool refused, or dropped, the transaction.
    #[error(
        "the transaction was not taken ({0}); nothing was changed, run the same command again"
    )]
    NotTaken(String),
    /// The account cannot pay.
    #[error("the account cannot pay the fee of the transaction ({0}); send it coins and run the same command again")]
    Poor(String),
    /// The transaction was executed and failed.
    #[error("the chain refused: {0}")]
    Refused(String),
}

impl NodeError {
    /// An error on reading what was stored as of a block.
    pub(crate) fn from_past(error: subxt::Error, block: u64) -> Self {
        use subxt::error::{Error, RpcError};
        match &error {
            Error::Rpc(RpcError::ClientError(reason)) if is_pruned(&reason.to_string()) => {
                Self::Pruned { block }
            }
            _ => Self::from_rpc(error),
        }
    }

    /// An error of the library, by what it means to a user.
    pub(crate) fn from_rpc(error: subxt::Error) -> Self {
        use subxt::error::{Error, RpcError, TransactionError};
        match error {
            Error::Rpc(RpcError::ClientError(reason)) => {
                let reason = reason.to_string();
                // 1010: invalid transaction; the pool's own words tell for what reason.
                if reason.contains("Inability to pay") || reason.contains("balance too low") {
                    Self::Poor(reason)
                } else if ["1010", "1012", "1013", "1014"]
                    .iter()
                    .any(|code| reason.contains(code))
                {
                    Self::NotTaken(reason)
                } else {
                    Self::Lost(reason)
                }
            }
            Error::Rpc(other) => Self::Lost(other.to_string()),
            Error::Io(other) => Self::Lost(other.to_string()),
            Error::Transaction(
                reason @ (TransactionError::Dropped(_)
                | TransactionError::Invalid(_)
                | TransactionError::Error(_)),
            ) => Self::NotTaken(reason.to_string()),
            Error::Transaction(other) => Self::Lost(other.to_string()),
            Error::Runtime(reason) => Self::Refused(reason.to_string()),
            other => Self::Foreign(other.to_string()),
        }
    }
}

/// Whether a node says by these words that it keeps the state of this block no more.
fn is_pruned(reason: &str) -> bool {
    ["State already discarded", "UnknownBlock", "Unknown block"]
        .iter()
        .any(|words| reason.contains(words))
}

#[cfg(test)]
mod pruning {
    use super::*;

    fn answered(words: &str) -> NodeError {
        let reason: Box<dyn std::error::Error + Send + Sync> = words.into();
        let error = subxt::error::RpcError::ClientError(reason);
        NodeError::from_past(subxt::Error::Rpc(error), 7)
    }

    #[test]
    fn a_node_that_forgot_a_state_says_so_and_no_other_error_is_taken_for_that() {
        // As nodes of the polkadot SDK say it.
        let discarded =
            "ErrorObject { code: ServerError(4003), message: \"Client error: UnknownBlock: State \
                         already discarded for 0x12\", data: None }";
        let said = answered(discarded).to_string();
        assert!(
            said.contains("pruned block 7") && said.contains("archive node"),
            "{said}"
        );
        let lost = answered("the connection was closed");
        assert!(matches!(lost, NodeError::Lost(_)), "{lost}");
    }
}
