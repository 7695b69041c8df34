//! Ends, alerts and transformations, as actions.

mod common;

use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::json;

#[test]
fn serials_that_do_not_follow_each_other_become_runs_with_the_fewest_splits() {
    let mut ground = Ground::new(12);
    let mut order = ground.packs([9, 2, 11, 3, 10, 6]);
    let event = |step, epcs| observe(FACTORY_GLN, step, epcs);
    let actions = ground.actions(&[
        commission(ground.packs(0..12)),
        event("destroying", std::mem::take(&mut order)),
    ]);
    let end = End::Destroyed;
    let unit = |first| ground.unit(first);
    assert_eq!(
        actions[1..],
        [
            (
                MAKER,
                Action::Split {
                    run: ground.run(0),
                    length: 2
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(2),
                    length: 2
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(4),
                    length: 2
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(6),
                    length: 1
                }
            ),
            // 7 to 11: the last three are at the end.
            (
                MAKER,
                Action::Split {
                    run: ground.run(7),
                    length: 2
                }
            ),
            (MAKER, Action::Retire { unit: unit(2), end }),
            (MAKER, Action::Retire { unit: unit(6), end }),
            (MAKER, Action::Retire { unit: unit(9), end }),
        ]
    );
}

#[test]
fn each_end_is_told_by_its_step() {
    for (step, more, end) in [
        ("sampling", json!({}), End::Sample),
        (
            "destroying",
            json!({ "disposition": "destroyed" }),
            End::Destroyed,
        ),
        (
            "shipping",
            json!({ "disposition": "https://vocabulary.example.org/exported" }),
            End::Exported,
        ),
    ] {
        let mut ground = Ground::new(1);
        ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
        let mut event = observe(FACTORY_GLN, step, ground.packs([0]));
        for (name, value) in more.as_object().unwrap() {
            event[name] = value.clone();
        }
        let unit = ground.unit(0);
        assert_eq!(
            ground.actions(&[event]),
            [(MAKER, Action::Retire { unit, end })]
        );
    }
}

#[test]
fn a_pack_is_dispensed_in_parts_as_a_run_of_its_own() {
    let mut ground = Ground::new(5);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    let part = || {
        with(
            observe(SHOP_GLN, "dispensing", vec![]),
            "disposition",
            json!("partially_dispensed"),
        )
    };
    let first = with(part(), "epcList", json!(ground.packs([2])));
    let second = with(first.clone(), "eventTime", json!("2026-03-03T08:00:00Z"));
    let rest = with(
        at(
            SHOP_GLN,
            "ObjectEvent",
            "DELETE",
            "dispensing",
            json!({ "epcList": ground.packs([2]) }),
        ),
        "eventTime",
        json!("2026-03-04T08:00:00Z"),
    );
    let actions = ground.actions(&[first, second, rest]);
    let kinds: Vec<_> = actions
        .iter()
        .map(|(_, action)| match action {
            Action::Split { run, length } => format!("split {} {length}", run.first),
            Action::DispensePart { claim, .. } => {
                format!("part {} in {}", claim.index, claim.first)
            }
            Action::Dispense { claim, .. } => format!("whole {} in {}", claim.index, claim.first),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "split 0 2",
            "split 2 1",
            "part 2 in 2",
            "part 2 in 2",
            "whole 2 in 2"
        ]
    );
}

#[test]
fn a_theft_a_recall_and_a_suspicion_are_said_by_who_may_say_them() {
    let reason = [0x11; 32];
    let mut ground = Ground::new(4);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    let lot = ground.lot();
    let (unit, rest) = (ground.unit(0), ground.unit(1));
    let target = Target::Unit(unit);
    let stolen = with(
        observe(SHOP_GLN, "cycle_counting", ground.packs([0])),
        "disposition",
        json!("stolen"),
    );
    let held = observe(SHOP_GLN, "holding", ground.packs(1..4));
    let recall = |gln, class: &str| {
        let more = json!({ "quantityList": [{ "epcClass": class }], "disposition": "recalled" });
        at(gln, "ObjectEvent", "OBSERVE", "holding", more)
    };
    let class = format!("https://id.gs1.org/01/{GTIN}/10/V42");
    let by_maker = recall(FACTORY_GLN, &class);
    let of_product = with(
        with(
            recall("9521999000006", &format!("https://id.gs1.org/01/{GTIN}")),
            "ex:recallClass",
            json!("I"),
        ),
        "ex:reason",
        json!({ "salt": "abc", "text": "a fault of the line" }),
    );
    let events = [stolen, held, by_maker, of_product];
    let actions = ground.actions(&events);
    let said = read(&events).events[3]
        .extensions
        .iter()
        .find(|it| it.name.ends_with("reason"))
        .unwrap()
        .hash;
    assert_eq!(
        actions,
        [
            (
                PHARMACY,
                Action::Split {
                    run: ground.run(0),
                    length: 1
                }
            ),
            (
                PHARMACY,
                Action::Raise {
                    target,
                    alert: Alert::Stolen,
                    capacity: Capacity::Custodian,
                    reason
                }
            ),
            (
                PHARMACY,
                Action::Suspect {
                    unit: rest,
                    capacity: Capacity::Custodian,
                    reason
                }
            ),
            (
                MAKER,
                Action::Raise {
                    target: Target::Lot(lot),
                    alert: Alert::RecallTwo,
                    capacity: Capacity::Maker,
                    reason
                }
            ),
            (
                AUTHORITY,
                Action::Raise {
                    target: Target::Product(ProductName::Gtin(9521141000502)),
                    alert: Alert::RecallOne,
                    capacity: Capacity::Authority,
                    reason: said,
                }
            ),
        ]
    );
}

