//! Every message of provenance, and every action of an identity.

use crate::meter::{Measures, Meter};
use ::olife_id::{Action as IdentityAction, OlifeId};
use allive_access::{Ownable, Upgradeable};
use allive_calls::{at, Chain, Code, Keyring, Receipt, Typed};
use allive_merkle::{leaf, node, Hash, Software};
use allive_olife_id_interface::{IdentityId, Topic};
use allive_requests::{Domain, Signature};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::{
    filler::Filler,
    recovery::{create, take},
};
use ink::{
    codegen::ContractCallBuilder,
    env::hash::{Blake2x128, CryptoHash},
    primitives::{AccountId, Hash as CodeHash},
};
use provenance::{
    digits::has_check_digit, lock_of, lot_key, pack_data, prescription_key, salt_of, Action, Alert,
    Bound, Capacity, Cell, Claim, Class, ContainerId, Custody, Day, End, ErrorDeclaration,
    ErrorReason, Fill, Lot, LotId, NewLogger, NewLot, NewPrescription, Outcome, Outside, PackId,
    PrescriptionId, Product, ProductName, ProductTerms, Proof, Provenance, ProvenanceError,
    ProvenanceRef, Request, Run, RunId, Serials, Side, SignedAction, Storage, Target, Terms,
    Transformation, Unit, UnitId, Window, Word, DAY, MINUTE, PACK_DOMAIN, PURPOSE,
};

type Messages = <Provenance as ContractCallBuilder>::Type;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("act:commission", "2^20 packs with serials"),
    ("act:ship", ""),
    ("act:receive", "asks Olife ID for a role"),
    ("act:dispense", "a path of 20"),
    (
        "act:dispense, on a prescription",
        "a path of 20, and a fill",
    ),
    ("act:transform", "a run into a lot"),
    ("verify", "a path of 20"),
    ("act:pack", "a run into a new container"),
    ("act_for:ship", "a signed shipment"),
];

const UNDO: u64 = 10 * DAY;
const DELAY: u64 = DAY;
const REASON: [u8; 32] = [0x9e; 32];
const LEVELS: usize = 20;
const PACKS: u64 = 1 << LEVELS;
/// Lies hidden on a pack.
const SECRET: [u8; 16] = [7; 16];

/// Attests roles, and owns both contracts.
const ISSUER: Keyring = Keyring::Alice;
const MAKER: Keyring = Keyring::Bob;
/// Two who hold and dispense.
const PHARMACY: Keyring = Keyring::Charlie;
const OTHER: Keyring = Keyring::Dave;
const AUTHORITY: Keyring = Keyring::Eve;
const SECOND: Keyring = Keyring::Ferdie;
const LOGGER: Keyring = Keyring::One;

const CAST: [(Keyring, Topic); 7] = [
    (ISSUER, Topic::KNOWN),
    (MAKER, Topic::MANUFACTURER),
    (PHARMACY, Topic::PHARMACY),
    (OTHER, Topic::PHARMACY),
    (AUTHORITY, Topic::AUTHORITY),
    (SECOND, Topic::AUTHORITY),
    (LOGGER, Topic::LOGGER),
];

#[derive(Clone, Copy)]
struct Place {
    provenance: AccountId,
    /// The number of the issuer's identity; those of the others follow.
    first: IdentityId,
}

impl Place {
    fn contract(self) -> Messages {
        at::<Provenance>(self.provenance)
    }

    fn id(self, who: Keyring) -> IdentityId {
        let place = CAST.iter().position(|(one, _)| *one == who);
        self.first + place.unwrap_or_default() as IdentityId
    }

    fn act(
        self,
        chain: &mut EmbeddedChain,
        by: Keyring,
        action: Action,
    ) -> Receipt<Result<Outcome, ProvenanceError>> {
        chain.send(by.account(), self.contract().act(None, action.into()))
    }

    /// Prepares something.
    fn done(self, chain: &mut EmbeddedChain, by: Keyring, action: Action) {
        let answer = self.act(chain, by, action).value;
        assert!(matches!(answer, Ok(Ok(_))), "{answer:?}");
    }

