//! The owner, and the roles that the owner gives.

use crate::world::*;
use allive_access::{
    AccessControl, AccessError, Ownable, OwnershipChanged, RoleChanged, RoleType, NOBODY,
};
use allive_calls::{at, psp22, Message, Receipt};
use alv::{Alv, MINTER, PAUSER, VAULT};
use ink::{env::Event as _, primitives::AccountId};
use psp22::PSP22;
use scale::Encode;

type Answer = Receipt<Result<(), AccessError>>;

impl Deployed {
    fn offer(&self, to: Option<AccountId>) -> Message<impl Encode, Result<(), AccessError>> {
        at::<Alv>(self.token).transfer_ownership(to.map(Into::into))
    }

    fn grant_role(
        &self,
        role: RoleType,
        to: impl Party,
    ) -> Message<impl Encode, Result<(), AccessError>> {
        at::<Alv>(self.token).grant_role(role, to.id().into())
    }

    fn revoke_role(
        &self,
        role: RoleType,
        from: impl Party,
    ) -> Message<impl Encode, Result<(), AccessError>> {
        at::<Alv>(self.token).revoke_role(role, from.id().into())
    }

    fn has_role(&self, role: RoleType, account: impl Party) -> Message<impl Encode, bool> {
        at::<Alv>(self.token).has_role(role, account.id().into())
    }
}

/// The owner, and to whom ownership is offered.
fn ownership(world: &mut World) -> (Option<AccountId>, Option<AccountId>) {
    let (owner, pending) = (world.contract().owner(), world.contract().pending_owner());
    let owner = world.get(owner).map(|account| *account);
    (owner, world.get(pending).map(|account| *account))
}

#[track_caller]
fn said_ownership(receipt: &Answer, owner: impl Party, pending: Option<AccountId>) {
    assert_eq!(receipt.events.len(), 1);
    assert_eq!(
        receipt.events[0].topics,
        [OwnershipChanged::SIGNATURE_TOPIC.unwrap()]
    );
    let expected = (owner.id(), pending).encode();
    assert_eq!(receipt.events[0].data, expected);
}

#[track_caller]
fn said_role(receipt: &Answer, role: RoleType, account: impl Party, held: bool) {
    assert_eq!(receipt.events.len(), 1);
    assert_eq!(
        receipt.events[0].topics,
        [RoleChanged::SIGNATURE_TOPIC.unwrap()]
    );
    let expected = (role, account.id(), held).encode();
    assert_eq!(receipt.events[0].data, expected);
}

#[test]
fn ownership_changes_hands_when_the_candidate_accepts_and_not_before() {
    let mut world = bare();
    assert_eq!(ownership(&mut world), (Some(OWNER.id()), None));
    let receipt = world.receipt(OWNER, world.offer(Some(OTHER.id())));
    said_ownership(&receipt, OWNER, Some(OTHER.id()));
    assert_eq!(ownership(&mut world), (Some(OWNER.id()), Some(OTHER.id())));
    let refused = world.refused(OTHER, world.grant_role(MINTER, OTHER));
    assert_eq!(refused, AccessError::CallerIsNotOwner);
    world.done(OWNER, world.grant_role(PAUSER, GUARD));

    let receipt = world.receipt(OTHER, world.contract().accept_ownership());
    said_ownership(&receipt, OTHER, None);
    assert_eq!(ownership(&mut world), (Some(OTHER.id()), None));
    world.done(OTHER, world.grant_role(MINTER, OTHER));
}

#[test]
fn a_former_owner_has_no_power_left() {
    let mut world = World::new();
    world.done(OWNER, world.offer(Some(OTHER.id())));
    world.done(OTHER, world.contract().accept_ownership());
    let refused = [
        world.send(OWNER, world.grant_role(VAULT, OWNER)),
        world.send(OWNER, world.revoke_role(MINTER, ISSUER)),
        world.send(OWNER, world.offer(Some(OWNER.id()))),
        world.send(OWNER, world.offer(None)),
    ];
    for answer in refused {
        assert_eq!(answer.value, Ok(Err(AccessError::CallerIsNotOwner)));
    }
    assert_eq!(
        world.refused(OWNER, world.contract().accept_ownership()),
        AccessError::CallerIsNotPendingOwner
    );
    // What was granted stays, and so does what she holds.
    assert!(world.get(world.has_role(MINTER, ISSUER)));
    world.done(OWNER, world.transfer(HOLDER, 1));
}

