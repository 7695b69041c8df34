//! Every message of the factory.

use crate::meter::{Measures, Meter};
use ::alv::{Alv, PSP22Payable};
use ::psp22::PSP22;
use allive_access::{Ownable, Ownership, Pausable, PauseTerms};
use allive_calls::{at, contract_address, psp22, Chain, Code, Keyring, Typed};
use allive_derived_token_interface::{DerivedTokenClient, Label};
use allive_olife_id_interface::{IdentityId, OlifeIdClient};
use allive_requests::{Domain, Signature, LONGEST};
use allive_simulator::{EmbeddedChain, GENESIS, START};
use allive_support::filler::{holder, Filler};
use derived_factory::*;
use ink::{codegen::ContractCallBuilder, env::call::FromAccountId, primitives::AccountId};
use olife_id::{trust::DAY, Action, Control, Guardians, Held, Key, OlifeId, ALL};
use scale::Encode;

/// A factory, and its messages.
#[derive(Clone, Copy)]
struct Factory(AccountId);

impl Factory {
    fn contract(self) -> <DerivedFactory as ContractCallBuilder>::Type {
        at::<DerivedFactory>(self.0)
    }
}

const HOUR: u64 = 3_600_000;
const PRICE: u128 = 10;
const STAKE: u128 = 100_000;
const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 1_000,
    min_stake: 100,
};
/// Long enough for everything that is measured before it.
const SILENCE: u64 = 1_000 * HOUR;

/// The messages whose costs users feel.
pub const HOT: crate::Hot = &[
    ("register", "the token's creation included"),
    (
        "on_received",
        "a purchase by `transfer_and_call`, ALV's part included",
    ),
    ("buy", "out of a credit"),
    ("buy:by_allowance", ""),
    ("redeem", ""),
    ("convert", ""),
    ("reward", ""),
    ("redeem_voucher", ""),
    ("heartbeat", ""),
    ("withdraw", ""),
    ("claim", "of one holder of a failed DAPP"),
    ("inherit:dapp", "with what it asks Olife ID"),
];

/// Measures every message beside `others` DAPPs, credits and vouchers.
///
/// # Panics
/// If a message is refused.
pub fn measure(code: &Code, others: u32) -> Measures {
    let [owner, operator, user, ..] = Keyring::all().map(Keyring::account);
    let mut chain = EmbeddedChain::new();
    let alv = super::alv::deploy(&mut chain, operator);
    let identities = identities(&mut chain, alv);
    let factory = deploy(&mut chain, code, [alv, identities]);
    fill(&mut chain, code, factory, others);
    let held = psp22(alv).transfer(factory, FILLED * u128::from(others), vec![]);
    assert_eq!(chain.send(operator, held).value, Ok(Ok(())));
    let wealth = psp22(alv).transfer(user, 1_000_000, vec![]);
    assert_eq!(chain.send(operator, wealth).value, Ok(Ok(())));
    for account in [operator, user] {
        let approve = psp22(alv).approve(factory, 1_000_000);
        assert_eq!(chain.send(account, approve).value, Ok(Ok(())));
    }

    let first = DappId::from(others);
    let second = first + 1;
    let mut meter = Meter::new(chain);
    let vault = Factory(factory);
    meter.message("register", |chain, _| {
        chain.send(operator, vault.contract().register(profile().into(), STAKE))
    });
    sell(&mut meter, vault, alv, user, first);
    run(&mut meter, vault, operator, factory, first);
    ask(&mut meter, vault, alv, first);
    fail(&mut meter, vault, [owner, operator, user], [first, second]);
    govern(&mut meter, vault, owner);
    inherit(&mut meter, vault, identities, first);
    meter.measures()
}

/// What users do.
fn sell(meter: &mut Meter, factory: Factory, alv: AccountId, user: AccountId, dapp: DappId) {
    meter.message("buy:by_allowance", |chain, _| {
        chain.send(user, factory.contract().buy(dapp, 100, 0, 1))
    });
    meter.message("on_received", |chain, _| {
        let order = Some(Order {
            dapp,
            min_tokens: 0,
            min_backing: 1,
        });
        let message = at::<Alv>(alv).transfer_and_call(factory.0.into(), 100, order.encode());
        chain.send(user, message)
    });
    meter.message("deposit", |chain, _| {
        chain.send(user, factory.contract().deposit(10_000))
    });
    meter.message("buy", |chain, _| {
        chain.send(user, factory.contract().buy(dapp, 100, 0, 1))
    });
    meter.message("redeem", |chain, _| {
        chain.send(user, factory.contract().redeem(dapp, 2, 0))
    });
    meter.message("convert", |chain, _| {
        let convert = factory.contract().convert(dapp, 6, 0, dapp + 1, 0, 1);
        chain.send(user, convert)
    });
    meter.query("credit_of", |chain| {
        chain.ask(user, factory.contract().credit_of(user.into()))
    });
    meter.message("withdraw", |chain, turn| {
        if turn == 1 {
            let again = factory.contract().deposit(100);
            assert_eq!(chain.send(user, again).value, Ok(Ok(())));
        }
        chain.send(user, factory.contract().withdraw(user.into()))
    });
}

