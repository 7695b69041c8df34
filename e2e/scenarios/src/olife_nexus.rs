//! Lives of the Nexus.

mod inheritance;

pub use inheritance::a_lost_key_is_replaced_and_what_it_had_is_carried_over;

use super::{
    alv::{appoint, deploy, pay, SUPPLY},
    identity,
    stage::{actors, allowed, code, paid, said, Stage, DAY, MINUTE},
};
use allive_access::{
    AnnouncedUpgrade, Migration, UpgradeChanged, UpgradeError, Upgradeable, Upgraded,
};
use allive_calls::{at, psp22, Chain, Failure, Typed};
use allive_psp22_interface::TokenError;
use allive_requests::ChainId;
use alv::VAULT;
use ink::primitives::{AccountId, Hash};
use nexus_next::{MigrationError, NexusNext, NexusNextRef};
use olife_nexus::{
    CreditWithdrawn, GrantClosed, GrantId, GrantOffered, GrantTerms, Kind, NexusError, OlifeNexus,
    OlifeNexusRef, Purpose, RecordId, RecordRegistered, RecordUsed, UsesBought,
};
use psp22::PSP22;

const LONGEST: u64 = 30 * DAY;
const NOTICE: u64 = DAY;
/// What the grantee holds and allows at first.
const WEALTH: u128 = 1_000;
const PRICE: u128 = 10;
const USES: u32 = 3;
const COMMITMENT: [u8; 32] = [0xc0; 32];
const REQUEST: [u8; 32] = [0x9e; 32];
const MIGRATE: Migration = ink::selector_bytes!("migrate");

/// ALV, and a Nexus that is a vault of it.
struct Market<'c, C> {
    stage: Stage<'c, C>,
    alv: AccountId,
    nexus: AccountId,
    identities: AccountId,
    owner: AccountId,
    patient: AccountId,
    grantee: AccountId,
    stranger: AccountId,
}

impl<'c, C: Chain> Market<'c, C> {
    /// With a grantee who has ALV, and has not allowed the Nexus any.
    fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut stage = Stage::open(chain, genesis);
        let [owner, patient, grantee, stranger, ..] = actors();
        let alv = deploy(&mut stage, owner);
        let identities = identity::deploy(&mut stage, alv, owner);
        let constructor = OlifeNexusRef::new(alv, identities.into(), LONGEST, NOTICE, genesis);
        let created = stage.create(owner, &code("olife_nexus"), constructor);
        let nexus = created.address;
        assert_eq!(created.events, []);
        appoint(&mut stage, alv, owner, VAULT, nexus);
        pay(&mut stage, alv, owner, grantee, WEALTH);
        Self {
            stage,
            alv,
            nexus,
            identities,
            owner,
            patient,
            grantee,
            stranger,
        }
    }

    /// Registers a record of the patient's.
    fn register(&mut self) -> RecordId {
        let message = at::<OlifeNexus>(self.nexus).register(COMMITMENT, Kind::Fhir, vec![7; 36]);
        let (record, events) = self.stage.accept(self.patient, message);
        let registered = RecordRegistered {
            record,
            commitment: COMMITMENT,
            kind: Kind::Fhir,
        };
        assert_eq!(events, [said(self.nexus, registered)]);
        record
    }

    /// Research by the grantee, for ten days.
    fn terms(&mut self) -> GrantTerms {
        GrantTerms {
            grantee: self.grantee,
            purpose: Purpose::Research,
            price: PRICE,
            uses: USES,
            expires: self.stage.chain.now() + 10 * DAY,
        }
    }

    /// Offers a record on these terms.
    fn offer(&mut self, record: RecordId, terms: &GrantTerms) -> GrantId {
        let message = at::<OlifeNexus>(self.nexus).offer(record, terms.clone());
        let (grant, events) = self.stage.accept(self.patient, message);
        let offered = GrantOffered {
            grant,
            grantee: terms.grantee,
            record,
            purpose: terms.purpose,
            price: terms.price,
            uses: terms.uses,
            expires: terms.expires,
        };
        assert_eq!(events, [said(self.nexus, offered)]);
        grant
    }

    /// Allows the price of `uses`, and buys them.
    fn buy(&mut self, grant: GrantId, uses: u32) {
        let price = u128::from(uses) * PRICE;
        let (nexus, alv, grantee) = (self.nexus, self.alv, self.grantee);
        let (_, events) = self.stage.accept(grantee, psp22(alv).approve(nexus, price));
        assert_eq!(events, [allowed(alv, grantee, nexus, price)]);
        let message = at::<OlifeNexus>(nexus).buy(grant, uses, PRICE);
        let (_, events) = self.stage.accept(grantee, message);
        let bought = UsesBought {
            grant,
            uses,
            paid: price,
        };
        let expected = [
            allowed(alv, grantee, nexus, 0),
            paid(alv, grantee, nexus, price),
            said(nexus, bought),
        ];
        assert_eq!(events, expected);
    }

    /// Makes the `number`th use of a grant, of which so many are left then.
    fn use_record(&mut self, grant: GrantId, record: RecordId, number: u32, left: u32) {
        let message = at::<OlifeNexus>(self.nexus).use_record(grant, REQUEST);
        let (answer, events) = self.stage.accept(self.grantee, message);
        assert_eq!(answer, left);
        let used = RecordUsed {
            grant,
            record,
            number,
            request: REQUEST,
            charged: PRICE,
        };
        assert_eq!(events, [said(self.nexus, used)]);
    }

    /// Somebody has its credit paid out.
    fn withdraw(&mut self, account: AccountId, amount: u128) {
        let message = at::<OlifeNexus>(self.nexus).withdraw(account.into());
        let (answer, events) = self.stage.accept(account, message);
        assert_eq!(answer, amount);
        let expected = [
            paid(self.alv, self.nexus, account, amount),
            said(
                self.nexus,
                CreditWithdrawn {
                    account,
                    to: account,
                    amount,
                },
            ),
        ];
        assert_eq!(events, expected);
    }

    /// Asserts who holds how much ALV; that the Nexus holds what it owes; and what of that is
    /// credit.
    fn accounts(&mut self, patient: u128, grantee: u128, owed: u128, credits: [u128; 2]) {
        let held = [
            (self.owner, SUPPLY - WEALTH),
            (self.patient, patient),
            (self.grantee, grantee),
            (self.stranger, 0),
            (self.nexus, owed),
        ];
        self.stage.holdings(self.alv, held);
        let contract = || at::<OlifeNexus>(self.nexus);
        assert_eq!(self.stage.chain.get(contract().owed()), owed);
        let credit = |account| self.stage.chain.get(contract().credit_of(account));
        assert_eq!([self.patient, self.grantee].map(credit), credits);
    }
}

