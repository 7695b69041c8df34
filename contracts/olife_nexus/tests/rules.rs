//! The rules of a grant as plain Rust, under random sequences of actions.

use crate::world::*;
use allive_simulator::START;
use ink::primitives::AccountId;
use olife_nexus::*;
use proptest::prelude::*;

const LONG: u64 = 1_000;

#[derive(Clone, Debug)]
enum Step {
    Buy(AccountId, u32, u128),
    Use(AccountId),
    Close,
    Wait(u64),
}

fn account() -> impl Strategy<Value = AccountId> {
    prop_oneof![
        8 => Just(GRANTEE),
        1 => Just(PATIENT),
        1 => Just(STRANGER),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (account(), prop_oneof![0..4_u32, any::<u32>()], accepted())
            .prop_map(|(by, uses, max_price)| Step::Buy(by, uses, max_price)),
        6 => account().prop_map(Step::Use),
        1 => Just(Step::Close),
        2 => (0..LONG / 3).prop_map(Step::Wait),
    ]
}

/// Mostly whatever it costs, sometimes a price below or above the grant's.
fn accepted() -> impl Strategy<Value = u128> {
    prop_oneof![3 => Just(u128::MAX), 1 => 0..100_u128]
}

fn record(pointer: Vec<u8>) -> Result<Record, NexusError> {
    Record::new(PATIENT, COMMITMENT, Kind::Fhir, pointer, START - 1)
}

fn offer(price: u128, uses: u32, expires: u64) -> Result<Grant, NexusError> {
    let terms = GrantTerms {
        price,
        uses,
        expires,
        ..terms()
    };
    Grant::offer(3, &record(vec![1]).unwrap(), terms, START, LONG)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn uses_and_money_are_conserved_and_nothing_happens_after_the_end(
        price in prop_oneof![0..100_u128, Just(u128::MAX / u128::from(u32::MAX))],
        uses in prop_oneof![1..20_u32, Just(u32::MAX)],
        length in 1..=LONG,
        steps in prop::collection::vec(step(), 0..40),
    ) {
        let mut grant = offer(price, uses, START + length).unwrap();
        let (mut now, mut closed) = (START, false);
        let (mut paid, mut earned, mut refunded) = (0_u128, 0_u128, 0_u128);
        for step in steps {
            let before = grant.clone();
            let ended = now >= START + length;
            match step {
                Step::Wait(time) => now += time,
                Step::Close => {
                    refunded += grant.close().unwrap();
                    prop_assert_eq!(refunded, paid - earned);
                    closed = true;
                }
                Step::Buy(by, wanted, accepted) => {
                    // The contract throws away a grant that an error left half changed; so do we.
                    let mut trial = grant.clone();
                    match trial.buy(&by, wanted, accepted, now) {
                        Ok(cost) => {
                            prop_assert_eq!(by, GRANTEE);
                            prop_assert!(!ended && !closed && wanted > 0 && wanted <= before.for_sale);
                            prop_assert_eq!(cost, price * u128::from(wanted));
                            prop_assert!(price <= accepted);
                            paid += cost;
                            grant = trial;
                        }
                        Err(error) => {
                            let right = if by != GRANTEE {
                                NexusError::NotGrantee
                            } else if ended {
                                NexusError::Expired
                            } else if wanted == 0 {
                                NexusError::NoUses
                            } else if price > accepted {
                                NexusError::PriceTooHigh
                            } else {
                                prop_assert!(wanted > before.for_sale);
                                NexusError::NotForSale
                            };
                            prop_assert_eq!(error, right);
                        }
                    }
                }
                Step::Use(by) => {
                    let mut trial = grant.clone();
                    match trial.take_use(&by, now) {
                        Ok(charge) => {
                            prop_assert_eq!(by, GRANTEE);
                            prop_assert!(!ended && !closed && before.bought > 0);
                            prop_assert_eq!(charge, price);
                            prop_assert_eq!((trial.bought, trial.used), (before.bought - 1, before.used + 1));
                            earned += charge;
                            grant = trial;
                        }
                        Err(error) => {
                            let right = if by != GRANTEE {
                                NexusError::NotGrantee
                            } else if ended {
                                NexusError::Expired
                            } else {
                                prop_assert_eq!(before.bought, 0);
                                NexusError::NoUsesLeft
                            };
                            prop_assert_eq!(error, right);
                        }
                    }
                }
            }
            let places = [grant.for_sale, grant.bought, grant.used].map(u64::from);
            if closed {
                prop_assert_eq!((grant.for_sale, grant.bought), (0, 0));
            } else {
                prop_assert_eq!(places.iter().sum::<u64>(), u64::from(uses));
            }
            // What is held for it: all that was paid, but what was earned and refunded.
            prop_assert_eq!(u128::from(grant.bought) * price, paid - earned - refunded);
            prop_assert!(grant.used >= before.used);
            let fixed = |grant: &Grant| (grant.record, grant.patient, grant.patient_since, grant.grantee, grant.grantee_since, grant.purpose, grant.price, grant.expires);
            prop_assert_eq!(fixed(&grant), fixed(&before));
        }
    }

    #[test]
    fn an_offer_is_made_exactly_within_its_bounds(
        price in prop_oneof![any::<u128>(), 0..100_u128],
        uses in prop_oneof![Just(0), Just(1), any::<u32>()],
        expires in prop_oneof![START - 2..START + 3, START + LONG - 2..START + LONG + 3, any::<u64>()],
    ) {
        let in_time = expires > START && expires - START <= LONG;
        let right = if uses == 0 {
            Some(NexusError::NoUses)
        } else if !in_time {
            Some(NexusError::BadExpiry)
        } else {
            price.checked_mul(uses.into()).is_none().then_some(NexusError::AmountTooLarge)
        };
        prop_assert_eq!(offer(price, uses, expires).err(), right);
    }

    #[test]
    fn a_grant_has_ended_from_its_end_on(length in 1..=LONG, later in 0..2 * LONG) {
        let grant = offer(1, 1, START + length).unwrap();
        prop_assert_eq!(grant.has_expired(START + later), later >= length);
    }
}

