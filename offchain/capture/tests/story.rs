//! The way of packs, cases and pieces, as actions.

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
fn times_are_shown_as_documents_write_them() {
    let mut ground = Ground::new(1);
    ground.lot_with(MAKER, Topic::MANUFACTURER, FACTORY);
    let plan = ground.planned(&[ship(ground.packs([0]), "9521468000001")]);
    let until = Timestamp(i64::try_from(NOW + 7 * DAY).unwrap());
    let words = format!("ship pack 0 of lot V42 to Pharmacy Ann, to be received until {until}");
    assert_eq!(plan.steps().next().unwrap().words, words);
}
