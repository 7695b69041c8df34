//! Lives of ALV.

use super::stage::{actors, allowed, code, paid, said, Stage, HOUR, MINUTE};
use allive_access::{
    AccessControl, AccessError, Ownable, OwnershipChanged, Pausable, PauseChanged, PauseTerms,
    RoleChanged, RoleType,
};
use allive_calls::{at, psp22, Chain, EthereumKey, Event, Keyring, Typed};
use allive_requests::{ChainId, Domain, Message, RequestError, Signature};
use allive_support::tokens::payments;
use alv::{Action, Alv, AlvError, AlvRef, Request, MINTER, PAUSER, PURPOSE, VAULT};
use ink::primitives::AccountId;
use psp22::{PSP22Burnable, PSP22Error, PSP22Metadata, PSP22Mintable, PSP22};

/// What the deployer of ALV holds at first.
pub const SUPPLY: u128 = 1_000_000;
const CAP: u128 = 1_500_000;
const DURATION: u64 = HOUR;
const COOLDOWN: u64 = 2 * HOUR;

/// Creates ALV in the hands of `owner`.
pub fn deploy<C: Chain>(stage: &mut Stage<C>, owner: AccountId) -> AccountId {
    let pause = PauseTerms {
        duration: DURATION,
        cooldown: COOLDOWN,
    };
    let constructor = AlvRef::new(SUPPLY, CAP, pause, stage.genesis);
    let created = stage.create(owner, &code("alv"), constructor);
    let alv = created.address;
    assert_eq!(created.events, [paid(alv, None, owner, SUPPLY)]);
    stage.holdings(alv, [(owner, SUPPLY)]);
    alv
}

/// Gives a role, which ALV says.
pub fn appoint<C: Chain>(
    stage: &mut Stage<C>,
    alv: AccountId,
    owner: AccountId,
    role: RoleType,
    account: AccountId,
) {
    let grant = at::<Alv>(alv).grant_role(role, account.into());
    let (_, events) = stage.accept(owner, grant);
    assert_eq!(events, [role_changed(alv, role, account, true)]);
}

/// Pays from one account to another, which ALV says.
pub fn pay<C: Chain>(
    stage: &mut Stage<C>,
    alv: AccountId,
    from: AccountId,
    to: AccountId,
    value: u128,
) {
    let (_, events) = stage.accept(from, psp22(alv).transfer(to, value, vec![]));
    assert_eq!(events, [paid(alv, from, to, value)]);
}

