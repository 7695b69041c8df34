//! Cells that cannot be decoded.

use crate::world::*;
use allive_access::Upgradeable;
use allive_olife_id_interface::Topic;
use provenance::*;

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let (mut world, run) = delivered();
    let dispense = |role, number| Action::Dispense {
        claim: claim(2, 0).into(),
        role,
        site: site(number),
        prescription: None,
    };
    act(&mut world, PHARMACY, dispense(Topic::PHARMACY, 5));
    attest(&mut world, RIVAL, Topic::HOSPITAL.bit());
    act(&mut world, RIVAL, dispense(Topic::HOSPITAL, 6));
    world.done(MAKER, world.contract().cancel(7));
    world.done(STRANGER, world.contract().ask(claim(2, 0).into()));
    attest(&mut world, SECOND, Topic::CLINICIAN.bit());
    let prescription = NewPrescription {
        commitment: [1; 32],
        lock: [2; 32],
        fills: 1,
        expires: UNTIL,
    };
    let prescription = prescription.into();
    act(&mut world, SECOND, Action::Prescribe { prescription });
    act(&mut world, LABORATORY, register(order(), Class::Dental));
    let progress = NewProgress {
        name: order(),
        number: 1,
        commitment: [3; 32],
    };
    let progress = progress.into();
    act(&mut world, LABORATORY, Action::ReportProgress { progress });

    let (provenance, lot) = (world.provenance, run.lot);
    let product = world.contract().product(gtin());
    world.assert_undecodable_traps(provenance, b"PROD", product);
    let kept = world.contract().lot(lot);
    world.assert_undecodable_traps(provenance, b"LOTS", kept);
    let unit = world.contract().unit(UnitId::Run(run));
    world.assert_undecodable_traps(provenance, b"UNIT", unit);
    let word = world.contract().word(lot, 0);
    world.assert_undecodable_traps(provenance, b"WORD", word);
    let alarm = world.contract().alarm(lot, 2);
    world.assert_undecodable_traps(provenance, b"ALRM", alarm);
    let nonces = world.contract().used_nonces(MAKER.into(), 0);
    world.assert_undecodable_traps(provenance, b"NONC", nonces);
    let asked = world.contract().asked(lot);
    world.assert_undecodable_traps(provenance, b"ASKD", asked);
    let kept = prescription_id(SECOND, [1; 32]);
    let kept = world.contract().prescription(kept);
    world.assert_undecodable_traps(provenance, b"PRES", kept);
    let progress = world.contract().progress(order().into());
    world.assert_undecodable_traps(provenance, b"PROG", progress);
    let notice = world.contract().upgrade_notice();
    world.assert_undecodable_traps(provenance, b"GOVN", notice);
    let terms = world.contract().terms();
    world.assert_undecodable_traps(provenance, &[0; 4], terms);
    // What is read to answer for a pack is not taken for nothing.
    for field in [b"PROD", b"LOTS", b"UNIT", b"WORD"] {
        let verify = world.contract().verify(claim(2, 0).into());
        world.assert_undecodable_traps(provenance, field, verify);
    }
}
