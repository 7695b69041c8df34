//! The suite as it is to be: its contracts, where they will lie, and how they are wired together.

use super::{
    accounts,
    config::{Config, Parties, Who},
    site::{ownable, Site},
};
use crate::table::alv as alv_amount;
use allive_access::{AccessControl, Account, Ownable};
use allive_calls::{
    at, constructor_input, contract_address, parts, psp22, Code, Constructor, Message,
};
use allive_holders::Snapshot;
use allive_olife_id_interface::Identities;
use allive_psp22_interface::Token;
use allive_rpc::{ChainKind, Transaction};
use alv::{Alv, AlvRef, MINTER, PAUSER, VAULT};
use alv_distributor::{AlvDistributor, AlvDistributorRef};
use anyhow::{Context, Result};
use contract_transcode::{ContractMessageTranscoder, Tuple, Value};
use council::CouncilRef;
use derived_factory::{Charter, DerivedFactoryRef};
use ink::{
    env::{
        call::{ConstructorReturnType, FromAccountId},
        DefaultEnvironment,
    },
    primitives::AccountId,
};
use olife_id::{OlifeIdRef, Setup};
use olife_nexus::OlifeNexusRef;
use psp22::PSP22;
use scale::Encode;
use std::collections::BTreeMap;

/// The contracts of the suite, in the order in which they are created.
pub const CONTRACTS: [&str; 6] = [
    "council",
    "alv",
    "olife_id",
    "olife_nexus",
    "alv_distributor",
    "derived_factory",
];

/// Those that have an owner.
pub const OWNED: [&str; 4] = ["alv", "olife_id", "olife_nexus", "derived_factory"];

/// The prefix of addresses that are not of one chain's form, as the library writes them.
const ANY_CHAIN: u16 = 42;

/// The code of the tokens that the factory creates.
pub const TOKEN_CODE: &str = "derived_token";

/// A contract that is to be.
pub struct Planned {
    pub code: Code,
    pub input: Vec<u8>,
    pub address: AccountId,
}

/// A call that ties contracts together, and how to see that it was made.
pub struct Wire {
    pub what: String,
    pub transaction: Transaction,
    look: Look,
}

/// A look at the chain.
type Look = Box<dyn Fn(&Site) -> Result<Found>>;

/// What the chain shows of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// It was made.
    Done,
    /// It was not.
    Missing,
    /// It was not, and is the owner's to make, who is not the deployer any more.
    Left,
}

impl Found {
    /// What is missing of a contract that has an owner.
    fn of(site: &Site, contract: AccountId, deployer: AccountId, done: bool) -> Result<Self> {
        if done {
            return Ok(Self::Done);
        }
        let owner = site.get(ownable(contract).owner())?;
        Ok(match owner {
            Some(owner) if *owner == deployer => Self::Missing,
            _ => Self::Left,
        })
    }
}

/// The whole of it.
pub struct Suite {
    /// Code without a contract: what contracts of the suite create others from, or hand on to.
    pub codes: Vec<Code>,
    pub contracts: Vec<Planned>,
    pub wires: Vec<Wire>,
    pub salt: Vec<u8>,
}

