//! A life as people read it.
#![allow(clippy::unwrap_used)]

mod common;

use allive_olife_id_interface::Topic;
use allive_trace::*;
use common::*;
use provenance::*;

fn rows(told: &Told, subject: Subject) -> Vec<String> {
    let names = [
        (MAKER, "Vita"),
        (PHARMACY, "Corner pharmacy"),
        (AUTHORITY, "authority"),
    ];
    let party = |name: &str| words::Party {
        name: Some(name.to_owned()),
        gln: None,
    };
    let names = Names(names.map(|(id, name)| (id, party(name))).into());
    let rows = timeline(&told.trace(subject), &names).into_iter();
    rows.map(|row| [row.when, row.what, row.who, row.place, row.state].join(" | "))
        .collect()
}

#[test]
fn a_medicine_is_told_in_words_that_a_pharmacist_knows() {
    let mut told = Told::commissioned();
    let (container, units) = (case(1), vec![unit(MEDICINE, 0)]);
    told.say(Fact::Packed { container, units });
    told.ship(boxed(1), HOSPITAL).pass(48 * HOUR);
    told.ship(boxed(1), PHARMACY);
    told.receive(boxed(1), PHARMACY, Topic::PHARMACY, SHOP);
    let units = vec![unit(MEDICINE, 0)];
    told.say(Fact::Unpacked { container, units });
    told.suspect(unit(MEDICINE, 0), PHARMACY);
    told.clear(unit(MEDICINE, 0), PHARMACY);
    told.dispense(0);
    let [first, second] = [(PHARMACY, SHOP), (HOSPITAL, WARD)];
    let [first, second] = [first, second].map(|(by, site)| Dispenser { by, site });
    told.say(Fact::AlarmChanged {
        pack: pack(0),
        alarm: Alarm {
            first,
            second,
            times: 1,
            phase: Phase::Raised,
        },
        by: HOSPITAL,
        reason: [0; 32],
    });
    told.raise(Target::Lot(MEDICINE), Alert::RecallOne);
    assert_eq!(
        rows(&told, Subject::Pack(pack(0))),
        [
            "2026-01-01 00:02 | commissioned: 100 packs | Vita (manufacturer) | 9506000000015 | genuine",
            "2026-01-01 00:03 | packed into container 395060000000000016 | Vita (manufacturer) | 9506000000015 | genuine",
            "2026-01-01 00:04 | container 395060000000000016: shipped to identity 3, until 2026-01-02 00:03 | Vita (manufacturer) | 9506000000015 | on its way",
            "2026-01-02 00:03 | container 395060000000000016: not received in time by identity 3; stays with Vita | - | - | genuine",
            "2026-01-03 00:05 | container 395060000000000016: shipped to Corner pharmacy, until 2026-01-04 00:04 | Vita (manufacturer) | 9506000000015 | on its way",
            "2026-01-03 00:06 | container 395060000000000016: received from Vita | Corner pharmacy (pharmacy) | 9506000000022 | genuine",
            "2026-01-03 00:07 | unpacked from container 395060000000000016, which is empty now | Corner pharmacy (pharmacy) | 9506000000022 | genuine",
            "2026-01-03 00:08 | suspected | Corner pharmacy (who has it) | - | quarantined: suspected",
            "2026-01-03 00:09 | suspicion taken back | Corner pharmacy | - | genuine",
            "2026-01-03 00:10 | dispensed | Corner pharmacy (pharmacy) | 9506000000022 | dispensed",
            "2026-01-03 00:11 | ALARM: its label was shown again, after it was dispensed at 9506000000022 | identity 3 | 9506000000039 | dispensed",
            "2026-01-03 00:12 | whole lot: recalled, class I | authority | - | dispensed",
        ]
    );
}

#[test]
fn a_vaccine_says_for_how_long_it_was_too_warm_and_who_answered_for_it() {
    let mut told = Told::watched();
    told.report(20 * MINUTE, 0);
    told.report(25 * MINUTE, 25 * MINUTE)
        .report(25 * MINUTE, 25 * MINUTE);
    told.report(25 * MINUTE, 10 * MINUTE + 1_500)
        .release(MINUTE);
    assert_eq!(
        rows(&told, Subject::Lot(VACCINE))[1..],
        [
            "2026-01-01 00:03 | measured from now on by identity 5: above 8 °C | Vita (manufacturer) | 9506000000015 | genuine",
            "2026-01-01 00:24 | measured until 2026-01-01 00:23: kept within its bounds | identity 5 (logger) | - | genuine",
            "2026-01-01 00:50 | measured until 2026-01-01 00:49: above 8 °C for 25 min | identity 5 (logger) | - | genuine",
            "2026-01-01 01:16 | measured until 2026-01-01 01:15: above 8 °C for 25 min | identity 5 (logger) | - | genuine",
            "2026-01-01 01:42 | measured until 2026-01-01 01:41: above 8 °C for 10 min 2 s | identity 5 (logger) | - | quarantined: above 8 °C for too long",
            "2026-01-01 01:43 | released: above 8 °C for 1 min did no harm | Vita (quality) | - | genuine",
        ]
    );
}

#[test]
fn what_was_made_of_a_donation_names_it_and_shows_its_recall() {
    let mut told = Told::separated();
    told.raise(Target::Lot(DONATION), Alert::RecallOne);
    let made = rows(&told, Subject::Lot(PLASMA));
    let donation = "donation G123498654321H, E0791V00";
    assert!(
        made[0].contains(&format!("| {donation}: commissioned: 1 pack |")),
        "{made:?}"
    );
    let how = format!("| made by blood processing of {donation} |");
    assert!(made[1].contains(&how), "{made:?}");
    assert!(made[2].contains(&format!("{donation}: whole lot: recalled, class I")));
    assert!(made[2].ends_with("| something it was made of is recalled"));
    let used = &rows(&told, Subject::Lot(DONATION))[1];
    let cells = "donation G123498654321H, E0226V00; donation G123498654321H, E0701V00";
    assert!(used.contains(&format!("used up in blood processing; made of it: {cells}")));
}

#[test]
fn temperatures_and_states_read_as_words() {
    let bound = |hundredths, side| words::outside(Bound { hundredths, side });
    assert_eq!(bound(800, Side::Above), "above 8 °C");
    assert_eq!(bound(-50, Side::Below), "below -0.5 °C");
    assert_eq!(bound(-2_005, Side::Below), "below -20.05 °C");
    assert_eq!(
        words::state(State::Recalled(Alert::RecallThree)),
        "recalled, class III"
    );
}
