//! `allive status`: the address book held against the chain.

use super::{
    accounts,
    book::{self, Book, Entry},
    config::words,
    site::{self, ownable, Site},
    suite::{CONTRACTS, OWNED, TOKEN_CODE},
};
use crate::table::table;
use allive_access::{AccessControl, Ownable};
use allive_calls::{at, Failure};
use alv::{Alv, PAUSER, VAULT};
use alv_distributor::AlvDistributor;
use anyhow::{bail, Context, Result};
use council::Council;
use derived_factory::DerivedFactory;
use ink::primitives::AccountId;
use olife_id::{Content, OlifeId, Place};
use olife_nexus::OlifeNexus;

/// What stands in the place of an answer that this version of a contract does not give.
const NOT_ASKED: &str = "not known to this code";

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: site::Args,
}

/// Compares, and fails if anything differs.
pub fn run(args: &Args) -> Result<()> {
    let site = args.site.connect()?;
    let book = require(&site, &args.site)?;
    let kind = site.node.kind();
    println!("chain  `{}`, {}", kind.name, book.chain.genesis);
    println!(
        "book   {}, suite {} by {}",
        book::path(&args.site.book, &kind.genesis).display(),
        book.suite.version,
        book.deployer
    );
    let mut findings = Findings::default();
    let mut whole = true;
    for (name, entry) in &book.contracts {
        let [book, chain] = code(&site, entry)?;
        whole &= chain.starts_with("0x");
        findings.compare(format!("{name}: code"), book, chain);
    }
    for (name, entry) in &book.codes {
        let there = site.node.has_code(&entry.code_hash()?)?;
        let chain = if there {
            entry.code_hash.clone()
        } else {
            "no such code: removed, or the chain began anew; `allive up` uploads it".to_owned()
        };
        findings.compare(format!("{name}: code"), entry.code_hash.clone(), chain);
    }
    if whole {
        wiring(&site, &book, &mut findings)?;
    }
    println!("{}", findings.table());
    match findings.differences() {
        0 => {
            println!("status: chain and book agree");
            Ok(())
        }
        count => bail!("chain and book differ in {count} places"),
    }
}

/// The book of the chain.
///
/// # Errors
/// If there is none.
pub fn require(site: &Site, args: &site::Args) -> Result<Book> {
    let genesis = &site.node.kind().genesis;
    Book::open(&args.book, genesis)?.with_context(|| {
        format!(
            "no address book of this chain: {} is missing; `allive up` writes it, or name another \
             folder with --book",
            book::path(&args.book, genesis).display()
        )
    })
}

/// What book and chain say about the code of a contract.
fn code(site: &Site, entry: &Entry) -> Result<[String; 2]> {
    let there = site.node.contract(&entry.account()?)?;
    let chain = match there {
        Some(info) => accounts::hex(&info.code_hash),
        None => {
            "no such contract: removed, or the chain began anew; `allive up` creates it".to_owned()
        }
    };
    Ok([entry.code_hash.clone(), chain])
}

/// Who knows whom, and who may do what.
fn wiring(site: &Site, book: &Book, findings: &mut Findings) -> Result<()> {
    let [council, alv, identities, nexus, distributor, factory] =
        CONTRACTS.map(|name| book.contract(name).and_then(Entry::account));
    let (council, alv, identities, nexus) = (council?, alv?, identities?, nexus?);
    let (distributor, factory) = (distributor?, factory?);
    let shown = |account: AccountId| site.address(&account);
    self::identities(site, book, identities, shown(alv), findings)?;
    let token = site.get(at::<OlifeNexus>(nexus).alv());
    findings.compare(
        "olife_nexus: token".into(),
        shown(alv),
        known(token.map(shown))?,
    );
    let asked = site.get(at::<OlifeNexus>(nexus).identities());
    findings.compare(
        "olife_nexus: Olife ID".into(),
        shown(identities),
        known(asked.map(shown))?,
    );
    let terms = site.get(at::<AlvDistributor>(distributor).terms())?;
    findings.compare(
        "alv_distributor: token".into(),
        shown(alv),
        shown(terms.token.address()),
    );
    findings.compare(
        "alv_distributor: chain".into(),
        book.chain.genesis.clone(),
        accounts::hex(&terms.chain),
    );
    self::factory(site, book, factory, [alv, identities].map(shown), findings)?;
    for (name, vault) in [
        ("olife_nexus", nexus),
        ("alv_distributor", distributor),
        ("derived_factory", factory),
    ] {
        let holds = site.get(at::<Alv>(alv).has_role(VAULT, vault.into()))?;
        findings.compare(
            format!("alv: {name} is a vault"),
            "yes".into(),
            if holds { "yes" } else { "no" }.into(),
        );
    }
    self::council(site, council, alv, findings)?;
    let called = |account: AccountId| match account == council {
        true => format!("the council, {}", shown(account)),
        false => shown(account),
    };
    for name in OWNED {
        let contract = book.contract(name)?.account()?;
        let owner = site.get(ownable(contract).owner()).and_then(|owner| {
            Ok(
                match (owner, site.get(ownable(contract).pending_owner())?) {
                    (Some(owner), None) => called(*owner),
                    (Some(owner), Some(pending)) => {
                        format!("{}, offered to {}", called(*owner), called(*pending))
                    }
                    (None, _) => "nobody".into(),
                },
            )
        });
        // The book does not say who owns: ownership is meant to move.
        findings.tell(format!("{name}: owner"), known(owner)?);
    }
    Ok(())
}

