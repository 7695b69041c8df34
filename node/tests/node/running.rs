//! A node that runs for the time of a test, and how it is spoken to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{json, Value};

/// `Timestamp::Now` in the state.
const NOW: &str = "0xf0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb";

pub struct Node {
    process: Child,
    address: String,
}

impl Node {
    pub fn start(flags: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_allive-node"))
            .args(["--port", "0"])
            .args(flags)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim()
            .strip_prefix("listening on ws://")
            .unwrap()
            .to_string();
        Self { process, address }
    }

    /// Asks it to end, and returns when it has.
    pub fn stop(mut self) {
        let asked = Command::new("kill")
            .arg(self.process.id().to_string())
            .status()
            .unwrap();
        assert!(asked.success());
        assert!(self.process.wait().unwrap().success());
    }

    fn post(&self, request: &Value) -> Value {
        let body = request.to_string();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.address,
            body.len(),
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    pub fn call(&self, method: &str, parameters: Value) -> Value {
        self.batch(&[(method, parameters)]).remove(0)
    }

    /// Many calls in one message: the node gets them as nearly at once as can be.
    pub fn batch(&self, calls: &[(&str, Value)]) -> Vec<Value> {
        let requests: Vec<_> = calls
            .iter()
            .enumerate()
            .map(|(id, (method, parameters))| {
                json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters })
            })
            .collect();
        let answers = self.post(&json!(requests));
        let result = |answer: &Value| {
            answer
                .get("result")
                .unwrap_or_else(|| panic!("{answer}"))
                .clone()
        };
        answers.as_array().unwrap().iter().map(result).collect()
    }

    pub fn height(&self, block: &Value) -> u64 {
        let header = self.call("chain_getHeader", json!([block]));
        u64::from_str_radix(&header["number"].as_str().unwrap()[2..], 16).unwrap()
    }

    pub fn finalized(&self) -> u64 {
        self.height(&self.call("chain_getFinalizedHead", json!([])))
    }

    /// The time that contracts see in the state after this block; `null` is the best.
    pub fn time(&self, block: &Value) -> u64 {
        let value = self.call("state_getStorage", json!([NOW, block]));
        let digits = u64::from_str_radix(&value.as_str().unwrap()[2..], 16).unwrap();
        digits.swap_bytes()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A folder that is removed at the end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