#[test]
fn only_the_candidate_accepts_and_only_once() {
    let mut world = bare();
    let refusal = Ok(Err(AccessError::CallerIsNotPendingOwner));
    for anybody in [OWNER, OTHER, STRANGER] {
        assert_eq!(
            world
                .send(anybody, world.contract().accept_ownership())
                .value,
            refusal,
            "nothing was offered"
        );
    }
    world.done(OWNER, world.offer(Some(OTHER.id())));
    for anybody in [OWNER, STRANGER] {
        assert_eq!(
            world
                .send(anybody, world.contract().accept_ownership())
                .value,
            refusal
        );
    }
    world.done(OTHER, world.contract().accept_ownership());
    assert_eq!(
        world.send(OTHER, world.contract().accept_ownership()).value,
        refusal
    );
}

#[test]
fn an_offer_can_be_withdrawn_or_made_to_another() {
    let mut world = bare();
    world.done(OWNER, world.offer(Some(OTHER.id())));
    let receipt = world.receipt(OWNER, world.offer(None));
    said_ownership(&receipt, OWNER, None);
    assert_eq!(
        world.refused(OTHER, world.contract().accept_ownership()),
        AccessError::CallerIsNotPendingOwner
    );
    world.done(OWNER, world.offer(Some(OTHER.id())));
    world.done(OWNER, world.offer(Some(STRANGER.id())));
    assert_eq!(
        world.refused(OTHER, world.contract().accept_ownership()),
        AccessError::CallerIsNotPendingOwner
    );
    world.done(STRANGER, world.contract().accept_ownership());
    assert_eq!(ownership(&mut world), (Some(STRANGER.id()), None));
}

#[test]
fn nobody_but_the_owner_offers_ownership() {
    let mut world = World::new();
    for other in [HOLDER, GUARD, ISSUER, STRANGER] {
        for candidate in [None, Some(other.id())] {
            let refused = world.refused(other, world.offer(candidate));
            assert_eq!(refused, AccessError::CallerIsNotOwner);
        }
    }
}

#[test]
fn the_owner_gives_a_role_and_takes_it_away() {
    let mut world = bare();
    for role in [MINTER, PAUSER, 0, u32::MAX] {
        assert!(!world.get(world.has_role(role, OTHER)));
        let receipt = world.receipt(OWNER, world.grant_role(role, OTHER));
        said_role(&receipt, role, OTHER, true);
        assert!(world.get(world.has_role(role, OTHER)));
        assert!(!world.get(world.has_role(role, STRANGER)));
        let coins = world.coins(OWNER);
        let receipt = world.receipt(OWNER, world.revoke_role(role, OTHER));
        said_role(&receipt, role, OTHER, false);
        assert!(!world.get(world.has_role(role, OTHER)));
        assert!(
            world.coins(OWNER) > coins,
            "the owner who revokes gets the deposit"
        );
        assert_eq!(receipt.deposit.items, -1);
    }
}

#[test]
fn one_role_is_not_another() {
    let mut world = bare();
    world.grant(MINTER, OTHER);
    let held = [MINTER, PAUSER, VAULT].map(|role| world.get(world.has_role(role, OTHER)));
    assert_eq!(held, [true, false, false]);
}

#[test]
fn roles_have_the_identifiers_that_tools_compute() {
    let ids = ["MINTER", "PAUSER", "VAULT"].map(|name| {
        let hash = blake2(name);
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
    });
    assert_eq!([MINTER, PAUSER, VAULT], ids);
}

fn blake2(name: &str) -> [u8; 32] {
    use ink::env::hash::{Blake2x256, CryptoHash};
    let mut hash = [0; 32];
    Blake2x256::hash(name.as_bytes(), &mut hash);
    hash
}

