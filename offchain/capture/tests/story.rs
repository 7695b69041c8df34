//! Each word of the table, as actions.

mod common;

use allive_capture::Note;
use allive_epcis::Timestamp;
use allive_olife_id_interface::Topic;
use common::*;
use provenance::*;
use serde_json::json;

#[test]
fn a_lot_is_commissioned_once_whatever_many_events_tell_of_its_packs() {
    let mut ground = Ground::new(6);
    let events = [
        with(
            commission(ground.packs([0, 1])),
            "ilmd",
            json!({ "cbvmda:lotNumber": "V42", "cbvmda:itemExpirationDate": "2027-03-31" }),
        ),
        commission(ground.packs([2, 4])),
        commission(vec![sscc(1)]),
    ];
    let plan = ground.planned(&events);
    let lot = ground.told.told.lots.new_lot(0).unwrap();
    let steps: Vec<_> = plan.steps().collect();
    assert_eq!(steps.len(), 1);
    assert_eq!(steps[0].by, MAKER);
    assert_eq!(
        steps[0].action,
        Action::Commission {
            lot: lot.into(),
            site: FACTORY
        }
    );
    assert_eq!(steps[0].words, "commission lot V42: 6 packs");
    assert_eq!(
        plan.deeds[0].notes,
        [Note::Commissions { named: 4, count: 6 }]
    );
    assert_eq!(plan.deeds[1].notes, [Note::With { event: 0 }]);
    assert!(plan.deeds[2].notes[0]
        .to_string()
        .contains("a container begins"));
}

#[test]
fn pieces_without_serials_are_commissioned_moved_and_dispensed_by_quantity() {
    let mut ground = Ground::new(1);
    let lot = format!("https://id.gs1.org/01/{MASKS}/10/M-17");
    let pieces = |amount: u64| json!([{ "epcClass": lot, "quantity": amount }]);
    let event = |gln, action, step, amount| {
        at(
            gln,
            "ObjectEvent",
            action,
            step,
            json!({ "quantityList": pieces(amount) }),
        )
    };
    let to = json!([{ "type": "possessing_party", "destination": "https://id.gs1.org/417/9521468000001" }]);
    let actions = ground.actions(&[
        event(FACTORY_GLN, "ADD", "commissioning", 48_000),
        with(
            event(FACTORY_GLN, "OBSERVE", "shipping", 2_000),
            "destinationList",
            to,
        ),
        event(SHOP_GLN, "OBSERVE", "receiving", 2_000),
        event(SHOP_GLN, "DELETE", "dispensing", 50),
        event(SHOP_GLN, "DELETE", "dispensing", 1_950),
    ]);
    let name = ProductName::Gtin(MASKS.parse().unwrap());
    let id = allive_capture::lot_id(&name, MAKER, b"M-17");
    let run = |first| RunId { lot: id, first };
    let unit = |first| UnitId::Run(run(first));
    let new = NewLot {
        product: name,
        code: b"M-17".to_vec(),
        expiry: None,
        count: 48_000,
        serials: None,
    };
    let until = NOW + 7 * DAY;
    let end = End::Dispensed;
    assert_eq!(
        actions,
        [
            (
                MAKER,
                Action::Commission {
                    lot: new.into(),
                    site: FACTORY
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: run(0),
                    length: 2_000
                }
            ),
            (
                MAKER,
                Action::Ship {
                    unit: unit(0),
                    to: PHARMACY,
                    until
                }
            ),
            (
                PHARMACY,
                Action::Receive {
                    unit: unit(0),
                    role: Topic::PHARMACY,
                    site: SHOP
                }
            ),
            (
                PHARMACY,
                Action::Split {
                    run: run(0),
                    length: 50
                }
            ),
            (PHARMACY, Action::Retire { unit: unit(0), end }),
            // The rest is all that there is: nothing is split at its end.
            (
                PHARMACY,
                Action::Retire {
                    unit: unit(50),
                    end
                }
            ),
        ]
    );
}

