//! Tokens that misbehave, callers that re-enter and replay, input that is too large.

use crate::world::*;
use ::false_id::FalseId;
use ::hostile::{Hostile, Mode};
use allive_access::Upgradeable as _;
use allive_calls::{at, parts, Chain, Failure, Message, Typed};
use allive_psp22_interface::TokenError;
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_nexus::*;
use scale::{Decode, Encode};

/// Answers of a token that are none, and what the Nexus makes of them.
fn garbage() -> Vec<(Vec<u8>, TokenError)> {
    vec![
        (vec![], TokenError::Broken),
        (vec![0], TokenError::Broken),
        (vec![2, 0], TokenError::Broken),
        (vec![0, 2], TokenError::Broken),
        (vec![0, 0, 0], TokenError::Broken),
        (vec![0, 1, 6], TokenError::Broken),
        (vec![1, 1], TokenError::Broken),
        (vec![0xff; 1_000], TokenError::Broken),
        // A reason that ends too soon, and one that is not text.
        (vec![0, 1, 0, 0xfc], TokenError::Broken),
        (vec![0, 1, 0, 4, 0xff], TokenError::Broken),
        (vec![0, 1, 0, 0], TokenError::Refused),
        (vec![0, 1, 0, 4, b'?'], TokenError::Refused),
        (vec![0, 1, 1], TokenError::InsufficientBalance),
        (vec![0, 1, 2], TokenError::InsufficientAllowance),
    ]
}

fn answers(bytes: Vec<u8>) -> Mode {
    Mode::AnswersPayments {
        bytes,
        reverted: false,
    }
}

#[test]
fn a_purchase_fails_with_the_reason_when_the_token_does_not_pay() {
    let lies_and_undoes = Mode::AnswersPayments {
        bytes: vec![0, 0],
        reverted: true,
    };
    let mut modes = vec![
        (Mode::Refuses, NexusError::Token(TokenError::Refused)),
        (Mode::Traps, NexusError::Token(TokenError::Broken)),
        (Mode::KeepsFee, NexusError::PaymentShort),
        (Mode::LiesAboutSuccess, NexusError::PaymentShort),
        (Mode::LiesAboutBalance(0), NexusError::PaymentShort),
        (Mode::LiesAboutBalance(9), NexusError::PaymentShort),
        (answers(vec![0, 0]), NexusError::PaymentShort),
        (lies_and_undoes, NexusError::PaymentShort),
        (
            Mode::AnswersBalances(vec![]),
            NexusError::Token(TokenError::Broken),
        ),
        (
            Mode::AnswersBalances(vec![0; 16]),
            NexusError::Token(TokenError::Broken),
        ),
        (
            Mode::AnswersBalances(vec![0; 18]),
            NexusError::Token(TokenError::Broken),
        ),
    ];
    modes.extend(
        garbage()
            .into_iter()
            .map(|(bytes, error)| (answers(bytes), error.into())),
    );
    for (mode, error) in modes {
        let mut world = hostile();
        let grant = open(&mut world, PATIENT, terms());
        world.behave(mode.clone());
        let answer = world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
        assert_eq!(answer, error, "{mode:?}");
        world.behave(Mode::Honest);
        assert_eq!(
            world.answer(GRANTEE, world.contract().buy(grant, USES, ANY_PRICE)),
            Ok(()),
            "after {mode:?}"
        );
    }
}

#[test]
fn a_short_payment_is_refused_also_when_earlier_ones_were_full() {
    for mode in [
        Mode::KeepsFee,
        Mode::LiesAboutSuccess,
        Mode::LiesAboutBalance(20),
    ] {
        let (mut world, grant) = bought_with_hostile(2, mode);
        assert_eq!(
            world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
            NexusError::PaymentShort
        );
    }
}

#[test]
fn a_withdrawal_fails_with_the_reason_and_the_credit_stays_when_the_token_does_not_pay() {
    let mut modes = vec![
        (Mode::Refuses, TokenError::Refused),
        (Mode::Traps, TokenError::Broken),
    ];
    modes.extend(
        garbage()
            .into_iter()
            .map(|(bytes, error)| (answers(bytes), error)),
    );
    for (mode, error) in modes {
        let (mut world, grant) = bought_with_hostile(2, mode.clone());
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
        let answer = world.refused(PATIENT, world.contract().withdraw(PATIENT.into()));
        assert_eq!(answer, error.into(), "{mode:?}");
        world.behave(Mode::Honest);
        assert_eq!(world.get(world.contract().credit_of(PATIENT)), PRICE);
        assert_eq!(
            world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
            PRICE,
            "after {mode:?}"
        );
    }
}

