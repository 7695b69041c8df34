//! A world and its model, which take the same random steps.

use super::model::Model;
use crate::world::*;
use allive_access::{Pausable, Upgradeable};
use allive_calls::{at, psp22};
use allive_simulator::START;
use allive_support::acting::Dice;
use alv::Alv;
use ink::primitives::AccountId;
use olife_nexus::*;
use psp22::PSP22;
use std::collections::BTreeMap;

pub struct Run {
    pub world: World,
    model: Model,
    dice: Dice,
    pub succeeded: BTreeMap<&'static str, u32>,
}

impl Run {
    pub fn new(seed: u64) -> Self {
        let mut world = World::new();
        let mut model = Model::default();
        for actor in ACTORS {
            if actor != ADMIN {
                let share = 500 - world.holds(actor).min(500);
                world.give(actor, share);
            }
            world.allow(actor, world.nexus, 1_000);
            model.allowed.insert(actor, 1_000);
        }
        for account in ACTORS.into_iter().chain([world.nexus]) {
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
    pub fn step(&mut self) -> String {
        let now = self.world.now();
        let Self {
            world, model, dice, ..
        } = &mut *self;
        let by = somebody(dice);
        let nexus = world.nexus;
        match dice.roll(130) {
            0..=3 => {
                let right = Ok(model.records.len() as u64);
                model.records.push(Record {
                    owner: by,
                    since: now,
                    committed_by: None,
                    commitment: COMMITMENT,
                    kind: Kind::Fhir,
                    pointer: POINTER.to_vec(),
                });
                assert_eq!(world.answer(by, world.register(POINTER.to_vec())), right);
                self.done("register", true);
                format!("{by:?} registers")
            }
            4..=20 => {
                let record = dice.roll(model.records.len() as u64 + 1);
                let by = match model.records.get(record as usize) {
                    Some(record) if dice.roll(5) > 0 => record.owner,
                    _ => by,
                };
                let terms = GrantTerms {
                    grantee: somebody(dice),
                    purpose: Purpose::Research,
                    price: u128::from(dice.roll(20)),
                    uses: dice.roll(7) as u32,
                    expires: now
                        + [0, 20, 40, 60, 100, LONGEST, LONGEST + 1][dice.roll(7) as usize],
                };
                let right = model.offer(by, record, &terms, now);
                assert_eq!(
                    world.answer(by, world.contract().offer(record, terms.clone())),
                    right
                );
                self.done("offer", right.is_ok());
                format!("{by:?} offers {record} on {terms:?}")
            }
            21..=43 => {
                let grant = model.pick(dice, |grant| now < grant.expires && grant.for_sale > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let uses = [0, 1, 1, 1, 2, 2, 3, 4][dice.roll(8) as usize];
                let accepted = [u128::MAX, 19, 19, 10][dice.roll(4) as usize];
                let right = model.buy(nexus, by, grant, (uses, accepted), now);
                let answer = world.answer(by, world.contract().buy(grant, uses, accepted));
                assert_eq!(answer, right);
                self.done("buy", right.is_ok());
                format!("{by:?} buys {uses} of {grant} at up to {accepted}")
            }
            44..=67 => {
                let grant = model.pick(dice, |grant| now < grant.expires && grant.bought > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let right = model.use_record(by, grant, now);
                assert_eq!(
                    world.answer(by, world.contract().use_record(grant, REQUEST)),
                    right
                );
                self.done("use_record", right.is_ok());
                format!("{by:?} uses {grant}")
            }
            68..=71 => {
                let grant = model.pick(dice, |grant| grant.bought > 0);
                let by = match model.grants.get(grant as usize) {
                    Some(Some(cell)) if dice.roll(3) > 0 => cell.patient,
                    _ => by,
                };
                let right = model.revoke(by, grant);
                assert_eq!(world.answer(by, world.contract().revoke(grant)), right);
                self.done("revoke", right.is_ok());
                format!("{by:?} revokes {grant}")
            }
            72..=79 => {
                let announced = now < model.announced_until;
                let may = |grant: &Grant| announced || now >= grant.expires;
                let grant = model.pick(dice, |grant| may(grant) && grant.bought > 0);
                let by = grantee_of(model, dice, grant).unwrap_or(by);
                let right = model.settle(by, grant, now);
                assert_eq!(world.answer(by, world.contract().settle(grant)), right);
                self.done("settle", right.is_ok());
                format!("{by:?} settles {grant}")
            }
            80..=85 => {
                let right = model.withdraw(nexus, by);
                assert_eq!(
                    world.answer(by, world.contract().withdraw(by.into())),
                    right
                );
                self.done("withdraw", right.is_ok());
                format!("{by:?} withdraws")
            }
            86 => {
                let gift = u128::from(dice.roll(5));
                let given = world
                    .tell(by, psp22(world.alv).transfer(nexus, gift, vec![]))
                    .is_ok();
                if given {
                    *model.wallets.get_mut(&by).unwrap() -= gift;
                    *model.wallets.get_mut(&nexus).unwrap() += gift;
                }
                format!("{by:?} gives the Nexus {gift}: {given}")
            }
            87..=88 => {
                let amount = u128::from(dice.roll(600));
                world.allow(by, nexus, amount);
                model.allowed.insert(by, amount);
                format!("{by:?} allows {amount}")
            }
            89 => {
                if world.tell(ADMIN, at::<Alv>(world.alv).pause()).is_ok() {
                    model.paused_until = now + PAUSE;
                }
                "a pause".into()
            }
            90..=91 => {
                let answer = if dice.roll(2) == 0 {
                    model.announced_until = now + 2 * NOTICE;
                    world.send(
                        ADMIN,
                        world.contract().announce_upgrade([1; 32].into(), None),
                    )
                } else {
                    model.announced_until = 0;
                    world.send(ADMIN, world.contract().cancel_upgrade())
                };
                format!("an announcement, or none: {:?}", answer.value)
            }
            100..=103 => {
                let former = somebody(dice);
                let left = [None, Some(now), Some(now + 100), Some(now + 1_000)];
                let left = left[dice.roll(4) as usize];
                match left {
                    None => model.followed.remove(&(by, former)),
                    Some(left) => model.followed.insert((by, former), left),
                };
                world.follow(by, former, left);
                format!("{by:?} follows {former:?} since {left:?}")
            }
            104..=129 => {
                let (kind, holding) = match dice.roll(4) {
                    0 => {
                        let record = dice.roll(model.records.len() as u64 + 1);
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
                            Some((former, _)) if dice.roll(5) > 0 => *former,
                            _ => somebody(dice),
                        };
                        ("inherit a credit", Holding::Credit(former.into()))
                    }
                };
                // Mostly somebody who follows, if there is one.
                let holder = model.holder(&holding);
                let mut heirs = model.followed.keys();
                let heir = heirs.find(|(_, former)| Some(*former) == holder);
                let by = match heir {
                    Some((heir, _)) if dice.roll(5) > 0 => *heir,
                    _ => by,
                };
                let right = model.inherit(by, &holding);
                assert_eq!(
                    world.answer(by, world.contract().inherit(holding.clone())),
                    right
                );
                self.done(kind, right.is_ok());
                format!("{by:?} inherits {holding:?}")
            }
            _ => {
                let time = dice.roll(60);
                world.advance(time);
                format!("{time} ms pass")
            }
        }
    }

    fn done(&mut self, action: &'static str, succeeded: bool) {
        *self.succeeded.entry(action).or_default() += u32::from(succeeded);
    }

    /// The whole state of both contracts against the model.
    pub fn compare(&mut self, step: &str) {
        let Self { world, model, .. } = self;
        let stored = stored_state(world);
        let records: Vec<_> = stored.records.values().cloned().collect();
        assert_eq!(records, model.records, "{step}");
        let numbered = model.grants.iter().enumerate();
        let open = numbered.filter_map(|(id, grant)| grant.clone().map(|grant| (id as u64, grant)));
        assert_eq!(stored.grants, open.collect(), "{step}");
        assert_eq!(stored.credits, model.credits, "{step}");
        assert_eq!(stored.owed, model.owed(), "{step}");
        assert_eq!(
            stored.counts,
            [model.records.len() as u64, model.grants.len() as u64],
            "{step}"
        );
        for (account, wallet) in &model.wallets {
            assert_eq!(world.holds(*account), *wallet, "{step}: {account:?}");
        }
        assert_eq!(model.wallets.values().sum::<u128>(), SUPPLY, "{step}");
        assert!(model.wallets[&world.nexus] >= stored.owed, "{step}");
    }

    /// Without anybody's favour: in the end only gifts are left.
    pub fn everybody_leaves(&mut self) {
        let Self { world, model, .. } = self;
        world.advance(LONGEST);
        let now = world.now();
        assert!(now > START);
        for grant in 0..model.grants.len() as u64 {
            let right = model.settle(STRANGER, grant, now);
            assert_eq!(
                world.answer(STRANGER, world.contract().settle(grant)),
                right
            );
        }
        for actor in ACTORS {
            let right = model.withdraw(world.nexus, actor);
            assert_eq!(
                world.answer(actor, world.contract().withdraw(actor.into())),
                right
            );
        }
        self.compare("at the end");
        assert_eq!(stored_state(&mut self.world).owed, 0);
    }
}

/// Mostly who may, sometimes anybody.
fn grantee_of(model: &Model, dice: &mut Dice, grant: GrantId) -> Option<AccountId> {
    let grant = model.grants.get(grant as usize)?.as_ref()?;
    (dice.roll(5) > 0).then_some(grant.grantee)
}

fn somebody(dice: &mut Dice) -> AccountId {
    ACTORS[dice.roll(4) as usize]
}
