//! What is said to the council, and what its proposals do.

use crate::world::*;
use ::hostile::Hostile;
use allive_calls::{at, parts, psp22, Keyring, Message};
use allive_requests::{Domain, Signature};
use allive_simulator::START;
use council::*;
use ink::primitives::AccountId;
use psp22::PSP22;
use scale::Encode;

impl Deployed {
    pub fn propose(&self, action: Action) -> Message<impl Encode, Answer<ProposalId>> {
        at::<Council>(self.council).propose(action)
    }

    pub fn pause(&self, target: AccountId) -> Message<impl Encode, Answer<bool>> {
        at::<Council>(self.council).emergency_pause(target.into())
    }

    /// A call that gives `STRANGER` units of the target.
    pub fn mint(&self, value: u128) -> Call {
        call(at::<Hostile>(self.target).mint(STRANGER, value))
    }

    pub fn domain(&self) -> Domain<'_> {
        Domain {
            purpose: &PURPOSE,
            chain: &GENESIS,
            contract: &self.council,
        }
    }

    pub fn act_for(
        &self,
        request: &Request,
        signature: Signature,
    ) -> Message<impl Encode, Answer<()>> {
        at::<Council>(self.council).act_for(request.clone().into(), signature)
    }

    /// The request with the signature of its key, which is in this ring.
    pub fn signed(&self, request: &Request) -> Message<impl Encode, Answer<()>> {
        let message = request.message(&self.domain());
        let is_signer = |key: &Keyring| key.account() == *request.signer;
        let by = Keyring::all().into_iter().find(is_signer).unwrap();
        self.act_for(request, Signature::Sr25519(by.sign(message.wrapped())))
    }

    /// A payment by the target, which then behaves as it was told to.
    pub fn transfer(&self) -> Call {
        call(psp22(self.target).transfer(STRANGER, 0, vec![]))
    }
}

/// The deadline is within the window of an emergency.
pub fn request(signer: Keyring, action: SignedAction, nonce: u64) -> Request {
    Request {
        signer: signer.account().into(),
        action,
        nonce,
        deadline: START + EMERGENCY.window,
    }
}

/// A vote in the first era.
pub fn vote(vote: Vote, proposal: ProposalId, action: Action, votes: u32) -> SignedAction {
    SignedAction::Vote {
        era: 0,
        vote,
        proposal,
        seen: Seen {
            action: action.into(),
            votes,
        },
    }
}

/// What the message is on the wire, without coins or demands.
pub fn call<Args: Encode, R>(message: Message<Args, R>) -> Call {
    let (target, input) = parts(message);
    let (selector, arguments) = input.split_first_chunk().unwrap();
    Call {
        target: target.into(),
        selector: *selector,
        arguments: arguments.to_vec(),
        value: 0,
        min_ref_time: 0,
    }
}

pub fn calls(calls: impl Into<Vec<Call>>) -> Action {
    Action::Calls(calls.into())
}

/// Who goes and who comes, at terms that are sound for four to six.
pub fn amend(remove: &[AccountId], add: &[AccountId]) -> Action {
    amend_to(remove, add, terms_of_six())
}

pub fn amend_to(remove: &[AccountId], add: &[AccountId], terms: CouncilTerms) -> Action {
    let [remove, add] = [remove, add].map(|list| list.iter().map(|id| (*id).into()).collect());
    Action::Amend(Amendment { remove, add, terms })
}

/// `TERMS` with a threshold that is a majority also of six.
pub fn terms_of_six() -> CouncilTerms {
    let mut terms = TERMS;
    terms.grave.threshold = 4;
    terms
}
