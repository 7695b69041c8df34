//! Random actions by four accounts, held against a model in plain Rust after each step.

use crate::world::*;
use allive_access::Pausable;
use allive_calls::{at, psp22, Chain};
use allive_olife_id_interface::NotHeir;
use allive_psp22_interface::TokenError;
use allive_simulator::START;
use alv::Alv;
use ink::primitives::AccountId;
use olife_nexus::*;
use psp22::PSP22;
use std::collections::BTreeMap;

const STEPS: u32 = 800;

#[test]
fn every_unit_is_accounted_for_after_each_of_many_random_actions() {
    std::thread::scope(|threads| {
        for seed in 1..=2 {
            threads.spawn(move || run(seed));
        }
    });
}

fn run(seed: u64) {
    let mut run = Run::new(seed);
    for step in 0..STEPS {
        let action = run.step();
        run.compare(&format!("seed {seed}, step {step}: {action}"));
    }
    run.everybody_leaves();
    // A run that only ever gets refused proves nothing.
    assert_eq!(run.succeeded.len(), 11);
    assert!(
        run.succeeded.values().all(|count| *count >= 3),
        "{:?}",
        run.succeeded
    );
}

#[test]
fn the_queries_say_what_the_cells_hold() {
    let mut run = Run::new(7);
    for _ in 0..150 {
        run.step();
    }
    let mut world = run.world;
    let (token, nexus) = (world.token, world.nexus);
    let books = world.books();
    let ask = || at::<OlifeNexus>(nexus);
    assert_eq!(world.get(ask().owed()), books.owed);
    let counts = [
        world.get(ask().record_count()),
        world.get(ask().grant_count()),
    ];
    assert_eq!(counts, books.counts);
    for record in 0..=counts[0] {
        assert_eq!(world.record(record).as_ref(), books.records.get(&record));
    }
    for grant in 0..=counts[1] {
        assert_eq!(world.grant(grant).as_ref(), books.grants.get(&grant));
    }
    for actor in ACTORS {
        let account = actor.account();
        assert_eq!(
            world.credit(actor),
            books
                .credits
                .get(&account)
                .map_or(0, |credit| credit.amount)
        );
        let held = world.holds(account);
        assert_eq!(world.get(psp22(token).balance_of(account)), held);
    }
}

/// SplitMix64: the same numbers for the same seed, for ever.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn actor(&mut self) -> Actor {
        ACTORS[self.below(4) as usize]
    }
}

/// What should be, told in other words than the contract's.
#[derive(Default)]
struct Model {
    records: Vec<Record>,
    grants: Vec<Option<Grant>>,
    credits: BTreeMap<AccountId, Credit>,
    /// Who follows whom, since when, as Olife ID was told.
    followed: BTreeMap<(AccountId, AccountId), u64>,
    wallets: BTreeMap<AccountId, u128>,
    allowed: BTreeMap<AccountId, u128>,
    paused_until: u64,
    /// When the announced upgrade lapses; zero if there is none.
    announced_until: u64,
}

impl Model {
    fn offer(
        &mut self,
        by: AccountId,
        record: RecordId,
        terms: &Terms,
        now: u64,
    ) -> Result<GrantId, NexusError> {
        let opened = self.records.get(record as usize);
        match opened.map(|record| &record.owner) {
            None => return Err(NexusError::UnknownRecord),
            Some(owner) if *owner != by => return Err(NexusError::NotOwner),
            _ if terms.uses == 0 => return Err(NexusError::NoUses),
            _ if terms.expires <= now || terms.expires > now + LONGEST => {
                return Err(NexusError::BadExpiry)
            }
            _ => (),
        }
        self.grants.push(Some(Grant {
            record,
            patient: by,
            patient_since: self.records[record as usize].since,
            grantee: terms.grantee,
            grantee_since: now,
            purpose: terms.purpose,
            price: terms.price,
            expires: terms.expires,
            for_sale: terms.uses,
            bought: 0,
            used: 0,
        }));
        Ok(self.grants.len() as u64 - 1)
    }

    fn open(&mut self, grant: GrantId) -> Result<&mut Grant, NexusError> {
        self.grants
            .get_mut(grant as usize)
            .and_then(Option::as_mut)
            .ok_or(NexusError::UnknownGrant)
    }