/// No contract can make a token pay. What the Nexus owes to others is covered all the same.
#[test]
fn a_token_that_lies_about_a_payout_costs_nobody_but_the_payee() {
    for (mode, paid) in [(Mode::LiesAboutSuccess, 0), (Mode::KeepsFee, 9)] {
        let (mut world, grant) = bought_with_hostile(2, mode);
        world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
        assert_eq!(
            world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
            PRICE
        );
        assert_eq!(world.holds(PATIENT), paid);
        assert_eq!(world.holds(STRANGER), 0);
        world.behave(Mode::Honest);
        world.done(PATIENT, world.contract().revoke(grant));
        assert_eq!(
            world.done(GRANTEE, world.contract().withdraw(GRANTEE.into())),
            PRICE
        );
    }
}

/// The only thing that a donation can do.
#[test]
fn a_donation_can_cover_a_lie_and_no_claim_is_at_risk() {
    let mut world = hostile();
    let grant = open(&mut world, PATIENT, terms());
    let nexus = world.nexus;
    world.give(nexus, 15);
    world.behave(Mode::LiesAboutSuccess);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 2, ANY_PRICE)),
        NexusError::PaymentShort
    );
    world.done(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE));
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(grant, 1, ANY_PRICE)),
        NexusError::PaymentShort
    );
}

#[test]
fn what_is_owed_can_be_written_down() {
    let mut world = hostile();
    world.give(GRANTEE, u128::MAX);
    let all = open(
        &mut world,
        PATIENT,
        GrantTerms {
            price: u128::MAX,
            uses: 1,
            ..terms()
        },
    );
    let more = open(
        &mut world,
        PATIENT,
        GrantTerms {
            price: 1,
            uses: 1,
            ..terms()
        },
    );
    world.done(GRANTEE, world.contract().buy(all, 1, ANY_PRICE));
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(more, 1, ANY_PRICE)),
        NexusError::AmountTooLarge
    );
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(all, REQUEST)),
        0
    );
    assert_eq!(world.get(world.contract().credit_of(PATIENT)), u128::MAX);
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        u128::MAX
    );
}

#[test]
fn where_the_token_is_no_contract_only_gifts_work() {
    let mut world = hostile();
    let constructor = OlifeNexusRef::new(
        AccountId::from([7; 32]),
        world.identities.into(),
        LONGEST,
        NOTICE,
        GENESIS,
    );
    let created = world.create(ADMIN, "olife_nexus", constructor);
    world.nexus = created.unwrap().address;
    let sale = open(&mut world, PATIENT, terms());
    let gift = open(
        &mut world,
        PATIENT,
        GrantTerms {
            price: 0,
            ..terms()
        },
    );
    let broken = NexusError::Token(TokenError::Broken);
    assert_eq!(
        world.refused(GRANTEE, world.contract().buy(sale, 1, ANY_PRICE)),
        broken
    );
    world.done(GRANTEE, world.contract().buy(gift, 1, ANY_PRICE));
    assert_eq!(
        world.done(GRANTEE, world.contract().use_record(gift, REQUEST)),
        0
    );
    world.done(PATIENT, world.contract().revoke(sale));
}

/// A contract that is patient and grantee of grant 1, has bought three uses under it and made one,
/// so that every message of the Nexus would succeed when it sends it.
struct Accomplice {
    world: World,
    account: AccountId,
}

impl Accomplice {
    fn new() -> Self {
        let mut world = hostile();
        open(&mut world, PATIENT, terms());
        world.done(GRANTEE, world.contract().buy(0, 2, ANY_PRICE));
        world.done(GRANTEE, world.contract().use_record(0, REQUEST));
        let account = world.deploy_accomplice();
        world.give(account, WEALTH);
        let mut this = Self { world, account };
        let nexus = this.world.nexus;
        let nexus = || at::<OlifeNexus>(nexus);
        this.sends::<RecordId>(nexus().register(COMMITMENT, Kind::Fhir, POINTER.to_vec()))
            .unwrap();
        let own = GrantTerms {
            grantee: account,
            ..terms()
        };
        this.sends::<GrantId>(nexus().offer(1, own)).unwrap();
        this.sends::<()>(nexus().buy(1, 3, PRICE)).unwrap();
        this.sends::<u32>(nexus().use_record(1, REQUEST)).unwrap();
        let identities = this.world.identities;
        let follow = at::<FalseId>(identities).follow(account, PATIENT, Some(START + 1));
        this.world.tell(ADMIN, follow);
        this
    }