    fn lot(self, name: &ProductName, code: &[u8]) -> LotId {
        let mut id = LotId::default();
        Blake2x128::hash(&lot_key(name, self.id(MAKER), code), &mut id);
        id
    }

    fn run(self, name: &ProductName, code: &[u8], first: u64) -> RunId {
        let lot = self.lot(name, code);
        RunId { lot, first }
    }
}

/// Measures every message beside `others` products, each with a lot, a run of it and a word of
/// dispensed packs; and every action.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let mut chain = EmbeddedChain::new();
    let place = stage(&mut chain, code, others);
    let mut meter = Meter::new(chain);
    make(&mut meter, place);
    hold(&mut meter, place);
    dispense(&mut meter, place);
    warn(&mut meter, place);
    cool(&mut meter, place);
    judge(&mut meter, place);
    ask(&mut meter, place);
    govern(&mut meter, place);
    meter.measures()
}

/// Both contracts, the roles, and a product with two lots, the second of which has no serials.
fn stage(chain: &mut EmbeddedChain, code: &Code, others: u32) -> Place {
    let alv = super::alv::deploy(chain, ISSUER.account());
    let id = identities(chain, alv, others);
    let provenance = deploy(chain, code, id);
    fill(chain, code, provenance, others);
    let first = others.into();
    let place = Place { provenance, first };
    for (who, _) in CAST {
        take(chain, id, (who.account(), create(&[])));
    }
    let topics = CAST.iter().fold(0, |all, (_, topic)| all | topic.bit());
    let topics = topics | Topic::CLINICIAN.bit();
    let approve = at::<OlifeId>(id).approve_issuer(place.id(ISSUER), topics, 0);
    assert_eq!(
        chain.send(ISSUER.account(), approve).value,
        Ok(Ok(())),
        "the issuer was not approved"
    );
    // Who takes a product over is a manufacturer, too; and one authority prescribes.
    let more = [(OTHER, Topic::MANUFACTURER), (SECOND, Topic::CLINICIAN)];
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

/// What makers do.
fn make(meter: &mut Meter, place: Place) {
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("register", MAKER, &|turn| {
        register(gtin(1 + u64::from(turn)))
    });
    one("revise", MAKER, &|_| Action::Revise {
        name: gtin(1),
        terms: terms().into(),
    });
    let to_second = place.id(OTHER);
    one("hand_over", MAKER, &|turn| Action::HandOver {
        name: gtin(1 + u64::from(turn)),
        to: Some(to_second),
    });
    one("assign", AUTHORITY, &|turn| Action::Assign {
        name: gtin(1 + u64::from(turn)),
        owner: place.id(PHARMACY),
        former: vec![],
    });
    one("commission", MAKER, &|turn| {
        commission(serial_lot(&[b'C', b'0' + turn]))
    });
    meter.message("act:take_over", |chain, turn| {
        let name = || gtin(1 + u64::from(turn));
        let owner = place.id(MAKER);
        let assign = Action::Assign {
            name: name(),
            owner,
            former: vec![],
        };
        place.done(chain, AUTHORITY, assign);
        let to = Some(place.id(OTHER));
        place.done(chain, MAKER, Action::HandOver { name: name(), to });
        place.act(chain, OTHER, Action::TakeOver { name: name() })
    });
}

/// What holders do, of the lot without serials.
fn hold(meter: &mut Meter, place: Place) {
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
fn act_for(
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

/// What dispensers do, of the lot with serials.
fn dispense(meter: &mut Meter, place: Place) {
    let run = place.run(&gtin(0), b"LOT", 0);
    let unit = UnitId::Run(run);
    for (by, action) in [
        (
            MAKER,
            Action::Ship {
                unit,
                to: place.id(PHARMACY),
                until: START + DAY,
            },
        ),
        (
            PHARMACY,
            Action::Receive {
                unit,
                role: Topic::PHARMACY,
                site: site(2),
            },
        ),
    ] {
        place.done(&mut meter.chain, by, action);
    }
    let dispense = |turn: u8, number: u64| Action::Dispense {
        claim: claim(b"LOT", turn.into()).into(),
        role: Topic::PHARMACY,
        site: site(number),
        prescription: None,
    };
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("dispense", PHARMACY, &|turn| dispense(turn, 2));
    one("undo_dispense", PHARMACY, &|turn| Action::UndoDispense {
        run,
        index: turn.into(),
    });
    prescribe(meter, place);
    for turn in [0, 1] {
        place.done(&mut meter.chain, PHARMACY, dispense(turn, 2));
    }
    meter.message("confirm", |chain, turn| {
        let confirm = place
            .contract()
            .confirm(claim(b"LOT", turn.into()).into(), SECRET);
        chain.send(OTHER.account(), confirm)
    });
    meter.query("confirmed", |chain| {
        chain.ask(OTHER.account(), place.contract().confirmed(run.lot, 0))
    });
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("dispense, an alarm", OTHER, &|turn| dispense(turn, 3));
    let pack = |turn: u8| PackId {
        lot: run.lot,
        index: turn.into(),
    };
    let reason = REASON;
    one("explain", OTHER, &|turn| Action::Explain {
        pack: pack(turn),
        reason,
    });
    one("settle", AUTHORITY, &|turn| Action::Settle {
        pack: pack(turn),
        as_authority: true,
        escalate: false,
        reason,
    });
    meter.query("verify", |chain| {
        let claim = claim(b"LOT", 0);
        chain.ask(OTHER.account(), place.contract().verify(claim.into()))
    });
    meter.query("word", |chain| {
        chain.ask(OTHER.account(), place.contract().word(run.lot, 0))
    });
    meter.query("alarm", |chain| {
        chain.ask(OTHER.account(), place.contract().alarm(run.lot, 0))
    });
    meter.chain.advance(UNDO);
    meter.message("prune_prescription", |chain, turn| {
        let prescription = prescription(place, turn);
        let prune = place.contract().prune_prescription(prescription);
        chain.send(OTHER.account(), prune)
    });
    meter.message("prune", |chain, turn| {
        if turn == 1 {
            // Another cell, of which the first pack was dispensed.
            let lot = place.lot(&gtin(0), b"C0");
            let run = RunId { lot, first: 0 };
            let unit = UnitId::Run(run);
            let until = chain.now() + DAY;
            let to = place.id(PHARMACY);
            place.done(chain, MAKER, Action::Ship { unit, to, until });
            let receive = Action::Receive {
                unit,
                role: Topic::PHARMACY,
                site: site(2),
            };
            place.done(chain, PHARMACY, receive);
            let dispense = Action::Dispense {
                claim: claim(b"C0", 0).into(),
                role: Topic::PHARMACY,
                site: site(2),
                prescription: None,
            };
            place.done(chain, PHARMACY, dispense);
            chain.advance(UNDO);
            return chain.send(OTHER.account(), place.contract().prune(lot, 0));
        }
        chain.send(OTHER.account(), place.contract().prune(run.lot, 0))
    });
}

const COMMITMENTS: [Hash; 2] = [[0xc0; 32], [0xc1; 32]];
const FILL: Hash = [0x5e; 32];

fn prescription(place: Place, turn: u8) -> PrescriptionId {
    let mut id = PrescriptionId::default();
    let key = prescription_key(place.id(SECOND), &COMMITMENTS[usize::from(turn)]);
    Blake2x128::hash(&key, &mut id);
    id
}

/// What is done with prescriptions; and parts of packs, of another lot.
fn prescribe(meter: &mut Meter, place: Place) {
    let run = place.run(&gtin(0), b"LOT", 0);
    let other = place.run(&gtin(0), b"C1", 0);
    let unit = UnitId::Run(other);
    let to = place.id(PHARMACY);
    let until = START + DAY;
    let role = Topic::PHARMACY;
    let second = RunId { first: 1, ..other };
    for (by, action) in [
        (MAKER, Action::Ship { unit, to, until }),
        (
            PHARMACY,
            Action::Receive {
                unit,
                role,
                site: site(2),
            },
        ),
        (
            PHARMACY,
            Action::Split {
                run: other,
                length: 1,
            },
        ),
        (
            PHARMACY,
            Action::Split {
                run: second,
                length: 1,
            },
        ),
    ] {
        place.done(&mut meter.chain, by, action);
    }
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("prescribe", SECOND, &|turn| Action::Prescribe {
        prescription: NewPrescription {
            commitment: COMMITMENTS[usize::from(turn)],
            lock: lock_of::<Software>(&FILL),
            fills: 3,
            expires: START + DAY,
        }
        .into(),
    });
    let on = |turn| {
        let prescription = prescription(place, turn);
        let secret = FILL;
        let fill = Fill {
            prescription,
            secret,
        };
        Some(fill.into())
    };
    one("dispense, on a prescription", PHARMACY, &|turn| {
        Action::Dispense {
            claim: claim(b"LOT", turn.into()).into(),
            role,
            site: site(2),
            prescription: on(turn),
        }
    });
    one("undo_dispense, on a prescription", PHARMACY, &|turn| {
        let index = turn.into();
        Action::UndoDispense { run, index }
    });
    one("dispense_part", PHARMACY, &|turn| Action::DispensePart {
        claim: Claim {
            first: turn.into(),
            ..claim(b"C1", turn.into())
        }
        .into(),
        role,
        site: site(2),
        prescription: None,
    });
    one("cancel_prescription", SECOND, &|turn| {
        Action::CancelPrescription {
            prescription: prescription(place, turn),
            as_authority: false,
        }
    });
    one("declare_error", PHARMACY, &|_| {
        let declaration = ErrorDeclaration {
            event: [0xee; 32],
            reason: ErrorReason::IncorrectData,
            corrected_by: vec![[0xcc; 32]],
        };
        Action::DeclareError {
            declaration: declaration.into(),
        }
    });
    meter.message("ask", |chain, turn| {
        let ask = place.contract().ask(claim(b"LOT", turn.into()).into());
        chain.send(OTHER.account(), ask)
    });
    meter.query("asked", |chain| {
        chain.ask(OTHER.account(), place.contract().asked(run.lot))
    });
    meter.query("prescription", |chain| {
        let asked = place.contract().prescription(prescription(place, 0));
        chain.ask(OTHER.account(), asked)
    });
}

/// What makers, holders and authorities say of things.
fn warn(meter: &mut Meter, place: Place) {
    let lots = [b"LOT".as_slice(), b"C1"].map(|code| place.lot(&gtin(0), code));
    let target = |turn: u8| Target::Lot(lots[usize::from(turn)]);
    let unit = |turn: u8| {
        let lot = lots[usize::from(turn)];
        UnitId::Run(RunId { lot, first: 0 })
    };
    let (alert, capacity, reason) = (Alert::RecallTwo, Capacity::Authority, REASON);
    let mut one = |name: &str, by: Keyring, action: &dyn Fn(u8) -> Action| {
        meter.message(&format!("act:{name}"), |chain, turn| {
            place.act(chain, by, action(turn))
        });
    };
    one("raise", AUTHORITY, &|turn| Action::Raise {
        target: target(turn),
        alert,
        capacity,
        reason,
    });
    one("acknowledge", PHARMACY, &|turn| Action::Acknowledge {
        target: target(turn),
    });
    one("propose_lowering", AUTHORITY, &|turn| {
        Action::ProposeLowering {
            target: target(turn),
            alert,
            capacity,
            reason,
        }
    });
    one("suspect", AUTHORITY, &|turn| Action::Suspect {
        unit: unit(turn),
        capacity,
        reason,
    });
    one("clear", SECOND, &|turn| Action::Clear {
        unit: unit(turn),
        as_authority: true,
        reason,
    });
    meter.chain.advance(DELAY);
    meter.message("act:lower", |chain, turn| {
        let target = target(turn);
        place.act(chain, SECOND, Action::Lower { target, alert })
    });
}

/// The cold chain of two runs.
fn cool(meter: &mut Meter, place: Place) {
    let bounds = [(200, Side::Below), (800, Side::Above)];
    let bounds = bounds.map(|(hundredths, side)| Bound { hundredths, side });
    let outside = Outside {
        bound: bounds[1],
        time: MINUTE,
    };
    let logger = NewLogger {
        by: place.id(LOGGER),
        bounds: bounds.to_vec(),
        longest_gap: 30,
    };
    let unit = |turn: u8| UnitId::Run(place.run(&gtin(0), b"BULK", 10 * u64::from(turn)));
    meter.message("act:watch", |chain, turn| {
        let (unit, logger) = (unit(turn), Some(logger.clone().into()));
        place.act(chain, PHARMACY, Action::Watch { unit, logger })
    });
    let from = meter.chain.now();
    meter.chain.advance(10 * MINUTE);
    let window = Window {
        from,
        until: meter.chain.now(),
        outside: vec![outside],
        digest: [0xd1; 32],
    };
    meter.message("act:report", |chain, turn| {
        let (unit, window) = (unit(turn), window.clone().into());
        place.act(chain, LOGGER, Action::Report { unit, window })
    });
    meter.message("act:release", |chain, turn| {
        let release = Action::Release {
            unit: unit(turn),
            capacity: Capacity::Authority,
            written_off: vec![outside],
            reason: REASON,
        };
        place.act(chain, AUTHORITY, release)
    });
}

/// What is illegitimate, and what is shipped for a holder.
fn judge(meter: &mut Meter, place: Place) {
    let unit = |turn: u8| UnitId::Run(place.run(&gtin(0), b"BULK", 10 * u64::from(turn)));
    let (capacity, reason) = (Capacity::Authority, REASON);
    for turn in [0, 1] {
        let unit = unit(turn);
        let suspect = Action::Suspect {
            unit,
            capacity,
            reason,
        };
        place.done(&mut meter.chain, AUTHORITY, suspect);
    }
    meter.message("act:condemn", |chain, turn| {
        let unit = unit(turn);
        let condemn = Action::Condemn {
            unit,
            capacity,
            reason,
        };
        place.act(chain, AUTHORITY, condemn)
    });
    meter.message("act:redirect", |chain, turn| {
        let redirect = Action::Redirect {
            unit: unit(turn),
            to: place.id(OTHER),
            until: chain.now() + DELAY + DAY,
            reason,
        };
        place.act(chain, AUTHORITY, redirect)
    });
}

/// Everybody's questions.
fn ask(meter: &mut Meter, place: Place) {
    let by = OTHER.account();
    let run = place.run(&gtin(0), b"LOT", 0);
    let contract = || place.contract();
    meter.query("product", |chain| {
        chain.ask(by, contract().product(gtin(0)))
    });
    meter.query("lot_id", |chain| {
        let maker = place.id(MAKER);
        chain.ask(by, contract().lot_id(gtin(0), maker, b"LOT".to_vec()))
    });
    meter.query("lot", |chain| chain.ask(by, contract().lot(run.lot)));
    meter.query("unit", |chain| {
        chain.ask(by, contract().unit(UnitId::Run(run)))
    });
    meter.query("identities", |chain| chain.ask(by, contract().identities()));
    meter.query("terms", |chain| chain.ask(by, contract().terms()));
    meter.query("chain", |chain| chain.ask(by, contract().chain()));
    meter.query("used_nonces", |chain| {
        let signer = PHARMACY.account().into();
        chain.ask(by, contract().used_nonces(signer, 0))
    });
    let action = || Action::Refuse {
        unit: UnitId::Run(run),
    };
    meter.query("seen", |chain| {
        chain.ask(by, contract().seen(action().into()))
    });
    meter.query("request_text", |chain| {
        let request = Request {
            signer: PHARMACY.account().into(),
            action: SignedAction {
                organisation: None,
                action: action().into(),
                seen: [7; 32],
            },
            nonce: 9,
            deadline: START + DAY,
        };
        chain.ask(by, contract().request_text(request.into()))
    });
}

/// The owner's messages. The code is replaced by itself, so that it answers the next message, too.
fn govern(meter: &mut Meter, place: Place) {
    let owner = ISSUER.account();
    let contract = || place.contract();
    let code_hash: CodeHash = meter.chain.code_hash(place.provenance);
    meter.query("owner", |chain| chain.ask(owner, contract().owner()));
    meter.query("pending_owner", |chain| {
        chain.ask(owner, contract().pending_owner())
    });
    meter.message("transfer_ownership", |chain, _| {
        chain.send(owner, contract().transfer_ownership(Some(owner.into())))
    });
    meter.message("accept_ownership", |chain, _| {
        let offer = contract().transfer_ownership(Some(owner.into()));
        assert_eq!(chain.send(owner, offer).value, Ok(Ok(())));
        chain.send(owner, contract().accept_ownership())
    });
    let announce = || contract().announce_upgrade(code_hash, None);
    meter.message("announce_upgrade", |chain, _| chain.send(owner, announce()));
    meter.query("announced_upgrade", |chain| {
        chain.ask(owner, contract().announced_upgrade())
    });
    meter.query("upgrade_notice", |chain| {
        chain.ask(owner, contract().upgrade_notice())
    });
    meter.message("cancel_upgrade", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.send(owner, contract().cancel_upgrade())
    });
    meter.message("set_code_hash", |chain, _| {
        assert_eq!(chain.send(owner, announce()).value, Ok(Ok(())));
        chain.advance(DAY);
        chain.send(owner, contract().set_code_hash(code_hash))
    });
}

fn register(name: ProductName) -> Action {
    let terms = terms().into();
    Action::Register { name, terms }
}

fn terms() -> ProductTerms {
    ProductTerms {
        class: Class::Medicine,
        storage: Storage::default(),
        shelf_life: Some(1_000),
    }
}

fn commission(lot: NewLot) -> Action {
    Action::Commission {
        lot: lot.into(),
        site: site(1),
    }
}

fn expiry() -> Option<Day> {
    Day::try_from(START / DAY + 900).ok()
}

/// A lot of 2^20 packs, of which the first two can be proved.
fn serial_lot(code: &[u8]) -> NewLot {
    let (leaves, path) = tree();
    let mut root = node::<Software>(&leaves[0], &leaves[1]);
    for sibling in path.iter().skip(1) {
        root = node::<Software>(&root, sibling);
    }
    let paths = vec![7; 36];
    NewLot {
        product: gtin(0),
        code: code.to_vec(),
        expiry: expiry(),
        count: PACKS,
        serials: Some(Serials { root, paths }),
    }
}

fn bulk_lot(code: &[u8]) -> NewLot {
    NewLot {
        serials: None,
        ..serial_lot(code)
    }
}

fn serial(index: u64) -> Vec<u8> {
    format!("SERIAL-OF-20-BYTES-{index}").into_bytes()
}

/// The first two leaves, and the path of the first but for its sibling, which is the second.
fn tree() -> ([Hash; 2], [Hash; LEVELS]) {
    let leaves = [0, 1].map(|index| {
        let data = pack_data(
            &gtin(0),
            &serial(index),
            index,
            &salt_of::<Software>(&SECRET),
        );
        leaf::<Software>(&PACK_DOMAIN, &data)
    });
    let mut path = [[3; 32]; LEVELS];
    path[0] = leaves[1];
    (leaves, path)
}

fn claim(code: &[u8], index: u64) -> Claim {
    let (leaves, mut path) = tree();
    path[0] = leaves[usize::from(index == 0)];
    Claim {
        product: gtin(0),
        code: code.to_vec(),
        expiry: expiry(),
        index,
        first: 0,
        proof: Some(Proof {
            serial: serial(index),
            salt: salt_of::<Software>(&SECRET),
            path: path.to_vec(),
        }),
    }
}

/// The number of these digits and their check digit.
fn checked(digits: u64) -> u64 {
    let all = digits * 10..digits * 10 + 10;
    all.into_iter()
        .find(|number| has_check_digit(*number, 18))
        .unwrap_or_default()
}

fn gtin(number: u64) -> ProductName {
    ProductName::Gtin(checked(950_600_013_435 + number))
}

fn site(number: u64) -> u64 {
    checked(950_600_000_000 + number)
}

/// Olife ID with as many others.
fn identities(chain: &mut EmbeddedChain, alv: AccountId, others: u32) -> AccountId {
    let code = match Code::read("olife_id") {
        Ok(code) => code,
        Err(error) => panic!("{error}"),
    };
    let id = super::olife_id::deploy(chain, &code, alv);
    super::olife_id::fill(chain, &code, id, others);
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
