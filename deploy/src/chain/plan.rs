//! What is there, what is missing, and what each missing step costs.

use super::{
    connection::{accepted, Connection},
    deployment::{CallState, Deployment, PlannedContract, SetupCall},
    queries::Queries,
    rehearsal::rehearse,
};
use crate::table::{grouped, table};
use allive_calls::{Code, Deposit, Failure, Gas, Outcome};
use allive_rpc::{Key, Transaction};
use anyhow::{ensure, Context, Result};
use ink::primitives::AccountId;

/// Bytes that `pallet-contracts` stores about a contract, beside what the contract stores.
const CONTRACT_INFO: i64 = 122;

/// What `pallet-contracts` 38 charges for a byte of code that is loaded, in ref_time, rounded up; a
/// byte of proof comes on top.
const LOADED_BYTE: u64 = 701;

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
    /// Asks the chain what is there, and rehearses the whole on a chain in this process: a step
    /// that would be refused is named before anything is sent.
    ///
    /// # Errors
    /// If a contract does not fit the chain, or a step would be refused or could not be paid.
    pub fn new(connection: &Connection, deployment: &Deployment, key: &Key) -> Result<Self> {
        let contracts = deployment.contracts.iter().map(|contract| &contract.code);
        for code in deployment.codes().chain(contracts) {
            check_size(connection, code)?;
        }
        let rehearsal = rehearse(deployment, connection.time()?)?;
        let mut codes_are_there = true;
        for code in deployment.codes() {
            codes_are_there &= connection.node.has_code(&code.hash())?;
        }
        let drawing = Drawing {
            connection,
            salt: &deployment.salt,
            key,
            can_try: connection.now()? > 0 && codes_are_there,
        };
        let mut steps = Vec::new();
        for code in deployment.codes() {
            let is_uploaded = connection.node.has_code(&code.hash())?;
            steps.push(drawing.upload(code, is_uploaded)?);
        }
        let mut all_there = true;
        for (contract, rehearsed) in deployment.contracts.iter().zip(&rehearsal.creations) {
            let [upload, create] = drawing.contract(contract, rehearsed)?;
            all_there &= create.cost.is_none();
            steps.extend([upload, create]);
        }
        for (call, rehearsed) in deployment.setup_calls.iter().zip(&rehearsal.setup_calls) {
            steps.push(drawing.setup_call(call, rehearsed, all_there)?);
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
    pub fn check_funds(&self, connection: &Connection, account: &AccountId) -> Result<()> {
        let has = connection.node.balance(account)?;
        let needs = self
            .total()
            .saturating_add(connection.node.limits().existential_deposit);
        ensure!(
            has >= needs,
            "{} has {}, and the deployment takes up to {}: send it the rest; nothing was sent yet",
            connection.address(account),
            connection.coins(has),
            connection.coins(needs)
        );
        Ok(())
    }

    /// As a table for people.
    pub fn table(&self, connection: &Connection) -> String {
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
                    connection.coins(cost.deposit.max(0).unsigned_abs()),
                    connection.coins(cost.fee),
                ],
            };
            rows.add_row(row);
        }
        rows.to_string()
    }
}

/// What a plan is drawn from.
struct Drawing<'a> {
    connection: &'a Connection,
    salt: &'a [u8],
    key: &'a Key,
    /// Before its first block a chain has no time, and no deadline would pass a trial; nor would a
    /// contract that keeps a code which is not there yet.
    can_try: bool,
}

