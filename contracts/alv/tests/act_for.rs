//! Requests that a holder signed and somebody else submits.

use crate::world::*;
use ::hostile::{Hostile, HostileRef};
use allive_access::{Account, Pausable, NOBODY};
use allive_calls::{at, Chain, EthereumKey, Keyring, Message};
use allive_requests::{Domain, RequestError, Signature, LONGEST};
use allive_simulator::{GENESIS, START};
use alv::{Action, Alv, AlvError, AlvRef, Request, PURPOSE, VAULT};
use ink::{
    env::hash::{Blake2x256, CryptoHash},
    primitives::AccountId,
};
use scale::Encode;
use RequestError::{BadSignature, DeadlineTooFar, Expired, NonceUsed};

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

fn request(signer: AccountId, action: Action, nonce: u64) -> Request {
    Request {
        signer: signer.into(),
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
        Action::Approve { spender, value } => (2_u8, spender, value),
        other => panic!("not laid out here: {other:?}"),
    };
    [
        b"allive/alv/v1   ".to_vec(),
        GENESIS.to_vec(),
        alv.encode(),
        request.signer.encode(),
        vec![kind],
        party.encode(),
        value.to_le_bytes().to_vec(),
        request.nonce.to_le_bytes().to_vec(),
        request.deadline.to_le_bytes().to_vec(),
    ]
    .concat()
}

fn domain(alv: &AccountId) -> Domain<'_> {
    Domain {
        purpose: &PURPOSE,
        chain: &GENESIS,
        contract: alv,
    }
}

fn wrapped(raw: &[u8]) -> Vec<u8> {
    [b"<Bytes>", raw, b"</Bytes>"].concat()
}

impl Deployed {
    fn act_for(
        &self,
        request: &Request,
        signature: Signature,
    ) -> Message<impl Encode, Result<(), AlvError>> {
        at::<Alv>(self.token).act_for(request.clone(), signature)
    }

    /// Signed by its owner as the polkadot.js extension does.
    fn signed(
        &self,
        wallet: &impl Wallet,
        request: &Request,
    ) -> Message<impl Encode, Result<(), AlvError>> {
        let message = request.message(&domain(&self.token));
        let signature = wallet.signature(message.wrapped());
        self.act_for(request, signature)
    }

    /// The bits of the first 128 nonces.
    fn used(&self, by: impl Party) -> Message<impl Encode, u128> {
        at::<Alv>(self.token).used_nonces(by.id().into(), 0)
    }
}

#[test]
fn what_is_signed_is_laid_out_as_the_specification_says() {
    let world = World::new();
    for action in [pay(OTHER, 258), allow(OTHER, u128::MAX)] {
        let request = request(HOLDER.id(), action, 3);
        let message = request.message(&domain(&world.alv));
        let raw = raw(world.token, &request);
        assert_eq!(raw.len(), 177);
        assert_eq!(message.raw(), raw);
        assert_eq!(message.wrapped(), wrapped(&raw));
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
        let receipt = world.receipt(STRANGER, world.act_for(&transfer, signature));
        assert_eq!(receipt.events, [world.transferred(owner, OTHER, 10)]);

        let approve = request(owner, allow(GUARD, 5 + u128::from(nonce)), nonce + 1);
        let signature = wallet.signature(&form(raw(world.token, &approve)));
        let receipt = world.receipt(STRANGER, world.act_for(&approve, signature));
        assert_eq!(
            receipt.events,
            [world.approved(owner, GUARD, 5 + u128::from(nonce))]
        );
        nonce += 2;
    }
    assert_eq!([world.holds(owner), world.holds(OTHER)], [80, 20]);
    assert_eq!(world.get(world.allowance(owner, GUARD)), 7);
    assert_eq!(world.get(world.used(owner)), 0b1111);
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
    assert_eq!(world.get(world.used(STRANGER)), 0);
}

#[test]
fn the_owner_may_submit_her_own() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 10), 0);
    // Her word is not enough, not even here.
    let by_another = STRANGER.signature(&raw(world.token, &request));
    let message = at::<Alv>(world.alv).act_for(request.clone(), by_another);
    let refused = world.refused(HOLDER, message);
    assert_eq!(refused, BadSignature.into());
    let signature = HOLDER.signature(&raw(world.token, &request));
    let message = at::<Alv>(world.alv).act_for(request, signature);
    world.done(HOLDER, message);
    assert_eq!(world.holds(OTHER), 10);
}