    /// What the Nexus answers to a message of the contract's.
    fn sends<R: Decode>(
        &mut self,
        message: Message<impl Encode, Result<R, NexusError>>,
    ) -> Result<R, NexusError> {
        let forward = at::<Hostile>(self.account).forward(self.world.nexus, parts(message).1);
        let answer = self.world.tell(STRANGER, forward);
        self.world.check();
        read(answer).unwrap()
    }

    /// What the Nexus answers to a message that the contract sends twice in one transaction.
    fn sends_twice<R: Decode>(
        &mut self,
        message: Message<impl Encode, Result<R, NexusError>>,
    ) -> [Result<R, NexusError>; 2] {
        let forward = at::<Hostile>(self.account).forward_twice(self.world.nexus, parts(message).1);
        let (first, second) = self.world.tell(STRANGER, forward);
        self.world.check();
        [first, second].map(|answer| read(answer).unwrap())
    }

    /// Messages that succeed when the contract sends them; the last is a mere question.
    fn messages(&self) -> Vec<(&'static str, Vec<u8>)> {
        let nexus = || at::<OlifeNexus>(self.world.nexus);
        let own = GrantTerms {
            grantee: self.account,
            ..terms()
        };
        vec![
            ("buy", parts(nexus().buy(1, 1, PRICE)).1),
            ("use_record", parts(nexus().use_record(1, REQUEST)).1),
            ("revoke", parts(nexus().revoke(1)).1),
            ("withdraw", parts(nexus().withdraw(PATIENT.into())).1),
            ("inherit", parts(nexus().inherit(Holding::Record(0))).1),
            (
                "register",
                parts(nexus().register(COMMITMENT, Kind::Fhir, vec![1])).1,
            ),
            ("offer", parts(nexus().offer(1, own)).1),
            ("owed", parts(nexus().owed()).1),
        ]
    }

    /// The two messages of the Nexus that call the token.
    fn outer(&mut self, purchase: bool) -> Result<(), NexusError> {
        let nexus = || at::<OlifeNexus>(self.world.nexus);
        if purchase {
            self.world
                .chain
                .send(GRANTEE, nexus().buy(0, 1, PRICE))
                .value
                .unwrap()
        } else {
            self.world
                .chain
                .send(PATIENT, nexus().withdraw(PATIENT.into()))
                .value
                .unwrap()
                .map(|_| ())
        }
    }
}

fn read<R: Decode>(answer: Option<Vec<u8>>) -> Option<Result<R, NexusError>> {
    answer.map(|bytes| Decode::decode(&mut &bytes[..]).unwrap())
}

#[test]
fn every_message_that_the_re_entry_tests_use_would_succeed_by_itself() {
    let mut accomplice = Accomplice::new();
    for (name, message) in accomplice.messages() {
        let forward = at::<Hostile>(accomplice.account).forward(accomplice.world.nexus, message);
        let answer = accomplice
            .world
            .chain
            .ask(STRANGER, forward)
            .value
            .unwrap()
            .unwrap();
        assert!(name == "owed" || answer[0] == 0, "{name}: {answer:?}");
    }
}

#[test]
fn a_token_that_calls_the_nexus_back_is_stopped_and_nothing_happened() {
    for purchase in [true, false] {
        let accomplice = Accomplice::new();
        for (name, message) in accomplice.messages() {
            let mut accomplice = Accomplice::new();
            for insists in [true, false] {
                let (target, input) = (accomplice.world.nexus, message.clone());
                accomplice.world.behave(Mode::Reenters {
                    target,
                    input,
                    insists,
                });
                let before = accomplice.world.state();
                let broken = NexusError::Token(TokenError::Broken);
                assert_eq!(accomplice.outer(purchase), Err(broken), "{name}");
                assert_eq!(accomplice.world.state(), before, "{name}");
            }
        }
    }
}

/// Through another contract, whose failure the token survives.
#[test]
fn a_token_that_calls_back_by_a_detour_is_refused_and_the_payment_happens_once() {
    for purchase in [true, false] {
        let mut plain = Accomplice::new();
        assert_eq!(plain.outer(purchase), Ok(()));
        for (name, message) in plain.messages() {
            let mut accomplice = Accomplice::new();
            let target = accomplice.account;
            let detour = parts(at::<Hostile>(target).forward(accomplice.world.nexus, message)).1;

            let (input, insists) = (detour.clone(), true);
            accomplice.world.behave(Mode::Reenters {
                target,
                input,
                insists,
            });
            let before = accomplice.world.state();
            let refused = NexusError::Token(TokenError::Refused);
            assert_eq!(accomplice.outer(purchase), Err(refused), "{name}");
            assert_eq!(accomplice.world.state(), before, "{name}");

            let (input, insists) = (detour, false);
            accomplice.world.behave(Mode::Reenters {
                target,
                input,
                insists,
            });
            assert_eq!(accomplice.outer(purchase), Ok(()), "{name}");
            let answer = accomplice
                .world
                .tell(ADMIN, at::<Hostile>(accomplice.world.alv).answer());
            assert_eq!(answer, Some(None), "{name}: tried, and not let in");
            accomplice.world.check();
            assert_eq!(
                stored_state(&mut accomplice.world),
                stored_state(&mut plain.world),
                "{name}"
            );
            assert_eq!(
                balances_of(&mut accomplice.world),
                balances_of(&mut plain.world),
                "{name}"
            );
        }
    }
}

