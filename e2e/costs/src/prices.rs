//! What the pallet asks for: each price is the difference between a probe that does something and
//! one that does it less often.

use crate::{
    page::grouped,
    per_block::transaction,
    probe::{share, Bench, Probe, NOTHING},
};
use allive_calls::Gas;

/// One line of the price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// What is paid for.
    pub what: &'static str,
    /// What it takes.
    pub gas: Gas,
}

/// Where probes keep a length that the chain reads and writes: it is above every value.
const LENGTH: &str = "(i32.store (i32.const 65536) (i32.const 16384))";
/// Bytes of a small value, which stands for most cells, and of a large one.
const SMALL: u64 = 32;
const LARGE: u64 = 1_056;

/// Measures the whole list.
///
/// # Panics
/// If a probe fails.
pub fn measure() -> Vec<Price> {
    let mut bench = Bench::new();
    let mut list = vec![
        price("the transaction around a message", transaction()),
        price("a message that does nothing", {
            let contract = bench.create(NOTHING);
            bench.call(contract, Vec::new())
        }),
    ];
    storage(&mut bench, &mut list);
    events(&mut bench, &mut list);
    code(&mut bench, &mut list);
    calls(&mut bench, &mut list);
    rest(&mut bench, &mut list);
    list
}

/// The list as a table, and the name of its place in `docs/costs.md`.
///
/// # Panics
/// If a probe fails.
pub fn table() -> (&'static str, String) {
    let rows = measure().into_iter().map(|Price { what, gas }| {
        let [time, proof] = [gas.ref_time, gas.proof_size].map(grouped);
        format!("| {what} | {time} | {proof} |\n")
    });
    let head = "| what | ref_time | proof |\n|---|--:|--:|\n".to_owned();
    ("prices", head + &rows.collect::<String>())
}

fn price(what: &'static str, gas: Gas) -> Price {
    Price { what, gas }
}

/// Cells. The key lies at 0, the value at 64.
fn storage(bench: &mut Bench, list: &mut Vec<Price>) {
    let write = |bytes: u64| {
        format!(
            "(drop (call $set (i32.const 0) (i32.const 36) (i32.const 64) (i32.const {bytes})))"
        )
    };
    let read = format!(
        "{LENGTH} (drop (call $get (i32.const 0) (i32.const 36) (i32.const 64) (i32.const 65536)))"
    );
    let length = bench.each(&Probe::each(LENGTH));
    let mut reads = |bytes| {
        let read = bench.each(&Probe::each(&read).after(&write(bytes)));
        share(length, read, 1)
    };
    let [small, large] = [SMALL, LARGE].map(&mut reads);
    list.push(price("a cell read, of 32 bytes", small));
    list.push(price(
        "each further byte read",
        share(small, large, LARGE - SMALL),
    ));
    let nothing = share(length, bench.each(&Probe::each(&read)), 1);
    list.push(price("a cell read that is not there", nothing));

    let mut writes = |bytes| bench.each(&Probe::each(&write(bytes)).after(&write(bytes)));
    let [small, large] = [SMALL, LARGE].map(&mut writes);
    list.push(price("a cell written, of 32 bytes", small));
    list.push(price(
        "each further byte written",
        share(small, large, LARGE - SMALL),
    ));
    let clear = "(drop (call $clear (i32.const 0) (i32.const 36)))";
    let both = bench.each(&Probe::each(&format!("{}{clear}", write(SMALL))));
    list.push(price("a cell removed", share(small, both, 1)));
}

/// Events. Topics lie at 0, each of 32 bytes after the one that says how many there are.
fn events(bench: &mut Bench, list: &mut Vec<Price>) {
    let mut event = |topics: u8, bytes: u32| {
        let mut memory = vec![topics << 2];
        memory.extend((0..topics).flat_map(|topic| [topic; 32]));
        let length = memory.len();
        let say = format!(
            "(call $event (i32.const 0) (i32.const {length}) (i32.const 256) (i32.const {bytes}))"
        );
        bench.each(&Probe::each(&say).with(0, &memory))
    };
    let [none, one, four] = [0, 1, 4].map(|topics| event(topics, 32));
    list.push(price("an event without topics, of 32 bytes", none));
    list.push(price("the first topic of an event", share(none, one, 1)));
    list.push(price("each further topic", share(one, four, 3)));
    let large = event(0, 32 + 1_024);
    list.push(price(
        "each further byte of an event",
        share(none, large, 1_024),
    ));
}

