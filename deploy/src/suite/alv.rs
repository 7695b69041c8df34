//! The wiring of `alv`: the token, and who may do what with it.

use super::{
    checks::{check_pause, Circumstances},
    contract::{Contract, Section},
    findings::{yes, Findings},
    planner::{Planner, Stage, COUNCIL},
    values::{milliseconds, units, Who, HOUR},
};
use crate::chain::{
    book::Book,
    deployment::{CallState, SetupCall},
    queries::{Queries, TypedQueries},
};
use allive_access::{AccessControl, PauseTerms};
use allive_calls::at;
use alv::{Alv, AlvRef, MINTER, PAUSER, VAULT};
use anyhow::{ensure, Result};
use ink::primitives::AccountId;
use serde::Deserialize;

pub const NAME: &str = "alv";

pub struct Wiring;

impl Contract for Wiring {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "ALV"
    }

    fn has_owner(&self) -> bool {
        true
    }

    fn section(&self, file: &str) -> Result<Box<dyn Section>, toml::de::Error> {
        #[derive(Deserialize)]
        struct File {
            alv: Settings,
        }
        Ok(Box::new(toml::from_str::<File>(file)?.alv))
    }

    /// Whether the council can pause it at once.
    fn status(&self, chain: &dyn Queries, book: &Book, findings: &mut Findings) -> Result<()> {
        let alv = book.contract(NAME)?.account()?;
        let council = book.contract(COUNCIL)?.account()?;
        let pauses = chain.get(at::<Alv>(alv).has_role(PAUSER, council.into()))?;
        findings.tell("alv: the council can pause it", yes(pauses));
        Ok(())
    }

    /// The council may pause it, and who hands it over may do nothing with it any more.
    fn pass_roles(&self, alv: AccountId, owner: AccountId, council: AccountId) -> Vec<SetupCall> {
        let lay_down = |(name, role)| {
            SetupCall::new(
                format!("alv: role {name} laid down"),
                format!("lay down its role {name}"),
                at::<Alv>(alv).renounce_role(role),
                move |chain| {
                    Ok(if has_role(chain, alv, role, owner)? {
                        CallState::Missing
                    } else {
                        CallState::Made
                    })
                },
            )
        };
        vec![
            grant(
                (alv, owner),
                ("PAUSER", PAUSER),
                (council, "the council"),
                "let the council pause ALV".to_owned(),
            ),
            lay_down(("MINTER", MINTER)),
            lay_down(("PAUSER", PAUSER)),
        ]
    }
}

/// The section `[alv]` of a deployment's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    #[serde(deserialize_with = "units")]
    pub supply: u128,
    #[serde(deserialize_with = "units")]
    pub cap: u128,
    #[serde(deserialize_with = "milliseconds")]
    pub pause: u64,
    #[serde(deserialize_with = "milliseconds")]
    pub cooldown: u64,
    pub minters: Vec<Who>,
    pub pausers: Vec<Who>,
}

impl Section for Settings {
    fn name(&self) -> &'static str {
        NAME
    }

    fn check(&self, circumstances: &Circumstances) -> Result<()> {
        ensure!(self.supply <= self.cap, "alv.supply is above alv.cap");
        check_pause(NAME, self.pause())?;
        circumstances.check_least("alv.pause", self.pause, HOUR)?;
        circumstances.check_role_holders("alv.minters", &self.minters)?;
        circumstances.check_role_holders("alv.pausers", &self.pausers)?;
        ensure!(
            circumstances.admin != Who::Council || self.pausers.contains(&Who::Council),
            "the admin is the council, and alv.pausers does not name \"council\": it could not pause ALV in an emergency"
        );
        Ok(())
    }

    fn plan(&self, planner: &mut Planner) -> Result<()> {
        let constructor = AlvRef::new(self.supply, self.cap, self.pause(), planner.genesis());
        let alv = planner.create(NAME, constructor)?;
        for (role, does, holders) in [
            (("MINTER", MINTER), "mint", &self.minters),
            (("PAUSER", PAUSER), "pause", &self.pausers),
        ] {
            for who in holders {
                let (account, shown) = (planner.account(*who)?, planner.shown(*who)?);
                let deed = match who {
                    Who::Deployer => format!("let itself {does} ALV"),
                    _ => format!("let {shown} {does} ALV"),
                };
                let alv = (alv, planner.deployer());
                planner.call(Stage::Roles, grant(alv, role, (account, &shown), deed));
            }
        }
        Ok(())
    }
}

impl Settings {
    fn pause(&self) -> PauseTerms {
        PauseTerms {
            duration: self.pause,
            cooldown: self.cooldown,
        }
    }
}

/// Makes a contract a vault of ALV.
pub fn vault(planner: &Planner, vault: &dyn Contract) -> Result<SetupCall> {
    let alv = (planner.address(NAME)?, planner.deployer());
    let vault_and_name = (planner.address(vault.name())?, vault.name());
    let deed = format!("register the {} as a vault", vault.title());
    Ok(grant(alv, ("VAULT", VAULT), vault_and_name, deed))
}

/// Whether a contract is a vault of ALV.
pub fn vault_status(
    chain: &dyn Queries,
    book: &Book,
    name: &str,
    findings: &mut Findings,
) -> Result<()> {
    let [alv, vault] = [NAME, name].map(|name| book.contract(name).and_then(|it| it.account()));
    let is_vault = has_role(chain, alv?, VAULT, vault?)?;
    findings.compare(&format!("alv: {name} is a vault"), "yes", yes(is_vault));
    Ok(())
}

/// Gives an account a role.
fn grant(
    (alv, owner): (AccountId, AccountId),
    (name, role): (&str, u32),
    (account, shown): (AccountId, &str),
    deed: String,
) -> SetupCall {
    SetupCall::new(
        format!("alv: role {name} to {shown}"),
        deed,
        at::<Alv>(alv).grant_role(role, account.into()),
        move |chain| {
            let is_held = has_role(chain, alv, role, account)?;
            CallState::of_owners_call(chain, alv, owner, is_held)
        },
    )
}

fn has_role(chain: &dyn Queries, alv: AccountId, role: u32, account: AccountId) -> Result<bool> {
    chain.get(at::<Alv>(alv).has_role(role, account.into()))
}