/// What an operator does.
fn run(meter: &mut Meter, factory: Factory, operator: AccountId, address: AccountId, dapp: DappId) {
    let user = Keyring::Charlie.account();
    meter.message("heartbeat", |chain, _| {
        chain.send(operator, factory.contract().heartbeat(dapp))
    });
    meter.message("appoint", |chain, _| {
        let us = || operator.into();
        chain.send(
            operator,
            factory
                .contract()
                .appoint(dapp, us(), Some(us()), Some(us())),
        )
    });
    meter.message("accept_dapp", |chain, _| {
        let us = || operator.into();
        let offer = factory
            .contract()
            .appoint(dapp, us(), Some(us()), Some(us()));
        assert_eq!(chain.send(operator, offer).value, Ok(Ok(())));
        chain.send(operator, factory.contract().accept_dapp(dapp))
    });
    meter.message("announce_price", |chain, _| {
        chain.send(
            operator,
            factory.contract().announce_price(dapp, Some(PRICE)),
        )
    });
    meter.message("change_price", |chain, _| {
        let announce = factory.contract().announce_price(dapp, Some(PRICE));
        assert_eq!(chain.send(operator, announce).value, Ok(Ok(())));
        chain.advance(HOUR);
        chain.send(operator, factory.contract().change_price(dapp))
    });
    meter.message("fund", |chain, _| {
        chain.send(
            operator,
            factory.contract().fund(dapp, Fund::Prepaid, 1_000),
        )
    });
    meter.message("reward", |chain, _| {
        chain.send(operator, factory.contract().reward(dapp, user.into(), 1))
    });
    meter.message("redeem_voucher", |chain, turn| {
        let (voucher, signature) = voucher(address, dapp, turn.into(), user);
        chain.send(
            user,
            factory.contract().redeem_voucher(voucher.into(), signature),
        )
    });
    meter.message("act_for", |chain, turn| {
        let request = buys(dapp, turn.into());
        let message = request.message(&Domain {
            purpose: &PURPOSE,
            chain: &GENESIS,
            contract: &address,
        });
        let signature = Signature::Sr25519(Keyring::Charlie.sign(message.wrapped()));
        let submit = factory.contract().act_for(request.into(), signature);
        chain.send(operator, submit)
    });
    meter.message("cancel", |chain, turn| {
        let nonce = 10 + u64::from(turn);
        chain.send(user, factory.contract().cancel(nonce))
    });
    meter.query("request_text", |chain| {
        chain.ask(user, factory.contract().request_text(buys(dapp, 0).into()))
    });
    meter.query("used_nonces", |chain| {
        chain.ask(user, factory.contract().used_nonces(operator.into(), 0))
    });
    meter.query("voucher_text", |chain| {
        let (voucher, _) = voucher(address, dapp, 0, user);
        chain.ask(user, factory.contract().voucher_text(voucher.into()))
    });
    meter.message("withdraw_prepaid", |chain, _| {
        chain.send(operator, factory.contract().withdraw_prepaid(dapp, 5))
    });
    meter.message("withdraw_proceeds", |chain, _| {
        chain.send(operator, factory.contract().withdraw_proceeds(dapp, 5))
    });
    meter.message("unbond", |chain, _| {
        chain.send(operator, factory.contract().unbond(dapp, Source::Stake, 10))
    });
    meter.message("release", |chain, turn| {
        if turn == 1 {
            let unbond = factory.contract().unbond(dapp, Source::Stake, 10);
            assert_eq!(chain.send(operator, unbond).value, Ok(Ok(())));
        }
        for each in [dapp, dapp + 1] {
            chain.advance(SILENCE - 1);
            let beat = factory.contract().heartbeat(each);
            assert_eq!(chain.send(operator, beat).value, Ok(Ok(())));
            let other = factory.contract().heartbeat(2 * dapp + 1 - each);
            assert_eq!(chain.send(operator, other).value, Ok(Ok(())));
        }
        chain.send(operator, factory.contract().release(dapp, Source::Stake))
    });
}

