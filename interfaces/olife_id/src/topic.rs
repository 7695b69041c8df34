/// The topic of an attestation: a number below [`Topic::COUNT`].
///
/// The numbers are open. A contract that asks for a topic that Olife ID has never heard of gets the
/// answer "no", and no list has to be changed for a new one. The table of
/// [`NAMES`](Topic::NAMES) says what each number means. All but the first are roles. None of them
/// reveals a health condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(ink::storage::traits::StorageLayout))]
pub struct Topic(pub u8);

/// Topics as the bits of a number, topic 0 in the lowest bit.
pub type Topics = u64;

/// Defines the constants and their table, so that no name is missing in one of them.
macro_rules! topics {
    ($($number:literal $constant:ident $name:literal $meaning:literal,)*) => {
        impl Topic {
            $(#[doc = $meaning] pub const $constant: Self = Self($number);)*

            /// Every topic that has a meaning yet, with its name, in the order of the numbers.
            pub const NAMES: &'static [(Self, &'static str)] = &[$((Self($number), $name)),*];
        }
    };
}

topics! {
    0 KNOWN "known" "The issuer knows the identity. This gives trust, and lets an anchor help in a recovery.",
    1 PATIENT "patient" "Whom records are about.",
    2 CLINICIAN "clinician" "Who treats patients.",
    3 HOSPITAL "hospital" "Where patients are treated.",
    4 LABORATORY "laboratory" "Who examines samples.",
    5 PHARMACY "pharmacy" "Who dispenses medicines.",
    6 MANUFACTURER "manufacturer" "Who makes medicines.",
    7 CARRIER "carrier" "Who carries medicines.",
    8 RESEARCHER "researcher" "Who studies records.",
    9 INSURER "insurer" "Who insures.",
    10 ORACLE "oracle" "Who reports facts to contracts.",
    11 AUDITOR "auditor" "Who examines what others did.",
    12 EMERGENCY "emergency" "Who may open records in an emergency.",
    13 LOGGER "logger" "A device that measures a shipment.",
    14 WHOLESALER "wholesaler" "Who distributes medicines to pharmacies and hospitals.",
    15 AUTHORITY "authority" "An authority that supervises medicines or care.",
    16 RELIEF "relief" "An organisation that helps in disasters.",
    17 ASSESSOR "assessor" "Who assesses claims.",
    18 APPRAISER "appraiser" "Who appraises data.",
    19 COMPUTE_NODE "compute node" "A machine that computes on records.",
    20 EXPERT "expert" "Who gives expert opinions.",
    21 DEVICE "device" "A medical device that makes records.",
    22 BLOOD_SERVICE "blood service" "Who collects and distributes blood.",
    23 BRANCH_NODE "branch node" "A machine that stores data for a region.",
    24 ROOT_NODE "root node" "A machine that stores data for the whole network.",
    25 AGENT "agent" "A program that acts for somebody.",
    26 PAYER "payer" "Who pays for the care of others.",
    27 INSPECTOR "inspector" "Who inspects goods or places.",
    28 REPRESENTATIVE "representative" "Who acts for another. Attested of two identities, by a mandate.",
    29 ADULT "adult" "Who decides alone: a person of age, or an organisation.",
    30 QUALITY "quality" "Who answers for the quality of goods that it makes or distributes.",
}

impl Topic {
    /// Topics are below this number.
    pub const COUNT: u8 = 64;

    /// The topics that say who somebody is, and not what it does for others. Only these count of a
    /// principal for whom a representative acts.
    pub const PERSONAL: Topics = Self::KNOWN.bit() | Self::PATIENT.bit();

    /// The bit of this topic in [`Topics`]. None for a number that is no topic.
    pub const fn bit(self) -> Topics {
        if self.0 < Self::COUNT {
            1_u64.rotate_left(self.0 as u32)
        } else {
            0
        }
    }

    /// The topics of this set, in order.
    pub fn of(topics: Topics) -> impl Iterator<Item = Self> {
        (0..Self::COUNT)
            .map(Self)
            .filter(move |topic| topics & topic.bit() != 0)
    }

    /// The name of the topic in [`NAMES`](Self::NAMES).
    pub fn name(self) -> Option<&'static str> {
        let mut names = Self::NAMES.iter();
        names
            .find(|(topic, _)| *topic == self)
            .map(|(_, name)| *name)
    }

    /// The topic of this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, other)| *other == name)
            .map(|(topic, _)| *topic)
    }
}