/// ALV has a name, and moves from holder to holder: by a transfer, by an allowance, to many at
/// once.
pub fn holders_pay_and_allow<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, holder, other, spender, ..] = actors();
    let alv = deploy(&mut stage, owner);
    let token = || at::<Alv>(alv);

    let name = stage.chain.get(token().token_name());
    let symbol = stage.chain.get(token().token_symbol());
    assert_eq!(name.as_deref(), Some("ALLIVE"));
    assert_eq!(symbol.as_deref(), Some("ALV"));
    assert_eq!(stage.chain.get(token().token_decimals()), 8);
    assert_eq!(stage.chain.get(token().cap()), CAP);

    pay(&mut stage, alv, owner, holder, 1_000);
    let too_much = psp22(alv).transfer(other, 1_001, vec![]);
    stage.refuse(holder, too_much, PSP22Error::InsufficientBalance);
    let nothing = psp22(alv).transfer(other, 0, vec![]);
    assert_eq!(stage.accept(holder, nothing), ((), vec![]));
    stage.holdings(alv, [(owner, SUPPLY - 1_000), (holder, 1_000)]);

    let allowances = [
        (psp22(alv).approve(spender, 300), 300),
        (psp22(alv).approve(spender, 350), 350),
    ];
    for (message, amount) in allowances {
        let (_, events) = stage.accept(holder, message);
        assert_eq!(events, [allowed(alv, holder, spender, amount)]);
    }
    let (_, events) = stage.accept(holder, psp22(alv).increase_allowance(spender, 100));
    assert_eq!(events, [allowed(alv, holder, spender, 450)]);
    let (_, events) = stage.accept(holder, psp22(alv).decrease_allowance(spender, 150));
    assert_eq!(events, [allowed(alv, holder, spender, 300)]);

    let spend = |value| psp22(alv).transfer_from(holder, other, value, vec![]);
    let coins = stage.chain.balance(holder);
    let (_, events) = stage.accept(spender, spend(200));
    let expected = [
        allowed(alv, holder, spender, 100),
        paid(alv, holder, other, 200),
    ];
    assert_eq!(events, expected);
    assert_eq!(
        stage.chain.balance(holder),
        coins,
        "the spender pays the chain"
    );
    assert_eq!(stage.chain.get(psp22(alv).allowance(holder, spender)), 100);
    stage.refuse(spender, spend(101), PSP22Error::InsufficientAllowance);
    stage.accept(holder, psp22(alv).approve(spender, 5_000));
    stage.refuse(spender, spend(801), PSP22Error::InsufficientBalance);
    let held = [(owner, SUPPLY - 1_000), (holder, 800), (other, 200)];
    stage.holdings(alv, held);

    let many = [(other, 1), (spender, 2), (owner, 3)];
    let (_, events) = stage.accept(holder, token().transfer_many(payments(&many)));
    let expected = many.map(|(to, value)| paid(alv, holder, to, value));
    assert_eq!(events, expected);
    let one_too_much = token().transfer_many(payments(&[(other, 794), (spender, 1)]));
    stage.refuse(holder, one_too_much, AlvError::InsufficientBalance);
    let one_too_many = token().transfer_many(payments(&[(other, 1); 101]));
    stage.refuse(holder, one_too_many, AlvError::TooManyPayments);
    let held = [
        (owner, SUPPLY - 997),
        (holder, 794),
        (other, 201),
        (spender, 2),
    ];
    stage.holdings(alv, held);
}

/// A minter mints up to the cap; a holder burns her own.
pub fn units_come_and_go_within_the_cap<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, holder, minter, ..] = actors();
    let alv = deploy(&mut stage, owner);
    let mint = |value| at::<Alv>(alv).mint(value);
    let burn = |value| at::<Alv>(alv).burn(value);

    stage.refuse(owner, mint(1), custom("MissingRole"));
    appoint(&mut stage, alv, owner, MINTER, minter);
    stage.refuse(owner, mint(1), custom("MissingRole"));
    stage.refuse(minter, mint(CAP - SUPPLY + 1), custom("CapExceeded"));
    for value in [400, CAP - SUPPLY - 400] {
        let (_, events) = stage.accept(minter, mint(value));
        assert_eq!(events, [paid(alv, None, minter, value)]);
    }
    stage.refuse(minter, mint(1), custom("CapExceeded"));
    stage.holdings(alv, [(owner, SUPPLY), (minter, CAP - SUPPLY)]);

    stage.refuse(holder, burn(1), PSP22Error::InsufficientBalance);
    let (_, events) = stage.accept(owner, burn(1_000));
    assert_eq!(events, [paid(alv, owner, None, 1_000)]);
    stage.holdings(alv, [(owner, SUPPLY - 1_000), (minter, CAP - SUPPLY)]);
    // What was burned makes room under the cap.
    stage.accept(minter, mint(1_000));
    stage.refuse(minter, mint(1), custom("CapExceeded"));
    let held = [(owner, SUPPLY - 1_000), (minter, CAP - SUPPLY + 1_000)];
    stage.holdings(alv, held);
}