/// What anybody asks.
fn ask(meter: &mut Meter, factory: Factory, alv: AccountId, dapp: DappId) {
    let anyone = Keyring::Ferdie.account();
    meter.query("dapp", |chain| {
        chain.ask(anyone, factory.contract().dapp(dapp))
    });
    meter.query("phase", |chain| {
        chain.ask(anyone, factory.contract().phase(dapp))
    });
    meter.query("dapp_of", |chain| {
        chain.ask(anyone, factory.contract().dapp_of(alv.into()))
    });
    meter.query("dapp_count", |chain| {
        chain.ask(anyone, factory.contract().dapp_count())
    });
    meter.query("alv", |chain| chain.ask(anyone, factory.contract().alv()));
    meter.query("identities", |chain| {
        chain.ask(anyone, factory.contract().identities())
    });
    meter.query("terms", |chain| {
        chain.ask(anyone, factory.contract().terms())
    });
}

/// How two DAPPs end. Each way is walked twice, so that further DAPPs register for it.
fn fail(
    meter: &mut Meter,
    factory: Factory,
    [owner, operator, user]: [AccountId; 3],
    [first, second]: [DappId; 2],
) {
    let accused = [first, second];
    meter.message("accuse", |chain, turn| {
        chain.send(
            owner,
            factory
                .contract()
                .accuse(accused[usize::from(turn)], [1; 32].into()),
        )
    });
    meter.message("answer", |chain, turn| {
        chain.send(
            operator,
            factory
                .contract()
                .answer(accused[usize::from(turn)], [2; 32].into()),
        )
    });
    meter.message("acquit", |chain, turn| {
        chain.send(owner, factory.contract().acquit(accused[usize::from(turn)]))
    });
    meter.chain.advance(4 * HOUR);
    meter.message("decide", |chain, turn| {
        let dapp = register(chain, factory, operator);
        let accuse = factory.contract().accuse(dapp, [1; 32].into());
        assert_eq!(chain.send(owner, accuse).value, Ok(Ok(())), "{turn}");
        chain.advance(HOUR);
        chain.send(owner, factory.contract().decide(dapp))
    });
    meter.message("close", |chain, turn| {
        chain.send(
            operator,
            factory.contract().close(accused[usize::from(turn)]),
        )
    });
    meter.message("claim", |chain, turn| {
        chain.send(
            owner,
            factory
                .contract()
                .claim(accused[usize::from(turn)], user.into()),
        )
    });
    let mut silent = [0; 2].map(|_: u8| register(&mut meter.chain, factory, operator));
    meter.chain.advance(SILENCE);
    meter.message("declare_silent", |chain, turn| {
        chain.send(
            user,
            factory.contract().declare_silent(silent[usize::from(turn)]),
        )
    });
    meter.chain.advance(24 * HOUR);
    silent.reverse();
    meter.message("sweep", |chain, turn| {
        chain.send(user, factory.contract().sweep(silent[usize::from(turn)]))
    });
}

fn register(chain: &mut EmbeddedChain, factory: Factory, operator: AccountId) -> DappId {
    let register = factory
        .contract()
        .register(profile().into(), RULES.min_stake);
    match chain.send(operator, register).value {
        Ok(Ok(dapp)) => dapp,
        other => panic!("not registered: {other:?}"),
    }
}

/// What the owner does.
fn govern(meter: &mut Meter, factory: Factory, owner: AccountId) {
    meter.message("announce_rules", |chain, _| {
        chain.send(owner, factory.contract().announce_rules(Some(RULES.into())))
    });
    meter.message("change_rules", |chain, _| {
        let announce = factory.contract().announce_rules(Some(RULES.into()));
        assert_eq!(chain.send(owner, announce).value, Ok(Ok(())));
        chain.advance(HOUR);
        chain.send(owner, factory.contract().change_rules())
    });
    meter.message("pause", |chain, _| {
        chain.advance(3 * HOUR);
        chain.send(owner, factory.contract().pause())
    });
    meter.query("paused", |chain| {
        chain.ask(owner, factory.contract().paused())
    });
    meter.query("paused_until", |chain| {
        chain.ask(owner, factory.contract().paused_until())
    });
    meter.message("unpause", |chain, turn| {
        if turn == 1 {
            chain.advance(3 * HOUR);
            assert_eq!(
                chain.send(owner, factory.contract().pause()).value,
                Ok(Ok(()))
            );
        }
        chain.send(owner, factory.contract().unpause())
    });
    meter.query("owner", |chain| {
        chain.ask(owner, factory.contract().owner())
    });
    meter.query("pending_owner", |chain| {
        chain.ask(owner, factory.contract().pending_owner())
    });
    meter.message("transfer_ownership", |chain, _| {
        chain.send(
            owner,
            factory.contract().transfer_ownership(Some(owner.into())),
        )
    });
    meter.message("accept_ownership", |chain, _| {
        let offer = factory.contract().transfer_ownership(Some(owner.into()));
        assert_eq!(chain.send(owner, offer).value, Ok(Ok(())));
        chain.send(owner, factory.contract().accept_ownership())
    });
}