#[test]
fn a_signature_by_anybody_but_the_owner_is_refused() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(STRANGER, 10), 0);
    for signer in [OWNER, STRANGER, OTHER] {
        let refused = world.refused(STRANGER, world.signed(&signer, &request));
        assert_eq!(refused, BadSignature.into());
    }
    let refused = world.refused(STRANGER, world.signed(&ethereum(), &request));
    assert_eq!(refused, BadSignature.into());
    assert_eq!(world.get(world.used(HOLDER)), 0);
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
        let message = request.message(&Domain {
            purpose: &purpose,
            chain: &chain,
            contract: &contract,
        });
        for bytes in [message.raw(), message.wrapped()] {
            let refused = world.refused(STRANGER, world.act_for(&request, HOLDER.signature(bytes)));
            assert_eq!(refused, BadSignature.into());
        }
    }
    // Nor is what was meant for this one good on its twin.
    let signature = HOLDER.signature(&raw(world.token, &request));
    world.token = twin;
    let refused = world.refused(STRANGER, world.act_for(&request, signature.clone()));
    assert_eq!(refused, BadSignature.into());
    world.token = here;
    world.done(STRANGER, world.act_for(&request, signature));
}

#[test]
fn a_request_of_which_anything_was_altered_is_refused() {
    let mut world = World::new();
    let honest = request(HOLDER.id(), pay(OTHER, 10), 0);
    let signature = HOLDER.signature(&wrapped(&raw(world.token, &honest)));
    let altered = [
        Request {
            signer: OWNER.id().into(),
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
        let refused = world.refused(STRANGER, world.act_for(&request, signature.clone()));
        assert_eq!(refused, BadSignature.into(), "{request:?}");
    }
    // The nonce: signed as one, shown as another.
    let later = Request {
        nonce: 1,
        ..honest.clone()
    };
    let of_later = HOLDER.signature(&wrapped(&raw(world.token, &later)));
    let refused = world.refused(STRANGER, world.act_for(&honest, of_later));
    assert_eq!(refused, BadSignature.into());
    world.done(STRANGER, world.act_for(&honest, signature));
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
        let refused = world.refused(STRANGER, world.act_for(&request, HOLDER.signature(&bytes)));
        assert_eq!(refused, BadSignature.into());
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
        let again = world.refused(STRANGER, world.act_for(&request, HOLDER.signature(&bytes)));
        assert_eq!(again, NonceUsed.into());
    }
    assert_eq!(world.holds(OTHER), 10);
}

#[test]
fn requests_are_carried_out_in_any_order_each_once() {
    let mut world = World::new();
    for nonce in [7, 0, u64::MAX, 127, 128] {
        let paid = request(HOLDER.id(), pay(OTHER, 10), nonce);
        world.done(STRANGER, world.signed(&HOLDER, &paid));
        let again = world.refused(STRANGER, world.signed(&HOLDER, &paid));
        assert_eq!(again, NonceUsed.into());
    }
    assert_eq!(world.holds(OTHER), 50);
    assert_eq!(world.get(world.used(HOLDER)), 1 | (1 << 7) | (1 << 127));
    let next = at::<Alv>(world.alv).used_nonces(HOLDER.id().into(), 1);
    assert_eq!(world.get(next), 1);
    assert_eq!(world.get(world.used(OTHER)), 0, "each account has its own");
}

#[test]
fn a_request_is_cancelled_by_using_its_nonce() {
    for by_signature in [false, true] {
        let mut world = World::new();
        let regretted = request(HOLDER.id(), pay(STRANGER, WEALTH), 3);
        if by_signature {
            let instead = request(HOLDER.id(), Action::Cancel, 3);
            let receipt = world.receipt(STRANGER, world.signed(&HOLDER, &instead));
            assert_eq!(receipt.events, []);
        } else {
            // Another's word has no effect on it.
            for who in [STRANGER, HOLDER] {
                world.done(who, world.contract().cancel(3));
            }
            let again = world.refused(HOLDER, world.contract().cancel(3));
            assert_eq!(again, NonceUsed.into());
        }
        let refused = world.refused(STRANGER, world.signed(&HOLDER, &regretted));
        assert_eq!(refused, NonceUsed.into());
        assert_eq!(world.holds(HOLDER), WEALTH);
    }
}

