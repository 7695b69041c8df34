/// The topic of an attestation. All but the first are roles.
///
/// A closed list of roles. None of them reveals a health condition. New topics are added at the
/// end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Topic {
    /// The issuer knows the identity. This gives trust, and lets an anchor help in a recovery.
    Known,
    /// Whom records are about.
    Patient,
    /// Who treats patients.
    Clinician,
    /// Where patients are treated.
    Hospital,
    /// Who examines samples.
    Laboratory,
    /// Who dispenses medicines.
    Pharmacy,
    /// Who makes medicines.
    Manufacturer,
    /// Who carries medicines.
    Carrier,
    /// Who studies records.
    Researcher,
    /// Who insures.
    Insurer,
    /// Who reports facts to contracts.
    Oracle,
    /// Who examines what others did.
    Auditor,
    /// Who may open records in an emergency.
    Emergency,
    /// A device that measures a shipment.
    Logger,
}

impl Topic {
    /// Every topic, in order.
    pub const ALL: [Self; 14] = [
        Self::Known,
        Self::Patient,
        Self::Clinician,
        Self::Hospital,
        Self::Laboratory,
        Self::Pharmacy,
        Self::Manufacturer,
        Self::Carrier,
        Self::Researcher,
        Self::Insurer,
        Self::Oracle,
        Self::Auditor,
        Self::Emergency,
        Self::Logger,
    ];

    /// The bit of this topic in [`Topics`].
    pub const fn bit(self) -> Topics {
        1_u32.rotate_left(self as u32)
    }
}

/// Topics as the bits of a number, the first of the list in the lowest bit.
pub type Topics = u32;
