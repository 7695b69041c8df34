//! The closed lists of the Nexus. They describe the format of a record and the purpose of a use,
//! never the content.

/// The number of a record, counted from 0.
pub type RecordId = u64;

/// The number of a grant, counted from 0.
pub type GrantId = u64;

/// The format of a record. It reveals nothing about the patient.
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

impl Kind {
    /// As a person reads it before signing.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Fhir => "a FHIR bundle",
            Self::Dicom => "a DICOM study",
            Self::Document => "a document",
            Self::Series => "a series of measurements",
        }
    }
}

/// The purpose of a use: the classes of HL7's PurposeOfUse that the FHIR Consent resource names.
/// There are no narrower purposes, so a purpose never reveals a condition.
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

impl Purpose {
    /// As a person reads it before signing.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Payment => "payment",
            Self::Operations => "operations",
            Self::Research => "research",
            Self::PublicHealth => "public health",
        }
    }
}
