//! Requests that their owner signed and somebody else submits.

use crate::world::*;
use allive_access::{Account, Pausable};
use allive_calls::{at, Chain, EthereumKey, Keyring, Message};
use allive_signatures::{Message as Signed, Signature};
use allive_simulator::{GENESIS, START};
use alv::{Action, Alv, AlvError, AlvRef, Request, PURPOSE, VAULT};
use ink::primitives::AccountId;
use scale::Encode;

const TERM: u64 = 1_000;

/// A wallet: hands out a signature of any bytes.
trait Wallet {
    fn account(&self) -> AccountId;
    fn signature(&self, bytes: &[u8]) -> Signature;
}

impl Wallet for Keyring {
    fn account(&self) -> AccountId {
        self.id()
    }
    fn signature(&self, bytes: &[u8]) -> Signature {
        Signature::Sr25519(self.sign(bytes))
    }
}

impl Wallet for EthereumKey {
    fn account(&self) -> AccountId {
        EthereumKey::account(self)
    }
    fn signature(&self, bytes: &[u8]) -> Signature {
        Signature::Ecdsa(self.sign(bytes))
    }
}

fn ethereum() -> EthereumKey {
    EthereumKey::from_seed([7; 32])
}

fn request(owner: AccountId, action: Action, nonce: u128) -> Request {
    Request {
        owner: owner.into(),
        action,
        nonce,
        deadline: START + TERM,
    }
}

fn pay(to: impl Party, value: u128) -> Action {
    Action::Transfer {
        to: to.id().into(),
        value,
    }
}

fn allow(spender: impl Party, value: u128) -> Action {
    Action::Approve {
        spender: spender.id().into(),
        value,
    }
}

/// What is signed, laid out by hand as the specification says.
fn raw(alv: AccountId, request: &Request) -> Vec<u8> {
    let (kind, party, value) = match &request.action {
        Action::Transfer { to, value } => (0_u8, to, value),
        Action::Approve { spender, value } => (1_u8, spender, value),
    };
    [
        b"allive/alv/v1   ".to_vec(),
        GENESIS.to_vec(),
        alv.encode(),
        request.owner.encode(),
        vec![kind],
        party.encode(),
        value.to_le_bytes().to_vec(),
        request.nonce.to_le_bytes().to_vec(),
        request.deadline.to_le_bytes().to_vec(),
    ]
    .concat()
}

fn wrapped(raw: &[u8]) -> Vec<u8> {
    [b"<Bytes>", raw, b"</Bytes>"].concat()
}

impl Deployed {
    fn submit(
        &self,
        request: &Request,
        signature: Signature,
    ) -> Message<impl Encode, Result<(), AlvError>> {
        at::<Alv>(self.token).submit(request.clone(), signature)
    }

    /// Signed by its owner as the polkadot.js extension does.
    fn signed(
        &self,
        wallet: &impl Wallet,
        request: &Request,
    ) -> Message<impl Encode, Result<(), AlvError>> {
        let signature = wallet.signature(&wrapped(&raw(self.token, request)));
        self.submit(request, signature)
    }

    fn nonce(&self, of: impl Party) -> Message<impl Encode, u128> {
        at::<Alv>(self.token).nonce(of.id().into())
    }
}

#[test]
fn what_is_signed_is_laid_out_as_the_specification_says() {
    let world = World::new();
    for action in [pay(OTHER, 258), allow(OTHER, u128::MAX)] {
        let request = request(HOLDER.id(), action, 3);
        let message = Signed::new(&PURPOSE, &GENESIS, &world.alv, &request);
        let raw = raw(world.token, &request);
        assert_eq!(raw.len(), 185);
        assert_eq!(message.raw(), Some(&raw[..]));
        assert_eq!(message.wrapped(), Some(&wrapped(&raw)[..]));
    }
}

