//! How front ends read every cell by one message.

use crate::{Bond, Class, Identity, Issuer, Key, Purposes, Purse, Setup, Vouch};
use allive_olife_id_interface::{IdentityId, Timestamp, Topic};
use allive_storage::{lying_at, rest, List};
use ink::{
    prelude::vec::Vec,
    scale::{Decode, Encode, Error, Input, Output},
};

/// What can be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Place {
    /// An identity.
    Identity(IdentityId),
    /// What was attested of an identity about a topic, whatever counts of it.
    Attestations(IdentityId, Topic),
    /// What an identity is approved for as an issuer.
    Issuer(IdentityId),
    /// The vouches that an identity accepts.
    Vouches(IdentityId),
    /// What the first identity staked on the second.
    Bond(IdentityId, IdentityId),
    /// What an identity has here, and how many points it vouches with.
    Purse(IdentityId),
    /// Which numbers a key used in signed requests, of 64 from this times 64 on; the lowest bit is
    /// the first.
    Nonces(Key, u64),
    /// Which identity took the place of a key.
    Former(Key),
    /// Which identity this is a key of, whatever it may do.
    Key(Key),
    /// All ALV that lies here for somebody. This contract never holds less.
    Held,
    /// What the constructor fixed.
    Setup,
}

// Under which key the cells of each place lie, in the order of the places.
pub const IDENTITIES: u32 = 0x4944_454e;
pub const CLASSES: u32 = 0x434c_4153;
pub const ISSUERS: u32 = 0x4953_5355;
pub const VOUCHES: u32 = 0x564f_5543;
pub const BONDS: u32 = 0x424f_4e44;
pub const PURSES: u32 = 0x5055_5253;
pub const USED: u32 = 0x5553_4544;
pub const FORMERS: u32 = 0x464f_524d;
pub const KEYS: u32 = 0x4b45_5953;
pub const HELD: u32 = 0x4845_4c44;
pub const SETUP: u32 = 0x5345_5455;

const CELLS: [u32; 11] = [
    IDENTITIES, CLASSES, ISSUERS, VOUCHES, BONDS, PURSES, USED, FORMERS, KEYS, HELD, SETUP,
];

/// A [`Place`] as it arrives: which one, and then exactly what the key of its cell is made of. It
/// is not understood on the way: whoever asks for a place that cannot be finds nothing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    tag: u8,
    key: Vec<u8>,
}

impl Asked {
    /// What lies there.
    pub fn answer(&self) -> Option<Found> {
        let cells = CELLS.get(usize::from(self.tag))?;
        Some(Found {
            tag: self.tag,
            content: lying_at(*cells, &self.key)?,
        })
    }
}

impl From<Place> for Asked {
    fn from(place: Place) -> Self {
        let bytes = place.encode();
        match bytes.split_first() {
            Some((tag, key)) => Self {
                tag: *tag,
                key: key.to_vec(),
            },
            None => unreachable!("a place begins with its tag"),
        }
    }
}

/// What lies in a [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[allow(clippy::large_enum_variant)] // described and decoded by front ends, never made here
pub enum Content {
    /// An identity.
    Identity(Identity),
    /// Attestations of a topic.
    Attestations(Class),
    /// What an issuer is approved for.
    Issuer(Issuer),
    /// Accepted vouches.
    Vouches(List<Vouch>),
    /// A bond.
    Bond(Bond),
    /// A purse.
    Purse(Purse),
    /// 64 numbers.
    Nonces(u64),
    /// An identity that took the place of a key.
    Former(Former),
    /// An identity that has the key.
    Key(Link),
    /// ALV, in its smallest unit.
    Held(u128),
    /// What is fixed.
    Setup(Setup),
}

/// The identity that has a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Link {
    /// Which identity.
    pub identity: IdentityId,
    /// What the key is good for now: none of its purposes while the identity is frozen, `HOLD`
    /// alone of one that was proved false.
    pub purposes: Purposes,
}

/// The identity that took the place of a key that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Former {
    /// Which identity.
    pub identity: IdentityId,
    /// Since when.
    pub since: Timestamp,
}

/// A [`Content`] as it lies in storage. Encoded and described as the content itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    tag: u8,
    content: Vec<u8>,
}

impl Found {
    /// The content.
    #[cfg(feature = "std")]
    pub fn open(&self) -> Option<Content> {
        Content::decode(&mut &self.encode()[..]).ok()
    }
}

/// Asked and found are a byte that says which, and bytes that nobody reads here.
macro_rules! tagged {
    ($name:ident, $bytes:ident, $described:ident) => {
        impl Encode for $name {
            fn encode_to<O: Output + ?Sized>(&self, output: &mut O) {
                output.push_byte(self.tag);
                output.write(&self.$bytes);
            }
        }

        impl Decode for $name {
            fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
                let tag = input.read_byte()?;
                let $bytes = rest(input)?;
                Ok(Self { tag, $bytes })
            }
        }

        #[cfg(feature = "std")]
        impl ink::scale_info::TypeInfo for $name {
            type Identity = $described;

            fn type_info() -> ink::scale_info::Type {
                $described::type_info()
            }
        }
    };
}

tagged!(Asked, key, Place);
tagged!(Found, content, Content);
