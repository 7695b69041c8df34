//! The standard words of CBV 2.0, as EPCIS 2.0 documents write them, and the addresses that they
//! stand for.
//!
//! This is what GS1's JSON-LD context for EPCIS 2.0 defines, so the context is never fetched.

/// The addresses under which the context is published. A document names one of them.
pub const CONTEXTS: [&str; 4] = [
    "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
    "https://ref.gs1.org/epcis/epcis-context.jsonld",
    "https://gs1.github.io/EPCIS/epcis-context.jsonld",
];

/// The prefixes that the context defines. A document cannot give them another meaning.
pub const PREFIXES: [(&str, &str); 8] = [
    ("cbv", "https://ref.gs1.org/cbv/"),
    ("cbvmda", "urn:epcglobal:cbv:mda:"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("epcis", "https://ref.gs1.org/epcis/"),
    ("gs1", "https://gs1.org/voc/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A list of standard words, and where they live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// What the words say, for messages.
    pub name: &'static str,
    /// The address of a word is this and the word.
    pub address: &'static str,
    /// The URN that a word had in CBV 1 is this and the word; empty if there was none. Documents in
    /// JSON do not use it.
    pub urn: &'static str,
    /// The words.
    pub words: &'static [&'static str],
}

impl Vocabulary {
    /// The address of a word, if it is one of these.
    pub fn expand(&self, word: &str) -> Option<String> {
        self.words
            .contains(&word)
            .then(|| format!("{}{word}", self.address))
    }

    /// The word that a text stands for: the word itself, or its address.
    pub fn word(&self, text: &str) -> Option<&'static str> {
        let bare = text.strip_prefix(self.address).unwrap_or(text);
        self.words.iter().copied().find(|word| *word == bare)
    }
}

/// Steps of business.
pub const BIZ_STEPS: Vocabulary = Vocabulary {
    name: "bizStep",
    address: "https://ref.gs1.org/cbv/BizStep-",
    urn: "urn:epcglobal:cbv:bizstep:",
    words: &[
        "accepting",
        "arriving",
        "assembling",
        "collecting",
        "commissioning",
        "consigning",
        "creating_class_instance",
        "cycle_counting",
        "decommissioning",
        "departing",
        "destroying",
        "disassembling",
        "dispensing",
        "encoding",
        "entering_exiting",
        "holding",
        "inspecting",
        "installing",
        "killing",
        "loading",
        "other",
        "packing",
        "picking",
        "receiving",
        "removing",
        "repackaging",
        "repairing",
        "replacing",
        "reserving",
        "retail_selling",
        "sampling",
        "sensor_reporting",
        "shipping",
        "staging_outbound",
        "stock_taking",
        "stocking",
        "storing",
        "transporting",
        "unloading",
        "unpacking",
        "void_shipping",
    ],
};

/// States of a thing.
pub const DISPOSITIONS: Vocabulary = Vocabulary {
    name: "disposition",
    address: "https://ref.gs1.org/cbv/Disp-",
    urn: "urn:epcglobal:cbv:disp:",
    words: &[
        "active",
        "available",
        "completeness_inferred",
        "completeness_verified",
        "conformant",
        "container_closed",
        "container_open",
        "damaged",
        "destroyed",
        "dispensed",
        "disposed",
        "encoded",
        "expired",
        "in_progress",
        "in_transit",
        "inactive",
        "mismatch_class",
        "mismatch_instance",
        "mismatch_quantity",
        "needs_replacement",
        "no_pedigree_match",
        "non_conformant",
        "non_sellable_other",
        "partially_dispensed",
        "recalled",
        "reserved",
        "retail_sold",
        "returned",
        "sellable_accessible",
        "sellable_not_accessible",
        "stolen",
        "unavailable",
        "unknown",
    ],
};

