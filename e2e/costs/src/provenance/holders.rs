//! What holders do with runs and containers.

use super::{
    samples::{bulk_lot, checked, gtin, site},
    stage::{Place, MAKER, OTHER, PHARMACY},
};
use crate::meter::Meter;
use allive_calls::{Chain, Keyring, Receipt, Typed};
use allive_olife_id_interface::Topic;
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use provenance::{
    Action, ContainerId, End, Outcome, ProvenanceError, Request, SignedAction, Transformation,
    UnitId, DAY, PURPOSE,
};

/// What holders do, of the lot without serials.
pub(super) fn hold(meter: &mut Meter, place: Place) {
    let name = gtin(0);
    let run = |first| place.run(&name, b"BULK", first);
    let unit = |first| UnitId::Run(run(first));
    // Two runs of ten: each action is measured with the one and the other.
    for (first, length) in [(0, 10), (10, 10), (20, 1), (21, 1)] {
        let run = run(first);
        place.done(&mut meter.chain, MAKER, Action::Split { run, length });
    }
    let of = |turn: u8| unit(10 * u64::from(turn));
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    let ship = |turn| Action::Ship {
        unit: of(turn),
        to: place.id(PHARMACY),
        until: START + DAY,
    };
    let receive = |turn| Action::Receive {
        unit: of(turn),
        role: Topic::PHARMACY,
        site: site(2),
    };
    one("transform", MAKER, &|turn| Action::Transform {
        inputs: vec![run(20 + u64::from(turn))],
        outputs: vec![bulk_lot(&[b'T', b'0' + turn]).into()],
        kind: Transformation::Repackaging,
    });
    one("split", MAKER, &|turn| Action::Split {
        run: run(10 * u64::from(turn)),
        length: 5,
    });
    one("join", MAKER, &|turn| Action::Join {
        run: run(10 * u64::from(turn)),
    });
    one("move_to", MAKER, &|turn| Action::MoveTo {
        unit: of(turn),
        site: site(3),
    });
    one("ship", MAKER, &ship);
    one("call_back", MAKER, &|turn| Action::CallBack {
        unit: of(turn),
    });
    for turn in [0, 1] {
        place.done(&mut meter.chain, MAKER, ship(turn));
    }
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("refuse", PHARMACY, &|turn| Action::Refuse {
        unit: of(turn),
    });
    for turn in [0, 1] {
        place.done(&mut meter.chain, MAKER, ship(turn));
    }
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("receive", PHARMACY, &receive);
    let case = |turn: u8| ContainerId {
        packer: place.id(PHARMACY),
        sscc: checked(19_506_000_000_000_000 + u64::from(turn)),
    };
    one("pack", PHARMACY, &|turn| Action::Pack {
        container: case(turn),
        units: vec![of(turn)],
    });
    one("unpack", PHARMACY, &|turn| Action::Unpack {
        container: case(turn),
        units: vec![of(turn)],
    });
    one("retire", PHARMACY, &|turn| Action::Retire {
        unit: of(turn),
        end: End::Sample,
    });
    one("restore", PHARMACY, &|turn| Action::Restore {
        unit: of(turn),
    });
    meter.message("act_for:ship", |chain, turn| {
        let action = Action::Ship {
            unit: of(turn),
            to: place.id(OTHER),
            until: START + DAY,
        };
        act_for(chain, place, action, turn.into())
    });
    meter.message("cancel", |chain, turn| {
        let cancel = place.contract().cancel(u64::from(turn) + 5);
        chain.send(PHARMACY.account(), cancel)
    });
}

/// The pharmacy signs an action, and a stranger submits it.
pub(super) fn act_for(
    chain: &mut EmbeddedChain,
    place: Place,
    action: Action,
    nonce: u64,
) -> Receipt<Result<Outcome, ProvenanceError>> {
    let seen = place.contract().seen(action.clone().into());
    let Ok(seen) = chain.ask(PHARMACY.account(), seen).value else {
        panic!("the contract did not say what is seen");
    };
    let request = Request {
        signer: PHARMACY.account().into(),
        action: SignedAction {
            organisation: None,
            action: action.into(),
            seen,
        },
        nonce,
        deadline: chain.now() + DAY,
    };
    let message = request.message(&Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: &place.provenance,
    });
    let signature = Signature::Sr25519(PHARMACY.sign(message.wrapped()));
    let submitted = place.contract().act_for(request.into(), signature.into());
    chain.send(Keyring::One.account(), submitted)
}