    fn for_grantee(
        &mut self,
        by: AccountId,
        grant: GrantId,
        now: u64,
    ) -> Result<&mut Grant, NexusError> {
        let grant = self.open(grant)?;
        if grant.grantee != by {
            return Err(NexusError::NotGrantee);
        }
        if now >= grant.expires {
            return Err(NexusError::Expired);
        }
        Ok(grant)
    }

    fn buy(
        &mut self,
        nexus: AccountId,
        by: AccountId,
        grant: GrantId,
        (uses, accepted): (u32, u128),
        now: u64,
    ) -> Result<(), NexusError> {
        let cell = self.for_grantee(by, grant, now)?;
        if uses == 0 {
            return Err(NexusError::NoUses);
        }
        if cell.price > accepted {
            return Err(NexusError::PriceTooHigh);
        }
        if uses > cell.for_sale {
            return Err(NexusError::NotForSale);
        }
        let cost = cell.price * u128::from(uses);
        if cost > 0 {
            let refused = if self.allowed[&by] < cost {
                Some(TokenError::InsufficientAllowance)
            } else if now < self.paused_until {
                Some(TokenError::Refused)
            } else if self.wallets[&by] < cost {
                Some(TokenError::InsufficientBalance)
            } else {
                None
            };
            if let Some(reason) = refused {
                return Err(NexusError::Token(reason));
            }
            *self.allowed.get_mut(&by).unwrap() -= cost;
            *self.wallets.get_mut(&by).unwrap() -= cost;
            *self.wallets.get_mut(&nexus).unwrap() += cost;
        }
        let cell = self.open(grant)?;
        cell.for_sale -= uses;
        cell.bought += uses;
        Ok(())
    }

    fn use_record(&mut self, by: AccountId, grant: GrantId, now: u64) -> Result<u32, NexusError> {
        let cell = self.for_grantee(by, grant, now)?;
        if cell.bought == 0 {
            return Err(NexusError::NoUsesLeft);
        }
        cell.bought -= 1;
        cell.used += 1;
        let (left, patient, price) = (cell.bought, cell.patient, cell.price);
        let since = cell.patient_since;
        self.earn(patient, price, since);
        Ok(left)
    }

    fn revoke(&mut self, by: AccountId, grant: GrantId) -> Result<(), NexusError> {
        let cell = self.open(grant)?.clone();
        if cell.patient != by {
            return Err(NexusError::NotOwner);
        }
        let refund = cell.price * u128::from(cell.bought);
        self.earn(cell.grantee, refund, cell.grantee_since);
        self.grants[grant as usize] = None;
        Ok(())
    }

    fn settle(&mut self, by: AccountId, grant: GrantId, now: u64) -> Result<(), NexusError> {
        let announced = now < self.announced_until;
        let cell = self.open(grant)?;
        if now < cell.expires && !(announced && cell.grantee == by) {
            return Err(NexusError::NotExpired);
        }
        if cell.bought == 0 {
            return Err(NexusError::NothingOwed);
        }
        let (grantee, refund) = (cell.grantee, cell.price * u128::from(cell.bought));
        let since = cell.grantee_since;
        (cell.bought, cell.for_sale) = (0, 0);
        self.earn(grantee, refund, since);
        Ok(())
    }

    fn withdraw(&mut self, nexus: AccountId, account: AccountId) -> Result<u128, NexusError> {
        let amount = match self.credits.get_mut(&account) {
            None | Some(Credit { amount: 0, .. }) => return Err(NexusError::NothingOwed),
            Some(credit) => std::mem::take(credit).amount,
        };
        *self.wallets.get_mut(&nexus).unwrap() -= amount;
        *self.wallets.get_mut(&account).unwrap() += amount;
        Ok(amount)
    }

    fn earn(&mut self, account: AccountId, amount: u128, since: u64) {
        if amount > 0 {
            let credit = self.credits.entry(account).or_default();
            credit.began = match credit.amount {
                0 => since,
                _ => credit.began.min(since),
            };
            credit.amount += amount;
        }
    }

    fn follows(&self, by: AccountId, former: AccountId, came: u64) -> Result<(), NexusError> {
        match self.followed.get(&(by, former)) {
            None => Err(NotHeir::NotSuccessor.into()),
            Some(left) if came >= *left => Err(NotHeir::CameLater.into()),
            Some(_) => Ok(()),
        }
    }

