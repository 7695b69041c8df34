//! Alerts: what is said at once and taken back slowly.

use crate::ProvenanceError;
use allive_access::Timestamp;
use allive_olife_id_interface::IdentityId;

/// What can be said of a product, a lot, a container or a run. The numbers are the bits of a
/// [`Raised`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Alert {
    /// It was stolen.
    Stolen,
    /// It is recalled because it may cause death or grave harm: class I.
    RecallOne,
    /// It is recalled because it may cause harm that passes: class II.
    RecallTwo,
    /// It is recalled for a fault that causes no harm: class III.
    RecallThree,
    /// It was withdrawn from the market.
    Withdrawn,
    /// Who suspected it has determined that it is illegitimate.
    Illegitimate,
}

impl Alert {
    const fn bit(self) -> u8 {
        match self {
            Self::Stolen => 1,
            Self::RecallOne => 2,
            Self::RecallTwo => 4,
            Self::RecallThree => 8,
            Self::Withdrawn => 16,
            Self::Illegitimate => 32,
        }
    }
}

/// A set of alerts. Each is raised and lowered for itself, so that none hides another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Raised(pub u8);

impl Raised {
    /// Whether this alert is raised.
    pub const fn has(self, alert: Alert) -> bool {
        self.0 & alert.bit() != 0
    }

    /// All alerts of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The gravest recall, or that it was withdrawn.
    pub fn recall(self) -> Option<Alert> {
        let from_grave_to_light = [
            Alert::RecallOne,
            Alert::RecallTwo,
            Alert::RecallThree,
            Alert::Withdrawn,
        ];
        let mut all = from_grave_to_light.into_iter();
        all.find(|alert| self.has(*alert))
    }
}

/// A proposal to lower an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Lowering {
    /// Which alert.
    pub alert: Alert,
    /// Who proposes it.
    pub by: IdentityId,
    /// The moment from which on another can lower it.
    pub ready: Timestamp,
    /// The moment from which on it cannot be lowered any more without a new proposal.
    pub lapses: Timestamp,
}

/// The alerts of a target, and at most one proposal to lower one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Alerts {
    /// What is raised.
    pub raised: Raised,
    /// What is to be lowered. It lies with the alerts, so that whatever a target becomes, a
    /// proposal never lowers what was raised after it, nor an alert of other goods.
    pub lowering: Option<Lowering>,
}

impl Alerts {
    /// Raises an alert, at once. Raised again, it voids a proposal to lower it.
    pub fn raise(&mut self, alert: Alert) {
        self.raised.0 |= alert.bit();
        self.lowering = self.lowering.filter(|lowering| lowering.alert != alert);
    }

    /// Proposes to lower an alert after `delay` milliseconds, in which everybody sees it. This
    /// replaces an earlier proposal.
    ///
    /// # Errors
    /// `NotRaised`.
    pub fn propose(
        &mut self,
        alert: Alert,
        by: IdentityId,
        now: Timestamp,
        delay: Timestamp,
    ) -> Result<(), ProvenanceError> {
        if !self.raised.has(alert) {
            return Err(ProvenanceError::NotRaised);
        }
        let ready = now.saturating_add(delay);
        self.lowering = Some(Lowering {
            alert,
            by,
            ready,
            lapses: ready.saturating_add(delay),
        });
        Ok(())
    }

    /// Another party lowers what was proposed.
    ///
    /// # Errors
    /// `NotProposed`, `SameParty`, `TooEarly`, `Lapsed`.
    pub fn lower(
        &mut self,
        alert: Alert,
        by: IdentityId,
        now: Timestamp,
    ) -> Result<(), ProvenanceError> {
        let proposed = self.lowering.filter(|lowering| lowering.alert == alert);
        let lowering = proposed.ok_or(ProvenanceError::NotProposed)?;
        if lowering.by == by {
            return Err(ProvenanceError::SameParty);
        }
        if now < lowering.ready {
            return Err(ProvenanceError::TooEarly);
        }
        if now >= lowering.lapses {
            return Err(ProvenanceError::Lapsed);
        }
        self.raised.0 &= !alert.bit();
        self.lowering = None;
        Ok(())
    }

    /// What leaves a container takes its alerts along. A proposal to lower one of its own stays
    /// only if the container does not have the same alert.
    pub fn take_along(&mut self, container: Raised) {
        self.raised = self.raised.and(container);
        self.lowering = self.lowering.filter(|own| !container.has(own.alert));
    }

    /// The alerts of two neighbours that become one. None if they differ. A proposal stays only if
    /// it is the same for both.
    pub fn joined(self, other: Self) -> Option<Self> {
        (self.raised == other.raised).then_some(Self {
            raised: self.raised,
            lowering: self.lowering.filter(|_| self.lowering == other.lowering),
        })
    }
}
