//! A donation of blood is made three components. Its recall is known of all three.

use super::{goods::last_day, roles::HOSPITAL, supply::Supply, tables::Lives};
use crate::demo::actor::Actor::{Clinic, Group};
use allive_calls::Chain;
use allive_olife_id_interface::IdentityId;
use allive_trace::Subject;
use anyhow::Result;
use provenance::{
    Action, Alert, Capacity, Claim, Class, End, NewLot, ProductName, ProductTerms, ProvenanceError,
    RunId, State, Storage, Target, Transformation,
};

/// The number of the donation, with its check character of ISO 7064.
const DONATION: &[u8] = b"G123498654321H";
/// Codes of the form of ISBT 128. Which component a code means is in a list of ICCBBA, which is not
/// part of this project.
const WHOLE: [u8; 8] = *b"E0791V00";
const COMPONENTS: [[u8; 8]; 3] = [*b"E0792V00", *b"E0793V00", *b"E0794V00"];
/// In days.
const SHELF_LIFE: u16 = 35;

/// Plays it.
pub fn play<C: Chain>(supply: &mut Supply<'_, '_, C>, lives: &mut Lives) -> Result<()> {
    supply
        .journal
        .chapter("A blood service makes three components of a donation");
    let service = supply.identity(Group)?;
    let expiry = last_day(supply.journal.chain.now(), Some(SHELF_LIFE))?;
    let bag = |code| NewLot {
        product: product(service, code),
        code: DONATION.to_vec(),
        expiry: Some(expiry),
        count: 1,
        serials: None,
    };
    for code in [&[WHOLE][..], &COMPONENTS].concat() {
        let register = Action::Register {
            name: product(service, code),
            terms: terms().into(),
        };
        let what = format!("register the product {}", String::from_utf8_lossy(&code));
        supply.accept(Group, &what, register)?;
    }
    let (lot, site) = (bag(WHOLE).into(), HOSPITAL);
    let commission = Action::Commission { lot, site };
    supply.accept(Group, "take donation G123498654321H", commission)?;
    let donation = supply.lot(Group, bag(WHOLE))?;
    let transform = || Action::Transform {
        inputs: vec![RunId {
            lot: donation,
            first: 0,
        }],
        outputs: COMPONENTS.map(|code| bag(code).into()).to_vec(),
        kind: Transformation::BloodProcessing,
    };
    let no_role = ProvenanceError::NotAttested;
    supply.refuse(Clinic, "make components of it", transform(), no_role)?;
    supply.accept(Group, "make three components of it", transform())?;
    let used = ProvenanceError::NotActive(State::Ended(End::Transformed));
    supply.refuse(Group, "make three more of it", transform(), used)?;
    let claims = COMPONENTS.map(|code| claim(bag(code)));
    for claim in &claims {
        supply.verify(claim.clone(), State::Genuine)?;
    }

    supply
        .journal
        .chapter("The donation is recalled, and with it all that was made of it");
    let raise = Action::Raise {
        target: Target::Lot(donation),
        alert: Alert::RecallOne,
        capacity: Capacity::Maker,
        reason: [0x7e; 32],
    };
    supply.accept(Group, "recall the donation, class I", raise)?;
    for claim in &claims {
        supply.verify(claim.clone(), State::RecalledUpstream)?;
    }
    let [first, ..] = claims;
    let lot = supply.lot(Group, bag(COMPONENTS[0]))?;
    let title = "One of three components of a donation";
    supply.tell(lives, title, Subject::Lot(lot), first)
}

fn product(service: IdentityId, code: [u8; 8]) -> ProductName {
    ProductName::Blood { service, code }
}

fn terms() -> ProductTerms {
    ProductTerms {
        class: Class::Blood,
        storage: Storage::default(),
        shelf_life: Some(SHELF_LIFE),
    }
}

/// Bags have no serials: the number of the donation names them.
fn claim(lot: NewLot) -> Claim {
    Claim {
        product: lot.product,
        code: lot.code,
        expiry: lot.expiry,
        index: 0,
        first: 0,
        proof: None,
    }
}