    fn inherit(&mut self, by: AccountId, holding: &Holding, now: u64) -> Result<(), NexusError> {
        match holding {
            Holding::Record(record) => {
                let unknown = NexusError::UnknownRecord;
                let cell = self.records.get(*record as usize).ok_or(unknown)?;
                self.follows(by, cell.owner, cell.since)?;
                let cell = &mut self.records[*record as usize];
                cell.committed_by.get_or_insert(cell.owner);
                (cell.owner, cell.since) = (by, now);
            }
            Holding::Grant(grant) => {
                let cell = self.open(*grant)?.clone();
                self.follows(by, cell.patient, cell.patient_since)?;
                let cell = self.open(*grant)?;
                (cell.patient, cell.patient_since) = (by, now);
            }
            Holding::Purchase(grant) => {
                let cell = self.open(*grant)?.clone();
                self.follows(by, cell.grantee, cell.grantee_since)?;
                let cell = self.open(*grant)?;
                (cell.grantee, cell.grantee_since) = (by, now);
            }
            Holding::Credit(former) => {
                let credit = self.credits.get(former).cloned().unwrap_or_default();
                if credit.amount == 0 {
                    return Err(NexusError::NothingOwed);
                }
                self.follows(by, **former, credit.began)?;
                self.credits.insert(**former, Credit::default());
                self.earn(by, credit.amount, now);
            }
        }
        Ok(())
    }

    /// For whom something is kept, if it exists.
    fn holder(&self, holding: &Holding) -> Option<AccountId> {
        let grant = |grant: &GrantId| self.grants.get(*grant as usize)?.as_ref();
        match holding {
            Holding::Record(record) => Some(self.records.get(*record as usize)?.owner),
            Holding::Grant(number) => Some(grant(number)?.patient),
            Holding::Purchase(number) => Some(grant(number)?.grantee),
            Holding::Credit(former) => Some(**former),
        }
    }

    /// Mostly a grant for which `fits` holds; sometimes any, or one that does not exist.
    fn pick(&self, dice: &mut Dice, fits: impl Fn(&Grant) -> bool) -> GrantId {
        let numbered = (0..).zip(&self.grants);
        let fitting: Vec<GrantId> = numbered
            .filter_map(|(id, grant)| grant.as_ref().filter(|grant| fits(grant)).map(|_| id))
            .collect();
        if fitting.is_empty() || dice.below(6) == 0 {
            dice.below(self.grants.len() as u64 + 1)
        } else {
            fitting[dice.below(fitting.len() as u64) as usize]
        }
    }

    fn owed(&self) -> u128 {
        let bought = self
            .grants
            .iter()
            .flatten()
            .map(|grant| u128::from(grant.bought) * grant.price);
        bought
            .chain(self.credits.values().map(|credit| credit.amount))
            .sum()
    }
}

struct Run {
    world: World,
    model: Model,
    dice: Dice,
    succeeded: BTreeMap<&'static str, u32>,
}

impl Run {
    fn new(seed: u64) -> Self {
        let mut world = World::new();
        let mut model = Model::default();
        for actor in ACTORS {
            let account = actor.account();
            if actor != ADMIN {
                let share = 500 - world.holds(account).min(500);
                world
                    .tell(ADMIN, psp22(world.token).transfer(account, share, vec![]))
                    .unwrap();
            }
            world
                .tell(actor, psp22(world.token).approve(world.nexus, 1_000))
                .unwrap();
            model.allowed.insert(account, 1_000);
        }
        for account in ACTORS.map(Actor::account).into_iter().chain([world.nexus]) {
            model.wallets.insert(account, world.holds(account));
        }
        Self {
            world,
            model,
            dice: Dice(seed),
            succeeded: BTreeMap::new(),
        }
    }

