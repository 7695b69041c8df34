//! What a deployment that was cut off leaves is found, and nothing is made twice.

use crate::ground::{development, Ground, TestNode, CONTRACTS, STEPS};
use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

/// Two lines a step: that it is sent, and that it is done.
const LINES: u64 = 2 * STEPS;

/// Starts `allive up`, and kills it when it has said so many lines of its steps.
fn killed_after(ground: &Ground, lines: u64) {
    let arguments = ["--config", &development(), "--suri", "//Alice", "--yes"];
    let mut process = ground
        .command("up", &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut steps = said
        .map_while(Result::ok)
        .filter(|line| line.starts_with('['));
    for _ in 0..lines {
        if steps.next().is_none() {
            break;
        }
    }
    process.kill().unwrap(); // SIGKILL
    process.wait().unwrap();
}

#[test]
fn killed_at_each_step_it_resumes_and_sends_nothing_twice() {
    let ground = Ground::new();
    // Each run gets one line further than what is left allows for, so that every line is once the
    // last.
    let mut deaths = 0;
    while ground.sent() < STEPS && deaths < 2 * LINES {
        killed_after(&ground, 1 + deaths % 2);
        deaths += 1;
    }
    assert!(deaths >= STEPS / 2, "only {deaths} deaths");
    let said = ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS, "{said}");
    ground.run("status", &[]).succeeds();
    let book = ground.book();
    let names = book["contracts"].as_object().unwrap().keys();
    assert_eq!(names.len(), CONTRACTS.len());
    assert!(book["codes"]["derived_token"]["code_hash"].is_string());
}

#[test]
fn killed_once_at_each_point_of_a_fresh_deployment_it_resumes() {
    for lines in (1..=LINES).step_by(4) {
        let ground = Ground::new();
        killed_after(&ground, lines);
        ground.up().succeeds();
        assert_eq!(ground.sent(), STEPS, "killed after {lines} lines");
    }
}

#[test]
fn a_node_that_ends_in_the_middle_is_named_and_after_its_restart_nothing_is_lost() {
    let chain = tempfile::tempdir().unwrap();
    let path = chain.path().to_string_lossy().into_owned();
    let mut ground = Ground::on(TestNode::with(&["--base-path", &path]));
    let arguments = ["--config", &development(), "--suri", "//Alice", "--yes"];
    let mut process = ground
        .command("up", &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
    said.by_ref()
        .map_while(Result::ok)
        .find(|line| line.starts_with("[3/") && line.contains("block"))
        .expect("it ended before the third step");
    ground.node.kill();
    said.for_each(drop);
    let output = process.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(
        complaint.contains("run the same command again"),
        "{complaint}"
    );

    ground.node = TestNode::with(&["--base-path", &path]);
    ground.up().succeeds();
    assert_eq!(ground.sent(), STEPS);
    ground.run("status", &[]).succeeds();
}
