//! The closed lists of the registry. They say how a record is written and what it may be read for,
//! never what is in it.

/// Identifier of a record: the how-manieth it is.
pub type RecordId = u64;

/// Identifier of a grant: the how-manieth it is.
pub type GrantId = u64;

/// In which format a record is written. The format of a record tells nothing about its patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Kind {
    /// A bundle of HL7 FHIR R4.
    Fhir,
    /// A DICOM study.
    Dicom,
    /// A document: text, scan or form.
    Document,
    /// A series of measurements over time.
    Series,
}

/// What a record may be read for: the classes of HL7's PurposeOfUse that the FHIR Consent resource
/// names. There are no narrower ones, so that a purpose never tells a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub enum Purpose {
    /// `TREAT`
    Treatment,
    /// `HPAYMT`
    Payment,
    /// `HOPERAT`
    Operations,
    /// `HRESCH`
    Research,
    /// `PUBHLTH`
    PublicHealth,
}
