use allive_access::{only_somebody, AccessError, Account, Ownership, NOBODY};
use ink::{
    primitives::AccountId,
    scale::{Decode, Encode},
};

const ALICE: AccountId = AccountId([1; 32]);
const BOB: AccountId = AccountId([2; 32]);
const EVE: AccountId = AccountId([3; 32]);

fn alice_offers(to: Option<AccountId>) -> Ownership {
    let mut ownership = Ownership::new(ALICE.into());
    ownership.offer(&ALICE, to.map(Account::from)).unwrap();
    ownership
}

#[test]
fn only_the_owner_is_the_owner() {
    let ownership = Ownership::new(ALICE.into());
    assert_eq!(ownership.only_owner(&ALICE), Ok(()));
    assert_eq!(
        ownership.only_owner(&BOB),
        Err(AccessError::CallerIsNotOwner)
    );
}

#[test]
fn ownership_is_handed_over_in_two_steps() {
    let mut ownership = alice_offers(Some(BOB));
    assert_eq!(ownership.only_owner(&ALICE), Ok(()), "still hers");
    assert_eq!(ownership.accept(&BOB), Ok(()));
    assert_eq!(ownership, Ownership::new(BOB.into()));
    assert_eq!(
        ownership.only_owner(&ALICE),
        Err(AccessError::CallerIsNotOwner)
    );
}

#[test]
fn only_the_owner_offers() {
    let mut ownership = Ownership::new(ALICE.into());
    assert_eq!(
        ownership.offer(&EVE, Some(EVE.into())),
        Err(AccessError::CallerIsNotOwner)
    );
    assert_eq!(ownership, Ownership::new(ALICE.into()));
}

#[test]
fn only_the_candidate_accepts_and_others_change_nothing() {
    let mut ownership = alice_offers(Some(BOB));
    for other in [ALICE, EVE] {
        assert_eq!(
            ownership.accept(&other),
            Err(AccessError::CallerIsNotPendingOwner)
        );
    }
    assert_eq!(ownership, alice_offers(Some(BOB)));
}

#[test]
fn an_offer_can_be_replaced_or_withdrawn() {
    let mut ownership = alice_offers(Some(BOB));
    ownership.offer(&ALICE, Some(EVE.into())).unwrap();
    assert_eq!(
        ownership.accept(&BOB),
        Err(AccessError::CallerIsNotPendingOwner)
    );
    ownership.offer(&ALICE, None).unwrap();
    assert_eq!(
        ownership.accept(&EVE),
        Err(AccessError::CallerIsNotPendingOwner)
    );
    assert_eq!(ownership, alice_offers(None));
}

#[test]
fn an_offer_is_accepted_once() {
    let mut ownership = alice_offers(Some(BOB));
    ownership.accept(&BOB).unwrap();
    assert_eq!(
        ownership.accept(&BOB),
        Err(AccessError::CallerIsNotPendingOwner)
    );
}

#[test]
fn an_account_behind_a_pointer_encodes_as_the_account() {
    assert_eq!(Account::from(ALICE).encode(), ALICE.encode());
    assert_eq!(Account::decode(&mut &ALICE.encode()[..]), Ok(ALICE.into()));
    assert!(Account::decode(&mut &[1u8; 31][..]).is_err());
}

#[test]
fn nobody_is_offered_ownership() {
    let mut ownership = alice_offers(Some(BOB));
    assert_eq!(
        ownership.offer(&ALICE, Some(NOBODY.into())),
        Err(AccessError::ZeroAccount)
    );
    assert_eq!(ownership, alice_offers(Some(BOB)));
    let almost = AccountId([[0; 31].as_slice(), &[1]].concat().try_into().unwrap());
    for somebody in [ALICE, almost] {
        assert_eq!(only_somebody(&somebody), Ok(()));
    }
}
