//! A node, a folder for its address book, and the tool.

use allive_calls::artifacts;
use allive_rpc::{key, Node};
use serde_json::Value;
use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

/// Steps of the development profile, each one transaction.
pub const STEPS: u64 = 20;

/// How many of them put code on the chain.
pub const UPLOADS: u64 = 8;

/// The contracts of the suite.
pub const CONTRACTS: [&str; 7] = [
    "council",
    "alv",
    "olife_id",
    "olife_nexus",
    "alv_distributor",
    "derived_factory",
    "provenance",
];

/// A node that ends with the test.
pub struct TestNode {
    process: Child,
    pub url: String,
}

impl TestNode {
    /// A fresh development chain.
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(arguments: &[&str]) -> Self {
        let binary = env::var_os("ALLIVE_NODE")
            .expect("ALLIVE_NODE names no node; `make test-node` sets it");
        let mut process = Command::new(&binary)
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary.to_string_lossy()));
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let url = lines
            .find_map(|line| {
                line.unwrap()
                    .strip_prefix("listening on ")
                    .map(str::to_owned)
            })
            .expect("the node ended without listening");
        // Read on, or the node would stop at a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url }
    }

    /// Ends the node at once, as a power cut does.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn connect(&self) -> Node {
        Node::connect(&self.url).unwrap()
    }
}

impl Drop for TestNode {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A node and a folder.
pub struct Ground {
    pub node: TestNode,
    pub folder: TempDir,
}

impl Ground {
    pub fn new() -> Self {
        Self::on(TestNode::start())
    }

    pub fn on(node: TestNode) -> Self {
        Self {
            node,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A ground on which the suite stands.
    pub fn deployed() -> Self {
        let ground = Self::new();
        ground.up().succeeds();
        ground
    }

    /// `allive SUBCOMMAND` with the node, the folder and these arguments.
    pub fn command(&self, subcommand: &str, arguments: &[&str]) -> Command {
        let mut command = allive(&[subcommand, "--url", &self.node.url, "--book"]);
        command.arg(self.folder.path()).args(arguments);
        command
    }

    pub fn run(&self, subcommand: &str, arguments: &[&str]) -> Said {
        Said::of(&mut self.command(subcommand, arguments))
    }

    /// `allive up` by Alice with the development profile.
    pub fn up(&self) -> Said {
        self.run(
            "up",
            &["--config", &development(), "--suri", "//Alice", "--yes"],
        )
    }

    /// How many transactions Alice has sent.
    pub fn sent(&self) -> u64 {
        let alice = key("//Alice").unwrap();
        self.node.connect().nonce(&alice.account()).unwrap()
    }

    pub fn book_file(&self) -> PathBuf {
        let mut files = fs::read_dir(self.folder.path()).unwrap();
        let file = files.next().expect("no book was written").unwrap().path();
        assert!(files.next().is_none(), "more than one file");
        file
    }

    pub fn book(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.book_file()).unwrap()).unwrap()
    }
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

impl Said {
    pub fn of(command: &mut Command) -> Self {
        let Output {
            stdout,
            stderr,
            status,
        } = command.stdin(Stdio::null()).output().unwrap();
        Self {
            out: String::from_utf8_lossy(&stdout).into_owned(),
            err: String::from_utf8_lossy(&stderr).into_owned(),
            code: status.code(),
        }
    }

    #[track_caller]
    pub fn succeeds(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// It failed in one line that has these words.
    #[track_caller]
    pub fn refuses(self, words: &[&str]) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "no `{word}` in: {}", self.err);
        }
        self.err
    }
}

pub fn allive(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allive"));
    command.args(arguments).env_remove("ALLIVE_SURI");
    command
}

pub fn development() -> String {
    profile("development.toml")
}

pub fn profile(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    file.to_string_lossy().into_owned()
}

pub fn bundle(name: &str) -> String {
    let file = artifacts().join(format!("{name}.contract"));
    file.to_string_lossy().into_owned()
}
