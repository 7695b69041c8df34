//! What is there, what is missing, and what each missing step costs.

use super::{
    accounts,
    site::{accepted, Site},
    suite::{Found, Planned, Suite, Wire},
};
use crate::table::{grouped, table};
use allive_calls::{Chain, Code, Deposit, Failure, Gas, Outcome};
use allive_rpc::{Key, Transaction};
use allive_simulator::EmbeddedChain;
use anyhow::{bail, ensure, Context, Result};
use ink::primitives::AccountId;

/// Bytes that `pallet-contracts` stores about a contract, beside what the contract stores.
const CONTRACT_INFO: i64 = 122;

/// One transaction of a deployment.
pub struct Step {
    pub what: String,
    pub transaction: Transaction,
    /// Nothing where the step is done, or left to somebody else.
    pub cost: Option<Cost>,
    /// Whether it is not done, and for another to do: who owns the contract by now.
    pub left: bool,
}

/// What a step costs at most, in the smallest unit of the chain's coin, and its weight.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    pub gas: Gas,
    pub deposit: i128,
    pub fee: u128,
}

/// Every step of a deployment, in order.
pub struct Plan {
    pub steps: Vec<Step>,
}

impl Plan {
    /// Looks at the chain, and rehearses the whole on a chain in this process: a step that would be
    /// refused is named before anything is sent.
    ///
    /// # Errors
    /// If a contract does not fit the chain, or a step would be refused or could not be paid.
    pub fn new(site: &Site, suite: &Suite, key: &Key) -> Result<Self> {
        let contracts = suite.contracts.iter().map(|contract| &contract.code);
        for code in suite.codes.iter().chain(contracts) {
            check_size(site, code)?;
        }
        let rehearsal = rehearse(suite, key.account(), site.now()?)?;
        let mut codes_are_there = true;
        for code in &suite.codes {
            codes_are_there &= site.node.has_code(&code.hash())?;
        }
        let drawing = Drawing {
            site,
            suite,
            key,
            can_try: site.node.now()? > 0 && codes_are_there,
        };
        let mut steps = Vec::new();
        for code in &suite.codes {
            let is_uploaded = site.node.has_code(&code.hash())?;
            steps.push(drawing.upload(code, is_uploaded)?);
        }
        let mut all_there = true;
        for (contract, rehearsed) in suite.contracts.iter().zip(&rehearsal.creations) {
            let [upload, create] = drawing.contract(contract, rehearsed)?;
            all_there &= create.cost.is_none();
            steps.extend([upload, create]);
        }
        for (wire, rehearsed) in suite.wires.iter().zip(&rehearsal.wires) {
            steps.push(drawing.wire(wire, rehearsed, all_there)?);
        }
        Ok(Self { steps })
    }

    /// How many steps are missing.
    pub fn missing(&self) -> usize {
        self.steps.iter().filter(|step| step.cost.is_some()).count()
    }

    /// What is left to the owners of contracts.
    pub fn left(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.left)
    }

    /// What the missing steps cost together, deposits included.
    pub fn total(&self) -> u128 {
        let costs = self.steps.iter().filter_map(|step| step.cost);
        costs
            .map(|cost| cost.fee.saturating_add(cost.deposit.max(0).unsigned_abs()))
            .fold(0, u128::saturating_add)
    }

    /// Refuses an account that could not pay to the end.
    pub fn check_funds(&self, site: &Site, account: &AccountId) -> Result<()> {
        let has = site.node.balance(account)?;
        let needs = self
            .total()
            .saturating_add(site.node.limits().existential_deposit);
        ensure!(
            has >= needs,
            "{} has {}, and the deployment takes up to {}: send it the rest; nothing was sent yet",
            site.address(account),
            site.coins(has),
            site.coins(needs)
        );
        Ok(())
    }

    /// As a table for people.
    pub fn table(&self, site: &Site) -> String {
        let header = [
            "step",
            "state",
            "ref_time",
            "proof",
            "deposit",
            "fee, at most",
        ];
        let mut rows = table(&header, 2);
        for step in &self.steps {
            let row = match step.cost {
                None => {
                    let state = if step.left { "the owner's" } else { "there" };
                    [&step.what, state, "", "", "", ""].map(str::to_owned)
                }
                Some(cost) => [
                    step.what.clone(),
                    "missing".to_owned(),
                    grouped(cost.gas.ref_time.into()),
                    grouped(cost.gas.proof_size.into()),
                    site.coins(cost.deposit.max(0).unsigned_abs()),
                    site.coins(cost.fee),
                ],
            };
            rows.add_row(row);
        }
        rows.to_string()
    }
}