#[test]
fn a_case_is_packed_shipped_received_unpacked_and_a_pack_dispensed() {
    let mut ground = Ground::new(20);
    let case = || vec![sscc(1)];
    let actions = ground.actions(&[
        commission(ground.packs(0..20)),
        pack(FACTORY_GLN, &sscc(1), ground.packs(5..10)),
        ship(case(), "9521468000001"),
        receive(case()),
        unpack(SHOP_GLN, &sscc(1), ground.packs(5..10)),
        at(
            SHOP_GLN,
            "ObjectEvent",
            "DELETE",
            "dispensing",
            json!({ "epcList": [ground.pack(7)] }),
        ),
    ]);
    let id = container(1, MAKER);
    let unit = UnitId::Container(id);
    let units = vec![ground.unit(5)];
    assert_eq!(
        actions[1..7],
        [
            (
                MAKER,
                Action::Split {
                    run: ground.run(0),
                    length: 5
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(5),
                    length: 5
                }
            ),
            (
                MAKER,
                Action::Pack {
                    container: id,
                    units: units.clone()
                }
            ),
            (
                MAKER,
                Action::Ship {
                    unit,
                    to: PHARMACY,
                    until: NOW + 7 * DAY
                }
            ),
            (
                PHARMACY,
                Action::Receive {
                    unit,
                    role: Topic::PHARMACY,
                    site: SHOP
                }
            ),
            (
                PHARMACY,
                Action::Unpack {
                    container: id,
                    units
                }
            ),
        ]
    );
    let (
        by,
        Action::Dispense {
            claim, role, site, ..
        },
    ) = &actions[7]
    else {
        panic!("{:?}", actions[7]);
    };
    assert_eq!(
        (*by, *role, *site, actions.len()),
        (PHARMACY, Topic::PHARMACY, SHOP, 8)
    );
    let proof = claim.proof.as_ref().unwrap();
    assert_eq!((claim.index, claim.first), (7, 5));
    assert_eq!(proof.serial, ground.serials[7].as_bytes());
    let lot = ground.told.told.lots.new_lot(0).unwrap();
    let root = lot.serials.unwrap().root;
    let data = pack_data(&claim.product, &proof.serial, 7, &proof.salt);
    let leaf = allive_merkle::leaf::<allive_merkle::Software>(&PACK_DOMAIN, &data);
    assert!(allive_merkle::verify::<allive_merkle::Software>(
        &root,
        7,
        20,
        &leaf,
        &proof.path
    ));
}

#[test]
fn a_pack_of_a_case_is_unpacked_and_the_rest_goes_back_where_it_can() {
    let mut ground = Ground::new(10);
    let id = container(1, MAKER);
    let begin = [
        commission(ground.packs(0..10)),
        pack(FACTORY_GLN, &sscc(1), ground.packs(0..10)),
    ];
    // Who packed it packs the rest again.
    let one = unpack(FACTORY_GLN, &sscc(1), ground.packs([3]));
    let actions = ground.actions(&[&begin[..], &[one]].concat());
    let pack_rest = Action::Pack {
        container: id,
        units: vec![ground.unit(0), ground.unit(4)],
    };
    assert_eq!(
        actions[2..],
        [
            (
                MAKER,
                Action::Unpack {
                    container: id,
                    units: vec![ground.unit(0)]
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(0),
                    length: 3
                }
            ),
            (
                MAKER,
                Action::Split {
                    run: ground.run(3),
                    length: 1
                }
            ),
            (MAKER, pack_rest),
        ]
    );
    // Another cannot, and is told so. What is unpacked later is out by then.
    let events = [
        ship(vec![sscc(1)], "9521468000001"),
        receive(vec![sscc(1)]),
        unpack(SHOP_GLN, &sscc(1), ground.packs([3])),
        unpack(SHOP_GLN, &sscc(1), ground.packs([4])),
    ];
    let plan = ground.planned(&[&begin[..], &events].concat());
    let [.., third, fourth] = &plan.deeds[..] else {
        panic!()
    };
    assert!(third.notes[0]
        .to_string()
        .starts_with("9 more leave the container"));
    assert_eq!(
        (fourth.steps.len(), &fourth.notes[..]),
        (0, &[Note::There][..])
    );
}