#[test]
fn something_is_made_of_something_else() {
    let mut ground = Ground::with(
        6,
        "[[party]]\nname = \"Blood service\"\nidentity = 8\nroles = [\"blood service\"]\nglns = [\"9521579000013\"]\nown = true\n\
         [[item]]\nid = \"https://blood.example.org/1\"\nblood = \"E0001V00\"\nmaker = \"Blood service\"\nlot = \"A999926123456K\"\n\
         [[item]]\nid = \"https://blood.example.org/1/red\"\nblood = \"E0401V00\"\nmaker = \"Blood service\"\nlot = \"A999926123456K\"\n\
         [[item]]\nid = \"https://blood.example.org/1/plasma\"\nblood = \"E2701V00\"\nmaker = \"Blood service\"\nlot = \"A999926123456K\"\n",
    );
    let check = |code: &str| allive_epcis::identifiers::mod37_2(code).unwrap();
    let code = format!("A999926123456{}", check("A999926123456"));
    for item in ground.told.told.items.values_mut() {
        item.code = code.clone().into_bytes();
    }
    for item in ground.told.told.items.values() {
        let terms = ProductTerms {
            class: Class::Blood,
            storage: Storage::default(),
            shelf_life: None,
        };
        let product = Product::register(&item.product, 8, terms).unwrap();
        ground.chain.products.push((item.product.clone(), product));
    }
    let at_ward = |kind, action, step, more| at("9521579000013", kind, action, step, more);
    let donation = "https://blood.example.org/1";
    let events = [
        at_ward(
            "ObjectEvent",
            "ADD",
            "commissioning",
            json!({ "epcList": [donation] }),
        ),
        at_ward(
            "TransformationEvent",
            "",
            "creating_class_instance",
            json!({
                "inputEPCList": [donation],
                "outputEPCList": ["https://blood.example.org/1/red", "https://blood.example.org/1/plasma"],
            }),
        ),
    ];
    let actions = ground.actions(&events);
    assert_eq!(actions.len(), 2);
    let (
        8,
        Action::Transform {
            inputs,
            outputs,
            kind,
        },
    ) = &actions[1]
    else {
        panic!("{actions:?}");
    };
    assert_eq!(
        (inputs.len(), outputs.len(), *kind),
        (1, 2, Transformation::BloodProcessing)
    );

    // Packs of a lot, in other boxes.
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let class = format!("https://id.gs1.org/01/{MASKS}/10/NEW");
    let repackaging = at(
        FACTORY_GLN,
        "TransformationEvent",
        "",
        "repackaging",
        json!({
            "inputEPCList": ground.packs([0, 1]),
            "outputQuantityList": [{ "epcClass": class, "quantity": 20 }],
            "ilmd": { "cbvmda:itemExpirationDate": "2027-01-31" },
        }),
    );
    let actions = ground.actions(&[repackaging.clone()]);
    let (
        MAKER,
        Action::Transform {
            inputs,
            outputs,
            kind,
        },
    ) = &actions[1]
    else {
        panic!("{actions:?}");
    };
    assert_eq!(
        (&inputs[..], *kind),
        (&[ground.run(0)][..], Transformation::Repackaging)
    );
    assert_eq!((outputs[0].count, outputs[0].expiry.is_some()), (20, true));
    // It expires no later than what went in.
    let late = with(
        repackaging,
        "ilmd",
        json!({ "cbvmda:itemExpirationDate": "2027-04-30" }),
    );
    ground.is_wrong(
        &[late],
        0,
        "inputEPCList",
        ProvenanceError::BadExpiry.into(),
    );
}