/// A patient sells uses of a record, is paid for each, and takes back the rest of what she offered.
pub fn uses_are_bought_made_and_refunded<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut market = Market::open(chain, genesis);
    let (alv, nexus) = (market.alv, market.nexus);
    let (patient, grantee, stranger) = (market.patient, market.grantee, market.stranger);
    let contract = || at::<OlifeNexus>(nexus);

    let record = market.register();
    let terms = market.terms();
    let by_stranger = contract().offer(record, terms.clone());
    market
        .stage
        .refuse(stranger, by_stranger, NexusError::NotOwner);
    let too_long = GrantTerms {
        expires: terms.expires + LONGEST,
        ..terms.clone()
    };
    let too_long = contract().offer(record, too_long);
    market
        .stage
        .refuse(patient, too_long, NexusError::BadExpiry);
    let grant = market.offer(record, &terms);
    market.accounts(0, WEALTH, 0, [0, 0]);

    let buy = |uses, max_price| contract().buy(grant, uses, max_price);
    let not_allowed = NexusError::Token(TokenError::InsufficientAllowance);
    market.stage.refuse(grantee, buy(2, PRICE), not_allowed);
    market
        .stage
        .accept(grantee, psp22(alv).approve(nexus, 2 * PRICE));
    for (buyer, message, error) in [
        (grantee, buy(2, PRICE - 1), NexusError::PriceTooHigh),
        (grantee, buy(USES + 1, PRICE), NexusError::NotForSale),
        (grantee, buy(0, PRICE), NexusError::NoUses),
        (stranger, buy(2, PRICE), NexusError::NotGrantee),
    ] {
        market.stage.refuse(buyer, message, error);
    }
    market.buy(grant, 2);
    market.accounts(0, WEALTH - 2 * PRICE, 2 * PRICE, [0, 0]);

    let use_record = || contract().use_record(grant, REQUEST);
    market
        .stage
        .refuse(stranger, use_record(), NexusError::NotGrantee);
    market.use_record(grant, record, 1, 1);
    market.use_record(grant, record, 2, 0);
    market
        .stage
        .refuse(grantee, use_record(), NexusError::NoUsesLeft);
    market.accounts(0, WEALTH - 2 * PRICE, 2 * PRICE, [2 * PRICE, 0]);

    market.buy(grant, 1);
    let revoke = || contract().revoke(grant);
    market
        .stage
        .refuse(stranger, revoke(), NexusError::NotOwner);
    let (_, events) = market.stage.accept(patient, revoke());
    let refunded = PRICE;
    assert_eq!(events, [said(nexus, GrantClosed { grant, refunded })]);
    let unknown = || NexusError::UnknownGrant;
    market.stage.refuse(grantee, use_record(), unknown());
    market.stage.refuse(grantee, buy(1, PRICE), unknown());
    market.stage.refuse(patient, revoke(), unknown());
    assert_eq!(market.stage.chain.get(contract().grant(grant)), None);
    let left = WEALTH - 3 * PRICE;
    market.accounts(0, left, 3 * PRICE, [2 * PRICE, PRICE]);

    market.stage.refuse(
        stranger,
        contract().withdraw(stranger.into()),
        NexusError::NothingOwed,
    );
    market.withdraw(patient, 2 * PRICE);
    market.accounts(2 * PRICE, left, PRICE, [0, PRICE]);
    market.withdraw(grantee, PRICE);
    market.stage.refuse(
        patient,
        contract().withdraw(patient.into()),
        NexusError::NothingOwed,
    );
    market.accounts(2 * PRICE, WEALTH - 2 * PRICE, 0, [0, 0]);
}

