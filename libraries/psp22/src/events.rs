//! The two events of PSP22, byte for byte, in one piece of code and from borrowed accounts.

use ink::{
    env::{
        event::{
            state::{HasRemainingTopics, Uninit},
            Event, TopicsBuilder, TopicsBuilderBackend,
        },
        DefaultEnvironment, Environment,
    },
    primitives::AccountId,
    scale::{Encode, Output},
};
use psp22::{Approval, Transfer};

/// A [`Transfer`] or an [`Approval`]. Each has three topics: its signature and two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Which of the two.
    pub kind: Kind,
    /// Who paid, or allows. Nobody if the units were minted.
    pub first: Option<&'a AccountId>,
    /// Who was paid, or may spend. Nobody if the units were burned.
    pub second: Option<&'a AccountId>,
    /// How much.
    pub value: u128,
}

/// Which event a [`Fact`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Transfer`], whose parties are optional.
    Transfer,
    /// [`Approval`], whose parties are not.
    Approval,
}

impl Fact<'_> {
    /// Says so.
    // Compiled with the contract, so that it shares its topics builder with the contract's own
    // events.
    #[inline]
    pub fn emit(kind: Kind, first: Option<&AccountId>, second: Option<&AccountId>, value: u128) {
        ink::env::emit_event::<DefaultEnvironment, _>(Fact {
            kind,
            first,
            second,
            value,
        });
    }
}

impl Event for Fact<'_> {
    type RemainingTopics = [HasRemainingTopics; 3];

    const SIGNATURE_TOPIC: Option<[u8; 32]> = None;

    fn topics<E, B>(&self, builder: TopicsBuilder<Uninit, E, B>) -> B::Output
    where
        E: Environment,
        B: TopicsBuilderBackend<E>,
    {
        let signature = match self.kind {
            Kind::Transfer => &Transfer::SIGNATURE_TOPIC,
            Kind::Approval => &Approval::SIGNATURE_TOPIC,
        };
        builder
            .build::<Self>()
            .push_topic(signature.as_ref())
            .push_topic(Some(topic(self.first)))
            .push_topic(Some(topic(self.second)))
            .finish()
    }
}

/// A topic is 32 bytes: the account's, or zeros for nobody.
fn topic(party: Option<&AccountId>) -> &[u8; 32] {
    party.map_or(&[0; 32], AsRef::as_ref)
}

impl Encode for Fact<'_> {
    fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
        let optional = self.kind == Kind::Transfer;
        write(self.first, optional, dest);
        write(self.second, optional, dest);
        self.value.encode_to(dest);
    }
}

fn write<T: Output + ?Sized>(party: Option<&AccountId>, optional: bool, dest: &mut T) {
    if optional {
        dest.push_byte(party.is_some().into());
    }
    if let Some(party) = party {
        dest.write(party.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ink::prelude::vec::Vec;

    #[ink::test]
    fn events_are_byte_for_byte_those_that_ink_emits_for_the_standard() {
        let [a, b] = [[1; 32], [2; 32]].map(AccountId::from);
        for (from, to) in [(Some(a), Some(b)), (None, Some(b)), (Some(a), None)] {
            let ours = emitted(Fact {
                kind: Kind::Transfer,
                first: from.as_ref(),
                second: to.as_ref(),
                value: 3,
            });
            assert_eq!(emitted(Transfer { from, to, value: 3 }), ours);
        }
        let ours = emitted(Fact {
            kind: Kind::Approval,
            first: Some(&a),
            second: Some(&b),
            value: 3,
        });
        let theirs = Approval {
            owner: a,
            spender: b,
            amount: 3,
        };
        assert_eq!(emitted(theirs), ours);
    }

    /// Topics and data of an event.
    fn emitted(event: impl Event) -> Option<(Vec<Vec<u8>>, Vec<u8>)> {
        let before = ink::env::test::recorded_events().count();
        ink::env::emit_event::<DefaultEnvironment, _>(event);
        let event = ink::env::test::recorded_events().nth(before)?;
        Some((event.topics, event.data))
    }
}
