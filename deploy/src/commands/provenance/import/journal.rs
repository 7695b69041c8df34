//! What was sent of a document: a file beside it, to which a line is added before and after each
//! call. So a run that broke goes on where it stood.

use crate::chain::accounts;
use allive_capture::{Deed, EventKey, Kept, Step};
use allive_epcis::EventHash;
use allive_olife_id_interface::IdentityId;
use anyhow::{bail, ensure, Context, Result};
use provenance::Action;
use scale::{DecodeAll, Encode};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The version of the lines.
const FORMAT: u32 = 1;

/// One line, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// The first: of which document, and for which contract on which chain.
    Document(Of),
    /// What is to be sent of one event, or of several that make one deed.
    Deed {
        events: Vec<EventLine>,
        steps: Vec<StepLine>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        notes: Vec<String>,
    },
    /// What others tell: nothing is sent, and nothing is done.
    Told {
        events: Vec<EventLine>,
        notes: Vec<String>,
    },
    /// The deed that was begun is given up. It is planned anew.
    Dropped {},
    /// The next call of the last deed is on its way. So many had its account sent before.
    Sending { step: usize, sent_before: u64 },
    /// It is in a final block.
    Sent {
        step: usize,
        #[serde(flatten)]
        receipt: Receipt,
    },
    /// The chain shows that it was carried out, before it was known in which block.
    Seen { step: usize },
}

impl EventLine {
    fn key(&self) -> Result<EventKey> {
        let hash = EventHash::from_name(&self.hash).context("the hash of an event")?;
        Ok((hash, self.declaration))
    }
}

/// What a journal is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Of {
    pub format: u32,
    /// SHA-256 of the file.
    pub document: String,
    /// Hash of the first block of the chain.
    pub genesis: String,
    /// The account of the contract.
    pub contract: String,
}

#[derive(Serialize, Deserialize)]
struct EventLine {
    event: usize,
    hash: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    declaration: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extensions: Vec<ExtensionLine>,
}

#[derive(Serialize, Deserialize)]
struct ExtensionLine {
    field: String,
    name: String,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct StepLine {
    by: IdentityId,
    words: String,
    /// The action in SCALE.
    action: String,
}

/// Where a call is on the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub block: u64,
    pub block_hash: String,
    pub extrinsic: String,
    /// What was paid, in the smallest unit of the chain's coin, without deposits.
    pub fee: String,
}

/// A deed of which not every step was sent.
#[derive(Clone, Debug, Default)]
pub struct Open {
    pub events: Vec<usize>,
    pub steps: Vec<Step>,
    /// How many of them are known to be sent.
    pub sent: usize,
    /// How many its account had sent before the next one, which may have been sent.
    pub sending: Option<u64>,
}

/// The journal of a document.
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
    of: Of,
    done: HashSet<EventKey>,
    keys: Vec<EventKey>,
    told: HashSet<EventKey>,
    open: Option<Open>,
    /// How many calls are in it.
    pub calls: usize,
}

impl Of {
    /// That of a document for a contract.
    pub fn new(document: &[u8], genesis: &[u8; 32], contract: &[u8; 32]) -> Self {
        use sha2::{Digest, Sha256};
        Self {
            format: FORMAT,
            document: hex::encode(Sha256::digest(document)),
            genesis: accounts::hex(genesis),
            contract: accounts::hex(contract),
        }
    }
}

impl Journal {
    /// Where the journal of a document lies.
    pub fn beside(document: &Path) -> PathBuf {
        let mut name = document.file_name().unwrap_or_default().to_os_string();
        name.push(".journal");
        document.with_file_name(name)
    }