    /// One random action, on chain and in the model; both must answer alike.
    fn step(&mut self) -> String {
        let now = self.world.chain.now();
        let Self {
            world, model, dice, ..
        } = &mut *self;
        let by = dice.actor();
        let account = by.account();
        let nexus = world.nexus;
        match dice.below(130) {
            0..=3 => {
                let right = Ok(model.records.len() as u64);
                model.records.push(Record {
                    owner: account,
                    since: now,
                    committed_by: None,
                    commitment: COMMITMENT,
                    kind: Kind::Fhir,
                    pointer: POINTER.to_vec(),
                });
                assert_eq!(world.register(by, POINTER.to_vec()).value, Ok(right));
                self.done("register", true);
                format!("{by:?} registers")
            }
            4..=20 => {
                let record = dice.below(model.records.len() as u64 + 1);
                let by = match model.records.get(record as usize) {
                    Some(record) if dice.below(5) > 0 => actor(record.owner),
                    _ => by,
                };
                let terms = Terms {
                    grantee: dice.actor().account(),
                    purpose: Purpose::Research,
                    price: u128::from(dice.below(20)),
                    uses: dice.below(7) as u32,
                    expires: now
                        + [0, 20, 40, 60, 100, LONGEST, LONGEST + 1][dice.below(7) as usize],
                };
                let right = model.offer(by.account(), record, &terms, now);
                assert_eq!(
                    world.offer(by, record, terms.clone()).value,
                    Ok(right.clone())
                );
                self.done("offer", right.is_ok());
                format!("{by:?} offers {record} on {terms:?}")
            }
            21..=43 => {
                let grant = model.pick(dice, |grant| now < grant.expires && grant.for_sale > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let uses = [0, 1, 1, 1, 2, 2, 3, 4][dice.below(8) as usize];
                let accepted = [u128::MAX, 19, 19, 10][dice.below(4) as usize];
                let right = model.buy(nexus, by.account(), grant, (uses, accepted), now);
                let answer = world.buy_up_to(by, grant, uses, accepted);
                assert_eq!(answer.value, Ok(right.clone()));
                self.done("buy", right.is_ok());
                format!("{by:?} buys {uses} of {grant} at up to {accepted}")
            }
            44..=67 => {
                let grant = model.pick(dice, |grant| now < grant.expires && grant.bought > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let right = model.use_record(by.account(), grant, now);
                assert_eq!(world.use_record(by, grant).value, Ok(right.clone()));
                self.done("use_record", right.is_ok());
                format!("{by:?} uses {grant}")
            }
            68..=71 => {
                let grant = model.pick(dice, |grant| grant.bought > 0);
                let by = match model.grants.get(grant as usize) {
                    Some(Some(cell)) if dice.below(3) > 0 => actor(cell.patient),
                    _ => by,
                };
                let right = model.revoke(by.account(), grant);
                assert_eq!(world.revoke(by, grant).value, Ok(right.clone()));
                self.done("revoke", right.is_ok());
                format!("{by:?} revokes {grant}")
            }
            72..=79 => {
                let announced = now < model.announced_until;
                let may = |grant: &Grant| announced || now >= grant.expires;
                let grant = model.pick(dice, |grant| may(grant) && grant.bought > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let right = model.settle(by.account(), grant, now);
                assert_eq!(world.settle(by, grant).value, Ok(right.clone()));
                self.done("settle", right.is_ok());
                format!("{by:?} settles {grant}")
            }
            80..=85 => {
                let right = model.withdraw(nexus, account);
                assert_eq!(world.withdraw(by).value, Ok(right.clone()));
                self.done("withdraw", right.is_ok());
                format!("{by:?} withdraws")
            }
            86 => {
                let gift = u128::from(dice.below(5));
                let given = world
                    .tell(by, psp22(world.token).transfer(nexus, gift, vec![]))
                    .is_ok();
                if given {
                    *model.wallets.get_mut(&account).unwrap() -= gift;
                    *model.wallets.get_mut(&nexus).unwrap() += gift;
                }
                format!("{by:?} gives the Nexus {gift}: {given}")
            }
            87..=88 => {
                let amount = u128::from(dice.below(600));
                world
                    .tell(by, psp22(world.token).approve(nexus, amount))
                    .unwrap();
                model.allowed.insert(account, amount);
                format!("{by:?} allows {amount}")
            }
            89 => {
                if world.tell(ADMIN, at::<Alv>(world.token).pause()).is_ok() {
                    model.paused_until = now + PAUSE;
                }
                "a pause".into()
            }
            90..=91 => {
                let answer = if dice.below(2) == 0 {
                    model.announced_until = now + 2 * NOTICE;
                    world.announce(ADMIN, [1; 32].into(), None)
                } else {
                    model.announced_until = 0;
                    world.cancel(ADMIN)
                };
                format!("an announcement, or none: {:?}", answer.value)
            }
            100..=103 => {
                let former = dice.actor();
                let left = [None, Some(now), Some(now + 100), Some(now + 1_000)];
                let left = left[dice.below(4) as usize];
                match left {
                    None => model.followed.remove(&(account, former.account())),
                    Some(left) => model.followed.insert((account, former.account()), left),
                };
                world.follow(by, former, left);
                format!("{by:?} follows {former:?} since {left:?}")
            }
            104..=129 => {
                let (kind, holding) = match dice.below(4) {
                    0 => {
                        let record = dice.below(model.records.len() as u64 + 1);
                        ("inherit a record", Holding::Record(record))
                    }
                    1 => (
                        "inherit a grant",
                        Holding::Grant(model.pick(dice, |grant| grant.bought > 0)),
                    ),
                    2 => (
                        "inherit a purchase",
                        Holding::Purchase(model.pick(dice, |grant| grant.bought > 0)),
                    ),
                    _ => {
                        let mut owed = model.credits.iter();
                        let owed = owed.find(|(_, credit)| credit.amount > 0);
                        let former = match owed {
                            Some((former, _)) if dice.below(5) > 0 => *former,
                            _ => dice.actor().account(),
                        };
                        ("inherit a credit", Holding::Credit(former.into()))
                    }
                };
                // Mostly somebody who follows, if there is one.
                let holder = model.holder(&holding);
                let mut heirs = model.followed.keys();
                let heir = heirs.find(|(_, former)| Some(*former) == holder);
                let by = match heir {
                    Some((heir, _)) if dice.below(5) > 0 => actor(*heir),
                    _ => by,
                };
                let right = model.inherit(by.account(), &holding, now);
                assert_eq!(world.inherit(by, holding.clone()).value, Ok(right.clone()));
                self.done(kind, right.is_ok());
                format!("{by:?} inherits {holding:?}")
            }
            _ => {
                let time = dice.below(60);
                world.chain.advance(time);
                format!("{time} ms pass")
            }
        }
    }

    fn done(&mut self, action: &'static str, succeeded: bool) {
        *self.succeeded.entry(action).or_default() += u32::from(succeeded);
    }

    /// The whole state of both contracts against the model.
    fn compare(&mut self, step: &str) {
        let Self { world, model, .. } = self;
        let books = world.books();
        let records: Vec<_> = books.records.values().cloned().collect();
        assert_eq!(records, model.records, "{step}");
        let numbered = model.grants.iter().enumerate();
        let open = numbered.filter_map(|(id, grant)| grant.clone().map(|grant| (id as u64, grant)));
        assert_eq!(books.grants, open.collect(), "{step}");
        assert_eq!(books.credits, model.credits, "{step}");
        assert_eq!(books.owed, model.owed(), "{step}");
        assert_eq!(
            world.counts(),
            [model.records.len() as u64, model.grants.len() as u64],
            "{step}"
        );
        for (account, wallet) in &model.wallets {
            assert_eq!(world.holds(*account), *wallet, "{step}: {account:?}");
        }
        assert_eq!(model.wallets.values().sum::<u128>(), SUPPLY, "{step}");
        assert!(model.wallets[&world.nexus] >= books.owed, "{step}");
    }

    /// Without anybody's favour: in the end only gifts are left.
    fn everybody_leaves(&mut self) {
        let Self { world, model, .. } = self;
        world.chain.advance(LONGEST);
        let now = world.chain.now();
        assert!(now > START);
        for grant in 0..model.grants.len() as u64 {
            let right = model.settle(STRANGER.account(), grant, now);
            assert_eq!(world.settle(STRANGER, grant).value, Ok(right));
        }
        for actor in ACTORS {
            let right = model.withdraw(world.nexus, actor.account());
            assert_eq!(world.withdraw(actor).value, Ok(right));
        }
        self.compare("at the end");
        assert_eq!(self.world.books().owed, 0);
    }
}

/// Mostly who may, sometimes anybody.
fn grantee_of(model: &Model, dice: &mut Dice, grant: GrantId) -> Option<Actor> {
    let grant = model.grants.get(grant as usize)?.as_ref()?;
    (dice.below(5) > 0).then(|| actor(grant.grantee))
}

fn actor(account: AccountId) -> Actor {
    ACTORS
        .into_iter()
        .find(|actor| actor.account() == account)
        .unwrap()
}