#[test]
fn a_request_is_good_at_its_deadline_and_not_a_millisecond_later() {
    for (moment, expected) in [
        (TERM - 1, Ok(())),
        (TERM, Ok(())),
        (TERM + 1, Err(AlvError::from(Expired))),
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
fn a_deadline_is_at_most_a_year_ahead() {
    let mut world = World::new();
    let now = world.chain.now();
    for (deadline, expected) in [
        (u64::MAX, Err(AlvError::from(DeadlineTooFar))),
        (now + LONGEST + 1, Err(DeadlineTooFar.into())),
        (now + LONGEST, Ok(())),
    ] {
        let request = Request {
            deadline,
            ..request(HOLDER.id(), pay(OTHER, 10), 0)
        };
        let answer = world.send(STRANGER, world.signed(&HOLDER, &request));
        assert_eq!(answer.value, Ok(expected), "{deadline}");
    }
}

#[test]
fn the_deadline_is_looked_at_first_then_the_signature_then_the_nonce() {
    let mut world = World::new();
    let first = request(HOLDER.id(), pay(OTHER, 1), 0);
    world.done(STRANGER, world.signed(&HOLDER, &first));
    let beyond = request(HOLDER.id(), pay(OTHER, WEALTH + 1), 0);
    let nonsense = || Signature::Sr25519([0; 64]);
    let refused = world.refused(STRANGER, world.act_for(&beyond, nonsense()));
    assert_eq!(refused, BadSignature.into());
    let refused = world.refused(STRANGER, world.signed(&HOLDER, &beyond));
    assert_eq!(refused, NonceUsed.into());
    world.at(START + TERM + 1);
    let refused = world.refused(STRANGER, world.act_for(&beyond, nonsense()));
    assert_eq!(refused, Expired.into());
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
        let refused = world.refused(STRANGER, world.act_for(&of_holder, Signature::Ecdsa(long)));
        assert_eq!(refused, BadSignature.into());
    }
    let mut short = [0; 64];
    short.copy_from_slice(&key.sign(&raw(world.token, &of_key))[..64]);
    let refused = world.refused(STRANGER, world.act_for(&of_key, Signature::Sr25519(short)));
    assert_eq!(refused, BadSignature.into());
    // An Ethereum wallet signs a text, and nothing else.
    let personal = key.sign_personal(&raw(world.token, &of_key));
    for signature in [Signature::Ecdsa(personal), Signature::Eip191(personal)] {
        let refused = world.refused(STRANGER, world.act_for(&of_key, signature));
        assert_eq!(refused, BadSignature.into());
    }
}

#[test]
fn a_malformed_signature_is_refused_and_not_a_trap() {
    let mut world = World::new();
    let request = request(HOLDER.id(), pay(OTHER, 1), 0);
    for byte in [0, 1, 0x80, 0xff] {
        for signature in [Signature::Sr25519([byte; 64]), Signature::Ecdsa([byte; 65])] {
            let refused = world.refused(STRANGER, world.act_for(&request, signature));
            assert_eq!(refused, BadSignature.into());
        }
    }
}

#[test]
fn a_scheme_or_action_that_is_not_known_cannot_be_read() {
    let mut world = World::new();
    let before = world.chain.cells(world.alv);
    let selector = ink::selector_bytes!("act_for").encode();
    let request = request(HOLDER.id(), pay(OTHER, 1), 0);
    let good = request.encode();
    let signature = HOLDER.signature(&raw(world.token, &request)).encode();
    assert_eq!(signature[0], 1);
    let mut refused = Vec::new();
    for tag in [0, 3, 0x44, 0xff] {
        refused.push([&selector[..], &good, &[tag], &signature[1..]].concat());
    }
    let mut action = good.clone();
    action[32] = 4;
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
    assert_eq!(world.get(world.used(HOLDER)), 0);
    world.done(OWNER, world.transfer(HOLDER, 1));
    world.done(STRANGER, world.signed(&HOLDER, &request));
    assert_eq!(world.get(world.used(HOLDER)), 1);
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
    assert_eq!(world.get(world.used(HOLDER)), 0b11);
}

/// What the text of an Ethereum wallet says, which the contract answers as well.
#[test]
fn an_ethereum_wallet_shows_the_action_and_signs_for_the_account_of_its_key() {
    let mut world = World::new();
    let (wallet, alv) = (ethereum(), world.alv);
    let owner = wallet.account();
    world.done(OWNER, world.transfer(owner, 100));
    let paid = request(owner, pay(OTHER, 10), 0);
    let text = paid.text(&domain(&alv));
    let shown = String::from_utf8(text.clone()).unwrap();
    let other = hex::encode(OTHER.id());
    let first = format!("ALV: pay 0.00000010 ALV to 0x{other}\nnonce: 0\ndeadline: ");
    assert!(shown.starts_with(&first), "{shown}");
    assert_eq!(world.get(world.contract().request_text(paid.clone())), text);
    let signature = Signature::Eip191(wallet.sign_personal(&text));
    let stranger = Signature::Eip191(EthereumKey::from_seed([8; 32]).sign_personal(&text));
    let refused = world.refused(STRANGER, world.act_for(&paid, stranger));
    assert_eq!(refused, BadSignature.into());
    let altered = request(owner, pay(OTHER, 11), 0);
    let refused = world.refused(STRANGER, world.act_for(&altered, signature.clone()));
    assert_eq!(refused, BadSignature.into());
    let receipt = world.receipt(STRANGER, world.act_for(&paid, signature));
    assert_eq!(receipt.events, [world.transferred(owner, OTHER, 10)]);
}

#[test]
fn each_action_is_said_in_words() {
    let world = World::new();
    let account = |who: Keyring| format!("0x{}", hex::encode(who.id()));
    let other = account(OTHER);
    let to = || Account::from(OTHER.id());
    let million = 100_000_000_000_000;
    for (action, words) in [
        (
            Action::TransferAndCall {
                to: to(),
                value: 5,
                data: vec![1, 0xab],
            },
            format!("pay 0.00000005 ALV to {other} and tell it 0x01ab"),
        ),
        (
            allow(OTHER, million),
            format!(
                "allow {other} to spend 1000000.00000000 ALV, in place of any earlier allowance"
            ),
        ),
        (
            Action::Cancel,
            "cancel the request with this nonce".to_owned(),
        ),
    ] {
        let text = request(HOLDER.id(), action, 0).text(&domain(&world.alv));
        let text = String::from_utf8(text).unwrap();
        let line = text.lines().next().unwrap();
        assert_eq!(line, format!("ALV: {words}"));
    }
}

#[test]
fn a_contract_is_paid_and_told_by_signature() {
    let mut world = World::new();
    let created = world.create(OWNER, "hostile", HostileRef::new());
    let receiver = created.unwrap().address;
    let action = |value| Action::TransferAndCall {
        to: receiver.into(),
        value,
        data: b"for a token".to_vec().encode(),
    };
    world.most_frames = 2;
    let beyond = request(HOLDER.id(), action(WEALTH + 1), 0);
    let refused = world.refused(STRANGER, world.signed(&HOLDER, &beyond));
    assert_eq!(refused, AlvError::InsufficientBalance);
    let paid = request(HOLDER.id(), action(5), 0);
    let receipt = world.receipt(STRANGER, world.signed(&HOLDER, &paid));
    assert_eq!(receipt.events, [world.transferred(HOLDER, receiver, 5)]);
    let told = world.get(at::<Hostile>(receiver).told());
    assert_eq!(told, Some((HOLDER.id(), 5, b"for a token".to_vec())));
    // Who has no contract is told nothing, and not paid.
    let to_a_key = Action::TransferAndCall {
        to: OTHER.id().into(),
        value: 5,
        data: vec![],
    };
    let refused = request(HOLDER.id(), to_a_key, 1);
    let refused = world.refused(STRANGER, world.signed(&HOLDER, &refused));
    assert_eq!(refused, AlvError::NotAccepted);
}

/// With its note of 250 bytes the request is longer than what a key can show.
#[test]
fn a_long_request_is_signed_by_its_digest_and_by_nothing_else() {
    let mut world = World::new();
    let created = world.create(OWNER, "hostile", HostileRef::new());
    let receiver = created.unwrap().address;
    let alv = world.alv;
    world.most_frames = 2;
    let action = Action::TransferAndCall {
        to: receiver.into(),
        value: 5,
        data: vec![7_u8; 250].encode(),
    };
    let long = request(HOLDER.id(), action, 0);
    let whole = [&PURPOSE[..], &GENESIS, alv.as_ref(), &long.encode()].concat();
    for bytes in [wrapped(&whole), whole] {
        let refused = world.refused(STRANGER, world.act_for(&long, HOLDER.signature(&bytes)));
        assert_eq!(refused, BadSignature.into());
    }
    let digest = digest_of(&long.encode());
    let short = [&PURPOSE[..], &GENESIS, alv.as_ref(), &digest].concat();
    let signature = HOLDER.signature(&wrapped(&short));
    world.done(STRANGER, world.act_for(&long, signature));
    assert_eq!(world.holds(receiver), 5);
}

fn digest_of(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    Blake2x256::hash(bytes, &mut digest);
    digest
}

/// The key of 32 zero bytes is the neutral point: this signature of it is valid for everything.
#[test]
fn nobody_signs() {
    let mut world = World::new();
    world.done(HOLDER, world.transfer(NOBODY, 100));
    let mut constant = [0; 64];
    constant[63] = 0x80;
    let request = request(NOBODY, pay(STRANGER, 100), 0);
    let refused = world.refused(
        STRANGER,
        world.act_for(&request, Signature::Sr25519(constant)),
    );
    assert_eq!(refused, BadSignature.into());
}