impl Suite {
    /// The suite of a configuration, as `deployer` makes it on this chain.
    ///
    /// # Errors
    /// If a contract is not built, or the list of holders cannot be read.
    pub fn new(
        config: &Config,
        holders: &Snapshot,
        deployer: AccountId,
        chain: &ChainKind,
    ) -> Result<Self> {
        let genesis = chain.genesis;
        let shown = |account: &AccountId| accounts::address(account, chain.address_prefix);
        let salt = config.salt.as_bytes().to_vec();
        let plan = Planner {
            deployer,
            salt: &salt,
        };

        let [council, alv, identities, nexus, distributor, factory] = CONTRACTS;
        let wanted = &config.council;
        let council = plan.contract(
            council,
            CouncilRef::new(wanted.members(deployer), wanted.terms(), wanted.least_delay),
        )?;
        let parties = Parties {
            deployer,
            council: council.address,
        };
        let wanted = &config.alv;
        let alv = plan.contract(
            alv,
            AlvRef::new(wanted.supply, wanted.cap, wanted.pause(), genesis),
        )?;
        let token = alv.address;
        let wanted = &config.olife_id;
        let setup = Setup {
            terms: wanted.terms(),
            pause: wanted.pause(),
            alv: Token::at(token),
            forfeits_to: wanted.forfeits_to.account(&parties).into(),
            chain: genesis,
        };
        let identities = plan.contract(identities, OlifeIdRef::new(setup.into()))?;
        let wanted = &config.olife_nexus;
        let asked = identities.address;
        let (longest, notice) = (wanted.longest_term, wanted.upgrade_notice);
        let nexus = plan.contract(
            nexus,
            OlifeNexusRef::new(token, asked.into(), longest, notice),
        )?;
        let wanted = &config.alv_distributor;
        let remainder_to = wanted.remainder_to.account(&parties);
        let distributor = plan.contract(
            distributor,
            AlvDistributorRef::new(
                token,
                holders.root(),
                holders.count(),
                wanted.deadline,
                remainder_to,
                genesis,
            ),
        )?;
        let token_code = Code::read(TOKEN_CODE)?;
        let wanted = &config.derived_factory;
        let factory = plan.contract(
            factory,
            DerivedFactoryRef::new(
                token,
                token_code.hash().into(),
                Charter {
                    remainder_to: wanted.remainder_to.account(&parties).into(),
                    rules: wanted.rules(),
                    durations: wanted.durations(),
                    pause: wanted.pause(),
                    chain: genesis,
                    identities: Identities::at(identities.address.into()),
                }
                .into(),
            ),
        )?;

        let vaults = [&nexus, &distributor, &factory];
        let mut wires: Vec<Wire> = vaults
            .map(|vault| {
                let name = &vault.code.name;
                grant(token, deployer, ("VAULT", VAULT), vault.address, name)
            })
            .into();
        let named = |who: Who| match who {
            Who::Council => "the council".to_owned(),
            who => shown(&who.account(&parties)),
        };
        for (role, accounts) in [
            (("MINTER", MINTER), &config.alv.minters),
            (("PAUSER", PAUSER), &config.alv.pausers),
        ] {
            for who in accounts {
                let account = who.account(&parties);
                wires.push(grant(token, deployer, role, account, &named(*who)));
            }
        }
        wires.push(fund(token, distributor.address, holders.total()));
        let admin = config.admin.account(&parties);
        if admin != deployer {
            let shown = named(config.admin);
            for owned in [&alv, &identities, &nexus, &factory] {
                let name = &owned.code.name;
                wires.push(hand_over(name, owned.address, deployer, (admin, &shown)));
            }
        }
        Ok(Self {
            codes: vec![token_code],
            contracts: vec![council, alv, identities, nexus, distributor, factory],
            wires,
            salt,
        })
    }
}

impl Planned {
    /// The name of the constructor, and its arguments by name, as the metadata tells them.
    pub fn constructor(&self) -> Result<(String, BTreeMap<String, serde_json::Value>)> {
        let decoded = self
            .transcoder()?
            .decode_contract_constructor(&mut &self.input[..])?;
        let Value::Map(map) = decoded else {
            anyhow::bail!("{}: a constructor without a name", self.code.name);
        };
        let arguments = map
            .iter()
            .map(|(name, value)| (name.to_string(), json(value)));
        Ok((map.ident().unwrap_or_default(), arguments.collect()))
    }

    /// What the constructor returned, in words.
    pub fn returned(&self, data: &[u8]) -> Result<String> {
        let (constructor, _) = self.constructor()?;
        let value = self
            .transcoder()?
            .decode_constructor_return(&constructor, &mut &data[..])?;
        Ok(value.to_string())
    }

    fn transcoder(&self) -> Result<ContractMessageTranscoder> {
        let metadata = serde_json::from_str(&self.code.metadata)?;
        Ok(ContractMessageTranscoder::new(metadata))
    }
}