fn in_every_form(wallet: &impl Wallet) {
    let owner = wallet.account();
    let mut world = World::new();
    world.done(OWNER, world.transfer(owner, 100));
    let mut nonce = 0;
    for wrap in [false, true] {
        let form = |raw: Vec<u8>| if wrap { wrapped(&raw) } else { raw };
        let transfer = request(owner, pay(OTHER, 10), nonce);
        let signature = wallet.signature(&form(raw(world.token, &transfer)));
        let receipt = world.receipt(STRANGER, world.submit(&transfer, signature));
        assert_eq!(receipt.events, [world.transferred(owner, OTHER, 10)]);

        let approve = request(owner, allow(GUARD, 5 + nonce), nonce + 1);
        let signature = wallet.signature(&form(raw(world.token, &approve)));
        let receipt = world.receipt(STRANGER, world.submit(&approve, signature));
        assert_eq!(receipt.events, [world.approved(owner, GUARD, 5 + nonce)]);
        nonce += 2;
    }
    assert_eq!([world.holds(owner), world.holds(OTHER)], [80, 20]);
    assert_eq!(world.get(world.allowance(owner, GUARD)), 7);
    assert_eq!(world.get(world.nonce(owner)), 4);
}

#[test]
fn an_sr25519_signature_pays_and_allows_raw_and_wrapped() {
    in_every_form(&HOLDER_WITHOUT_WEALTH);
}

/// Its balance begins at nothing.
const HOLDER_WITHOUT_WEALTH: Keyring = ISSUER;

#[test]
fn an_ecdsa_signature_pays_and_allows_raw_and_wrapped() {
    in_every_form(&ethereum());
}

#[test]
fn whoever_submits_gains_nothing_and_pays_the_deposit() {
    let mut world = World::new();
    let coins = [HOLDER, STRANGER].map(|who| world.coins(who));
    let receipt = world.receipt(
        STRANGER,
        world.signed(&HOLDER, &request(HOLDER.id(), pay(OTHER, 10), 0)),
    );
    assert_eq!(receipt.deposit.items, 2, "a nonce and a balance");
    assert_eq!(world.holds(STRANGER), 0);
    assert_eq!(world.coins(HOLDER), coins[0]);
    assert!(world.coins(STRANGER) < coins[1]);
    assert_eq!(world.get(world.nonce(STRANGER)), 0);
}

#[test]
fn the_owner_may_submit_her_own() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 10), 0);
    // Her word is not enough, not even here.
    let by_another = STRANGER.signature(&raw(world.token, &request));
    let message = at::<Alv>(world.alv).submit(request.clone(), by_another);
    let refused = world.refused(HOLDER, message);
    assert_eq!(refused, AlvError::BadSignature);
    let signature = HOLDER.signature(&raw(world.token, &request));
    let message = at::<Alv>(world.alv).submit(request, signature);
    world.done(HOLDER, message);
    assert_eq!(world.holds(OTHER), 10);
}

#[test]
fn a_signature_by_anybody_but_the_owner_is_refused() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(STRANGER, 10), 0);
    for signer in [OWNER, STRANGER, OTHER] {
        let refused = world.refused(STRANGER, world.signed(&signer, &request));
        assert_eq!(refused, AlvError::BadSignature);
    }
    let refused = world.refused(STRANGER, world.signed(&ethereum(), &request));
    assert_eq!(refused, AlvError::BadSignature);
    assert_eq!(world.get(world.nonce(HOLDER)), 0);
}