#[test]
fn a_container_is_unpacked_as_a_whole_by_what_the_document_put_into_it() {
    let mut ground = Ground::new(10);
    let all = at(
        FACTORY_GLN,
        "AggregationEvent",
        "DELETE",
        "unpacking",
        json!({ "parentID": sscc(1) }),
    );
    let begin = [
        commission(ground.packs(0..10)),
        pack(FACTORY_GLN, &sscc(1), ground.packs([0, 1, 5])),
    ];
    let actions = ground.actions(&[&begin[..], &[all.clone()]].concat());
    let units = vec![ground.unit(0), ground.unit(5)];
    let container = container(1, MAKER);
    assert_eq!(
        actions.last().unwrap().1,
        Action::Unpack { container, units }
    );
    // What came from elsewhere is not known.
    let mut ground = Ground::new(10);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let custody = Custody::new(MAKER, Topic::MANUFACTURER, FACTORY, NOW - DAY).unwrap();
    let full = Container {
        unit: Unit::of(custody).into(),
        children: 1,
        height: 1,
    };
    ground
        .chain
        .units
        .insert(UnitId::Container(container), Cell::Container(full));
    ground.change(ground.unit(0), |unit| unit.place = Place::Inside(container));
    ground.is_wrong(&[all], 0, "parentID", allive_capture::Problem::NoChildren);
}

