//! Lives of identities.

mod town;

use super::stage::{paid, said, DAY, MINUTE};
use allive_access::{
    AccessError, Announced, NoticeError, Ownable, OwnershipChanged, Pausable, PauseChanged,
};
use allive_calls::{at, Chain, EthereumKey, Typed};
use allive_olife_id_interface::{IdentityRegistry, Topic};
use allive_requests::{ChainId, RequestError};
use olife_id::*;
use town::*;

/// Roles are attested by whoever is approved for it, by a call or by a signature that anybody
/// submits, once; and they end at once.
pub fn roles_are_attested_by_calls_and_by_signatures_and_end_at_once<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut town = Town::open(chain, genesis);
    let role = |town: &mut Town<C>| {
        let asks = town
            .contract()
            .has_role(PERSON.account().into(), Topic::CLINICIAN);
        town.stage.chain.get(asks)
    };
    assert!(!role(&mut town));
    let attest = town.attestation(PERSON_ID, Topic::CLINICIAN);
    town.refuses(STRANGER, attest.clone(), IdError::NotKey);
    town.refuses(FRIEND, attest.clone(), IdError::NotIssuer);
    let pharmacy = town.attestation(PERSON_ID, Topic::PHARMACY);
    town.refuses(ANCHOR, pharmacy, IdError::NotIssuer);

    // The anchor signs, and whoever has the signature submits it, once.
    let request = Request {
        signer: account(ANCHOR),
        action: SignedAction {
            identity: Some(ANCHOR_ID),
            action: town.dated(attest.clone()),
        },
        nonce: 1_000,
        deadline: town.stage.chain.now() + DAY,
    };
    let forged = town.sign(STRANGER, &request);
    town.refuses_request(&request, &forged, RequestError::BadSignature.into());
    let signature = town.sign(ANCHOR, &request);
    let events = town.submits(&request, &signature, ANCHOR_ID);
    let acted = town.acted(ANCHOR_ID, account(ANCHOR), request.action.action.clone());
    assert_eq!(events, [acted]);
    assert!(role(&mut town));
    town.refuses_request(&request, &signature, RequestError::NonceUsed.into());
    let late = Request {
        nonce: 1_001,
        ..request.clone()
    };
    let signature = town.sign(ANCHOR, &late);
    town.stage.wait_until(late.deadline + MINUTE);
    town.refuses_request(&late, &signature, RequestError::Expired.into());

    // It ends when it is revoked, when its subject refuses it, and when the issuer is approved no
    // more.
    let topic = Topic::CLINICIAN;
    let subject = PERSON_ID;
    let revoke = Action::Revoke {
        subject,
        topic,
        issued: None,
    };
    town.does(ANCHOR, ANCHOR_ID, revoke);
    town.stage.chain.advance(MINUTE);
    assert!(!role(&mut town));
    let attest = town.attestation(PERSON_ID, Topic::CLINICIAN);
    town.does(ANCHOR, ANCHOR_ID, attest.clone());
    for refused in [true, false] {
        let issuer = ANCHOR_ID;
        let refuse = Action::Refuse {
            topic,
            issuer,
            refused,
        };
        town.does(PERSON, PERSON_ID, refuse);
        assert_eq!(role(&mut town), !refused);
    }
    let by_stranger = town.contract().withdraw_approval(ANCHOR_ID, None);
    let not_owner = IdError::Access(AccessError::CallerIsNotOwner);
    town.stage
        .refuse(STRANGER.account(), by_stranger, not_owner);
    town.disapprove();
    assert!(!role(&mut town));
    town.asked(PERSON, Some(PERSON_ID), 0);
}