/// Bytes of code: those that are only loaded, those of functions that begin, and those that are
/// run.
fn code(bench: &mut Bench, list: &mut Vec<Price>) {
    /// Seven bytes, three instructions.
    const STEP: &str = "(i32.store (i32.const 0) (i32.const 0))";
    const STEPS: [usize; 2] = [1_000, 3_000];
    const BYTES: u64 = 7 * 2_000;
    let mut long = |begin: &str, first: &str| {
        let [less, more] = STEPS.map(|steps| {
            let function = format!("(func $long {begin} {})", STEP.repeat(steps));
            let probe = Probe {
                functions: function,
                ..Probe::default()
            };
            bench.run(&probe.after(first), 1, Vec::new())
        });
        share(less, more, BYTES)
    };
    let loaded = long("", "");
    let begun = long("(return)", "(call $long)");
    let run = long("", "(call $long)");
    list.push(price("a byte of code that does not run", loaded));
    list.push(price(
        "a byte of a function that runs, but skips it",
        share(loaded, begun, 1),
    ));
    list.push(price(
        "a byte of a function that runs",
        share(loaded, run, 1),
    ));
    list.push(price(
        "the same byte, each further time",
        share(
            Gas::default(),
            bench.each(&Probe::each(&STEP.repeat(10))),
            70,
        ),
    ));
}

/// Other contracts. The callee lies at 0, nothing at 64, a salt at 128.
fn calls(bench: &mut Bench, list: &mut Vec<Price>) {
    const ANY: &str = "(i64.const 0) (i64.const 0) (i32.const -1)";
    let callee = bench.create(NOTHING);
    let hash = bench.code_hash(callee);
    let empty = "(i32.const 64) (i32.const 0)";
    let call = format!(
        "(drop (call $call (i32.const 0) (i32.const 0) {ANY} (i32.const 64) {empty} (i32.const -1) (i32.const 0)))"
    );
    let call = Probe::each(&call).with(0, callee.as_ref());
    list.push(price("a call of another contract", bench.each(&call)));
    let delegate = format!(
        "(drop (call $delegate (i32.const 0) (i32.const 0) {empty} (i32.const -1) (i32.const 0)))"
    );
    let delegate = Probe::each(&delegate).with(0, &hash);
    list.push(price("a delegate call", bench.each(&delegate)));
    let create = format!(
        "(i32.store (i32.const 128) (local.get $left))
         (drop (call $create (i32.const 0) {ANY} (i32.const 64) {empty} (i32.const -1) (i32.const 0)
           (i32.const -1) (i32.const 0) (i32.const 128) (i32.const 4)))"
    );
    let create = Probe::each(&create).with(0, &hash);
    list.push(price("a contract created", bench.each(&create)));
}

/// What is asked of the chain, and what is computed.
fn rest(bench: &mut Bench, list: &mut Vec<Price>) {
    let length = bench.each(&Probe::each(LENGTH));
    for (what, function) in [("the caller", "$caller"), ("the time", "$now")] {
        let ask = format!("{LENGTH} (call {function} (i32.const 64) (i32.const 65536))");
        let gas = bench.each(&Probe::each(&ask));
        list.push(price(what, share(length, gas, 1)));
    }
    let mut bytes = |what, first: &str| {
        let probe = Probe::default().after(first);
        let [less, more] = [0, 1_024].map(|length| bench.run(&probe, 1, vec![0; length]));
        list.push(price(what, share(less, more, 1_024)));
    };
    let input = format!("{LENGTH} (call $input (i32.const 64) (i32.const 65536))");
    bytes("a byte of the arguments", &input);
    let answer =
        format!("{input} (call $return (i32.const 0) (i32.const 64) (i32.load (i32.const 65536)))");
    bytes("the same byte answered, too", &answer);
    for (what, each) in [
        (
            "SHA-256 of 64 bytes",
            "(call $sha (i32.const 64) (i32.const 64) (i32.const 0))",
        ),
        (
            "BLAKE2b-256 of 64 bytes",
            "(call $blake (i32.const 64) (i32.const 64) (i32.const 0))",
        ),
        (
            "an sr25519 signature of 128 bytes verified",
            "(drop (call $verify (i32.const 0) (i32.const 64) (i32.const 128) (i32.const 128)))",
        ),
        (
            "an ECDSA key recovered",
            "(drop (call $recover (i32.const 0) (i32.const 128) (i32.const 256)))",
        ),
    ] {
        list.push(price(what, bench.each(&Probe::each(each))));
    }
}