/// What is kept for a key that left its identity: to another key, and back.
fn inherit(meter: &mut Meter, factory: Factory, identities: AccountId, dapp: DappId) {
    let operators = [Keyring::Bob, Keyring::One];
    let users = [Keyring::Charlie, Keyring::Two];
    let turned = |[a, b]: [Keyring; 2], turn| if turn == 0 { [a, b] } else { [b, a] };
    for identity in [operators, users].map(|keys| keys[0].account()) {
        let guardians = Guardians {
            list: Vec::new(),
            threshold: 0,
        };
        act(
            &mut meter.chain,
            identities,
            identity,
            Action::Create { guardians },
        );
    }
    meter.message("inherit:dapp", |chain, turn| {
        let [old, new] = turned(operators, turn);
        replace(chain, identities, 0, [old, new]);
        chain.send(
            new.account(),
            factory.contract().inherit(Holding::Dapp(dapp)),
        )
    });
    meter.message("inherit:credit", |chain, turn| {
        let [old, new] = turned(users, turn);
        if turn == 0 {
            let deposit = factory.contract().deposit(100);
            assert_eq!(chain.send(old.account(), deposit).value, Ok(Ok(())));
        }
        replace(chain, identities, 1, [old, new]);
        let holding = Holding::Credit(old.account().into());
        chain.send(new.account(), factory.contract().inherit(holding))
    });
}

/// By its own word, another key for an identity.
fn replace(
    chain: &mut EmbeddedChain,
    identities: AccountId,
    identity: IdentityId,
    [old, new]: [Keyring; 2],
) {
    let control = Control {
        keys: vec![Held {
            key: Key::Account(new.account().into()),
            purposes: ALL,
        }],
        guardians: Guardians {
            list: Vec::new(),
            threshold: 0,
        },
    };
    let announce = Action::Announce {
        control: Some(control),
    };
    act(chain, identities, old.account(), announce);
    act(
        chain,
        identities,
        new.account(),
        Action::Consent {
            identity,
            purposes: olife_id::ALL,
        },
    );
    chain.advance(2 * DAY);
    let settle = at::<OlifeId>(identities).settle(identity);
    assert_eq!(chain.send(old.account(), settle).value, Ok(Ok(())));
}

fn act(chain: &mut EmbeddedChain, identities: AccountId, by: AccountId, action: Action) {
    let act = at::<OlifeId>(identities).act(action);
    let answer = chain.send(by, act).value;
    assert!(matches!(answer, Ok(Ok(_))), "{answer:?}");
}

/// Olife ID, where nobody is known.
///
/// # Panics
/// If it is not built, or the constructor fails.
pub fn identities(chain: &mut EmbeddedChain, alv: AccountId) -> AccountId {
    match Code::read("olife_id") {
        Ok(code) => super::olife_id::deploy(chain, &code, alv),
        Err(error) => panic!("{error}"),
    }
}

/// What a user signs to buy one unit.
fn buys(dapp: DappId, nonce: u64) -> Request {
    Request {
        signer: Keyring::Charlie.account().into(),
        action: derived_factory::Action::Buy {
            dapp,
            paid: PRICE,
            min_tokens: 1,
            min_backing: 0,
        },
        nonce,
        deadline: START + LONGEST,
    }
}

/// A voucher for one unit, signed by Bob.
pub fn voucher(
    factory: AccountId,
    dapp: DappId,
    number: u64,
    to: AccountId,
) -> (Voucher, Signature) {
    let voucher = Voucher {
        signer: Keyring::Bob.account().into(),
        action: Gift {
            dapp,
            to: to.into(),
            tokens: 1,
        },
        nonce: number,
        deadline: START + LONGEST,
    };
    let message = voucher.message(&Domain {
        purpose: &VOUCHER,
        chain: &GENESIS,
        contract: &factory,
    });
    let signature = Keyring::Bob.sign(message.wrapped());
    (voucher, Signature::Sr25519(signature))
}