#[test]
fn more_than_64_children_are_packed_in_several_calls_and_several_events_in_one() {
    let mut ground = Ground::new(140);
    // Every second pack: none is the neighbour of another.
    let apart: Vec<usize> = (0..70).map(|place| place * 2).collect();
    let actions = ground.actions(&[
        commission(ground.packs(0..140)),
        pack(FACTORY_GLN, &sscc(1), ground.packs(apart)),
    ]);
    let packed: Vec<usize> = actions
        .iter()
        .filter_map(|(_, action)| match action {
            Action::Pack { units, .. } => Some(units.len()),
            _ => None,
        })
        .collect();
    assert_eq!(packed, [64, 6]);
    let splits = actions
        .iter()
        .filter(|(_, action)| matches!(action, Action::Split { .. }));
    assert_eq!(splits.count(), 139);

    let plan = ground.planned(&[
        commission(ground.packs(0..140)),
        pack(FACTORY_GLN, &sscc(1), ground.packs([0, 1])),
        pack(FACTORY_GLN, &sscc(1), ground.packs([2, 3])),
        pack(FACTORY_GLN, &sscc(2), ground.packs([4])),
        pack(FACTORY_GLN, &sscc(1), ground.packs([5])),
    ]);
    let deeds: Vec<_> = plan.deeds.iter().map(|deed| deed.events.clone()).collect();
    assert_eq!(deeds, [vec![0], vec![1, 2], vec![3], vec![4]]);
    // Of neighbours, one run: with fewer splits than each event by itself.
    let (container, units) = (container(1, MAKER), vec![ground.unit(0)]);
    let actions: Vec<_> = plan.deeds[1]
        .steps
        .iter()
        .map(|step| step.action.clone())
        .collect();
    assert_eq!(
        actions,
        [
            Action::Split {
                run: ground.run(0),
                length: 4
            },
            Action::Pack { container, units },
        ]
    );
}

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
fn a_shipment_is_called_back_refused_or_taken_back() {
    let ground = || {
        let mut ground = Ground::new(4);
        ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
        ground.change(ground.unit(0), |unit| {
            unit.live()
                .unwrap()
                .ship(PHARMACY, NOW + DAY, NOW - 1, DAY * 9)
                .unwrap();
        });
        ground
    };
    let all = |ground: &Ground| ground.packs(0..4);
    let unit = ground().unit(0);
    let void = |ground: &Ground| observe(FACTORY_GLN, "void_shipping", all(ground));
    let returned = |gln, ground: &Ground| {
        with(
            observe(gln, "receiving", all(ground)),
            "disposition",
            json!("returned"),
        )
    };
    let call_back = (MAKER, Action::CallBack { unit });
    let mut it = ground();
    assert_eq!(it.actions(&[void(&it)]), [call_back.clone()]);
    let mut it = ground();
    assert_eq!(
        it.actions(&[returned(SHOP_GLN, &it)]),
        [(PHARMACY, Action::Refuse { unit })]
    );
    // At the shipper's place they came back.
    let mut it = ground();
    assert_eq!(it.actions(&[returned(FACTORY_GLN, &it)]), [call_back]);
    // Who authorised a return takes it.
    let mut it = ground();
    let rma =
        json!([{ "type": "rma", "bizTransaction": "urn:epcglobal:cbv:bt:9521468000001:RMA-9" }]);
    let authorised = with(returned(SHOP_GLN, &it), "bizTransactionList", rma);
    let receive = Action::Receive {
        unit,
        role: Topic::PHARMACY,
        site: SHOP,
    };
    assert_eq!(it.actions(&[authorised]), [(PHARMACY, receive)]);
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

#[test]
fn an_event_is_declared_an_error_and_what_it_said_is_not_sent() {
    let mut ground = Ground::new(3);
    ground.lot_with(PHARMACY, Topic::PHARMACY, SHOP);
    let wrong = at(
        SHOP_GLN,
        "ObjectEvent",
        "DELETE",
        "dispensing",
        json!({ "epcList": ground.packs([0]) }),
    );
    let right = with(
        at(
            SHOP_GLN,
            "ObjectEvent",
            "DELETE",
            "dispensing",
            json!({ "epcList": ground.packs([1]) }),
        ),
        "eventID",
        json!("urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b01"),
    );
    let declaration = with(
        wrong.clone(),
        "errorDeclaration",
        json!({
            "declarationTime": "2026-03-20T15:20:00Z",
            "reason": "incorrect_data",
            "correctiveEventIDs": ["urn:uuid:6c7a9a0e-9d1f-4f57-8a53-0f6d2f1f9b01"],
        }),
    );
    let events = [wrong, declaration, right];
    let document = read(&events);
    let plan = ground.planned(&events);
    assert_eq!(plan.deeds[0].notes, [Note::Declared { by: 1 }]);
    let declared = ErrorDeclaration {
        event: document.events[0].hash.0,
        reason: ErrorReason::IncorrectData,
        corrected_by: vec![document.events[2].hash.0],
    };
    let steps: Vec<_> = plan.steps().collect();
    assert_eq!(steps.len(), 2);
    assert_eq!(
        steps[0].action,
        Action::DeclareError {
            declaration: declared.into()
        }
    );
    assert!(matches!(&steps[1].action, Action::Dispense { claim, .. } if claim.index == 1));
}

#[test]
fn what_the_chain_has_nothing_for_is_listed_with_its_reason_and_kept_by_hash() {
    let mut ground = Ground::new(3);
    let transaction =
        json!([{ "type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9521141000007:PO-1" }]);
    let packs = ground.packs([0]);
    let events = [
        at(
            FACTORY_GLN,
            "TransactionEvent",
            "ADD",
            "shipping",
            json!({ "epcList": packs, "bizTransactionList": transaction, "ex:shelf": "7" }),
        ),
        at(
            FACTORY_GLN,
            "AssociationEvent",
            "ADD",
            "installing",
            json!({ "parentID": sscc(1), "childEPCs": ["urn:epc:id:giai:9521357.logger-88"] }),
        ),
        observe(FACTORY_GLN, "decommissioning", packs.clone()),
        observe(FACTORY_GLN, "picking", packs),
        at(
            FACTORY_GLN,
            "AggregationEvent",
            "ADD",
            "loading",
            json!({
                "parentID": "urn:epc:id:giai:9521357.truck-1", "childEPCs": [sscc(1)]
            }),
        ),
    ];
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    let notes: Vec<_> = plan
        .deeds
        .iter()
        .map(|deed| deed.notes[0].to_string())
        .collect();
    for (note, why) in notes.iter().zip([
        "a business transaction moves no goods",
        "something was tied to it",
        "an identifier was taken off",
        "no action for this step",
        "its parent has no SSCC",
    ]) {
        assert!(
            note.contains(why) && note.contains("kept by its hash"),
            "{note}"
        );
    }
    let kept = &plan.kept[0];
    assert_eq!(kept.hash, read(&events).events[0].hash);
    assert_eq!(kept.extensions[0].field, "ex:shelf");
    assert_ne!(kept.extensions[0].hash, [0; 32]);
}

#[test]
fn an_association_or_a_transaction_that_packs_is_a_packing() {
    let mut ground = Ground::new(3);
    let bill =
        json!([{ "type": "bol", "bizTransaction": "urn:epcglobal:cbv:bt:9521141000007:B-1" }]);
    let actions = ground.actions(&[
        commission(ground.packs(0..3)),
        at(
            FACTORY_GLN,
            "AssociationEvent",
            "ADD",
            "packing",
            json!({
                "parentID": sscc(1), "childEPCs": ground.packs([0])
            }),
        ),
        at(
            FACTORY_GLN,
            "TransactionEvent",
            "ADD",
            "packing",
            json!({
                "parentID": sscc(2), "epcList": ground.packs([1]), "bizTransactionList": bill
            }),
        ),
    ]);
    let packed = actions
        .iter()
        .filter(|(_, action)| matches!(action, Action::Pack { .. }));
    assert_eq!(packed.count(), 2);
}

#[test]
fn what_others_tell_is_compared_with_the_chain_and_never_sent() {
    let mut ground = Ground::new(4);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    ground.change(ground.unit(0), |unit| {
        unit.live()
            .unwrap()
            .ship(STRANGER, NOW + DAY, NOW - 1, DAY * 9)
            .unwrap();
        unit.live()
            .unwrap()
            .receive(STRANGER, Topic::WHOLESALER, 9521357000075, NOW - 1)
            .unwrap();
    });
    let events = [
        observe(OTHER_GLN, "receiving", ground.packs(0..4)),
        observe(OTHER_GLN, "destroying", ground.packs([1])),
        observe("9521777000006", "destroying", ground.packs([2])),
    ];
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    let others = |party: &str, shown| Note::Others {
        party: party.into(),
        shown,
    };
    let notes: Vec<_> = plan
        .deeds
        .iter()
        .map(|deed| deed.notes[0].clone())
        .collect();
    assert_eq!(
        notes,
        [
            others("Other", true),
            others("Other", false),
            others("GLN 9521777000006", false)
        ]
    );
}

#[test]
fn what_the_chain_shows_already_is_not_sent_again() {
    let mut ground = Ground::new(6);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let events = [
        commission(ground.packs(0..6)),
        ship(ground.packs(0..6), "9521468000001"),
    ];
    ground.change(ground.unit(0), |unit| {
        unit.live()
            .unwrap()
            .ship(PHARMACY, NOW + DAY, NOW - 1, DAY * 9)
            .unwrap();
    });
    let plan = ground.planned(&events);
    assert_eq!(plan.steps().count(), 0);
    assert!(plan
        .deeds
        .iter()
        .all(|deed| deed.notes.contains(&Note::There)));
    assert_eq!(plan.deeds[0].events, [0]);
}

#[test]
fn times_are_shown_as_documents_write_them() {
    let mut ground = Ground::new(1);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let plan = ground.planned(&[ship(ground.packs([0]), "9521468000001")]);
    let until = Timestamp(i64::try_from(NOW + 7 * DAY).unwrap());
    let words = format!("ship pack 0 of lot V42 to Pharmacy Ann, to be received until {until}");
    assert_eq!(plan.steps().next().unwrap().words, words);
}