/// A decoded value as JSON. Numbers are text, since JSON's end at 53 bits for many readers; bytes are
/// hexadecimal digits.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Map(map) => {
            let fields = map
                .iter()
                .map(|(name, value)| (name.to_string(), json(value)));
            fields.collect::<serde_json::Map<_, _>>().into()
        }
        Value::Seq(items) => {
            let items = items.elems();
            match items.iter().map(byte).collect::<Option<Vec<u8>>>() {
                Some(bytes) => accounts::hex(&bytes).into(),
                None => items.iter().map(json).collect::<Vec<_>>().into(),
            }
        }
        Value::Tuple(tuple) => match account(tuple) {
            Some(account) => accounts::address(&account, ANY_CHAIN).into(),
            None => value.to_string().into(),
        },
        other => other.to_string().into(),
    }
}

/// An account of a list: the library writes an address only where an account stands alone.
fn account(tuple: &Tuple) -> Option<AccountId> {
    let mut parts = tuple.values();
    let (Some(Value::Seq(bytes)), None) = (parts.next(), parts.next()) else {
        return None;
    };
    let bytes: Option<Vec<u8>> = bytes.elems().iter().map(byte).collect();
    let bytes = <[u8; 32]>::try_from(bytes?).ok()?;
    (tuple.ident()? == "AccountId").then_some(bytes.into())
}

fn byte(value: &Value) -> Option<u8> {
    match value {
        Value::UInt(number) => u8::try_from(*number).ok(),
        _ => None,
    }
}

impl Wire {
    /// What the chain shows of the call.
    pub fn look(&self, site: &Site) -> Result<Found> {
        (self.look)(site).with_context(|| self.what.clone())
    }
}

struct Planner<'s> {
    deployer: AccountId,
    salt: &'s [u8],
}

impl Planner<'_> {
    fn contract<Ref, Args, R>(
        &self,
        name: &str,
        constructor: Constructor<Ref, Args, R>,
    ) -> Result<Planned>
    where
        Args: Encode,
        Ref: FromAccountId<DefaultEnvironment>,
        R: ConstructorReturnType<Ref>,
    {
        let code = Code::read(name)?;
        let input = constructor_input(constructor);
        let address = contract_address(&self.deployer, &code.hash(), &input, self.salt);
        Ok(Planned {
            code,
            input,
            address,
        })
    }
}

/// A role of ALV for an account.
fn grant(
    alv: AccountId,
    deployer: AccountId,
    (name, role): (&str, u32),
    account: AccountId,
    shown: &str,
) -> Wire {
    wire(
        format!("alv: role {name} to {shown}"),
        at::<Alv>(alv).grant_role(role, account.into()),
        move |site| {
            let held = site.get(at::<Alv>(alv).has_role(role, account.into()))?;
            Found::of(site, alv, deployer, held)
        },
    )
}

/// What the holders of the earlier token are owed, into the hands of the distributor.
fn fund(alv: AccountId, distributor: AccountId, total: u128) -> Wire {
    wire(
        format!("alv: {} ALV to alv_distributor", alv_amount(total)),
        psp22(alv).transfer(distributor, total, Vec::new()),
        move |site| {
            let contract = || at::<AlvDistributor>(distributor);
            let claimed = site.get(contract().claimed_total())?;
            let held = site.get(psp22(alv).balance_of(distributor))?;
            // After the deadline anybody may have swept the rest: nothing is to be given again.
            let closed = site.node.now()? > site.get(contract().terms())?.deadline;
            Ok(if closed || claimed.saturating_add(held) >= total {
                Found::Done
            } else {
                Found::Missing
            })
        },
    )
}

/// Ownership of a contract, offered to the admin, who accepts it.
fn hand_over(
    name: &str,
    contract: AccountId,
    deployer: AccountId,
    (admin, shown): (AccountId, &str),
) -> Wire {
    wire(
        format!("{name}: ownership offered to {shown}"),
        ownable(contract).transfer_ownership(Some(admin.into())),
        move |site| {
            let is_admin = |account: Option<Account>| account.is_some_and(|it| *it == admin);
            let offered = is_admin(site.get(ownable(contract).pending_owner())?);
            let done = offered || is_admin(site.get(ownable(contract).owner())?);
            Found::of(site, contract, deployer, done)
        },
    )
}

fn wire<Args: Encode, R>(
    what: String,
    message: Message<Args, R>,
    look: impl Fn(&Site) -> Result<Found> + 'static,
) -> Wire {
    let (contract, input) = parts(message);
    Wire {
        what,
        transaction: Transaction::Call { contract, input },
        look: Box::new(look),
    }
}