#[test]
fn a_replayed_use_is_a_second_use_and_needs_to_be_bought() {
    let mut accomplice = Accomplice::new();
    let nexus = accomplice.world.nexus;
    let use_record = || at::<OlifeNexus>(nexus).use_record(1, REQUEST);
    assert_eq!(accomplice.sends_twice::<u32>(use_record()), [Ok(1), Ok(0)]);
    let refused = || Err(NexusError::NoUsesLeft);
    assert_eq!(
        accomplice.sends_twice::<u32>(use_record()),
        [refused(), refused()]
    );
    assert_eq!(grant_of(&mut accomplice.world, 1).unwrap().used, 3);
}

#[test]
fn a_replayed_purchase_is_paid_twice() {
    let mut accomplice = Accomplice::new();
    let (nexus, buyer) = (accomplice.world.nexus, accomplice.account);
    let before = accomplice.world.holds(buyer);
    let buy = at::<OlifeNexus>(nexus).buy(1, 1, PRICE);
    assert_eq!(accomplice.sends_twice::<()>(buy), [Ok(()), Ok(())]);
    assert_eq!(accomplice.world.holds(buyer), before - 2 * PRICE);
    let buy = at::<OlifeNexus>(nexus).buy(1, 1, PRICE);
    let refused = || Err(NexusError::NotForSale);
    assert_eq!(accomplice.sends_twice::<()>(buy), [refused(), refused()]);
}

#[test]
fn a_replayed_withdrawal_pays_once() {
    let mut accomplice = Accomplice::new();
    let account = accomplice.account;
    let before = accomplice.world.holds(account);
    let withdraw = at::<OlifeNexus>(accomplice.world.nexus).withdraw(account.into());
    assert_eq!(
        accomplice.sends_twice::<u128>(withdraw),
        [Ok(PRICE), Err(NexusError::NothingOwed)]
    );
    assert_eq!(accomplice.world.holds(account), before + PRICE);
}

#[test]
fn a_replayed_revocation_and_settlement_refund_once() {
    let mut accomplice = Accomplice::new();
    let revoke = at::<OlifeNexus>(accomplice.world.nexus).revoke(1);
    assert_eq!(
        accomplice.sends_twice::<()>(revoke),
        [Ok(()), Err(NexusError::UnknownGrant)]
    );

    let mut accomplice = Accomplice::new();
    accomplice.world.at(END);
    let settle = at::<OlifeNexus>(accomplice.world.nexus).settle(1);
    assert_eq!(
        accomplice.sends_twice::<()>(settle),
        [Ok(()), Err(NexusError::NothingOwed)]
    );
    let credit = at::<OlifeNexus>(accomplice.world.nexus).credit_of(accomplice.account);
    assert_eq!(
        accomplice.world.get(credit),
        3 * PRICE,
        "one earned, two refunded"
    );
}

#[test]
fn a_contract_can_be_patient_and_grantee_and_leave_with_all_its_money() {
    let mut accomplice = Accomplice::new();
    let (nexus, account) = (accomplice.world.nexus, accomplice.account);
    assert_eq!(record_of(&mut accomplice.world, 1).unwrap().owner, account);
    assert_eq!(accomplice.sends(at::<OlifeNexus>(nexus).revoke(1)), Ok(()));
    assert_eq!(
        accomplice.sends(at::<OlifeNexus>(nexus).withdraw(account.into())),
        Ok(3 * PRICE)
    );
    assert_eq!(accomplice.world.holds(account), WEALTH);
}

/// The caller of the Nexus counts, not who signed the transaction.
#[test]
fn who_sends_through_a_contract_has_only_the_rights_of_the_contract() {
    let mut accomplice = Accomplice::new();
    let (nexus, account) = (accomplice.world.nexus, accomplice.account);
    let forward = at::<Hostile>(account).forward(nexus, parts(at::<OlifeNexus>(nexus).revoke(0)).1);
    let answer = accomplice.world.tell(PATIENT, forward);
    assert_eq!(read::<()>(answer), Some(Err(NexusError::NotOwner)));
    let uses = at::<OlifeNexus>(nexus).use_record(0, REQUEST);
    let answer = accomplice.world.tell(
        GRANTEE,
        at::<Hostile>(account).forward(nexus, parts(uses).1),
    );
    assert_eq!(read::<u32>(answer), Some(Err(NexusError::NotGrantee)));
}

