//! Documents on the embedded chain, through what the command does.

mod ground;
mod resuming;

use super::{journal::Journal, Taken};
use allive_capture::lot_id;
use allive_olife_id_interface::Topic;
use ground::{Ground, ANN, BOB, TRADE, VITA};
use provenance::*;
use std::fs;

const GTIN: ProductName = ProductName::Gtin(9_521_141_000_502);
const MASKS: ProductName = ProductName::Gtin(9_521_141_000_601);
const SHOP: u64 = 9_521_468_000_032;

#[test]
fn a_whole_story_is_sent_and_the_chain_shows_it() {
    let ground = Ground::new();
    let taken = ground.take("story.json");
    let planned = ground.plan(&taken).left();
    assert_eq!(ground.backend.calls(), 0);
    assert_eq!(ground.import(&taken).unwrap(), planned);
    assert_eq!(ground.backend.calls(), planned);

    let lot = lot_id(&GTIN, VITA, b"V42");
    let run = |first| UnitId::Run(RunId { lot, first });
    let container = |number: u64| {
        let id = ContainerId {
            packer: VITA,
            sscc: sscc(number),
        };
        UnitId::Container(id)
    };
    let holder = |unit| match ground.unit(unit).unwrap().unit().place {
        Place::Free(custody) => (
            custody.holder,
            custody.role,
            custody.transit(ground.now()).map(|it| it.to),
        ),
        Place::Inside(_) => panic!("{unit:?} is inside"),
    };
    // Of the first case all is out, of the second nothing; the pallet is gone.
    assert_eq!(
        (ground.unit(container(1)), ground.unit(container(3))),
        (None, None)
    );
    let stolen = ground.unit(container(2)).unwrap();
    assert!(stolen.unit().alerts.raised.has(Alert::Stolen));
    assert_eq!(holder(container(2)), (ANN, Topic::PHARMACY, None));
    for first in [8, 10] {
        let UnitId::Container(case) = container(2) else {
            panic!()
        };
        assert_eq!(
            ground.unit(run(first)).unwrap().unit().place,
            Place::Inside(case)
        );
    }
    let word = ground.word(lot);
    let dispensed: Vec<u8> = (0..12).filter(|bit| word.has(*bit)).collect();
    assert_eq!(dispensed, [0], "pack 1 was declared an error");
    let end = |first| {
        ground
            .unit(run(first))
            .unwrap()
            .unit()
            .retired
            .map(|it| (it.end, it.by, it.site))
    };
    assert_eq!(end(2), Some((End::PartlyDispensed, ANN, SHOP)));
    let factory = 9_521_141_000_014;
    assert_eq!(end(4), Some((End::Sample, VITA, factory)));
    assert_eq!(end(5), Some((End::Destroyed, VITA, factory)));
    assert_eq!(end(7), Some((End::Exported, VITA, factory)));
    let Some(Cell::Run(destroyed)) = ground.unit(run(5)) else {
        panic!()
    };
    assert_eq!(destroyed.length, 2);
    assert_eq!(ground.unit(run(3)).unwrap().unit().suspected_by, [ANN]);
    // Refused by the wholesaler, it is its shipper's again.
    assert_eq!(holder(run(9)), (VITA, Topic::MANUFACTURER, None));
    assert_eq!(holder(run(11)), (VITA, Topic::MANUFACTURER, None));
    assert!(ground.lot(lot).unwrap().alerts.raised.has(Alert::RecallOne));

    let masks = lot_id(&MASKS, VITA, b"M-17");
    let pieces = |first| match ground.unit(UnitId::Run(RunId { lot: masks, first })) {
        Some(Cell::Run(run)) => (run.length, run.unit.retired.map(|it| it.end)),
        other => panic!("{other:?}"),
    };
    assert_eq!(pieces(0), (50, Some(End::Dispensed)));
    assert_eq!(pieces(50), (150, None));
    assert_eq!(pieces(200), (100, Some(End::Transformed)));
    assert_eq!(pieces(300), (700, None));
    let made = ground.lot(lot_id(&MASKS, VITA, b"M-18")).unwrap();
    assert_eq!((made.count, made.ancestors.len()), (2, 1));
}

#[test]
fn the_same_document_is_not_sent_again_and_a_changed_one_is_refused() {
    let ground = Ground::new();
    let taken = ground.take("story.json");
    ground.import(&taken).unwrap();
    let before = ground.backend.calls();
    assert_eq!(ground.import(&taken).unwrap(), 0);
    assert_eq!(ground.backend.calls(), before);

    let text = fs::read_to_string(ground.document()).unwrap();
    fs::write(ground.document(), text.replace("D-771", "D-772")).unwrap();
    let changed = Taken::read(&ground.document(), &ground.told()).unwrap();
    let refused = format!("{:#}", ground.import(&changed).err().unwrap());
    assert!(
        refused.contains("the document was changed since it was sent in part"),
        "{refused}"
    );
    assert_eq!(ground.backend.calls(), before);
    // Nor is the journal that of another chain.
    ground.backend.genesis.set([9; 32]);
    fs::write(ground.document(), text).unwrap();
    let taken = Taken::read(&ground.document(), &ground.told()).unwrap();
    let refused = format!("{:#}", ground.import(&taken).err().unwrap());
    assert!(
        refused.contains("name another journal with --journal"),
        "{refused}"
    );
}