/// What a plan is drawn from.
struct Drawing<'a> {
    site: &'a Site,
    suite: &'a Suite,
    key: &'a Key,
    /// Before its first block a chain has no time, and no deadline would pass a trial; nor would a
    /// contract that keeps a code which is not there yet.
    can_try: bool,
}

impl Drawing<'_> {
    /// Upload and creation of a contract.
    fn contract(&self, contract: &Planned, rehearsed: &Outcome) -> Result<[Step; 2]> {
        let name = &contract.code.name;
        let salt = || self.suite.salt.clone();
        let create = Transaction::Instantiate {
            code_hash: contract.code.hash(),
            input: contract.input.clone(),
            salt: salt(),
        };
        // Code that was replaced since may be gone.
        let is_there = self.site.node.contract(&contract.address)?.is_some();
        let is_uploaded = is_there || self.site.node.has_code(&contract.code.hash())?;

        let upload = self.upload(&contract.code, is_uploaded)?;
        let upload_cost = upload.cost;
        let create_cost = if is_there {
            None
        } else if !self.can_try {
            let mut cost = self.expected(&create, rehearsed)?;
            cost.deposit += base(self.site, upload_cost.map_or(0, |upload| upload.deposit));
            Some(cost)
        } else if let Some(upload_cost) = upload_cost {
            // The code goes along with the trial, and its deposit is taken off.
            let whole = Transaction::InstantiateWithCode {
                code: contract.code.wasm.clone(),
                input: contract.input.clone(),
                salt: salt(),
            };
            let cost = self
                .trial(&whole)
                .with_context(|| format!("{name}: create"))?;
            Some(Cost {
                gas: cost.gas,
                deposit: cost.deposit - upload_cost.deposit,
                fee: self.site.node.fee(self.key, &create, cost.gas)?,
            })
        } else {
            let cost = self.trial(&create);
            Some(cost.with_context(|| format!("{name}: create"))?)
        };
        Ok([
            upload,
            Step {
                what: format!("{name}: create at {}", self.site.address(&contract.address)),
                transaction: create,
                cost: create_cost,
                left: false,
            },
        ])
    }

    /// Code, onto the chain.
    fn upload(&self, code: &Code, is_uploaded: bool) -> Result<Step> {
        let transaction = Transaction::Upload {
            code: code.wasm.clone(),
        };
        let cost = (!is_uploaded)
            .then(|| self.trial(&transaction))
            .transpose()
            .with_context(|| format!("{}: upload", code.name))?;
        Ok(Step {
            what: format!("{}: upload {} bytes", code.name, code.wasm.len()),
            transaction,
            cost,
            left: false,
        })
    }

    /// A call between contracts, which can be looked for and tried once all of them are there.
    fn wire(&self, wire: &Wire, rehearsed: &Outcome, all_there: bool) -> Result<Step> {
        let found = if all_there {
            wire.look(self.site)?
        } else {
            Found::Missing
        };
        let cost = if !all_there {
            Some(self.expected(&wire.transaction, rehearsed)?)
        } else if found == Found::Missing {
            let cost = self.trial(&wire.transaction);
            Some(cost.with_context(|| wire.what.clone())?)
        } else {
            None
        };
        Ok(Step {
            what: wire.what.clone(),
            transaction: wire.transaction.clone(),
            cost,
            left: found == Found::Left,
        })
    }

    /// What a transaction would cost now.
    fn trial(&self, transaction: &Transaction) -> Result<Cost> {
        let (site, account) = (self.site, self.key.account());
        let trial = site.node.trial(&account, transaction)?;
        // A trial cannot say what a deposit would be that the account does not have.
        if let Err(Failure::Dispatch(reason)) = &trial.result {
            ensure!(
                !matches!(
                    reason.as_str(),
                    "StorageDepositNotEnoughFunds" | "TransferFailed"
                ),
                "{} has {}, which does not pay for this step ({reason}): send it coins; nothing was sent",
                site.address(&account),
                site.coins(site.node.balance(&account)?)
            );
        }
        let trial = accepted(trial)?;
        Ok(Cost {
            gas: trial.required,
            deposit: trial.deposit,
            fee: site.node.fee(self.key, transaction, trial.required)?,
        })
    }

    /// What a transaction would cost that cannot be tried yet, by its rehearsal.
    fn expected(&self, transaction: &Transaction, rehearsed: &Outcome) -> Result<Cost> {
        Ok(Cost {
            gas: rehearsed.gas,
            deposit: price(self.site, rehearsed.deposit),
            fee: self.site.node.fee(self.key, transaction, rehearsed.gas)?,
        })
    }
}