#[test]
fn a_grant_is_settled_by_anybody_after_its_end_and_by_its_grantee_while_an_upgrade_is_announced() {
    let grant = offer(1, 1, START + 1).unwrap();
    let settles = |who: AccountId, now, announced: bool| {
        let settled = grant.may_settle(&who, now, || announced);
        assert!(matches!(settled, Ok(()) | Err(NexusError::NotExpired)));
        settled.is_ok()
    };
    for who in ACTORS {
        for announced in [false, true] {
            assert!(settles(who, START + 1, announced), "{who:?}");
            let may = announced && who == GRANTEE;
            assert_eq!(settles(who, START, announced), may, "{who:?}");
        }
    }
}

#[test]
fn a_term_that_reaches_past_the_end_of_time_is_cut_there() {
    let terms = |expires| GrantTerms { expires, ..terms() };
    let of = record(vec![1]).unwrap();
    let at = |now, expires| Grant::offer(0, &of, terms(expires), now, LONG);
    assert!(at(u64::MAX - 1, u64::MAX).is_ok());
    assert_eq!(at(u64::MAX, u64::MAX).err(), Some(NexusError::BadExpiry));
}

#[test]
fn a_pointer_has_one_to_64_bytes_by_rule() {
    let length = |pointer| record(pointer).map(|record| record.pointer.len());
    assert_eq!(length(vec![]), Err(NexusError::BadPointer));
    assert_eq!(length(vec![0; 1]), Ok(1));
    assert_eq!(length(vec![0; 64]), Ok(64));
    assert_eq!(length(vec![0; 65]), Err(NexusError::BadPointer));
}