#[test]
fn a_signature_for_another_chain_contract_or_purpose_is_refused() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 10), 0);
    let here = world.alv;
    let twin = AlvRef::new(SUPPLY, CAP, PAUSE, GENESIS);
    let twin = world.create(OWNER, "alv", twin).unwrap().address;
    for (purpose, chain, contract) in [
        (PURPOSE, [9; 32], here),
        (PURPOSE, GENESIS, twin),
        (*b"allive/alv/v2   ", GENESIS, here),
        (*b"allive/claim/v1 ", GENESIS, here),
    ] {
        let message = Signed::new(&purpose, &chain, &contract, &request);
        for bytes in [message.raw(), message.wrapped()] {
            let refused = world.refused(
                STRANGER,
                world.submit(&request, HOLDER.signature(bytes.unwrap())),
            );
            assert_eq!(refused, AlvError::BadSignature);
        }
    }
    // Nor is what was meant for this one good on its twin.
    let signature = HOLDER.signature(&raw(world.token, &request));
    world.token = twin;
    let refused = world.refused(STRANGER, world.submit(&request, signature.clone()));
    assert_eq!(refused, AlvError::BadSignature);
    world.token = here;
    world.done(STRANGER, world.submit(&request, signature));
}

#[test]
fn a_request_of_which_anything_was_altered_is_refused() {
    let mut world = World::new();
    let honest = request(HOLDER.id(), pay(OTHER, 10), 0);
    let signature = HOLDER.signature(&wrapped(&raw(world.token, &honest)));
    let altered = [
        Request {
            owner: OWNER.id().into(),
            ..honest.clone()
        },
        Request {
            action: pay(STRANGER, 10),
            ..honest.clone()
        },
        Request {
            action: pay(OTHER, 11),
            ..honest.clone()
        },
        Request {
            action: allow(OTHER, 10),
            ..honest.clone()
        },
        Request {
            deadline: honest.deadline + 1,
            ..honest.clone()
        },
        Request {
            deadline: honest.deadline - 1,
            ..honest.clone()
        },
    ];
    for request in altered {
        let refused = world.refused(STRANGER, world.submit(&request, signature.clone()));
        assert_eq!(refused, AlvError::BadSignature, "{request:?}");
    }
    // The nonce: signed as the next but one, shown as the next.
    let later = Request {
        nonce: 1,
        ..honest.clone()
    };
    let of_later = HOLDER.signature(&wrapped(&raw(world.token, &later)));
    let refused = world.refused(STRANGER, world.submit(&honest, of_later));
    assert_eq!(refused, AlvError::BadSignature);
    world.done(STRANGER, world.submit(&honest, signature));
}

#[test]
fn other_wrappings_are_refused() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 10), 0);
    let raw = raw(world.token, &request);
    for bytes in [
        wrapped(&wrapped(&raw)),
        [b"<Bytes>", &raw[..]].concat(),
        [&raw[..], b"</Bytes>"].concat(),
        [&raw[..], b" "].concat(),
        raw[..raw.len() - 1].to_vec(),
        vec![],
    ] {
        let refused = world.refused(STRANGER, world.submit(&request, HOLDER.signature(&bytes)));
        assert_eq!(refused, AlvError::BadSignature);
    }
}

#[test]
fn a_request_is_carried_out_once() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 10), 0);
    world.done(STRANGER, world.signed(&HOLDER, &request));
    // In the form that was used, and in the other.
    for bytes in [
        wrapped(&raw(world.token, &request)),
        raw(world.token, &request),
    ] {
        let again = world.refused(STRANGER, world.submit(&request, HOLDER.signature(&bytes)));
        assert_eq!(again, AlvError::WrongNonce);
    }
    assert_eq!(world.holds(OTHER), 10);
}

#[test]
fn requests_are_carried_out_in_the_order_of_their_nonces() {
    let mut world = World::new();
    let [first, second] = [0, 1].map(|nonce| request(HOLDER.id(), pay(OTHER, 10), nonce));
    for nonce in [1, 2, u128::MAX] {
        let early = request(HOLDER.id(), pay(OTHER, 10), nonce);
        let refused = world.refused(STRANGER, world.signed(&HOLDER, &early));
        assert_eq!(refused, AlvError::WrongNonce);
    }
    world.done(STRANGER, world.signed(&HOLDER, &first));
    assert_eq!(world.get(world.nonce(HOLDER)), 1);
    world.done(STRANGER, world.signed(&HOLDER, &second));
    assert_eq!(world.get(world.nonce(HOLDER)), 2);
    assert_eq!(
        world.get(world.nonce(OTHER)),
        0,
        "each account counts its own"
    );
}