/// What became of each step on a chain in this process.
struct Rehearsal {
    creations: Vec<Outcome>,
    wires: Vec<Outcome>,
}

/// Plays the whole deployment on a chain in this process.
fn rehearse(suite: &Suite, deployer: AccountId, now: u64) -> Result<Rehearsal> {
    let mut chain = EmbeddedChain::new();
    chain.endow(deployer);
    // Deadlines are meant for the time of the real chain.
    let passed = now.saturating_sub(chain.now());
    chain.advance(passed);
    for code in &suite.codes {
        chain.upload(deployer, &code.wasm);
    }
    let mut creations = Vec::new();
    for contract in &suite.contracts {
        let name = &contract.code.name;
        let made = chain.instantiate(
            deployer,
            &contract.code.wasm,
            contract.input.clone(),
            &suite.salt,
        );
        let words = |data: &[u8]| contract.returned(data);
        check(&made, words).with_context(|| format!("{name}: create, in rehearsal"))?;
        ensure!(
            made.contract == contract.address,
            "{name}: rehearsed at another address than predicted"
        );
        creations.push(made);
    }
    let mut wires = Vec::new();
    for wire in &suite.wires {
        let Transaction::Call { contract, input } = wire.transaction.clone() else {
            continue;
        };
        let outcome = chain.call(deployer, contract, input);
        let digits = |data: &[u8]| Ok(accounts::hex(data));
        check(&outcome, digits).with_context(|| format!("{}, in rehearsal", wire.what))?;
        wires.push(outcome);
    }
    Ok(Rehearsal { creations, wires })
}

fn check(outcome: &Outcome, words: impl Fn(&[u8]) -> Result<String>) -> Result<()> {
    match &outcome.result {
        Ok(returned) if returned.reverted => {
            bail!("the contract would refuse: {}", words(&returned.data)?)
        }
        Ok(_) => Ok(()),
        Err(failure) => bail!("{failure}"),
    }
}

fn price(site: &Site, deposit: Deposit) -> i128 {
    let limits = site.node.limits();
    let part = |count: i64, price: u128| i128::from(count).saturating_mul(signed(price));
    part(deposit.items, limits.per_item).saturating_add(part(deposit.bytes, limits.per_byte))
}

/// What any contract puts down beside the deposit for what it stores, which alone a rehearsal counts.
fn base(site: &Site, code: i128) -> i128 {
    let limits = site.node.limits();
    let info = Deposit {
        items: 1,
        bytes: CONTRACT_INFO,
    };
    let lockup = code.saturating_mul(limits.lockup.into()) / 1_000_000_000;
    price(site, info)
        .saturating_add(signed(limits.existential_deposit))
        .saturating_add(lockup)
}

fn signed(coins: u128) -> i128 {
    i128::try_from(coins).unwrap_or(i128::MAX)
}

fn check_size(site: &Site, code: &Code) -> Result<()> {
    let (bytes, limit) = (code.wasm.len(), site.node.limits().code);
    ensure!(
        u32::try_from(bytes).is_ok_and(|bytes| bytes <= limit),
        "{} has {bytes} bytes of code, and `{}` takes at most {limit}; nothing was sent",
        code.name,
        site.node.kind().name
    );
    Ok(())
}