#[test]
fn the_deposit_of_a_grant_goes_to_who_signed_the_transaction_that_closes_it() {
    let mut accomplice = Accomplice::new();
    let (nexus, account) = (accomplice.world.nexus, accomplice.account);
    let before = [ADMIN, account].map(|who| accomplice.world.coins(who));
    let forward = at::<Hostile>(account).forward(nexus, parts(at::<OlifeNexus>(nexus).revoke(1)).1);
    accomplice.world.tell(ADMIN, forward).unwrap();
    let after = [ADMIN, account].map(|who| accomplice.world.coins(who));
    assert!(after[0] > before[0]);
    assert_eq!(after[1], before[1]);
}

#[test]
fn a_patient_who_is_her_own_grantee_gains_nothing() {
    let mut world = hostile();
    world.give(PATIENT, 100);
    let own = open(
        &mut world,
        PATIENT,
        GrantTerms {
            grantee: PATIENT,
            ..terms()
        },
    );
    world.done(PATIENT, world.contract().buy(own, 3, ANY_PRICE));
    world.done(PATIENT, world.contract().use_record(own, REQUEST));
    world.done(PATIENT, world.contract().revoke(own));
    assert_eq!(
        world.done(PATIENT, world.contract().withdraw(PATIENT.into())),
        30
    );
    assert_eq!(world.holds(PATIENT), 100);
}

#[test]
fn a_grant_to_the_nexus_or_to_its_token_is_of_no_use_to_anybody() {
    let mut world = hostile();
    for grantee in [world.nexus, world.alv] {
        let grant = open(&mut world, PATIENT, GrantTerms { grantee, ..terms() });
        for caller in [ADMIN, PATIENT, GRANTEE, STRANGER] {
            assert_eq!(
                world.refused(caller, world.contract().buy(grant, 1, ANY_PRICE)),
                NexusError::NotGrantee
            );
            assert_eq!(
                world.refused(caller, world.contract().use_record(grant, REQUEST)),
                NexusError::NotGrantee
            );
        }
        world.done(PATIENT, world.contract().revoke(grant));
    }
}

#[test]
fn oversized_input_is_refused_and_changes_nothing() {
    let mut world = World::new();
    for length in [65, 1_000, 16_000] {
        let refused = world.refused(PATIENT, world.register(vec![1; length]));
        assert_eq!(refused, NexusError::BadPointer, "{length}");
    }
    // Above ink!'s buffer of 16 KiB no contract gets to say anything.
    let trapped = world.send(PATIENT, world.register(vec![1; 20_000]));
    assert!(
        matches!(trapped.value, Err(Failure::Dispatch(_))),
        "{:?}",
        trapped.value
    );
}

#[test]
fn input_that_is_cut_short_or_names_no_message_is_not_understood() {
    let (mut world, _) = bought(1);
    let whole = parts(at::<OlifeNexus>(world.nexus).use_record(0, REQUEST)).1;
    let before = world.state();
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..4],
        &[0; 4],
        &[1, 2, 3],
        &[],
    ] {
        let outcome = world.chain.call(GRANTEE, world.nexus, bytes.to_vec());
        assert!(
            outcome.result.map_or(true, |returned| returned.reverted),
            "{bytes:?}"
        );
        assert_eq!(world.state(), before, "{bytes:?}");
    }
}

#[test]
fn a_cell_that_cannot_be_decoded_traps() {
    let (mut world, grant) = bought(2);
    let nexus = world.nexus;
    world.done(GRANTEE, world.contract().use_record(grant, REQUEST));
    let query = world.contract().grant(grant);
    world.assert_undecodable_traps(nexus, b"GRNT", query);
    let record = world.contract().record(0);
    world.assert_undecodable_traps(nexus, b"RECS", record);
    let credit = world.contract().credit_of(PATIENT);
    world.assert_undecodable_traps(nexus, b"CRDT", credit);
    let owed = world.contract().owed();
    world.assert_undecodable_traps(nexus, b"OWED", owed);
    let notice = world.contract().upgrade_notice();
    world.assert_undecodable_traps(nexus, b"GOVN", notice);
    let count = world.contract().record_count();
    world.assert_undecodable_traps(nexus, &[0; 4], count);
}
