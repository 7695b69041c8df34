//! Products: their natural names, what holds for all their lots, and whose they are.

use crate::{digits::has_check_digit, Alerts, ProvenanceError};
use allive_olife_id_interface::{IdentityId, Topic};
use ink::prelude::vec::Vec;

/// The most former makers of a product whose lots its label still finds.
pub const MAX_FORMER: usize = 7;

/// The most limits of storage of a product.
pub const MAX_LIMITS: usize = 4;

/// The name of a product, as its label has it. It is the key of the product, so no number has to be
/// looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum ProductName {
    /// A trade item by its GTIN of 14 digits; one of 8, 12 or 13 digits has zeros before it.
    Gtin(u64),
    /// Blood of a blood service, by the eight characters of its ISBT 128 product code.
    Blood {
        /// The blood service.
        service: IdentityId,
        /// Letter and four digits for the component, one character for the kind of donation, two
        /// for the division.
        code: [u8; 8],
    },
    /// What a laboratory makes or examines for one patient: dental work, or a specimen.
    Order {
        /// The laboratory.
        laboratory: IdentityId,
        /// The number of the order there.
        number: u32,
    },
}

impl ProductName {
    /// The role of whoever makes such products.
    pub const fn role(&self) -> Topic {
        match self {
            Self::Gtin(_) => Topic::MANUFACTURER,
            Self::Blood { .. } => Topic::BLOOD_SERVICE,
            Self::Order { .. } => Topic::LABORATORY,
        }
    }

    /// Whose name it must be, if the name says so. A GTIN belongs to whoever claims it first.
    pub const fn bound_to(&self) -> Option<IdentityId> {
        match self {
            Self::Gtin(_) => None,
            Self::Blood { service, .. } => Some(*service),
            Self::Order { laboratory, .. } => Some(*laboratory),
        }
    }

    /// Refuses what cannot stand on a label.
    ///
    /// # Errors
    /// `BadName`.
    pub fn check(&self) -> Result<(), ProvenanceError> {
        let is_sound = match self {
            Self::Gtin(number) => has_check_digit(*number, 14),
            Self::Blood { code, .. } => is_blood_code(code),
            Self::Order { .. } => true,
        };
        is_sound.then_some(()).ok_or(ProvenanceError::BadName)
    }

    /// Whether a product of this name can be of this class.
    pub const fn may_be(&self, class: Class) -> bool {
        match self {
            Self::Gtin(_) => !matches!(class, Class::Blood | Class::Specimen | Class::Dental),
            Self::Blood { .. } => matches!(class, Class::Blood),
            Self::Order { .. } => matches!(class, Class::Specimen | Class::Dental),
        }
    }
}

fn is_blood_code(code: &[u8; 8]) -> bool {
    let [letter, digits @ .., kind, first, second] = code;
    let letters = [kind, first, second];
    letter.is_ascii_uppercase()
        && digits.iter().all(u8::is_ascii_digit)
        && letters
            .iter()
            .all(|character| character.is_ascii_alphanumeric())
}

/// What kind of product it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Class {
    /// A medicine.
    Medicine,
    /// A vaccine.
    Vaccine,
    /// Blood and its components.
    Blood,
    /// A specimen to be examined.
    Specimen,
    /// A disposable medical mask.
    DisposableMask,
    /// A surgical mask.
    SurgicalMask,
    /// A mask against particles: KN95, N95 and above.
    ParticleMask,
    /// A protective mask for medical use.
    ProtectiveMask,
    /// A medical device.
    Device,
    /// Dental work.
    Dental,
}

/// On which side of its bound a temperature must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Side {
    /// Not above it.
    Above,
    /// Not below it.
    Below,
}

/// A bound of temperature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Bound {
    /// In hundredths of a degree Celsius: 800 is 8 °C.
    pub hundredths: i16,
    /// Which side of it is outside.
    pub side: Side,
}

/// How long in total a product may be outside of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Limit {
    /// The bound.
    pub bound: Bound,
    /// In minutes. 0 means never, as for what must not freeze.
    pub minutes: u32,
}

/// How a product must be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Storage {
    /// At most [`MAX_LIMITS`], each of another bound.
    pub limits: Vec<Limit>,
    /// The longest gap between two windows of readings, in minutes. A longer one counts as outside
    /// of every bound.
    pub longest_gap: u32,
}

impl Storage {
    fn is_sound(&self) -> bool {
        let mut rest = self.limits.as_slice();
        while let Some((first, others)) = rest.split_first() {
            if others.iter().any(|other| other.bound == first.bound) {
                return false;
            }
            rest = others;
        }
        self.limits.len() <= MAX_LIMITS
    }
}