/// Whoever holds a stolen key cancels, and loses: with an anchor, guardians complete the recovery.
pub fn a_stolen_key_does_not_win_against_guardians_and_an_anchor<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut town = Town::open(chain, genesis);
    // The thief announces its own key before anybody sees it.
    town.does(PERSON, PERSON_ID, announce(&[account(STRANGER)]));
    town.does(STRANGER, PERSON_ID, CONSENT);
    town.refuses_to_settle(NoticeError::TooEarly.into());
    town.refuses(STRANGER, recover(STRANGER), IdError::NotKey);
    town.refuses(FRIEND, recover(NEXT), IdError::NotGuardian);
    let [first, second] = GUARDIANS;
    let [first_id, second_id] = GUARDIAN_IDS;
    town.does(first, first_id, recover(NEXT));
    town.asked(PERSON, Some(PERSON_ID), CEILING);
    town.does_saying(second, second_id, recover(NEXT), Town::recovery_changed);
    assert_eq!(town.person().recovery.phase, Phase::Proposed);
    town.asked(PERSON, None, 0);

    // It cancels. Nothing settles for a while, and guardians alone do nothing.
    town.does_saying(
        PERSON,
        PERSON_ID,
        Action::Cancel { begun: None },
        Town::recovery_changed,
    );
    assert_eq!(town.person().recovery.phase, Phase::Contested);
    town.asked(PERSON, Some(PERSON_ID), CEILING);
    town.refuses_to_settle(IdError::Contested);
    town.does(first, first_id, recover(NEXT));
    town.does(second, second_id, recover(NEXT));
    assert_eq!(town.person().recovery.phase, Phase::Contested);
    town.does_saying(ANCHOR, ANCHOR_ID, recover(NEXT), Town::recovery_changed);
    let recovery = town.person().recovery;
    assert_eq!(
        (recovery.phase, recovery.anchors.clone()),
        (Phase::Anchored, vec![ANCHOR_ID])
    );
    town.refuses(PERSON, Action::Cancel { begun: None }, IdError::Final);
    town.does(NEXT, PERSON_ID, CONSENT);
    town.refuses_to_settle(IdError::TooEarly);
    town.stage.wait_until(recovery.turns);
    town.settles(&control(&[account(NEXT)]), true);

    town.asked(NEXT, Some(PERSON_ID), CEILING);
    town.asked(PERSON, None, 0);
    town.refuses(PERSON, Action::Cancel { begun: None }, IdError::NotKey);
    town.stage.wait_until(recovery.turns + TERMS.settling);
    town.refuses_to_settle(IdError::NothingToDo);
    // What the lost key holds in other contracts is the identity's, and nobody else's.
    let settled = town.person().updated;
    for (key, since) in [(NEXT, Some(settled)), (STRANGER, None)] {
        let follows = town
            .contract()
            .successor_since(key.account().into(), PERSON.account().into());
        assert_eq!(town.stage.chain.get(follows), since);
    }
}

/// Keys change by announcement. One of them is of an Ethereum wallet, and signs a text.
pub fn keys_change_by_announcement_and_a_wallet_of_ethereum_is_one<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut town = Town::open(chain, genesis);
    let wallet = EthereumKey::from_seed([0x77; 32]);
    let key = Key::Ethereum(wallet.address());
    let keys = [account(PERSON), key.clone()];
    town.does(PERSON, PERSON_ID, announce(&keys));
    let ready = town.stage.chain.now() + TERMS.settling;
    town.stage.wait_until(ready);
    town.refuses_to_settle(IdError::NoConsent);

    let mut request = Request {
        signer: key.clone(),
        action: SignedAction {
            identity: None,
            action: CONSENT,
        },
        nonce: 0,
        deadline: ready + DAY,
    };
    let signature = town.sign_text(&wallet, &request);
    let events = town.submits(&request, &signature, PERSON_ID);
    assert_eq!(events, [town.acted(PERSON_ID, key.clone(), CONSENT)]);
    town.settles(&control(&keys), false);

    // The wallet freezes what it can speak for by now, and nobody thaws it at once.
    request.action = SignedAction {
        identity: Some(PERSON_ID),
        action: Action::Freeze,
    };
    request.nonce = 1;
    let signature = town.sign_text(&wallet, &request);
    let events = town.submits(&request, &signature, PERSON_ID);
    let freeze = Action::Freeze;
    assert_eq!(events, [town.acted(PERSON_ID, key, freeze.clone())]);
    town.asked(PERSON, None, 0);
    town.refuses(PERSON, freeze, IdError::Frozen);
    town.does(PERSON, PERSON_ID, announce(&[account(PERSON)]));
    let thawed = town.stage.chain.now() + TERMS.settling;
    town.refuses_to_settle(NoticeError::TooEarly.into());
    town.stage.wait_until(thawed);
    town.settles(&control(&[account(PERSON)]), false);
    town.asked(PERSON, Some(PERSON_ID), CEILING);
}

/// A friend vouches with ALV, and has it back after a while.
pub fn a_friend_vouches_and_has_the_bond_back<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    town.deposit();
    town.vouch();
    let subject = PERSON_ID;
    let unvouch = || Action::Unvouch { subject };
    town.does(FRIEND, FRIEND_ID, unvouch());
    town.asked(PERSON, Some(PERSON_ID), CEILING);
    town.refuses(FRIEND, unvouch(), IdError::TooEarly);
    let Some(Stored::Bond(bond)) = town.stored(Query::Bond(FRIEND_ID, PERSON_ID)) else {
        panic!("no bond waits");
    };
    town.stage.wait_until(bond.ends.unwrap_or_default());
    town.does(FRIEND, FRIEND_ID, unvouch());
    assert_eq!(town.purse(), (SAVINGS, 0));
    town.holdings(0, SAVINGS);

    let to = FRIEND.account();
    let (alv, id) = (town.alv, town.id);
    let withdraw = || Action::Withdraw {
        to: to.into(),
        at_most: u128::MAX,
    };
    town.does_saying(FRIEND, FRIEND_ID, withdraw(), |_| {
        let told = Paid {
            identity: FRIEND_ID,
            lost_for: None,
            to: to.into(),
            amount: SAVINGS,
        };
        vec![paid(alv, id, to, SAVINGS), said(id, told)]
    });
    town.holdings(SAVINGS, 0);
    town.refuses(FRIEND, withdraw(), IdError::NothingToDo);
}