    /// The journal, or an empty one if there is none yet. Nothing is written.
    ///
    /// # Errors
    /// If it is of another document, chain or contract, or damaged.
    pub fn open(path: &Path, of: Of) -> Result<Self> {
        let mut journal = Self {
            path: path.into(),
            file: None,
            of,
            done: HashSet::new(),
            keys: Vec::new(),
            told: HashSet::new(),
            open: None,
            calls: 0,
        };
        let place = || path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(journal),
            Err(error) => return Err(error).with_context(place),
        };
        // A line that was being written when the machine stopped has no end.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = text[..whole].lines().enumerate();
        let Some((_, first)) = lines.next() else {
            return Ok(journal);
        };
        journal.check(first).with_context(place)?;
        for (place, line) in lines {
            let damaged = || format!("{}, line {}: damaged", path.display(), place + 1);
            let line = serde_json::from_str(line).with_context(damaged)?;
            journal.replay(line).with_context(damaged)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .open(path)
            .with_context(place)?;
        file.set_len(whole as u64).with_context(place)?;
        std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).with_context(place)?;
        journal.file = Some(file);
        Ok(journal)
    }

    /// Refuses the journal of something else.
    fn check(&self, first: &str) -> Result<()> {
        let Ok(Line::Document(of)) = serde_json::from_str(first) else {
            bail!("this is no journal of `allive provenance import`");
        };
        ensure!(
            of.format == FORMAT,
            "its format is {}, and this tool writes {FORMAT}",
            of.format
        );
        ensure!(
            of.document == self.of.document,
            "the document was changed since it was sent in part: its SHA-256 was {}, and is {}. Finish with \
             the one that was sent, or put what is new into a document of its own",
            of.document,
            self.of.document
        );
        ensure!(
            (&of.genesis, &of.contract) == (&self.of.genesis, &self.of.contract),
            "it tells what was sent to the contract {} on the chain {}, and this is {} on {}: name another \
             journal with --journal",
            of.contract,
            of.genesis,
            self.of.contract,
            self.of.genesis
        );
        Ok(())
    }

    fn replay(&mut self, line: Line) -> Result<()> {
        match line {
            Line::Document(_) => bail!("a second beginning"),
            Line::Deed { events, steps, .. } => {
                ensure!(self.open.is_none(), "the deed before is not done");
                let mut open = Open::default();
                self.keys.clear();
                for event in &events {
                    self.keys.push(event.key()?);
                    open.events.push(event.event);
                }
                for step in steps {
                    let bytes = accounts::bytes(&step.action).context("an action")?;
                    open.steps.push(Step {
                        by: step.by,
                        action: Action::decode_all(&mut &bytes[..])?,
                        words: step.words,
                    });
                }
                self.open = Some(open);
                self.close_if_done();
            }
            Line::Told { events, .. } => {
                for event in &events {
                    self.told.insert(event.key()?);
                }
            }
            Line::Dropped {} => {
                self.keys.clear();
                self.open = None;
            }
            Line::Sending { step, sent_before } => self.next(step)?.sending = Some(sent_before),
            Line::Sent { step, .. } | Line::Seen { step } => {
                let open = self.next(step)?;
                open.sent += 1;
                open.sending = None;
                self.calls += 1;
                self.close_if_done();
            }
        }
        Ok(())
    }

    fn next(&mut self, step: usize) -> Result<&mut Open> {
        let open = self.open.as_mut().context("no deed has begun")?;
        ensure!(
            step == open.sent && step < open.steps.len(),
            "step {step} is not the next one"
        );
        Ok(open)
    }

    fn close_if_done(&mut self) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.sent == open.steps.len())
        {
            self.done.extend(self.keys.drain(..));
            self.open = None;
        }
    }

    /// The events that are done, or begun.
    pub fn known(&self) -> HashSet<EventKey> {
        self.done.iter().chain(&self.keys).copied().collect()
    }

    /// The deed that was begun and not finished.
    pub fn open_deed(&self) -> Option<&Open> {
        self.open.as_ref()
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A deed begins: what it is of, and what is to be sent.
    pub fn begin(&mut self, deed: &Deed, kept: &[Kept]) -> Result<()> {
        let events = deed.events.iter().filter_map(|event| kept.get(*event));
        let steps = deed.steps.iter().map(|step| StepLine {
            by: step.by,
            words: step.words.clone(),
            action: accounts::hex(&step.action.encode()),
        });
        self.write(Line::Deed {
            events: events.map(event_line).collect(),
            steps: steps.collect(),
            notes: deed.notes.iter().map(ToString::to_string).collect(),
        })
    }

    /// Keeps by their hashes the events of others, each once.
    pub fn tell(&mut self, deed: &Deed, kept: &[Kept]) -> Result<()> {
        let events = deed.events.iter().filter_map(|event| kept.get(*event));
        let is_new = |kept: &&Kept| !self.told.contains(&(kept.hash, kept.is_declaration));
        let events: Vec<_> = events.filter(is_new).map(event_line).collect();
        if events.is_empty() {
            return Ok(());
        }
        let notes = deed.notes.iter().map(ToString::to_string).collect();
        self.write(Line::Told { events, notes })
    }

    /// Gives up the deed that was begun, if there is one.
    pub fn drop_open(&mut self) -> Result<()> {
        match self.open {
            Some(_) => self.write(Line::Dropped {}),
            None => Ok(()),
        }
    }

    /// The next step is about to be sent by an account that had sent so many before.
    pub fn sending(&mut self, step: usize, sent_before: u64) -> Result<()> {
        self.write(Line::Sending { step, sent_before })?;
        self.sync()
    }

    /// It is on the chain.
    pub fn sent(&mut self, step: usize, receipt: Receipt) -> Result<()> {
        self.write(Line::Sent { step, receipt })?;
        self.sync()
    }

    /// The chain shows it.
    pub fn seen(&mut self, step: usize) -> Result<()> {
        self.write(Line::Seen { step })?;
        self.sync()
    }

    /// Makes sure that it is on the disk.
    pub fn sync(&mut self) -> Result<()> {
        if let Some(file) = &self.file {
            file.sync_data()
                .with_context(|| self.path.display().to_string())?;
        }
        Ok(())
    }

    fn write(&mut self, line: Line) -> Result<()> {
        let place = || self.path.display().to_string();
        if self.file.is_none() {
            let mut file = File::create(&self.path).with_context(place)?;
            append(&mut file, &Line::Document(self.of.clone())).with_context(place)?;
            self.file = Some(file);
        }
        if let Some(file) = &mut self.file {
            append(file, &line).with_context(place)?;
        }
        self.replay(line)
    }
}

fn append(file: &mut File, line: &Line) -> Result<()> {
    let mut text = serde_json::to_string(line)?;
    text.push('\n');
    file.write_all(text.as_bytes())?;
    Ok(())
}

fn event_line(kept: &Kept) -> EventLine {
    let extensions = kept.extensions.iter().map(|extension| ExtensionLine {
        field: extension.field.clone(),
        name: extension.name.clone(),
        sha256: hex::encode(extension.hash),
    });
    EventLine {
        event: kept.event,
        hash: kept.hash.to_string(),
        declaration: kept.is_declaration,
        extensions: extensions.collect(),
    }
}