impl Drawing<'_> {
    /// Upload and creation of a contract.
    fn contract(&self, contract: &PlannedContract, rehearsed: &Outcome) -> Result<[Step; 2]> {
        let name = &contract.code.name;
        let salt = || self.salt.to_vec();
        let create = Transaction::Instantiate {
            code_hash: contract.code.hash(),
            input: contract.input.clone(),
            salt: salt(),
        };
        // Code that was replaced since may be gone.
        let is_there = self.connection.node.contract(&contract.address)?.is_some();
        let is_uploaded = is_there || self.connection.node.has_code(&contract.code.hash())?;

        let upload = self.upload(&contract.code, is_uploaded)?;
        let upload_cost = upload.cost;
        let create_cost = if is_there {
            None
        } else if !self.can_try {
            let mut created = rehearsed.clone();
            created.gas = loading(&contract.code, rehearsed.gas);
            let mut cost = self.expected(&create, &created)?;
            cost.deposit += base(
                self.connection,
                upload_cost.map_or(0, |upload| upload.deposit),
            );
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
            let gas = loading(&contract.code, cost.gas);
            Some(Cost {
                gas,
                deposit: cost.deposit - upload_cost.deposit,
                fee: self.connection.node.fee(self.key, &create, gas)?,
            })
        } else {
            let cost = self.trial(&create);
            Some(cost.with_context(|| format!("{name}: create"))?)
        };
        Ok([
            upload,
            Step {
                what: format!(
                    "{name}: create at {}",
                    self.connection.address(&contract.address)
                ),
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

    /// A setup call, whose state can be asked for once all contracts are there.
    fn setup_call(&self, call: &SetupCall, rehearsed: &Outcome, all_there: bool) -> Result<Step> {
        let transaction = Transaction::Call {
            contract: call.contract,
            input: call.input.clone(),
        };
        let state = if all_there {
            call.state(self.connection)?
        } else {
            CallState::Missing
        };
        let cost = if !all_there {
            Some(self.expected(&transaction, rehearsed)?)
        } else if state == CallState::Missing {
            let cost = self.trial(&transaction);
            Some(cost.with_context(|| call.what.clone())?)
        } else {
            None
        };
        Ok(Step {
            what: call.what.clone(),
            transaction,
            cost,
            left: state == CallState::LeftToOwner,
        })
    }

    /// What a transaction would cost now.
    fn trial(&self, transaction: &Transaction) -> Result<Cost> {
        let (connection, account) = (self.connection, self.key.account());
        let trial = connection.node.trial(&account, transaction)?;
        // A trial cannot say what a deposit would be that the account does not have.
        if let Err(Failure::Dispatch(reason)) = &trial.result {
            ensure!(
                !matches!(
                    reason.as_str(),
                    "StorageDepositNotEnoughFunds" | "TransferFailed"
                ),
                "{} has {}, which does not pay for this step ({reason}): send it coins; nothing was sent",
                connection.address(&account),
                connection.coins(connection.node.balance(&account)?)
            );
        }
        let trial = accepted(trial)?;
        Ok(Cost {
            gas: trial.required,
            deposit: trial.deposit,
            fee: connection.node.fee(self.key, transaction, trial.required)?,
        })
    }

    /// What a transaction would cost that cannot be tried yet, by its rehearsal.
    fn expected(&self, transaction: &Transaction, rehearsed: &Outcome) -> Result<Cost> {
        Ok(Cost {
            gas: rehearsed.gas,
            deposit: price(self.connection, rehearsed.deposit),
            fee: self
                .connection
                .node
                .fee(self.key, transaction, rehearsed.gas)?,
        })
    }
}

/// What the creation of a contract takes that was tried or rehearsed together with the upload of
/// its code: by itself, it loads the code.
fn loading(code: &Code, tried: Gas) -> Gas {
    let bytes = u64::try_from(code.wasm.len()).unwrap_or(u64::MAX);
    Gas {
        ref_time: tried
            .ref_time
            .saturating_add(bytes.saturating_mul(LOADED_BYTE)),
        proof_size: tried.proof_size.saturating_add(bytes),
    }
}

fn price(connection: &Connection, deposit: Deposit) -> i128 {
    let limits = connection.node.limits();
    let part = |count: i64, price: u128| i128::from(count).saturating_mul(signed(price));
    part(deposit.items, limits.per_item).saturating_add(part(deposit.bytes, limits.per_byte))
}

/// What any contract puts down beside the deposit for what it stores, which alone a rehearsal
/// counts.
fn base(connection: &Connection, code: i128) -> i128 {
    let limits = connection.node.limits();
    let info = Deposit {
        items: 1,
        bytes: CONTRACT_INFO,
    };
    let lockup = code.saturating_mul(limits.lockup.into()) / 1_000_000_000;
    price(connection, info)
        .saturating_add(signed(limits.existential_deposit))
        .saturating_add(lockup)
}

fn signed(coins: u128) -> i128 {
    i128::try_from(coins).unwrap_or(i128::MAX)
}

fn check_size(connection: &Connection, code: &Code) -> Result<()> {
    let (bytes, limit) = (code.wasm.len(), connection.node.limits().code);
    ensure!(
        u32::try_from(bytes).is_ok_and(|bytes| bytes <= limit),
        "{} has {bytes} bytes of code, and `{}` takes at most {limit}; nothing was sent",
        code.name,
        connection.node.kind().name
    );
    Ok(())
}
