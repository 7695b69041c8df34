//! The owner, and the roles that the owner gives.

use crate::world::*;
use allive_access::{AccessControl, AccessError, Ownable, OwnershipChanged, RoleChanged, RoleType};
use allive_calls::{at, Receipt, Typed};
use alv::{Alv, MINTER, PAUSER, VAULT};
use ink::{env::Event as _, primitives::AccountId};
use scale::Encode;

type Answer = Receipt<Result<(), AccessError>>;

impl World {
    fn offer(&mut self, by: impl Party, to: Option<AccountId>) -> Answer {
        let message = at::<Alv>(self.alv).transfer_ownership(to.map(Into::into));
        self.act(by, message)
    }

    fn accept(&mut self, by: impl Party) -> Answer {
        let message = at::<Alv>(self.alv).accept_ownership();
        self.act(by, message)
    }

    /// The owner, and to whom ownership is offered.
    fn ownership(&mut self) -> (Option<AccountId>, Option<AccountId>) {
        let token = || at::<Alv>(self.alv);
        let owner = self.chain.get(token().owner()).map(|account| *account);
        (
            owner,
            self.chain
                .get(token().pending_owner())
                .map(|account| *account),
        )
    }

    fn grant_by(&mut self, by: impl Party, role: RoleType, to: impl Party) -> Answer {
        let message = at::<Alv>(self.alv).grant_role(role, to.id().into());
        self.act(by, message)
    }

    fn revoke(&mut self, by: impl Party, role: RoleType, from: impl Party) -> Answer {
        let message = at::<Alv>(self.alv).revoke_role(role, from.id().into());
        self.act(by, message)
    }

    fn renounce(&mut self, by: impl Party, role: RoleType) -> Answer {
        let message = at::<Alv>(self.alv).renounce_role(role);
        self.act(by, message)
    }

    fn has(&mut self, role: RoleType, account: impl Party) -> bool {
        self.chain
            .get(at::<Alv>(self.alv).has_role(role, account.id().into()))
    }
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
    let mut world = World::bare();
    assert_eq!(world.ownership(), (Some(OWNER.id()), None));
    let receipt = world.offer(OWNER, Some(OTHER.id())).succeeded();
    said_ownership(&receipt, OWNER, Some(OTHER.id()));
    assert_eq!(world.ownership(), (Some(OWNER.id()), Some(OTHER.id())));
    let refused = world.grant_by(OTHER, MINTER, OTHER);
    assert_eq!(refused.value, Ok(Err(AccessError::CallerIsNotOwner)));
    world.grant_by(OWNER, PAUSER, GUARD).succeeded();

    let receipt = world.accept(OTHER).succeeded();
    said_ownership(&receipt, OTHER, None);
    assert_eq!(world.ownership(), (Some(OTHER.id()), None));
    world.grant_by(OTHER, MINTER, OTHER).succeeded();
}

#[test]
fn a_former_owner_has_no_power_left() {
    let mut world = World::new();
    world.offer(OWNER, Some(OTHER.id())).succeeded();
    world.accept(OTHER).succeeded();
    let refused = [
        world.grant_by(OWNER, VAULT, OWNER),
        world.revoke(OWNER, MINTER, ISSUER),
        world.offer(OWNER, Some(OWNER.id())),
        world.offer(OWNER, None),
    ];
    for answer in refused {
        assert_eq!(answer.value, Ok(Err(AccessError::CallerIsNotOwner)));
    }
    assert_eq!(
        world.accept(OWNER).value,
        Ok(Err(AccessError::CallerIsNotPendingOwner))
    );
    // What was granted stays, and so does what she holds.
    assert!(world.has(MINTER, ISSUER));
    world.transfer(OWNER, HOLDER, 1).succeeded();
}

#[test]
fn only_the_candidate_accepts_and_only_once() {
    let mut world = World::bare();
    let refusal = Ok(Err(AccessError::CallerIsNotPendingOwner));
    for anybody in [OWNER, OTHER, STRANGER] {
        assert_eq!(world.accept(anybody).value, refusal, "nothing was offered");
    }
    world.offer(OWNER, Some(OTHER.id())).succeeded();
    for anybody in [OWNER, STRANGER] {
        assert_eq!(world.accept(anybody).value, refusal);
    }
    world.accept(OTHER).succeeded();
    assert_eq!(world.accept(OTHER).value, refusal);
}