/// What holds for the lots of a product that are commissioned from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct ProductTerms {
    /// What it is.
    pub class: Class,
    /// How it must be stored.
    pub storage: Storage,
    /// The most days between commissioning and expiry. None for what does not expire.
    pub shelf_life: Option<u16>,
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Product {
    /// Who makes it now.
    pub owner: IdentityId,
    /// Who made it earlier. Its label still finds their lots. At most [`MAX_FORMER`].
    pub former: Vec<IdentityId>,
    /// To whom the owner hands it over.
    pub pending: Option<IdentityId>,
    /// What holds for lots to come.
    pub terms: ProductTerms,
    /// What is said of all its lots.
    pub alerts: Alerts,
}

impl Product {
    /// A new product of whoever makes it.
    ///
    /// # Errors
    /// `BadName`, `OthersName`, `BadTerms`.
    pub fn register(
        name: &ProductName,
        owner: IdentityId,
        terms: ProductTerms,
    ) -> Result<Self, ProvenanceError> {
        name.check()?;
        if name.bound_to().is_some_and(|maker| maker != owner) {
            return Err(ProvenanceError::OthersName);
        }
        let mut product = Self {
            owner,
            former: Vec::new(),
            pending: None,
            terms: ProductTerms {
                class: terms.class,
                storage: Storage::default(),
                shelf_life: None,
            },
            alerts: Alerts::default(),
        };
        product.revise(name, terms)?;
        Ok(product)
    }

    /// Sets what holds for lots to come.
    ///
    /// # Errors
    /// `BadTerms`.
    pub fn revise(
        &mut self,
        name: &ProductName,
        terms: ProductTerms,
    ) -> Result<(), ProvenanceError> {
        if !name.may_be(terms.class) || !terms.storage.is_sound() || terms.shelf_life == Some(0) {
            return Err(ProvenanceError::BadTerms);
        }
        self.terms = terms;
        Ok(())
    }

    /// Refuses whoever is not its owner.
    ///
    /// # Errors
    /// `NotMaker`.
    pub fn only_owner(&self, identity: IdentityId) -> Result<(), ProvenanceError> {
        if self.owner == identity {
            Ok(())
        } else {
            Err(ProvenanceError::NotMaker)
        }
    }

    /// First step of a hand-over. It replaces an earlier offer, and `None` withdraws it.
    ///
    /// # Errors
    /// `OthersName` where the name says whose it is; `ToItself`.
    pub fn hand_over(
        &mut self,
        name: &ProductName,
        to: Option<IdentityId>,
    ) -> Result<(), ProvenanceError> {
        if name.bound_to().is_some() {
            return Err(ProvenanceError::OthersName);
        }
        if to == Some(self.owner) {
            return Err(ProvenanceError::ToItself);
        }
        self.pending = to;
        Ok(())
    }

    /// Second step. The lots of the former owner stay findable.
    ///
    /// # Errors
    /// `NotOffered`, `TooManyMakers`.
    pub fn take_over(&mut self, by: IdentityId) -> Result<(), ProvenanceError> {
        if self.pending != Some(by) {
            return Err(ProvenanceError::NotOffered);
        }
        // Whoever comes back is owner again, and no former maker.
        self.former.retain(|maker| *maker != by);
        if self.former.len() >= MAX_FORMER {
            return Err(ProvenanceError::TooManyMakers);
        }
        self.former.push(self.owner);
        self.owner = by;
        self.pending = None;
        Ok(())
    }

    /// An authority names owner and former makers anew. Lots of others are no longer found by the
    /// label.
    ///
    /// # Errors
    /// `OthersName` where the name says whose it is; `TooManyMakers` if there are more than
    /// [`MAX_FORMER`] former ones, or one is named twice.
    pub fn assign(
        &mut self,
        name: &ProductName,
        owner: IdentityId,
        former: Vec<IdentityId>,
    ) -> Result<(), ProvenanceError> {
        if name.bound_to().is_some() {
            return Err(ProvenanceError::OthersName);
        }
        let mut rest = former.as_slice();
        while let Some((first, others)) = rest.split_first() {
            if *first == owner || others.contains(first) {
                return Err(ProvenanceError::TooManyMakers);
            }
            rest = others;
        }
        if former.len() > MAX_FORMER {
            return Err(ProvenanceError::TooManyMakers);
        }
        self.owner = owner;
        self.former = former;
        self.pending = None;
        Ok(())
    }

    /// The owner, then the former makers, the last one first: in this order a label's lot is looked
    /// for.
    pub fn makers(&self) -> impl Iterator<Item = IdentityId> + '_ {
        core::iter::once(self.owner).chain(self.former.iter().rev().copied())
    }
}
