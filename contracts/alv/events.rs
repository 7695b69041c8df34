//! The two events of PSP22, byte for byte, in one piece of code and from borrowed accounts.

use ::psp22::{Approval, Transfer};
use ink::{
    env::{
        event::{
            state::{HasRemainingTopics, Uninit},
            Event, TopicsBuilder, TopicsBuilderBackend,
        },
        Environment,
    },
    primitives::AccountId,
    scale::{Encode, Output},
};

/// A [`Transfer`] or an [`Approval`]. Each has three topics: its signature and two parties.
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
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// [`Transfer`], whose parties are optional.
    Transfer,
    /// [`Approval`], whose parties are not.
    Approval,
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