#[test]
fn an_offer_can_be_withdrawn_or_made_to_another() {
    let mut world = World::bare();
    world.offer(OWNER, Some(OTHER.id())).succeeded();
    let receipt = world.offer(OWNER, None).succeeded();
    said_ownership(&receipt, OWNER, None);
    assert_eq!(
        world.accept(OTHER).value,
        Ok(Err(AccessError::CallerIsNotPendingOwner))
    );
    world.offer(OWNER, Some(OTHER.id())).succeeded();
    world.offer(OWNER, Some(STRANGER.id())).succeeded();
    assert_eq!(
        world.accept(OTHER).value,
        Ok(Err(AccessError::CallerIsNotPendingOwner))
    );
    world.accept(STRANGER).succeeded();
    assert_eq!(world.ownership(), (Some(STRANGER.id()), None));
}

#[test]
fn nobody_but_the_owner_offers_ownership() {
    let mut world = World::new();
    for other in [HOLDER, GUARD, ISSUER, STRANGER] {
        for candidate in [None, Some(other.id())] {
            let refused = world.offer(other, candidate);
            assert_eq!(refused.value, Ok(Err(AccessError::CallerIsNotOwner)));
        }
    }
}

#[test]
fn the_owner_gives_a_role_and_takes_it_away() {
    let mut world = World::bare();
    for role in [MINTER, PAUSER, 0, u32::MAX] {
        assert!(!world.has(role, OTHER));
        let receipt = world.grant_by(OWNER, role, OTHER).succeeded();
        said_role(&receipt, role, OTHER, true);
        assert!(world.has(role, OTHER));
        assert!(!world.has(role, STRANGER));
        let coins = world.coins(OWNER);
        let receipt = world.revoke(OWNER, role, OTHER).succeeded();
        said_role(&receipt, role, OTHER, false);
        assert!(!world.has(role, OTHER));
        assert!(
            world.coins(OWNER) > coins,
            "the owner who revokes gets the deposit"
        );
        assert_eq!(receipt.deposit.items, -1);
    }
}

#[test]
fn one_role_is_not_another() {
    let mut world = World::bare();
    world.grant(MINTER, OTHER);
    let held = [MINTER, PAUSER, VAULT].map(|role| world.has(role, OTHER));
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
            let refused = world.grant_by(other, role, other);
            assert_eq!(refused.value, Ok(Err(AccessError::CallerIsNotOwner)));
            let refused = world.revoke(other, role, ISSUER);
            assert_eq!(refused.value, Ok(Err(AccessError::CallerIsNotOwner)));
        }
    }
}

#[test]
fn a_role_is_given_once_and_taken_only_from_who_holds_it() {
    let mut world = World::new();
    let twice = world.grant_by(OWNER, MINTER, ISSUER);
    assert_eq!(twice.value, Ok(Err(AccessError::RoleRedundant)));
    world.grant(VAULT, OTHER);
    let twice = world.grant_by(OWNER, VAULT, OTHER);
    assert_eq!(twice.value, Ok(Err(AccessError::RoleRedundant)));
    let absent = world.revoke(OWNER, MINTER, STRANGER);
    assert_eq!(absent.value, Ok(Err(AccessError::MissingRole)));
}

#[test]
fn a_holder_lays_down_a_role_of_her_own_and_no_other() {
    let mut world = World::new();
    let coins = world.coins(ISSUER);
    let receipt = world.renounce(ISSUER, MINTER).succeeded();
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
            world.renounce(who, role).value,
            Ok(Err(AccessError::MissingRole))
        );
    }
    assert!(world.has(PAUSER, GUARD));
}

#[test]
fn the_owner_cannot_take_the_role_of_a_vault_but_the_vault_can_lay_it_down() {
    let mut world = World::new();
    let receipt = world.grant_by(OWNER, VAULT, OTHER).succeeded();
    said_role(&receipt, VAULT, OTHER, true);
    for account in [OTHER, STRANGER] {
        let refused = world.revoke(OWNER, VAULT, account);
        assert_eq!(refused.value, Ok(Err(AccessError::RoleIsPermanent)));
    }
    let receipt = world.renounce(OTHER, VAULT).succeeded();
    said_role(&receipt, VAULT, OTHER, false);
    assert!(!world.has(VAULT, OTHER));
}

#[test]
fn no_role_and_no_ownership_moves_anybodys_units() {
    let mut world = World::new();
    for role in [MINTER, PAUSER, VAULT] {
        world.grant(role, STRANGER);
    }
    for powerful in [OWNER, GUARD, ISSUER, STRANGER] {
        let refused = world.transfer_from(powerful, HOLDER, powerful, 1);
        assert_eq!(
            refused.value,
            Ok(Err(psp22::PSP22Error::InsufficientAllowance))
        );
    }
}