/// The patient says nothing, and nobody loses money: a stranger settles.
pub fn a_grant_that_ended_is_settled_by_a_stranger<C: Chain>(chain: &mut C, genesis: ChainId) {
    let mut market = Market::open(chain, genesis);
    let nexus = market.nexus;
    let (patient, grantee, stranger) = (market.patient, market.grantee, market.stranger);
    let record = market.register();
    let terms = market.terms();
    let grant = market.offer(record, &terms);
    market.buy(grant, 2);
    market.use_record(grant, record, 1, 1);

    let settle = || at::<OlifeNexus>(nexus).settle(grant);
    market.stage.wait_until(terms.expires - 10 * MINUTE);
    for early in [stranger, grantee, patient] {
        market.stage.refuse(early, settle(), NexusError::NotExpired);
    }
    market.stage.wait_until(terms.expires);
    let late = at::<OlifeNexus>(nexus).use_record(grant, REQUEST);
    market.stage.refuse(grantee, late, NexusError::Expired);
    let late = at::<OlifeNexus>(nexus).buy(grant, 1, PRICE);
    market.stage.refuse(grantee, late, NexusError::Expired);
    let (_, events) = market.stage.accept(stranger, settle());
    let refunded = PRICE;
    assert_eq!(events, [said(nexus, GrantClosed { grant, refunded })]);
    market
        .stage
        .refuse(stranger, settle(), NexusError::NothingOwed);
    market.accounts(0, WEALTH - 2 * PRICE, 2 * PRICE, [PRICE, PRICE]);

    market.withdraw(grantee, PRICE);
    market.withdraw(patient, PRICE);
    market.accounts(PRICE, WEALTH - PRICE, 0, [0, 0]);
    // The cell of the grant stays for its patient to free.
    let revoke = at::<OlifeNexus>(nexus).revoke(grant);
    let (_, events) = market.stage.accept(patient, revoke);
    let refunded = 0;
    assert_eq!(events, [said(nexus, GrantClosed { grant, refunded })]);
    market.accounts(PRICE, WEALTH - PRICE, 0, [0, 0]);
}