/// An identity is proved false, after a notice: it is nobody, and who vouched for it loses the
/// bond.
pub fn whoever_vouched_for_a_false_identity_loses_the_bond<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut town = Town::open(chain, genesis);
    town.deposit();
    town.vouch();
    let id = town.id;
    let forfeit = || at::<OlifeId>(id).forfeit(FRIEND_ID, PERSON_ID);
    town.stage
        .refuse(STRANGER.account(), forfeit(), IdError::Challenged);
    let accuse = town.contract().accuse(PERSON_ID, [5; 32]);
    let ((), events) = town.stage.accept(OWNER.account(), accuse);
    let truth = town.person().truth;
    let Truth::Accused(Announced { ready, .. }) = truth else {
        panic!("not accused");
    };
    let identity = PERSON_ID;
    assert_eq!(events, [said(town.id, TruthChanged { identity, truth })]);
    town.asked(PERSON, Some(PERSON_ID), CEILING + 10);
    let condemn = || at::<OlifeId>(id).condemn(PERSON_ID);
    let early = IdError::Notice(NoticeError::TooEarly);
    town.stage.refuse(OWNER.account(), condemn(), early);
    town.stage.wait_until(ready);
    let truth = Truth::False;
    let changed = said(town.id, TruthChanged { identity, truth });
    town.rules(condemn(), changed);
    town.asked(PERSON, None, 0);

    let ((), events) = town.stage.accept(STRANGER.account(), forfeit());
    let owner = OWNER.account();
    let lost = Paid {
        identity: FRIEND_ID,
        lost_for: Some(PERSON_ID),
        to: owner.into(),
        amount: 20,
    };
    let expected = [paid(town.alv, town.id, owner, 20), said(town.id, lost)];
    assert_eq!(events, expected);
    assert_eq!(town.purse(), (SAVINGS - 20, 0));
    town.holdings(0, SAVINGS - 20);
    town.stage
        .refuse(STRANGER.account(), forfeit(), IdError::NothingToDo);
}

/// Ownership changes hands. A pause stops what is new and no recovery, and ends by itself.
pub fn a_pause_stops_what_is_new_and_no_recovery<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut town = Town::open(chain, genesis);
    let (owner, stranger) = (OWNER.account(), STRANGER.account());
    let offer = town
        .contract()
        .transfer_ownership(Some(FRIEND.account().into()));
    let offered = OwnershipChanged {
        owner: owner.into(),
        pending: Some(FRIEND.account().into()),
    };
    let offered = said(town.id, offered);
    town.rules(offer, offered);
    let accept = town.contract().accept_ownership();
    let ((), events) = town.stage.accept(FRIEND.account(), accept);
    let accepted = OwnershipChanged {
        owner: FRIEND.account().into(),
        pending: None,
    };
    assert_eq!(events, [said(town.id, accepted)]);
    let not_owner = AccessError::CallerIsNotOwner;
    let id = town.id;
    let pause = || at::<OlifeId>(id).pause();
    town.stage.refuse(owner, pause(), not_owner);
    let ((), events) = town.stage.accept(FRIEND.account(), pause());
    let until = town.contract().paused_until();
    let until = town.stage.chain.get(until);
    assert_eq!(events, [said(town.id, PauseChanged { until })]);

    let guardians = Guardians::default();
    let paused = IdError::Access(AccessError::Paused);
    let create = || Action::Create {
        guardians: guardians.clone(),
    };
    town.refuses(STRANGER, create(), paused.clone());
    let known = town.attestation(FRIEND_ID, Topic::KNOWN);
    town.refuses(ANCHOR, known, paused.clone());
    let deposit = town.contract().deposit(FRIEND_ID, 1);
    town.stage.refuse(stranger, deposit, paused);
    let [first, second] = GUARDIANS;
    let [first_id, second_id] = GUARDIAN_IDS;
    town.does(first, first_id, recover(NEXT));
    town.does_saying(second, second_id, recover(NEXT), Town::recovery_changed);
    town.does(NEXT, PERSON_ID, CONSENT);
    let turns = town.person().recovery.turns;
    town.stage.wait_until(turns.max(until));
    town.settles(&control(&[account(NEXT)]), true);
    town.asked(NEXT, Some(PERSON_ID), CEILING);
    town.does(STRANGER, PERSON_ID + 1, create());
}
