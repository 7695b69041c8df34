//! What is stored on chain, held against the model.

use super::stage::Stage;
use crate::{
    model::{Issuer, Model, Sums, Who},
    world::*,
};
use allive_access::{Announced, Ownership};
use allive_calls::psp22;
use allive_derived_token_interface::DerivedTokenClient;
use allive_olife_id_interface::OlifeIdClient;
use allive_simulator::GENESIS;
use derived_factory::*;
use ink::{env::call::FromAccountId, primitives::AccountId};
use psp22::PSP22;
use scale::{DecodeAll, Encode};
use std::collections::BTreeMap;

/// Cells of the factory, of its tokens and of ALV.
const ROOT: u32 = 0;
const DAPPS: u32 = 0x4441_5050;
const DAPP_OF: u32 = 0x544f_4b4e;
const CREDITS: u32 = 0x4352_4454;
const NONCES: u32 = 0x4e4f_4e43;
const GOVERNANCE: u32 = 0x474f_564e;
const BALANCES: u32 = u32::from_be_bytes(*b"BALN");
const ALLOWANCES: u32 = u32::from_be_bytes(*b"ALLW");

/// Cells by what a contract calls them. One that holds the number zero, or no credit, is left out:
/// it may be there or not.
#[derive(Default)]
struct Cells(BTreeMap<Vec<u8>, Vec<u8>>);

impl Cells {
    fn put(&mut self, cell: u32, key: impl Encode, value: impl Encode) {
        self.keep((cell, key).encode(), value.encode());
    }

    fn put_sums(&mut self, cell: u32, sums: &Sums, key: impl Fn(Who) -> Vec<u8>) {
        for who in Who::ALL {
            self.keep([cell.encode(), key(who)].concat(), sums[who].encode());
        }
    }

    fn keep(&mut self, key: Vec<u8>, value: Vec<u8>) {
        let emptied = key.starts_with(&CREDITS.encode()) && value.starts_with(&[0; 16]);
        if value != [0; 16] && !emptied {
            self.0.insert(key, value);
        }
    }
}

impl Stage {
    /// Holds all that is stored against the model.
    pub fn compare(&mut self, model: &Model) {
        let expected = self.vault(model);
        self.compare_cells("the factory", self.world.factory, expected);
        let expected = self.alv(model);
        self.compare_cells("ALV", self.world.alv, expected);
        for (dapp, issuer) in model.issuers.iter().enumerate() {
            let expected = self.token(issuer);
            let token = self.tokens[dapp];
            self.compare_cells(&format!("token {dapp}"), token, expected);
        }
    }

    fn compare_cells(&mut self, name: &str, contract: AccountId, expected: Cells) {
        let mut found = Cells::default();
        let others = name != "the factory";
        for (key, value) in self.world.chain.cells(contract) {
            // The chain puts 16 bytes of hash before what the contract named.
            let key = &key[16..];
            let known = [ROOT, BALANCES, ALLOWANCES].map(|cell| cell.encode());
            // What a token stores beside balances and allowances never changes here.
            if !others || known.iter().any(|known| key.starts_with(known)) {
                found.keep(key.to_vec(), value);
            }
        }
        if found.0 != expected.0 {
            let differ = |a: &Cells, b: &Cells| -> Vec<String> {
                let differ =
                    a.0.iter()
                        .filter(|(key, value)| b.0.get(*key) != Some(value));
                differ
                    .map(|(key, value)| self.describe(key, value))
                    .collect()
            };
            panic!(
                "{name} stores\n  {}\nand should store\n  {}",
                differ(&found, &expected).join("\n  "),
                differ(&expected, &found).join("\n  "),
            );
        }
    }

    /// A cell in words.
    fn describe(&self, key: &[u8], value: &[u8]) -> String {
        let (cell, key) = key.split_first_chunk::<4>().unwrap();
        let text = match u32::from_le_bytes(*cell) {
            DAPPS => format!("{:?}", Dapp::decode_all(&mut &value[..])),
            CREDITS => format!("{:?}", Credit::decode_all(&mut &value[..])),
            GOVERNANCE => format!("{:?}", Governance::decode_all(&mut &value[..])),
            _ => match u128::decode_all(&mut &value[..]) {
                Ok(number) => number.to_string(),
                Err(_) => format!("{value:02x?}"),
            },
        };
        let mut name = format!("{key:02x?}");
        for who in Who::ALL {
            name = name.replace(
                &format!("{:02x?}", self.of(who).encode()),
                &format!("{who:?}"),
            );
        }
        format!("{} {name}: {text}", String::from_utf8_lossy(cell))
    }