/// Sells at ten, keeps half of it, and covers its holders in full.
pub fn profile() -> Profile {
    Profile {
        label: Label {
            name: "Wellness".into(),
            symbol: "WELL".into(),
            decimals: 2,
        },
        price: PRICE,
        cap: 1_000_000,
        reserve_share: 5_000,
        cover: 10_000,
        treasury: Keyring::Eve.account().into(),
    }
}

/// Creates a factory of Alice's, whose remainders are Ferdie's.
///
/// # Panics
/// If the token is not built, or the constructor fails.
pub fn deploy(
    chain: &mut EmbeddedChain,
    code: &Code,
    [alv, identities]: [AccountId; 2],
) -> AccountId {
    let owner = Keyring::Alice.account();
    let uploaded = match Code::read("derived_token") {
        Ok(token) => chain.upload(owner, &token.wasm),
        Err(error) => panic!("{error}"),
    };
    let durations = Durations {
        silence: SILENCE,
        answer: HOUR,
        unbonding: SILENCE + 3 * HOUR,
        notice: HOUR,
        claims: 24 * HOUR,
    };
    let pause = PauseTerms {
        duration: HOUR,
        cooldown: HOUR,
    };
    let rest = Keyring::Ferdie.account().into();
    let new = DerivedFactoryRef::new(
        alv,
        uploaded,
        Charter {
            remainder_to: rest,
            rules: RULES,
            durations,
            pause,
            chain: GENESIS,
            identities: OlifeIdClient::at(identities.into()),
        }
        .into(),
    );
    match chain.create(owner, code, new, b"") {
        Ok(Ok(created)) => created.address,
        other => panic!("the factory was not created: {other:?}"),
    }
}

/// ALV of each DAPP that [`fill`] writes, and of its operator's credit: what must be given to the
/// factory besides.
pub const FILLED: u128 = RULES.min_stake + PRICE + 1;

/// As if `count` operators had each registered a DAPP with the least stake, made Bob its signer,
/// prepaid a unit, redeemed a voucher for it, and deposited one unit of ALV. The tokens themselves
/// are not there.
///
/// # Panics
/// If the token is not built.
pub fn fill(chain: &mut EmbeddedChain, code: &Code, factory: AccountId, count: u32) {
    let token_code = match Code::read("derived_token") {
        Ok(token) => token.hash(),
        Err(error) => panic!("{error}"),
    };
    let mut filler = Filler::new(chain, factory, code);
    for number in 0..count {
        let (operator, id) = (holder(number), DappId::from(number));
        let Label {
            name,
            symbol,
            decimals,
        } = profile().label;
        let new = (ink::selector_bytes!("new"), name, symbol, decimals).encode();
        let token = contract_address(&factory, &token_code, &new, &id.to_le_bytes());
        filler.entry("dapps", id, dapp(operator, token));
        filler.entry("dapp_of", token, id);
        let credit = Credit {
            amount: 1,
            began: START,
            later: Vec::new(),
        };
        filler.entry("cells", operator, credit);
    }
    // As many vouchers of Bob's, a bit each. Cell 0 is for those that are measured.
    for first in (0..count).step_by(128) {
        let bits = match count - first {
            128.. => u128::MAX,
            rest => (1 << rest) - 1,
        };
        let cell = u64::from(first / 128) + 1;
        filler.entry("used", (Keyring::Bob.account(), cell), bits);
    }
    if count > 0 {
        type Root = (AccountId, u64, u64);
        filler.root::<Root>(|(_, _, dapps)| *dapps = count.into());
    }
}

/// A DAPP with one unit in being.
fn dapp(operator: AccountId, token: AccountId) -> Dapp {
    let Profile {
        price,
        cap,
        reserve_share,
        cover,
        treasury,
        ..
    } = profile();
    Dapp {
        operator: Ownership::new(operator.into()),
        since: START,
        treasury,
        signer: Some(Keyring::Bob.account().into()),
        token: DerivedTokenClient::from_account_id(token),
        terms: DappTerms {
            price,
            cap,
            reserve_share,
            cover,
            stake_share: RULES.stake_share,
        },
        next_price: None,
        life: Life::new(START, SILENCE),
        money: Money {
            reserve: PRICE / 2,
            stake: RULES.min_stake,
            proceeds: PRICE / 2,
            raised: PRICE,
            ..Money::default()
        },
        supply: 1,
        peak: PRICE,
    }
}