#[test]
fn a_request_is_cancelled_by_using_its_nonce_for_another() {
    // Paying oneself, paying nothing and allowing oneself move nothing, and use the nonce.
    for nothing in [pay(HOLDER, 1), pay(OTHER, 0), allow(HOLDER, 1)] {
        let mut world = World::new();
        let regretted = request(HOLDER.id(), pay(STRANGER, WEALTH), 0);
        let signature = HOLDER.signature(&raw(world.token, &regretted));
        let instead = request(HOLDER.id(), nothing, 0);
        let receipt = world.receipt(STRANGER, world.signed(&HOLDER, &instead));
        assert_eq!(receipt.events, []);
        let refused = world.refused(STRANGER, world.submit(&regretted, signature));
        assert_eq!(refused, AlvError::WrongNonce);
        assert_eq!(world.holds(HOLDER), WEALTH);
    }
}

#[test]
fn a_request_is_good_at_its_deadline_and_not_a_millisecond_later() {
    for (moment, expected) in [
        (TERM - 1, Ok(())),
        (TERM, Ok(())),
        (TERM + 1, Err(AlvError::Expired)),
    ] {
        let mut world = World::new();
        world.at(START + moment);
        let answer = world.send(
            STRANGER,
            world.signed(&HOLDER, &request(HOLDER.id(), pay(OTHER, 10), 0)),
        );
        assert_eq!(answer.value, Ok(expected), "at {moment}");
    }
}

#[test]
fn the_deadline_is_looked_at_first_then_the_nonce_then_the_signature() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, WEALTH + 1), 1);
    let nonsense = || Signature::Sr25519([0; 64]);
    assert_eq!(
        world.refused(STRANGER, world.submit(&request, nonsense())),
        AlvError::WrongNonce
    );
    let next = Request {
        nonce: 0,
        ..request.clone()
    };
    assert_eq!(
        world.refused(STRANGER, world.submit(&next, nonsense())),
        AlvError::BadSignature
    );
    world.at(START + TERM + 1);
    assert_eq!(
        world.refused(STRANGER, world.submit(&request, nonsense())),
        AlvError::Expired
    );
}

#[test]
fn a_signature_of_one_scheme_is_not_good_as_one_of_another() {
    let mut world = World::new();
    let key = ethereum();
    world.done(OWNER, world.transfer(EthereumKey::account(&key), 100));
    let of_holder = request(HOLDER.id(), pay(OTHER, 1), 0);
    let of_key = request(EthereumKey::account(&key), pay(OTHER, 1), 0);
    let bytes = raw(world.token, &of_holder);
    let mut long = [0; 65];
    long[..64].copy_from_slice(&HOLDER.sign(&bytes));
    for last in [0, 1, 27, 0xff] {
        long[64] = last;
        let refused = world.refused(STRANGER, world.submit(&of_holder, Signature::Ecdsa(long)));
        assert_eq!(refused, AlvError::BadSignature);
    }
    let mut short = [0; 64];
    short.copy_from_slice(&key.sign(&raw(world.token, &of_key))[..64]);
    let refused = world.refused(STRANGER, world.submit(&of_key, Signature::Sr25519(short)));
    assert_eq!(refused, AlvError::BadSignature);
    // An Ethereum wallet's text is a third thing, and not accepted here.
    let personal = key.sign_personal(&raw(world.token, &of_key));
    let refused = world.refused(STRANGER, world.submit(&of_key, Signature::Ecdsa(personal)));
    assert_eq!(refused, AlvError::BadSignature);
}

#[test]
fn a_malformed_signature_is_refused_and_not_a_trap() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 1), 0);
    for byte in [0, 1, 0x80, 0xff] {
        for signature in [Signature::Sr25519([byte; 64]), Signature::Ecdsa([byte; 65])] {
            let refused = world.refused(STRANGER, world.submit(&request, signature));
            assert_eq!(refused, AlvError::BadSignature);
        }
    }
}

