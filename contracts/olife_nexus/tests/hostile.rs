//! Tokens that misbehave, callers that re-enter and replay, input that is too large.

use crate::world::*;
use ::false_id::FalseId;
use ::hostile::{Hostile, Mode};
use allive_calls::{at, Chain, Failure, Message, Typed};
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
        // A reason that ends too soon, one that is empty, and one that is not text: nobody reads it.
        (vec![0, 1, 0, 0xfc], TokenError::Refused),
        (vec![0, 1, 0, 0], TokenError::Refused),
        (vec![0, 1, 0, 4, 0xff], TokenError::Refused),
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
        let mut world = World::hostile();
        let grant = world.open(PATIENT, terms());
        world.behave(mode.clone());
        let answer = world.buy(GRANTEE, grant, 1);
        assert_eq!(answer.value, Ok(Err(error)), "{mode:?}");
        world.behave(Mode::Honest);
        assert_eq!(
            world.buy(GRANTEE, grant, USES).value,
            Ok(Ok(())),
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
        let (mut world, grant) = World::bought_with_hostile(2, mode);
        assert_eq!(
            world.buy(GRANTEE, grant, 1).value,
            Ok(Err(NexusError::PaymentShort))
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
        let (mut world, grant) = World::bought_with_hostile(2, mode.clone());
        world.use_record(GRANTEE, grant).value.unwrap().unwrap();
        let answer = world.withdraw(PATIENT);
        assert_eq!(answer.value, Ok(Err(error.into())), "{mode:?}");
        world.behave(Mode::Honest);
        assert_eq!(world.credit(PATIENT), PRICE);
        assert_eq!(
            world.withdraw(PATIENT).value,
            Ok(Ok(PRICE)),
            "after {mode:?}"
        );
    }
}

/// No contract can make a token pay. What the Nexus owes to others is covered all the same.
#[test]
fn a_token_that_lies_about_a_payout_costs_nobody_but_the_payee() {
    for (mode, paid) in [(Mode::LiesAboutSuccess, 0), (Mode::KeepsFee, 9)] {
        let (mut world, grant) = World::bought_with_hostile(2, mode);
        world.use_record(GRANTEE, grant).value.unwrap().unwrap();
        assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(PRICE)));
        assert_eq!(world.holds(PATIENT.account()), paid);
        assert_eq!(world.holds(STRANGER.account()), 0);
        world.behave(Mode::Honest);
        world.revoke(PATIENT, grant).value.unwrap().unwrap();
        assert_eq!(world.withdraw(GRANTEE).value, Ok(Ok(PRICE)));
    }
}

/// The only thing that a donation can do.
#[test]
fn a_donation_can_cover_a_lie_and_no_claim_is_at_risk() {
    let mut world = World::hostile();
    let grant = world.open(PATIENT, terms());
    let nexus = world.nexus;
    world.tell(ADMIN, at::<Hostile>(world.token).mint(nexus, 15));
    world.behave(Mode::LiesAboutSuccess);
    assert_eq!(
        world.buy(GRANTEE, grant, 2).value,
        Ok(Err(NexusError::PaymentShort))
    );
    assert_eq!(world.buy(GRANTEE, grant, 1).value, Ok(Ok(())));
    assert_eq!(
        world.buy(GRANTEE, grant, 1).value,
        Ok(Err(NexusError::PaymentShort))
    );
}

#[test]
fn what_is_owed_can_be_written_down() {
    let mut world = World::hostile();
    world.tell(
        ADMIN,
        at::<Hostile>(world.token).mint(GRANTEE.account(), u128::MAX),
    );
    let all = world.open(
        PATIENT,
        Terms {
            price: u128::MAX,
            uses: 1,
            ..terms()
        },
    );
    let more = world.open(
        PATIENT,
        Terms {
            price: 1,
            uses: 1,
            ..terms()
        },
    );
    assert_eq!(world.buy(GRANTEE, all, 1).value, Ok(Ok(())));
    assert_eq!(
        world.buy(GRANTEE, more, 1).value,
        Ok(Err(NexusError::AmountTooLarge))
    );
    assert_eq!(world.use_record(GRANTEE, all).value, Ok(Ok(0)));
    assert_eq!(world.credit(PATIENT), u128::MAX);
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(u128::MAX)));
}

#[test]
fn where_the_token_is_no_contract_only_gifts_work() {
    let mut world = World::hostile();
    let constructor = OlifeNexusRef::new(
        AccountId::from([7; 32]),
        world.identities.into(),
        LONGEST,
        NOTICE,
    );
    world.nexus = world
        .chain
        .create(ADMIN.account(), &code("olife_nexus"), constructor, b"2")
        .unwrap()
        .unwrap()
        .address;
    let sale = world.open(PATIENT, terms());
    let gift = world.open(
        PATIENT,
        Terms {
            price: 0,
            ..terms()
        },
    );
    let broken = NexusError::Token(TokenError::Broken);
    assert_eq!(world.buy(GRANTEE, sale, 1).value, Ok(Err(broken)));
    assert_eq!(world.buy(GRANTEE, gift, 1).value, Ok(Ok(())));
    assert_eq!(world.use_record(GRANTEE, gift).value, Ok(Ok(0)));
    assert_eq!(world.revoke(PATIENT, sale).value, Ok(Ok(())));
}