#[test]
fn nobody_but_the_owner_gives_or_takes_a_role() {
    let mut world = World::new();
    for other in [HOLDER, GUARD, ISSUER, STRANGER] {
        for role in [MINTER, PAUSER, VAULT] {
            let refused = world.refused(other, world.grant_role(role, other));
            assert_eq!(refused, AccessError::CallerIsNotOwner);
            let refused = world.refused(other, world.revoke_role(role, ISSUER));
            assert_eq!(refused, AccessError::CallerIsNotOwner);
        }
    }
}

#[test]
fn a_role_is_given_once_and_taken_only_from_who_holds_it() {
    let mut world = World::new();
    let twice = world.refused(OWNER, world.grant_role(MINTER, ISSUER));
    assert_eq!(twice, AccessError::RoleRedundant);
    world.grant(VAULT, OTHER);
    let twice = world.refused(OWNER, world.grant_role(VAULT, OTHER));
    assert_eq!(twice, AccessError::RoleRedundant);
    let absent = world.refused(OWNER, world.revoke_role(MINTER, STRANGER));
    assert_eq!(absent, AccessError::MissingRole);
}

#[test]
fn a_holder_lays_down_a_role_of_her_own_and_no_other() {
    let mut world = World::new();
    let coins = world.coins(ISSUER);
    let receipt = world.receipt(ISSUER, world.contract().renounce_role(MINTER));
    said_role(&receipt, MINTER, ISSUER, false);
    assert!(
        world.coins(ISSUER) > coins,
        "who lays it down gets the deposit"
    );
    for (who, role) in [
        (ISSUER, MINTER),
        (ISSUER, PAUSER),
        (OWNER, PAUSER),
        (STRANGER, VAULT),
    ] {
        assert_eq!(
            world.refused(who, world.contract().renounce_role(role)),
            AccessError::MissingRole
        );
    }
    assert!(world.get(world.has_role(PAUSER, GUARD)));
}

#[test]
fn the_owner_cannot_take_the_role_of_a_vault_but_the_vault_can_lay_it_down() {
    let mut world = World::new();
    let receipt = world.receipt(OWNER, world.grant_role(VAULT, OTHER));
    said_role(&receipt, VAULT, OTHER, true);
    for account in [OTHER, STRANGER] {
        let refused = world.refused(OWNER, world.revoke_role(VAULT, account));
        assert_eq!(refused, AccessError::RoleIsPermanent);
    }
    let receipt = world.receipt(OTHER, world.contract().renounce_role(VAULT));
    said_role(&receipt, VAULT, OTHER, false);
    assert!(!world.get(world.has_role(VAULT, OTHER)));
}

#[test]
fn no_role_and_no_ownership_moves_anybodys_units() {
    let mut world = World::new();
    for role in [MINTER, PAUSER, VAULT] {
        world.grant(role, STRANGER);
    }
    for powerful in [OWNER, GUARD, ISSUER, STRANGER] {
        let refused = world.refused(powerful, world.transfer_from(HOLDER, powerful, 1));
        assert_eq!(refused, psp22::PSP22Error::InsufficientAllowance);
    }
}

#[test]
fn nobody_is_given_a_role_ownership_or_an_allowance() {
    let mut world = World::new();
    let offered = world.contract().transfer_ownership(Some(NOBODY.into()));
    assert_eq!(world.refused(OWNER, offered), AccessError::ZeroAccount);
    for role in [MINTER, PAUSER, VAULT, 7] {
        let granted = world.contract().grant_role(role, NOBODY.into());
        assert_eq!(world.refused(OWNER, granted), AccessError::ZeroAccount);
    }
    for value in [0, 5] {
        let refused = world.refused(HOLDER, world.approve(NOBODY, value));
        assert_eq!(refused, custom("ZeroAccount"));
    }
    let raised = psp22(world.alv).increase_allowance(NOBODY, 5);
    assert_eq!(world.refused(HOLDER, raised), custom("ZeroAccount"));
}