#[test]
fn a_scheme_or_action_that_is_not_known_cannot_be_read() {
    let mut world = World::new();
    let before = world.chain.cells(world.alv);
    let selector = ink::selector_bytes!("submit").encode();
    let request = request(HOLDER.id(), pay(OTHER, 1), 0);
    let good = request.encode();
    let signature = HOLDER.signature(&raw(world.token, &request)).encode();
    assert_eq!(signature[0], 1);
    let mut refused = Vec::new();
    for tag in [0, 3, 0xff] {
        refused.push([&selector[..], &good, &[tag], &signature[1..]].concat());
    }
    let mut action = good.clone();
    action[32] = 2;
    refused.push([&selector[..], &action, &signature].concat());
    refused.push([&selector[..], &good, &signature[..64]].concat());
    for input in refused {
        let returned = world
            .chain
            .call(STRANGER.id(), world.alv, input)
            .result
            .unwrap();
        assert_eq!((returned.reverted, returned.data), (true, vec![1, 1]));
    }
    assert_eq!(world.chain.cells(world.alv), before);
    let input = [&selector[..], &good, &signature].concat();
    let returned = world
        .chain
        .call(STRANGER.id(), world.alv, input)
        .result
        .unwrap();
    assert_eq!((returned.reverted, returned.data), (false, vec![0, 0]));
}

#[test]
fn what_the_action_refuses_leaves_the_nonce_and_can_be_submitted_again() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, WEALTH + 1), 0);
    let refused = world.refused(STRANGER, world.signed(&HOLDER, &request));
    assert_eq!(refused, AlvError::InsufficientBalance);
    assert_eq!(world.get(world.nonce(HOLDER)), 0);
    world.done(OWNER, world.transfer(HOLDER, 1));
    world.done(STRANGER, world.signed(&HOLDER, &request));
    assert_eq!(world.get(world.nonce(HOLDER)), 1);
}

#[test]
fn a_pause_stops_signed_transfers_but_not_signed_approvals_or_vaults() {
    let mut world = World::new();
    world.grant(VAULT, OTHER);
    world.done(HOLDER, world.transfer(OTHER, 10));
    world.done(GUARD, world.contract().pause());
    let transfer = request(HOLDER.id(), pay(STRANGER, 1), 0);
    let refused = world.refused(STRANGER, world.signed(&HOLDER, &transfer));
    assert_eq!(refused, AlvError::Paused);
    world.done(
        STRANGER,
        world.signed(&HOLDER, &request(HOLDER.id(), allow(STRANGER, 5), 0)),
    );
    world.done(
        STRANGER,
        world.signed(&OTHER, &request(OTHER.id(), pay(STRANGER, 2), 0)),
    );
    assert!(world.get(world.contract().paused()));
    world.at(START + DURATION);
    let transfer = Request {
        nonce: 1,
        ..transfer
    };
    world.done(STRANGER, world.signed(&HOLDER, &transfer));
    assert_eq!(world.holds(STRANGER), 3);
}

#[test]
fn an_allowance_that_was_signed_is_spent_like_any_other() {
    let mut world = World::new();
    world.done(
        STRANGER,
        world.signed(&HOLDER, &request(HOLDER.id(), allow(OTHER, 5), 0)),
    );
    world.done(OTHER, world.transfer_from(HOLDER, OTHER, 5));
    let zero: Account = HOLDER.id().into();
    // Allowing oneself says nothing, and uses the nonce.
    let own = Action::Approve {
        spender: zero,
        value: 9,
    };
    let receipt = world.receipt(
        STRANGER,
        world.signed(&HOLDER, &request(HOLDER.id(), own, 1)),
    );
    assert_eq!(receipt.events, []);
    assert_eq!(world.get(world.allowance(HOLDER, HOLDER)), 0);
    assert_eq!(world.get(world.nonce(HOLDER)), 2);
}
