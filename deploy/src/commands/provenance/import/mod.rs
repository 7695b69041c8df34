//! `allive provenance import`: the events of an EPCIS document become calls of the contract.

mod backend;
mod carrying;
mod journal;
mod ledger;
mod sending;
mod shown;
#[cfg(test)]
mod tests;

use allive_capture::{plan, NoChain, PlanError, ToldFile};
use allive_epcis::{Document, DocumentError, Limits};
use anyhow::{anyhow, ensure, Context, Result};
use std::{
    collections::HashSet,
    fmt::Display,
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

#[cfg(feature = "node")]
use crate::chain::{accounts, book::Book, connection::Connection, keys, session::confirm};
#[cfg(feature = "node")]
use allive_olife_id_interface::IdentityId;
#[cfg(feature = "node")]
use ink::primitives::AccountId;
#[cfg(feature = "node")]
use std::collections::BTreeMap;
#[cfg(feature = "node")]
use {journal::Journal, ledger::OnChain, sending::Import};

#[derive(clap::Args)]
#[command(long_about = LONG)]
pub struct Args {
    /// The document: EPCIS 2.0 in JSON-LD, to be captured or the answer to a query
    #[arg(value_name = "FILE")]
    document: PathBuf,
    /// What is told beside it: a file of TOML, see below
    #[arg(long, value_name = "TOLD.toml")]
    told: PathBuf,
    /// Show every step, and not the first 200
    #[arg(long)]
    all: bool,
    /// The journal of what was sent, if not FILE.journal
    #[cfg(feature = "node")]
    #[arg(long, value_name = "FILE", requires = "url")]
    journal: Option<PathBuf>,
    /// The node to ask and to send to. Without it the plan is shown, as far as it needs no chain
    #[cfg(feature = "node")]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The contract, if not that of the address book
    #[cfg(feature = "node")]
    #[arg(long, value_name = "ADDRESS", requires = "url", value_parser = accounts::account)]
    contract: Option<AccountId>,
    /// The folder of address books
    #[cfg(feature = "node")]
    #[arg(
        long,
        value_name = "FOLDER",
        requires = "url",
        default_value = "deployments"
    )]
    book: PathBuf,
    /// Show what would be sent, and send nothing
    #[cfg(feature = "node")]
    #[arg(long, requires = "url")]
    dry_run: bool,
    /// Plan anew what a broken run had begun, where that cannot be sent any more as it was
    #[cfg(feature = "node")]
    #[arg(long, requires = "url")]
    replan: bool,
    /// Send without asking
    #[cfg(feature = "node")]
    #[arg(long, requires = "url", conflicts_with = "dry_run")]
    yes: bool,
    #[cfg(feature = "node")]
    #[command(flatten)]
    key: keys::Args,
}

const LONG: &str = "Take in an EPCIS document: show what its events ask of the chain, and send it.

Everything is checked before anything is sent. What is wrong is reported by event and field, all of it at once. What \
was sent is in a journal beside the document, so a run that broke is repeated by the same command, and nothing is sent \
twice.