/// Roles are the owner's to give and to take, but for that of a vault; ownership changes in two
/// steps.
pub fn rights_change_hands<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, candidate, minter, vault, stranger, ..] = actors();
    let alv = deploy(&mut stage, owner);
    let token = || at::<Alv>(alv);
    let grant = |role, to: AccountId| token().grant_role(role, to.into());
    let revoke = |role, from: AccountId| token().revoke_role(role, from.into());
    let has = |role, account: AccountId| token().has_role(role, account.into());

    let minter_by_stranger = grant(MINTER, stranger);
    stage.refuse(stranger, minter_by_stranger, AccessError::CallerIsNotOwner);
    appoint(&mut stage, alv, owner, MINTER, minter);
    appoint(&mut stage, alv, owner, PAUSER, minter);
    appoint(&mut stage, alv, owner, VAULT, vault);
    stage.refuse(owner, grant(MINTER, minter), AccessError::RoleRedundant);
    assert!(stage.chain.get(has(MINTER, minter)));
    let (_, events) = stage.accept(owner, revoke(MINTER, minter));
    assert_eq!(events, [role_changed(alv, MINTER, minter, false)]);
    stage.refuse(owner, revoke(MINTER, minter), AccessError::MissingRole);
    assert!(!stage.chain.get(has(MINTER, minter)));
    let (_, events) = stage.accept(minter, token().renounce_role(PAUSER));
    assert_eq!(events, [role_changed(alv, PAUSER, minter, false)]);
    stage.refuse(owner, revoke(VAULT, vault), AccessError::RoleIsPermanent);
    assert!(stage.chain.get(has(VAULT, vault)));

    let offer = |to: Option<AccountId>| token().transfer_ownership(to.map(Into::into));
    let accept = || token().accept_ownership();
    let to_itself = offer(Some(stranger));
    stage.refuse(stranger, to_itself, AccessError::CallerIsNotOwner);
    for (pending, refused) in [(Some(stranger), candidate), (None, stranger)] {
        let (_, events) = stage.accept(owner, offer(pending));
        assert_eq!(events, [ownership_changed(alv, owner, pending)]);
        stage.refuse(refused, accept(), AccessError::CallerIsNotPendingOwner);
    }
    stage.accept(owner, offer(Some(candidate)));
    let pending = stage.chain.get(token().pending_owner());
    assert_eq!(pending.as_deref(), Some(&candidate));
    // The owner is the owner until the candidate accepts.
    appoint(&mut stage, alv, owner, MINTER, minter);
    let (_, events) = stage.accept(candidate, accept());
    assert_eq!(events, [ownership_changed(alv, candidate, None)]);
    let now_owner = stage.chain.get(token().owner());
    assert_eq!(now_owner.as_deref(), Some(&candidate));
    let by_former = revoke(MINTER, minter);
    stage.refuse(owner, by_former, AccessError::CallerIsNotOwner);
    stage.accept(candidate, revoke(MINTER, minter));
    stage.holdings(alv, [(owner, SUPPLY)]);
}

