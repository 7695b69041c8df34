//! Who acts, and what is deployed before anything is measured.

use super::samples::{bulk_lot, commission, gtin, register, serial_lot, site, terms, PACKS};
use ::olife_id::{Action as IdentityAction, OlifeId};
use allive_calls::{at, Code, Keyring, Receipt, Typed};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::Filler;
use allive_support::recovery::{create, take};
use ink::codegen::ContractCallBuilder;
use ink::env::hash::{Blake2x128, CryptoHash};
use ink::primitives::AccountId;
use provenance::{
    lot_key, Action, Cell, Custody, Lot, LotId, NewLot, Outcome, Product, ProductName, Provenance,
    ProvenanceError, ProvenanceRef, Run, RunId, Terms, Unit, UnitId, Word, DAY,
};

pub(super) type Messages = <Provenance as ContractCallBuilder>::Type;

pub(super) const UNDO: u64 = 10 * DAY;
pub(super) const DELAY: u64 = DAY;
pub(super) const REASON: [u8; 32] = [0x9e; 32];

/// Attests roles, and owns both contracts.
pub(super) const ISSUER: Keyring = Keyring::Alice;

pub(super) const MAKER: Keyring = Keyring::Bob;

/// Two who hold and dispense.
pub(super) const PHARMACY: Keyring = Keyring::Charlie;

pub(super) const OTHER: Keyring = Keyring::Dave;
pub(super) const AUTHORITY: Keyring = Keyring::Eve;
pub(super) const SECOND: Keyring = Keyring::Ferdie;
pub(super) const LOGGER: Keyring = Keyring::One;
pub(super) const CAST: [(Keyring, Topic); 7] = [
    (ISSUER, Topic::KNOWN),
    (MAKER, Topic::MANUFACTURER),
    (PHARMACY, Topic::PHARMACY),
    (OTHER, Topic::PHARMACY),
    (AUTHORITY, Topic::AUTHORITY),
    (SECOND, Topic::AUTHORITY),
    (LOGGER, Topic::LOGGER),
];

#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) provenance: AccountId,
    /// The number of the issuer's identity; those of the others follow.
    pub(super) first: IdentityId,
}

impl Place {
    pub(super) fn contract(self) -> Messages {
        at::<Provenance>(self.provenance)
    }

    pub(super) fn id(self, who: Keyring) -> IdentityId {
        let place = CAST.iter().position(|(one, _)| *one == who);
        self.first + place.unwrap_or_default() as IdentityId
    }

    pub(super) fn act(
        self,
        chain: &mut EmbeddedChain,
        by: Keyring,
        action: Action,
    ) -> Receipt<Result<Outcome, ProvenanceError>> {
        chain.send(by.account(), self.contract().act(None, action.into()))
    }

    /// Prepares something.
    pub(super) fn done(self, chain: &mut EmbeddedChain, by: Keyring, action: Action) {
        let answer = self.act(chain, by, action).value;
        assert!(matches!(answer, Ok(Ok(_))), "{answer:?}");
    }

    pub(super) fn lot(self, name: &ProductName, code: &[u8]) -> LotId {
        let mut id = LotId::default();
        Blake2x128::hash(&lot_key(name, self.id(MAKER), code), &mut id);
        id
    }

    pub(super) fn run(self, name: &ProductName, code: &[u8], first: u64) -> RunId {
        let lot = self.lot(name, code);
        RunId { lot, first }
    }
}

/// Both contracts, the roles, and a product with two lots, the second of which has no serials.
pub(super) fn stage(chain: &mut EmbeddedChain, code: &Code, others: u32) -> Place {
    let alv = crate::alv::deploy(chain, ISSUER.account());
    let id = identities(chain, alv, others);
    let provenance = deploy(chain, code, id);
    fill(chain, code, provenance, others);
    let first = others.into();
    let place = Place { provenance, first };
    for (who, _) in CAST {
        take(chain, id, (who.account(), create(&[])));
    }
    let topics = CAST.iter().fold(0, |all, (_, topic)| all | topic.bit());
    let topics = topics | Topic::CLINICIAN.bit() | Topic::LABORATORY.bit();
    let approve = at::<OlifeId>(id).approve_issuer(place.id(ISSUER), topics, 0);
    assert_eq!(
        chain.send(ISSUER.account(), approve).value,
        Ok(Ok(())),
        "the issuer was not approved"
    );
    // Who takes a product over is a manufacturer, too; one authority prescribes, and has a
    // laboratory.
    let more = [
        (OTHER, Topic::MANUFACTURER),
        (SECOND, Topic::CLINICIAN),
        (SECOND, Topic::LABORATORY),
    ];
    for (who, topic) in CAST.into_iter().skip(1).chain(more) {
        let attest = IdentityAction::Attest {
            subject: place.id(who),
            topic,
            value: [7; 32],
            weight: 0,
            issued: None,
            expires: START + 3_000 * DAY,
        };
        take(chain, id, (ISSUER.account(), attest));
    }
    place.done(chain, MAKER, register(gtin(0)));
    for lot in [serial_lot(b"LOT"), bulk_lot(b"BULK")] {
        place.done(chain, MAKER, commission(lot));
    }
    place
}

/// Olife ID with as many others.
pub(super) fn identities(chain: &mut EmbeddedChain, alv: AccountId, others: u32) -> AccountId {
    let code = match Code::read("olife_id") {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    };
    let id = crate::olife_id::deploy(chain, &code, alv);
    crate::olife_id::fill(chain, &code, id, others);
    id
}

/// Creates provenance.
///
/// # Panics
/// If its constructor fails.
pub fn deploy(chain: &mut EmbeddedChain, code: &Code, identities: AccountId) -> AccountId {
    let terms = Terms {
        longest_transit: 30 * DAY,
        lowering_delay: DELAY,
        undo: UNDO,
        notify: DAY,
    };
    let new = ProvenanceRef::new(identities.into(), terms, DAY, GENESIS);
    match chain.create(ISSUER.account(), code, new, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("provenance was not created: {other:?}"),
    }
}

/// As if `count` makers had each registered a product and commissioned a lot of 2^20 packs, the
/// first of which was dispensed so long ago that nobody knows by whom.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, provenance: AccountId, count: u32) {
    let mut filler = Filler::new(chain, provenance, code);
    for number in 0..count {
        let maker = IdentityId::from(number);
        let name = gtin(10 + u64::from(number));
        let made = Product::register(&name, maker, terms()).and_then(|product| {
            let new = NewLot {
                product: name.clone(),
                ..serial_lot(b"LOT")
            };
            let lot = Lot::commission(&product, maker, new, START)?;
            let custody = Custody::new(maker, Topic::MANUFACTURER, site(1), START)?;
            Ok((product, lot, custody))
        });
        let (product, lot, custody) = match made {
            Ok(made) => made,
            Err(error) => panic!("{error:?}"),
        };
        let mut id = LotId::default();
        Blake2x128::hash(&lot_key(&name, maker, b"LOT"), &mut id);
        filler.entry("products", name, product);
        filler.entry("lots", id, lot);
        let run = Run {
            length: PACKS,
            unit: Unit::of(custody).into(),
        };
        let unit = UnitId::Run(RunId { lot: id, first: 0 });
        filler.entry("units", unit, Cell::Run(run));
        let mut word = Word::default();
        word.flags[0] = 1;
        filler.entry("words", (id, 0_u64), word);
    }
}