/// A contract that is patient and grantee of grant 1, has bought three uses under it and made one,
/// so that every message of the Nexus would succeed when it sends it.
struct Accomplice {
    world: World,
    account: AccountId,
}

impl Accomplice {
    fn new() -> Self {
        let mut world = World::hostile();
        world.open(PATIENT, terms());
        world.buy(GRANTEE, 0, 2).value.unwrap().unwrap();
        world.use_record(GRANTEE, 0).value.unwrap().unwrap();
        let account = hostile_at(&mut world.chain, b"accomplice");
        world.tell(ADMIN, at::<Hostile>(world.token).mint(account, WEALTH));
        let mut this = Self { world, account };
        let nexus = this.world.nexus;
        let nexus = || at::<OlifeNexus>(nexus);
        this.sends::<RecordId>(nexus().register(COMMITMENT, Kind::Fhir, POINTER.to_vec()))
            .unwrap();
        let own = Terms {
            grantee: account,
            ..terms()
        };
        this.sends::<GrantId>(nexus().offer(1, own)).unwrap();
        this.sends::<()>(nexus().buy(1, 3, PRICE)).unwrap();
        this.sends::<u32>(nexus().use_record(1, REQUEST)).unwrap();
        let identities = this.world.identities;
        let follow = at::<FalseId>(identities).follow(account, PATIENT.account(), Some(START + 1));
        this.world.tell(ADMIN, follow);
        this
    }

    /// What the Nexus answers to a message of the contract's.
    fn sends<R: Decode>(
        &mut self,
        message: Message<impl Encode, Result<R, NexusError>>,
    ) -> Result<R, NexusError> {
        let forward = at::<Hostile>(self.account).forward(self.world.nexus, input(message));
        let answer = self.world.tell(STRANGER, forward);
        self.world.check();
        read(answer).unwrap()
    }

    /// What the Nexus answers to a message that the contract sends twice in one transaction.
    fn sends_twice<R: Decode>(
        &mut self,
        message: Message<impl Encode, Result<R, NexusError>>,
    ) -> [Result<R, NexusError>; 2] {
        let forward = at::<Hostile>(self.account).forward_twice(self.world.nexus, input(message));
        let (first, second) = self.world.tell(STRANGER, forward);
        self.world.check();
        [first, second].map(|answer| read(answer).unwrap())
    }

    /// Messages that succeed when the contract sends them; the last is a mere question.
    fn messages(&self) -> Vec<(&'static str, Vec<u8>)> {
        let nexus = || at::<OlifeNexus>(self.world.nexus);
        let own = Terms {
            grantee: self.account,
            ..terms()
        };
        vec![
            ("buy", input(nexus().buy(1, 1, PRICE))),
            ("use_record", input(nexus().use_record(1, REQUEST))),
            ("revoke", input(nexus().revoke(1))),
            ("withdraw", input(nexus().withdraw())),
            ("inherit", input(nexus().inherit(Holding::Record(0)))),
            (
                "register",
                input(nexus().register(COMMITMENT, Kind::Fhir, vec![1])),
            ),
            ("offer", input(nexus().offer(1, own))),
            ("owed", input(nexus().owed())),
        ]
    }