/// A pause stops what holders pay and nothing else, and ends without anybody's doing; the next one
/// has to wait.
pub fn a_pause_stops_holders_and_ends_by_itself<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, holder, other, pauser, vault, stranger, ..] = actors();
    let alv = deploy(&mut stage, owner);
    let token = || at::<Alv>(alv);
    let transfer = || psp22(alv).transfer(other, 10, vec![]);
    let many = || token().transfer_many(payments(&[(other, 10)]));
    let spend = || psp22(alv).transfer_from(holder, other, 10, vec![]);
    appoint(&mut stage, alv, owner, PAUSER, pauser);
    appoint(&mut stage, alv, owner, VAULT, vault);
    pay(&mut stage, alv, owner, holder, 1_000);
    pay(&mut stage, alv, owner, vault, 500);
    stage.accept(holder, psp22(alv).approve(stranger, 100));

    for not_pauser in [owner, stranger] {
        stage.refuse(not_pauser, token().pause(), AccessError::MissingRole);
    }
    stage.refuse(pauser, token().unpause(), AccessError::NotPaused);
    let until = begin_pause(&mut stage, alv, pauser);
    for moment in [None, Some(until - 10 * MINUTE)] {
        if let Some(moment) = moment {
            stage.wait_until(moment);
        }
        assert!(stage.chain.get(token().paused()));
        stage.refuse(holder, transfer(), custom("Paused"));
        stage.refuse(stranger, spend(), custom("Paused"));
        stage.refuse(holder, many(), AlvError::Paused);
        stage.refuse(pauser, token().pause(), AccessError::PauseTooSoon);
        pay(&mut stage, alv, vault, other, 10);
        stage.accept(holder, psp22(alv).increase_allowance(stranger, 1));
        stage.accept(holder, token().burn(1));
    }
    let rest = SUPPLY - 1_500;
    let held = [(owner, rest), (holder, 998), (vault, 480), (other, 20)];
    stage.holdings(alv, held);

    stage.wait_until(until);
    assert!(!stage.chain.get(token().paused()));
    assert_eq!(stage.chain.get(token().paused_until()), until);
    pay(&mut stage, alv, holder, other, 10);
    stage.accept(stranger, spend());
    stage.accept(holder, many());
    stage.refuse(pauser, token().unpause(), AccessError::NotPaused);
    stage.wait_until(until + COOLDOWN - 10 * MINUTE);
    stage.refuse(pauser, token().pause(), AccessError::PauseTooSoon);
    stage.wait_until(until + COOLDOWN);
    begin_pause(&mut stage, alv, pauser);

    // Ended early, it is over at once, and the cooldown begins here.
    stage.refuse(owner, token().unpause(), AccessError::MissingRole);
    let (_, events) = stage.accept(pauser, token().unpause());
    let until = stage.chain.get(token().paused_until());
    assert_eq!(events, [said(alv, PauseChanged { until })]);
    pay(&mut stage, alv, holder, other, 10);
    stage.wait_until(until + COOLDOWN - 10 * MINUTE);
    stage.refuse(pauser, token().pause(), AccessError::PauseTooSoon);
    let held = [(owner, rest), (holder, 958), (vault, 480), (other, 60)];
    stage.holdings(alv, held);
}

/// Begins a pause. Returns its end, which ALV says.
fn begin_pause<C: Chain>(stage: &mut Stage<C>, alv: AccountId, pauser: AccountId) -> u64 {
    let before = stage.chain.now();
    let (_, events) = stage.accept(pauser, at::<Alv>(alv).pause());
    let after = stage.chain.now();
    let until = stage.chain.get(at::<Alv>(alv).paused_until());
    assert!((before + DURATION..=after + DURATION).contains(&until));
    assert_eq!(events, [said(alv, PauseChanged { until })]);
    until
}