TOLD.toml says who is who, and which lots are at hand:

    deadline = \"14days\"             # how long a shipment can be received
    recall = \"II\"                   # I, II, III or withdrawn, if a document has a recall
    reason = \"0x…\"                  # commitment to the reason of recalls, thefts and suspicions

    [[party]]
    name = \"Vita\"
    identity = 3                    # in Olife ID
    roles = [\"manufacturer\"]        # the first that fits is taken
    glns = [\"9521141000006\", \"9521141000013\"]   # of the party and of its places
    own = true                      # send what it does, with the key of the command
    # key = \"vita.key\"             # or with this one; or a development key, such as \"//Bob\"

    [[lot]]
    folder = \"v42\"                  # made by `allive provenance pack`

    [[lot]]                         # what who did not make it has
    lot = \"v41/lot.json\"
    paths = \"v41/paths\"
    labels = \"scanned.txt\"          # labels as scanned, one a line

    [[container]]                   # if several parties packed one of this number
    sscc = \"095211410000000017\"
    packer = \"Vita\"

    [[item]]                        # one thing without a key of GS1
    id = \"https://blood.example.org/din/A9999-26-123456\"
    blood = \"E0001V00\"              # or order = 17, or gtin = \"…\"
    maker = \"Blood service\"
    lot = \"A999926123456K\"          # the donation number, or the code of the lot

Files are named from its folder. offchain/capture/README.md says which event becomes which action.";

/// A document that was read, and what is told beside it.
pub struct Taken {
    bytes: Vec<u8>,
    document: Document,
    told: ToldFile,
}

impl Taken {
    /// Reads both.
    ///
    /// # Errors
    /// With everything that is wrong with the document.
    pub fn read(document: &Path, told: &Path) -> Result<Self> {
        let place = || document.display().to_string();
        let limits = Limits::default();
        let size = fs::metadata(document).with_context(place)?.len();
        ensure!(
            size <= limits.max_bytes,
            "{}: larger than {} bytes",
            place(),
            limits.max_bytes
        );
        let bytes = fs::read(document).with_context(place)?;
        let read = Document::from_slice(&bytes, &limits).map_err(|error| match error {
            DocumentError::Faults(report) => refused(document, report.faults().len(), &report),
            other => anyhow!(other).context(place()),
        })?;
        let told = ToldFile::read(told).with_context(|| told.display().to_string())?;
        Ok(Self {
            bytes,
            document: read,
            told,
        })
    }
}

/// A document with faults, of which nothing is sent.
fn refused(document: &Path, count: usize, report: &dyn Display) -> anyhow::Error {
    let faults = if count == 1 { "fault" } else { "faults" };
    anyhow!(
        "{}: {count} {faults}; nothing was sent\n{report}",
        document.display()
    )
}

/// Shows what a document asks for, and sends it if there is a node.
pub fn run(args: &Args) -> Result<()> {
    let taken = Taken::read(&args.document, &args.told)?;
    #[cfg(feature = "node")]
    if let Some(url) = &args.url {
        return args.on_node(&taken, url);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut chain = NoChain {
        now: u64::try_from(now.as_millis())?,
    };
    let plan = plan(
        &taken.document,
        &taken.told.told,
        &mut chain,
        &HashSet::new(),
        &[],
    );
    let plan = plan.map_err(|error| explained(&args.document, error))?;
    let parties = &taken.told.told.parties;
    println!("{}", shown::steps(&plan, None, parties, args.all));
    println!("{}", shown::totals(&plan, 0));
    println!("No chain was asked: this is the plan if nothing of it is there. With --url it is compared and sent.");
    Ok(())
}

fn explained(document: &Path, error: PlanError) -> anyhow::Error {
    match error {
        PlanError::Faults(report) => refused(document, report.faults().len(), &report),
        PlanError::Unanswered(error) => {
            anyhow!(error).context("the chain did not answer; nothing was sent")
        }
    }
}

#[cfg(feature = "node")]
impl Args {
    fn on_node(&self, taken: &Taken, url: &str) -> Result<()> {
        let connection = Connection {
            node: allive_rpc::Node::connect(url)?,
        };
        let contract = match self.contract {
            Some(contract) => contract,
            None => {
                let book = Book::require(&self.book, &connection.node.kind().genesis)?;
                book.contract(crate::suite::provenance::NAME)?.account()?
            }
        };
        let (actors, keys) = self.actors(taken, &connection)?;
        let backend = backend::node::OnNode {
            connection: &connection,
            keys,
        };
        let chain = OnChain::new(&backend, contract, &taken.told.told.parties, &actors)?;
        let journal = Journal::beside(&self.document);
        let journal = self.journal.as_deref().unwrap_or(&journal);
        let mut import =
            Import::plan(&self.document, taken, chain, &backend, journal, self.replan)?;
        import.show(self.all)?;
        if self.dry_run {
            println!("nothing was sent");
            return Ok(());
        }
        if import.left() > 0 {
            confirm(self.yes)?;
        }
        let sent = import.send()?;
        println!(
            "{sent} calls were sent; the journal is {}",
            import.journal_path().display()
        );
        Ok(())
    }

    /// Whose events are sent, by which accounts; and the keys of these.
    #[allow(clippy::type_complexity)] // Two maps that belong together.
    fn actors(
        &self,
        taken: &Taken,
        connection: &Connection,
    ) -> Result<(
        BTreeMap<IdentityId, AccountId>,
        BTreeMap<AccountId, allive_rpc::Key>,
    )> {
        let kind = connection.node.kind();
        let (mut actors, mut keys) = (BTreeMap::new(), BTreeMap::new());
        let mut common = None;
        for (party, name) in &taken.told.keys {
            let key = match (name, &common) {
                (Some(name), _) => keys::named(name, kind)?,
                (None, Some(key)) => allive_rpc::Key::clone(key),
                (None, None) => common.insert(self.key.key_for(kind)?).clone(),
            };
            actors.insert(*party, key.account());
            keys.insert(key.account(), key);
        }
        Ok((actors, keys))
    }
}