    /// The two messages of the Nexus that call the token.
    fn outer(&mut self, purchase: bool) -> Result<(), NexusError> {
        let nexus = || at::<OlifeNexus>(self.world.nexus);
        if purchase {
            self.world
                .chain
                .send(GRANTEE.account(), nexus().buy(0, 1, PRICE))
                .value
                .unwrap()
        } else {
            self.world
                .chain
                .send(PATIENT.account(), nexus().withdraw())
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
            .ask(STRANGER.account(), forward)
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
                let before = accomplice.world.cells();
                let broken = NexusError::Token(TokenError::Broken);
                assert_eq!(accomplice.outer(purchase), Err(broken), "{name}");
                assert_eq!(accomplice.world.cells(), before, "{name}");
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
            let detour = input(at::<Hostile>(target).forward(accomplice.world.nexus, message));

            let (input, insists) = (detour.clone(), true);
            accomplice.world.behave(Mode::Reenters {
                target,
                input,
                insists,
            });
            let before = accomplice.world.cells();
            let refused = NexusError::Token(TokenError::Refused);
            assert_eq!(accomplice.outer(purchase), Err(refused), "{name}");
            assert_eq!(accomplice.world.cells(), before, "{name}");

            let (input, insists) = (detour, false);
            accomplice.world.behave(Mode::Reenters {
                target,
                input,
                insists,
            });
            assert_eq!(accomplice.outer(purchase), Ok(()), "{name}");
            let answer = accomplice
                .world
                .tell(ADMIN, at::<Hostile>(accomplice.world.token).answer());
            assert_eq!(answer, Some(None), "{name}: tried, and not let in");
            accomplice.world.check();
            assert_eq!(accomplice.world.books(), plain.world.books(), "{name}");
            assert_eq!(
                accomplice.world.balances(),
                plain.world.balances(),
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
    assert_eq!(accomplice.world.grant(1).unwrap().used, 3);
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
    let withdraw = at::<OlifeNexus>(accomplice.world.nexus).withdraw();
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
    assert_eq!(accomplice.world.record(1).unwrap().owner, account);
    assert_eq!(accomplice.sends(at::<OlifeNexus>(nexus).revoke(1)), Ok(()));
    assert_eq!(
        accomplice.sends(at::<OlifeNexus>(nexus).withdraw()),
        Ok(3 * PRICE)
    );
    assert_eq!(accomplice.world.holds(account), WEALTH);
}

/// The caller of the Nexus counts, not who signed the transaction.
#[test]
fn who_sends_through_a_contract_has_only_the_rights_of_the_contract() {
    let mut accomplice = Accomplice::new();
    let (nexus, account) = (accomplice.world.nexus, accomplice.account);
    let forward = at::<Hostile>(account).forward(nexus, input(at::<OlifeNexus>(nexus).revoke(0)));
    let answer = accomplice.world.tell(PATIENT, forward);
    assert_eq!(read::<()>(answer), Some(Err(NexusError::NotOwner)));
    let uses = at::<OlifeNexus>(nexus).use_record(0, REQUEST);
    let answer = accomplice
        .world
        .tell(GRANTEE, at::<Hostile>(account).forward(nexus, input(uses)));
    assert_eq!(read::<u32>(answer), Some(Err(NexusError::NotGrantee)));
}

#[test]
fn the_deposit_of_a_grant_goes_to_who_signed_the_transaction_that_closes_it() {
    let mut accomplice = Accomplice::new();
    let (nexus, account) = (accomplice.world.nexus, accomplice.account);
    let before = [ADMIN.account(), account].map(|who| accomplice.world.chain.balance(who));
    let forward = at::<Hostile>(account).forward(nexus, input(at::<OlifeNexus>(nexus).revoke(1)));
    accomplice.world.tell(ADMIN, forward).unwrap();
    let after = [ADMIN.account(), account].map(|who| accomplice.world.chain.balance(who));
    assert!(after[0] > before[0]);
    assert_eq!(after[1], before[1]);
}

#[test]
fn a_patient_who_is_her_own_grantee_gains_nothing() {
    let mut world = World::hostile();
    world.tell(
        ADMIN,
        at::<Hostile>(world.token).mint(PATIENT.account(), 100),
    );
    let own = world.open(
        PATIENT,
        Terms {
            grantee: PATIENT.account(),
            ..terms()
        },
    );
    world.buy(PATIENT, own, 3).value.unwrap().unwrap();
    world.use_record(PATIENT, own).value.unwrap().unwrap();
    world.revoke(PATIENT, own).value.unwrap().unwrap();
    assert_eq!(world.withdraw(PATIENT).value, Ok(Ok(30)));
    assert_eq!(world.holds(PATIENT.account()), 100);
}

#[test]
fn a_grant_to_the_nexus_or_to_its_token_is_of_no_use_to_anybody() {
    let mut world = World::hostile();
    for grantee in [world.nexus, world.token] {
        let grant = world.open(PATIENT, Terms { grantee, ..terms() });
        for caller in [ADMIN, PATIENT, GRANTEE, STRANGER] {
            assert_eq!(
                world.buy(caller, grant, 1).value,
                Ok(Err(NexusError::NotGrantee))
            );
            assert_eq!(
                world.use_record(caller, grant).value,
                Ok(Err(NexusError::NotGrantee))
            );
        }
        assert_eq!(world.revoke(PATIENT, grant).value, Ok(Ok(())));
    }
}

#[test]
fn oversized_input_is_refused_and_changes_nothing() {
    let mut world = World::new();
    for length in [65, 1_000, 16_000] {
        let refused = world.register(PATIENT, vec![1; length]);
        assert_eq!(refused.value, Ok(Err(NexusError::BadPointer)), "{length}");
    }
    // Above ink!'s buffer of 16 KiB no contract gets to say anything.
    let trapped = world.register(PATIENT, vec![1; 20_000]);
    assert!(
        matches!(trapped.value, Err(Failure::Dispatch(_))),
        "{:?}",
        trapped.value
    );
}

#[test]
fn input_that_is_cut_short_or_names_no_message_is_not_understood() {
    let (mut world, _) = World::bought(1);
    let whole = input(at::<OlifeNexus>(world.nexus).use_record(0, REQUEST));
    let before = world.cells();
    for bytes in [
        &whole[..whole.len() - 1],
        &whole[..4],
        &[0; 4],
        &[1, 2, 3],
        &[],
    ] {
        let outcome = world
            .chain
            .call(GRANTEE.account(), world.nexus, bytes.to_vec());
        assert!(
            outcome.result.map_or(true, |returned| returned.reverted),
            "{bytes:?}"
        );
        assert_eq!(world.cells(), before, "{bytes:?}");
    }
}