/// A holder signs, by either scheme and in either form; somebody else submits it and pays the
/// chain. It is good once, until its deadline, here.
pub fn anybody_submits_what_a_holder_signed<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut stage = Stage::open(chain, genesis);
    let [owner, holder, other, spender, submitter, ..] = actors();
    let alv = deploy(&mut stage, owner);
    let key = EthereumKey::from_seed([7; 32]);
    let wallets: [Wallet; 2] = [
        (holder, &|bytes| {
            Signature::Sr25519(Keyring::Bob.sign(bytes))
        }),
        (key.account(), &|bytes| Signature::Ecdsa(key.sign(bytes))),
    ];
    let mut paid_to_other = 0;
    for wallet in wallets {
        let (signer, sign) = wallet;
        pay(&mut stage, alv, owner, signer, 100);
        let coins = [signer, submitter].map(|who| stage.chain.balance(who));
        let deadline = stage.chain.now() + HOUR;
        let request = |action, nonce| Request {
            signer: signer.into(),
            action,
            nonce,
            deadline,
        };
        let transfer = |nonce| {
            let (to, value) = (other.into(), 10);
            request(Action::Transfer { to, value }, nonce)
        };
        let submit = |request: Request, chain: &ChainId, form: Form| {
            let message = request.message(&Domain {
                purpose: &PURPOSE,
                chain,
                contract: &alv,
            });
            let signature = sign(form(&message));
            at::<Alv>(alv).act_for(request, signature)
        };

        let used = || AlvError::Request(RequestError::NonceUsed);
        let forged = || AlvError::Request(RequestError::BadSignature);
        let forms: [Form; 2] = [Message::raw, Message::wrapped];
        let mut nonce = 0;
        for form in forms {
            let (_, events) = stage.accept(submitter, submit(transfer(nonce), &genesis, form));
            assert_eq!(events, [paid(alv, signer, other, 10)]);
            for form in forms {
                let replay = submit(transfer(nonce), &genesis, form);
                stage.refuse(submitter, replay, used());
            }
            nonce += 1;
            let (to, value) = (spender.into(), 5 + u128::from(nonce));
            let approve = request(Action::Approve { spender: to, value }, nonce);
            let (_, events) = stage.accept(submitter, submit(approve, &genesis, form));
            assert_eq!(events, [allowed(alv, signer, spender, value)]);
            nonce += 1;

            let elsewhere = submit(transfer(nonce), &[0x5a; 32], form);
            stage.refuse(submitter, elsewhere, forged());
        }
        let altered = Request {
            action: Action::Transfer {
                to: submitter.into(),
                value: 10,
            },
            ..transfer(nonce)
        };
        let message = transfer(nonce).message(&Domain {
            purpose: &PURPOSE,
            chain: &genesis,
            contract: &alv,
        });
        let signature = sign(message.wrapped());
        let altered = at::<Alv>(alv).act_for(altered, signature);
        stage.refuse(submitter, altered, forged());

        stage.wait_until(deadline - 10 * MINUTE);
        let in_time = submit(transfer(nonce), &genesis, Message::wrapped);
        stage.accept(submitter, in_time);
        stage.wait_until(deadline + 1);
        let late = submit(transfer(nonce + 1), &genesis, Message::wrapped);
        let expired = AlvError::Request(RequestError::Expired);
        stage.refuse(submitter, late, expired);
        let used = at::<Alv>(alv).used_nonces(signer.into(), 0);
        assert_eq!(stage.chain.get(used), 0b1_1111);

        assert_eq!(stage.chain.balance(signer), coins[0]);
        assert!(stage.chain.balance(submitter) < coins[1]);
        // What was allowed by signature is spent like any other allowance.
        let spend = psp22(alv).transfer_from(signer, other, 8, vec![]);
        let (_, events) = stage.accept(spender, spend);
        let expected = [
            allowed(alv, signer, spender, 0),
            paid(alv, signer, other, 8),
        ];
        assert_eq!(events, expected);
        paid_to_other += 38;
        assert_eq!(stage.held(alv, other), paid_to_other);
        assert_eq!(stage.held(alv, signer), 62);
    }
    let [(holder, _), (keyed, _)] = wallets;
    let held = [
        (owner, SUPPLY - 200),
        (holder, 62),
        (keyed, 62),
        (other, 76),
    ];
    stage.holdings(alv, held);
}

/// An account, and what signs for it.
type Wallet<'k> = (AccountId, &'k dyn Fn(&[u8]) -> Signature);

/// In which form a wallet signs a message.
type Form = for<'m> fn(&'m Message) -> &'m [u8];

/// What PSP22's messages say where the standard has no word of its own.
fn custom(reason: &str) -> PSP22Error {
    PSP22Error::Custom(reason.into())
}

fn role_changed(alv: AccountId, role: RoleType, account: AccountId, held: bool) -> Event {
    let account = account.into();
    said(
        alv,
        RoleChanged {
            role,
            account,
            held,
        },
    )
}

fn ownership_changed(alv: AccountId, owner: AccountId, pending: Option<AccountId>) -> Event {
    let (owner, pending) = (owner.into(), pending.map(Into::into));
    said(alv, OwnershipChanged { owner, pending })
}