/// Kinds of business transactions.
pub const TRANSACTION_TYPES: Vocabulary = Vocabulary {
    name: "business transaction type",
    address: "https://ref.gs1.org/cbv/BTT-",
    urn: "urn:epcglobal:cbv:btt:",
    words: &[
        "bol",
        "cert",
        "desadv",
        "inv",
        "pedigree",
        "po",
        "poc",
        "prodorder",
        "recadv",
        "rma",
        "testprd",
        "testres",
        "upevt",
    ],
};

/// What a source or a destination is.
pub const PARTY_TYPES: Vocabulary = Vocabulary {
    name: "source or destination type",
    address: "https://ref.gs1.org/cbv/SDT-",
    urn: "urn:epcglobal:cbv:sdt:",
    words: &["location", "owning_party", "possessing_party"],
};

/// Why an event is declared an error.
pub const ERROR_REASONS: Vocabulary = Vocabulary {
    name: "error reason",
    address: "https://ref.gs1.org/cbv/ER-",
    urn: "urn:epcglobal:cbv:er:",
    words: &["did_not_occur", "incorrect_data"],
};

/// Parts of a measured vector.
pub const COMPONENTS: Vocabulary = Vocabulary {
    name: "component",
    address: "https://ref.gs1.org/cbv/Comp-",
    urn: "",
    words: &[
        "altitude",
        "axial_distance",
        "azimuth",
        "easting",
        "elevation_angle",
        "height",
        "latitude",
        "longitude",
        "northing",
        "polar_angle",
        "spherical_radius",
        "x",
        "y",
        "z",
    ],
};

/// What a sensor warns of.
pub const ALERTS: Vocabulary = Vocabulary {
    name: "sensor alert",
    address: "https://gs1.org/voc/",
    urn: "",
    words: &["ALARM_CONDITION", "ERROR_CONDITION"],
};

/// What a sensor measures.
pub const MEASUREMENTS: Vocabulary = Vocabulary {
    name: "measurement",
    address: "https://gs1.org/voc/",
    urn: "",
    words: &[
        "AbsoluteHumidity",
        "AbsorbedDose",
        "AbsorbedDoseRate",
        "Acceleration",
        "Altitude",
        "AmountOfSubstance",
        "AmountOfSubstancePerUnitVolume",
        "Angle",
        "AngularAcceleration",
        "AngularMomentum",
        "AngularVelocity",
        "Area",
        "Capacitance",
        "Conductance",
        "Conductivity",
        "Count",
        "Density",
        "Dimensionless",
        "DoseEquivalent",
        "DoseEquivalentRate",
        "DynamicViscosity",
        "ElectricCharge",
        "ElectricCurrent",
        "ElectricCurrentDensity",
        "ElectricFieldStrength",
        "Energy",
        "Exposure",
        "Force",
        "Frequency",
        "Illuminance",
        "Inductance",
        "Irradiance",
        "KinematicViscosity",
        "Length",
        "LinearMomentum",
        "Luminance",
        "LuminousFlux",
        "LuminousIntensity",
        "MagneticFlux",
        "MagneticFluxDensity",
        "MagneticVectorPotential",
        "Mass",
        "MassConcentration",
        "MassFlowRate",
        "MassPerAreaTime",
        "MemoryCapacity",
        "MolalityOfSolute",
        "MolarEnergy",
        "MolarMass",
        "MolarVolume",
        "Power",
        "Pressure",
        "RadiantFlux",
        "RadiantIntensity",
        "Radioactivity",
        "RelativeHumidity",
        "Resistance",
        "Resistivity",
        "SolidAngle",
        "SpecificVolume",
        "Speed",
        "SurfaceDensity",
        "SurfaceTension",
        "Temperature",
        "Time",
        "Torque",
        "Voltage",
        "Volume",
        "VolumeFlowRate",
        "VolumeFraction",
        "VolumetricFlux",
        "Wavenumber",
    ],
};

/// Every list.
pub const ALL: [&Vocabulary; 8] = [
    &BIZ_STEPS,
    &DISPOSITIONS,
    &TRANSACTION_TYPES,
    &PARTY_TYPES,
    &ERROR_REASONS,
    &COMPONENTS,
    &ALERTS,
    &MEASUREMENTS,
];
