//! The world of the contracts' tests notices what it is there to notice.

use ::psp22::{PSP22Error, Transfer, PSP22};
use allive_calls::{psp22, Keyring, Message};
use allive_simulator::START;
use allive_support::{acting::moved, Subject, World};
use alv::Alv;
use ink::primitives::AccountId;
use scale::Encode;

const OWNER: Keyring = Keyring::Alice;
const STRANGER: Keyring = Keyring::Eve;
const SUPPLY: u128 = 1_000;
/// What the stranger must not hold.
const ILL: u128 = 13;

struct Token {
    alv: AccountId,
}

impl Subject for Token {
    type Contract = Alv;

    fn new() -> World<Self> {
        let mut world = World::<Self>::begin(&[]);
        world.deploy_alv(OWNER, SUPPLY, 1);
        let alv = world.alv;
        world.about(Self { alv })
    }

    fn address(&self) -> AccountId {
        self.alv
    }

    fn check(world: &mut World<Self>) {
        assert_ne!(world.holds(STRANGER), ILL, "it bodes ill");
    }
}

impl Token {
    fn pay(&self, value: u128) -> Message<impl Encode, Result<(), PSP22Error>> {
        psp22(self.alv).transfer(STRANGER.account(), value, vec![])
    }
}

fn world() -> World<Token> {
    World::new()
}

#[test]
fn what_is_done_and_what_is_refused_is_told() {
    let mut world = world();
    world.done(OWNER, world.pay(1));
    let refused = world.refused(OWNER, world.pay(SUPPLY));
    assert_eq!(refused, PSP22Error::InsufficientBalance);
    let receipt = world.receipt(OWNER, world.pay(2));
    let paid = moved(world.alv, OWNER.account(), STRANGER.account(), 2);
    assert_eq!(receipt.events, [paid]);
    let (transfer, topics) = world.event::<Transfer, _>(&receipt);
    assert_eq!((transfer.value, topics.len()), (2, 2));
    assert_eq!(world.holds(STRANGER), 3);
}

#[test]
#[should_panic(expected = "refused: InsufficientBalance")]
fn a_refusal_is_not_done() {
    let mut world = world();
    world.done(OWNER, world.pay(SUPPLY + 1));
}

#[test]
#[should_panic(expected = "not refused")]
fn what_is_done_is_not_refused() {
    let mut world = world();
    world.refused(OWNER, world.pay(1));
}

#[test]
#[should_panic(expected = "it bodes ill")]
fn the_subjects_invariant_is_checked_after_every_message() {
    let mut world = world();
    world.done(OWNER, world.pay(ILL));
}

#[test]
#[should_panic(expected = "1 frames, of at most 0")]
fn how_deep_a_message_goes_is_bounded() {
    let mut world = world();
    world.most_frames = 0;
    world.done(OWNER, world.pay(1));
}

#[test]
#[should_panic(expected = "no such event")]
fn an_event_that_is_missing_is_missed() {
    let mut world = world();
    let receipt = world.receipt(OWNER, world.pay(0));
    world.event::<Transfer, _>(&receipt);
}

#[test]
#[should_panic(expected = "time does not run backwards")]
fn a_moment_that_passed_does_not_come() {
    world().at(START - 1);
}

/// Owner and candidate, cap, terms of the pause, chain.
type Governance = (AccountId, Option<AccountId>, u128, [u64; 2]);

#[test]
fn cells_are_read_by_the_names_of_their_fields() {
    let mut world = world();
    let mut cells = world.stored(world.alv);
    let (supply, paused_until, _): (u128, u64, [u8; 32]) = cells.root();
    assert_eq!((supply, paused_until), (SUPPLY, 0));
    let (owner, _, cap, ..) = cells.cell::<Governance>(b"GOVN").unwrap();
    assert_eq!((owner, cap), (OWNER.account(), SUPPLY));
    assert_eq!(cells.cell::<u8>(b"NONE"), None);
    let balances: Vec<(AccountId, u128)> = cells.entries(b"BALN");
    assert_eq!(balances, [(OWNER.account(), SUPPLY)]);
    let roles: Vec<((u32, AccountId), ())> = cells.entries(b"ROLE");
    assert_eq!(roles.len(), 1);
}

#[test]
#[should_panic(expected = "unknown cells")]
fn a_cell_that_nobody_reads_is_found() {
    let mut world = world();
    let mut cells = world.stored(world.alv);
    cells.root::<(u128, u64, [u8; 32])>();
}

#[test]
#[should_panic(expected = "a cell holds less or more than it should")]
fn a_cell_that_holds_more_than_is_read_is_found() {
    let mut world = world();
    let mut cells = world.stored(world.alv);
    cells.root::<u128>();
}