    /// What the factory should store.
    fn vault(&self, model: &Model) -> Cells {
        let mut cells = Cells::default();
        let count = model.issuers.len() as u64;
        let root = (self.world.alv, model.paused_until, count);
        cells.put(ROOT, (), root);
        cells.put(GOVERNANCE, (), self.governance(model));
        for who in Who::ALL {
            cells.put(CREDITS, self.of(who), model.credit_of(who));
        }
        for (dapp, issuer) in (0..).zip(&model.issuers) {
            cells.put(DAPPS, dapp, self.dapp(dapp, issuer));
            cells.put(DAPP_OF, self.tokens[dapp as usize], dapp);
        }
        let mut nonces = BTreeMap::<_, u128>::new();
        for (who, nonce) in &model.used {
            *nonces.entry((*who, nonce / 128)).or_default() |= 1 << (nonce % 128);
        }
        for ((who, cell), bits) in nonces {
            cells.put(NONCES, (self.of(who), cell), bits);
        }
        cells
    }

    fn alv(&self, model: &Model) -> Cells {
        let mut cells = Cells::default();
        let supply = model.wallets.sum();
        cells.put(ROOT, (), (supply, model.alv_paused_until, GENESIS));
        let factory = self.world.factory;
        cells.put_sums(BALANCES, &model.wallets, |who| self.of(who).encode());
        let allowance = |who| (self.of(who), factory).encode();
        cells.put_sums(ALLOWANCES, &model.allowed, allowance);
        cells
    }

    fn token(&self, issuer: &Issuer) -> Cells {
        let mut cells = Cells::default();
        let (supply, frozen) = (issuer.holders.sum(), issuer.end.is_some());
        cells.put(ROOT, (), (self.world.factory, supply, frozen));
        cells.put_sums(BALANCES, &issuer.holders, |who| self.of(who).encode());
        cells
    }

    /// ALV that everybody holds, and allows to the factory.
    pub fn wealth(&mut self) -> (Sums, Sums) {
        let (alv, factory) = (self.world.alv, self.world.factory);
        let (mut holds, mut allows) = (Sums::default(), Sums::default());
        for who in Who::ALL {
            let owner = self.of(who);
            holds[who] = self.world.get(psp22(alv).balance_of(owner));
            allows[who] = self.world.get(psp22(alv).allowance(owner, factory));
        }
        (holds, allows)
    }

    fn governance(&self, model: &Model) -> Governance {
        Governance {
            ownership: Ownership {
                owner: self.account(model.owner),
                pending: model.candidate.map(|who| self.account(who)),
            },
            rules: model.rules,
            next_rules: model
                .announced
                .map(|(rules, at)| noticed(rules, at, NOTICE)),
            durations: DURATIONS,
            pause: PAUSE_TERMS,
            token_code: self.token_code.into(),
            remainder_to: REMAINDER.into(),
            chain: GENESIS,
            identities: OlifeIdClient::at(self.world.identities.into()),
        }
    }

    fn dapp(&self, number: DappId, issuer: &Issuer) -> Dapp {
        let purse = &issuer.purse;
        let state = match (issuer.end, issuer.accused) {
            (Some(end), _) => State::Failed(
                Failure {
                    cause: end.cause,
                    pot: end.pot,
                    supply: purse.units,
                    left: end.left,
                    ends: end.at + CLAIMS,
                }
                .into(),
            ),
            (None, Some(accused)) => State::Accused(Announced {
                value: Accusation {
                    evidence: [accused.evidence; 32].into(),
                    answer: accused.answer.map(|answer| [answer; 32].into()),
                },
                ready: accused.at + ANSWER,
                lapses: accused.at + 2 * ANSWER,
            }),
            (None, None) => State::Live,
        };
        let leaving = |source: Source| Unbonding {
            amount: purse.leaving[source as usize],
            ready: issuer.free_from[source as usize],
        };
        Dapp {
            operator: Ownership {
                owner: self.account(issuer.operator),
                pending: issuer.successor.map(|who| self.account(who)),
            },
            since: issuer.since,
            treasury: self.account(issuer.treasury),
            signer: issuer.signer.map(|who| self.account(who)),
            token: DerivedTokenClient::from_account_id(self.tokens[number as usize]),
            terms: DappTerms {
                price: purse.price,
                cap: purse.cap,
                reserve_share: purse.reserve_share,
                cover: purse.cover,
                stake_share: purse.stake_share,
            },
            next_price: issuer
                .announced
                .map(|(price, at, wait)| noticed(price, at, wait)),
            life: Life {
                state,
                alive_until: issuer.beat + SILENCE,
                accusable_from: issuer.accusable_from,
            },
            money: Money {
                reserve: purse.reserve,
                stake: purse.stake,
                proceeds: purse.proceeds,
                stake_unbonding: leaving(Source::Stake),
                proceeds_unbonding: leaving(Source::Proceeds),
                prepaid: purse.prepaid,
                raised: purse.raised,
            },
            supply: purse.units,
            peak: purse.peak,
        }
    }
}

fn noticed<T>(value: T, at: u64, wait: u64) -> Announced<T> {
    Announced {
        value,
        ready: at + wait,
        lapses: at + 2 * wait,
    }
}