/// Who decides, and whether they can pause ALV at once.
fn council(site: &Site, council: AccountId, alv: AccountId, findings: &mut Findings) -> Result<()> {
    let constitution = site.get(at::<Council>(council).constitution())?;
    let grave = constitution.terms.grave;
    findings.tell(
        "council: members".into(),
        format!(
            "{}, of whom {} decide about what is grave, {} ahead",
            constitution.members.len(),
            grave.threshold,
            words(grave.delay)
        ),
    );
    let pauses = site.get(at::<Alv>(alv).has_role(PAUSER, council.into()))?;
    findings.tell(
        "alv: the council can pause it".into(),
        if pauses { "yes" } else { "no" }.into(),
    );
    Ok(())
}

/// What Olife ID was told for good.
fn identities(
    site: &Site,
    book: &Book,
    identities: AccountId,
    alv: String,
    findings: &mut Findings,
) -> Result<()> {
    let found = site.get(at::<OlifeId>(identities).look(Place::Setup.into()))?;
    let Some(Content::Setup(setup)) = found.and_then(|found| found.open()) else {
        bail!("olife_id does not say how it was set up");
    };
    findings.compare(
        "olife_id: token".into(),
        alv,
        site.address(&setup.alv.address()),
    );
    findings.compare(
        "olife_id: chain".into(),
        book.chain.genesis.clone(),
        accounts::hex(&setup.chain),
    );
    findings.tell(
        "olife_id: recovery".into(),
        format!("waits {}", words(setup.terms.delay)),
    );
    Ok(())
}

/// What the factory was told for good.
fn factory(
    site: &Site,
    book: &Book,
    factory: AccountId,
    [alv, identities]: [String; 2],
    findings: &mut Findings,
) -> Result<()> {
    let contract = || at::<DerivedFactory>(factory);
    let token = site.get(contract().alv())?;
    findings.compare("derived_factory: token".into(), alv, site.address(&token));
    let terms = site.get(contract().terms())?;
    findings.compare(
        "derived_factory: Olife ID".into(),
        identities,
        site.address(terms.identities.address()),
    );
    let uploaded = book.codes.get(TOKEN_CODE);
    let code = uploaded.map_or("none", |entry| &entry.code_hash);
    findings.compare(
        format!("derived_factory: code of {TOKEN_CODE}"),
        code.to_owned(),
        accounts::hex(terms.token_code.as_ref()),
    );
    findings.compare(
        "derived_factory: chain".into(),
        book.chain.genesis.clone(),
        accounts::hex(&terms.chain),
    );
    Ok(())
}

/// An answer, or that the contract has no such message: later code may have lost it.
fn known(answer: Result<String>) -> Result<String> {
    match answer {
        Err(error) if error.downcast_ref() == Some(&Failure::NotUnderstood) => {
            Ok(NOT_ASKED.to_owned())
        }
        other => other,
    }
}

#[derive(Default)]
struct Findings(Vec<[String; 3]>);

impl Findings {
    fn compare(&mut self, what: String, book: String, chain: String) {
        let verdict = if book == chain {
            "same".to_owned()
        } else if chain == NOT_ASKED {
            chain
        } else {
            format!("DIFFERS: the chain says {chain}")
        };
        self.0.push([what, book, verdict]);
    }

    fn tell(&mut self, what: String, chain: String) {
        self.0.push([what, chain, "now".into()]);
    }

    fn differences(&self) -> usize {
        self.0
            .iter()
            .filter(|[_, _, verdict]| verdict.starts_with("DIFFERS"))
            .count()
    }

    fn table(&self) -> String {
        let mut rows = table(&["what", "book", "chain"], 3);
        for row in &self.0 {
            rows.add_row(row);
        }
        rows.to_string()
    }
}