#[test]
fn without_its_journal_a_document_is_compared_with_the_chain() {
    let ground = Ground::new();
    let taken = ground.take("line.json");
    assert_eq!(ground.import(&taken).unwrap(), 2);
    fs::remove_file(Journal::beside(&ground.document())).unwrap();
    assert_eq!(ground.import(&taken).unwrap(), 0);
    assert_eq!(ground.backend.calls(), 2);
}

#[test]
fn each_event_and_each_extension_is_kept_by_its_hash_with_where_it_is_on_the_chain() {
    let ground = Ground::new();
    let taken = ground.take("story.json");
    let sent = ground.import(&taken).unwrap();
    let text = fs::read_to_string(Journal::beside(&ground.document())).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |name: &str| {
        lines
            .iter()
            .filter_map(|line| line.get(name))
            .collect::<Vec<_>>()
    };
    let events: Vec<_> = [of("deed"), of("told")]
        .concat()
        .into_iter()
        .flat_map(|line| line["events"].as_array().unwrap())
        .collect();
    let all = &taken.document.events;
    assert_eq!(events.len(), all.len());
    for (kept, event) in events.iter().zip(all) {
        assert_eq!(kept["hash"], event.hash.to_string());
        assert_eq!(
            kept["declaration"].as_bool().unwrap_or(false),
            event.is_declaration()
        );
        let extensions = kept["extensions"].as_array().map_or(0, Vec::len);
        assert_eq!(extensions, event.extensions.len());
        for (place, extension) in event.extensions.iter().enumerate() {
            assert_eq!(
                kept["extensions"][place]["sha256"],
                hex::encode(extension.hash)
            );
        }
    }
    assert_eq!(of("sent").len(), sent);
    assert!(of("sent")
        .iter()
        .all(|sent| sent["extrinsic"].is_string() && sent["block"].is_u64()));
    let notes = text.matches("nothing to do on the chain").count();
    assert_eq!(notes, 2);
    assert_eq!(text.matches("told by others (GLN").count(), 1);
}

#[test]
fn a_bad_event_is_told_by_index_and_field_and_nothing_of_the_document_is_sent() {
    let ground = Ground::new();
    let broken = ground::sample("broken");
    let mut count = 0;
    for entry in fs::read_dir(&broken).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "json") {
            continue;
        }
        count += 1;
        let error = ground.refusal(&path);
        let (first, faults) = error.split_once('\n').unwrap();
        assert!(first.ends_with("; nothing was sent"), "{first}");
        let report = path.with_extension("report");
        if std::env::var_os("ALLIVE_WRITE_EPCIS").is_some() {
            fs::write(&report, format!("{faults}\n")).unwrap();
        }
        let expected = fs::read_to_string(&report).unwrap();
        assert_eq!(faults, expected.trim_end(), "{}", path.display());
        assert!(!Journal::beside(&path).exists());
    }
    assert_eq!(count, 8);
    assert_eq!(ground.backend.calls(), 0);
}

#[test]
fn readings_become_the_window_of_the_logger_that_the_holder_named() {
    let ground = Ground::new();
    let taken = ground.take("line.json");
    ground.import(&taken).unwrap();
    let case = UnitId::Container(ContainerId {
        packer: VITA,
        sscc: sscc(1),
    });
    let bound = |hundredths, side| Bound { hundredths, side };
    let bounds = vec![bound(800, Side::Above), bound(200, Side::Below)];
    let logger = NewLogger {
        by: ground::LOGGER,
        bounds,
        longest_gap: 30,
    };
    ground.act(
        BOB,
        Action::Watch {
            unit: case,
            logger: Some(logger.into()),
        },
    );
    ground.backend.advance(4 * 3_600_000);
    let taken = ground.take("readings.json");
    assert_eq!(ground.import(&taken).unwrap(), 1);
    let watch = ground.unit(case).unwrap().unit().watch.clone().unwrap();
    let until = watch.logger.unwrap().until;
    let start = allive_simulator::START;
    assert_eq!(until, start + (2 * 60 + 20) * 60_000);
    let outside: Vec<_> = watch.tallies.iter().map(|it| it.outside / 60_000).collect();
    // 01:00 to 02:00 is kept; an hour before nobody measured, which is a gap; 20 minutes are warm.
    assert_eq!(outside, [80, 60]);
}

#[test]
fn a_party_acts_by_its_own_key_or_by_its_delegate_and_no_other() {
    let ground = Ground::new();
    let refused = ground.with_key(TRADE, BOB).err().unwrap().to_string();
    assert!(
        refused.contains("acts for identity 1, and not for identity 2"),
        "{refused}"
    );
    ground.appoint(TRADE, BOB, Topic::WHOLESALER);
    let actor = ground.with_key(TRADE, BOB).unwrap();
    assert_eq!(actor.organisation, Some(TRADE));
}

/// The number of the story's container.
fn sscc(number: u64) -> u64 {
    let digits = format!("09521141{number:09}");
    let check = allive_epcis::identifiers::check_digit(&digits).unwrap();
    format!("{digits}{check}").parse().unwrap()
}