/// New code is announced, can be taken back, lapses, and comes in its time, with its migration in
/// the same step: the whole state is the new code's.
pub fn new_code_comes_announced_and_takes_over_the_state<C: Chain>(
    chain: &mut C,
    genesis: ChainId,
) {
    let mut market = Market::open(chain, genesis);
    let (alv, nexus) = (market.alv, market.nexus);
    let (owner, patient) = (market.owner, market.patient);
    let (grantee, stranger) = (market.grantee, market.stranger);
    let record = market.register();
    // It outlasts all announcements.
    let terms = market.terms();
    let [kept, left] = [(); 2].map(|()| {
        let grant = market.offer(record, &terms);
        market.buy(grant, 2);
        market.use_record(grant, record, 1, 1);
        grant
    });
    market.accounts(0, WEALTH - 4 * PRICE, 4 * PRICE, [2 * PRICE, 0]);
    // Whoever wants code on the chain creates any contract from it.
    let next = code("nexus_next");
    market.stage.create(
        stranger,
        &next,
        NexusNextRef::new(alv, market.identities.into()),
    );
    let next = Hash::from(next.hash());

    let announce = |code| at::<OlifeNexus>(nexus).announce_upgrade(code, Some(MIGRATE));
    let cancel = || at::<OlifeNexus>(nexus).cancel_upgrade();
    let upgrade = |code| at::<OlifeNexus>(nexus).set_code_hash(code);
    let not_owner = UpgradeError::CallerIsNotOwner;
    let not_announced = UpgradeError::NotAnnounced;
    market.stage.refuse(stranger, announce(next), not_owner);
    market.stage.refuse(owner, upgrade(next), not_announced);

    let first = market.announce(next);
    market.stage.refuse(stranger, cancel(), not_owner);
    market.stage.refuse(stranger, upgrade(next), not_owner);
    market
        .stage
        .refuse(owner, upgrade(next), UpgradeError::TooEarly);
    market.stage.wait_until(first.ready - 10 * MINUTE);
    market
        .stage
        .refuse(owner, upgrade(next), UpgradeError::TooEarly);
    let (_, events) = market.stage.accept(owner, cancel());
    let announced = None;
    assert_eq!(events, [said(nexus, UpgradeChanged { announced })]);
    market.stage.wait_until(first.ready);
    market.stage.refuse(owner, upgrade(next), not_announced);
    market.stage.refuse(owner, cancel(), not_announced);

    let second = market.announce(next);
    market.stage.wait_until(second.lapses);
    market
        .stage
        .refuse(owner, upgrade(next), UpgradeError::Lapsed);

    // While it is announced, a grantee who does not trust the new code leaves before the end.
    let third = market.announce(next);
    let settle = |grant| at::<OlifeNexus>(nexus).settle(grant);
    market
        .stage
        .refuse(stranger, settle(left), NexusError::NotExpired);
    let (_, events) = market.stage.accept(grantee, settle(left));
    let closed = GrantClosed {
        grant: left,
        refunded: PRICE,
    };
    assert_eq!(events, [said(nexus, closed)]);
    market.withdraw(grantee, PRICE);
    market.accounts(0, WEALTH - 3 * PRICE, 3 * PRICE, [2 * PRICE, 0]);

    market.stage.wait_until(third.ready);
    let other = Hash::from(code("olife_nexus").hash());
    market.stage.refuse(owner, upgrade(other), not_announced);
    let old = at::<OlifeNexus>(nexus);
    let records = market.stage.chain.get(old.record(record));
    let grants = [kept, left].map(|grant| market.stage.chain.get(old.grant(grant)));
    let (_, events) = market.stage.accept(owner, upgrade(next));
    let code_hash = next;
    assert_eq!(events, [said(nexus, Upgraded { code_hash })]);

    let new = || at::<NexusNext>(nexus);
    let chain = &mut *market.stage.chain;
    assert_eq!(chain.get(new().version()), 2);
    assert_eq!(chain.get(new().found()), Some(2), "the migration ran");
    let root = (alv, market.identities, LONGEST / 2, 1, 2);
    assert_eq!(chain.get(new().root()), root);
    assert_eq!(chain.get(new().record(record)), records);
    let carried = [kept, left].map(|grant| chain.get(new().grant(grant)));
    assert_eq!(carried, grants);
    let credits = [patient, grantee].map(|account| chain.get(new().credit_of(account)));
    assert_eq!(credits, [2 * PRICE, 0]);
    assert_eq!(chain.get(new().owed()), 3 * PRICE);
    let governance = chain.get(new().governance());
    assert_eq!(
        governance.map(|governance| (*governance.ownership.owner, governance.upgrades.announced)),
        Some((owner, None))
    );
    let of_the_old = at::<OlifeNexus>(nexus).use_record(kept, REQUEST);
    let answer = chain.send(grantee, of_the_old).value;
    assert_eq!(answer, Err(Failure::NotUnderstood));
    for anybody in [owner, stranger] {
        market
            .stage
            .refuse(anybody, new().migrate(), MigrationError::NotByItself);
    }
    let held = [
        (owner, SUPPLY - WEALTH),
        (grantee, WEALTH - 3 * PRICE),
        (nexus, 3 * PRICE),
    ];
    market.stage.holdings(alv, held);
}

impl<C: Chain> Market<'_, C> {
    /// Announces code with its migration, in sight of everybody.
    fn announce(&mut self, code_hash: Hash) -> AnnouncedUpgrade {
        let contract = || at::<OlifeNexus>(self.nexus);
        let before = self.stage.chain.now();
        let message = contract().announce_upgrade(code_hash, Some(MIGRATE));
        let (_, events) = self.stage.accept(self.owner, message);
        let after = self.stage.chain.now();
        let announced = self.stage.chain.get(contract().announced_upgrade());
        assert_eq!(events, [said(self.nexus, UpgradeChanged { announced })]);
        let Some(announced) = announced else {
            panic!("nothing is announced");
        };
        assert_eq!(announced.code_hash, code_hash);
        assert_eq!(announced.migration, Some(MIGRATE));
        assert!((before + NOTICE..=after + NOTICE).contains(&announced.ready));
        assert_eq!(announced.lapses, announced.ready + NOTICE);
        announced
    }
}
