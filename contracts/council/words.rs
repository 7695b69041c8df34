//! What an Ethereum wallet shows of an action before its owner signs it.

use crate::{Action, Amendment, Bar, Call, SignedAction, Vote};
use allive_access::{Account, Timestamp};
use allive_requests::{Describe, Text};
use ink::env::hash::{Blake2x256, CryptoHash};

/// The most bytes of arguments that are shown. Of longer ones their hash is shown, so that a text
/// stays below 16 KiB, above which ink! traps.
pub const MAX_SHOWN: usize = 128;

const SECOND: Timestamp = 1_000;
const MINUTE: Timestamp = 60 * SECOND;
const HOUR: Timestamp = 60 * MINUTE;
const DAY: Timestamp = 24 * HOUR;

impl Describe for SignedAction {
    #[inline(never)]
    fn describe(&self, text: &mut Text) {
        text.words("Council: ");
        match self {
            Self::Propose { era, asked, action } => {
                text.words("propose and approve in era ").number(*era);
                text.words(", asked ").moment(*asked).words(": ");
                write_action(text, action);
            }
            Self::Vote {
                era,
                vote,
                proposal,
                seen,
            } => {
                text.words(match vote {
                    Vote::Approve => "approve",
                    Vote::Withdraw => "withdraw the approval of",
                    Vote::Object => "object to",
                });
                text.words(" proposal ").number(*proposal);
                text.words(" of era ").number(*era);
                text.words(", earlier votes ").number(seen.votes);
                text.words(": ");
                write_action(text, &seen.action);
            }
            Self::EmergencyPause {
                era,
                asked,
                target,
                cooled,
            } => {
                text.words("pause in an emergency contract ")
                    .account(target);
                text.words(" in era ").number(*era);
                text.words(", asked ").moment(*asked);
                if *cooled > 0 {
                    text.words(", whose last cooldown is until ");
                    text.moment(*cooled);
                }
            }
            Self::CancelRequest => {
                text.words("cancel the request with this nonce");
            }
        }
    }
}

fn write_action(text: &mut Text, action: &Action) {
    match action {
        Action::Calls(calls) => {
            let mut before = "";
            for call in calls {
                write_call(text.words(before), call);
                before = "; then ";
            }
        }
        Action::Pay { to, amount } => {
            write_coins(text.words("pay "), *amount).words(" to ");
            text.account(to);
        }
        Action::Amend(amendment) => write_amendment(text, amendment),
        Action::List {
            target,
            selector,
            routine,
        } => {
            text.words(match routine {
                true => "add to the routine messages: ",
                false => "remove from the routine messages: ",
            });
            write_message(text, target, selector);
        }
    }
}

/// "call message 0x… of contract 0x… with arguments 0x…"
fn write_call(text: &mut Text, call: &Call) {
    write_message(text.words("call "), &call.target, &call.selector);
    if call.arguments.len() <= MAX_SHOWN {
        text.words(" with arguments ").hex(&call.arguments);
    } else {
        let mut digest = [0; 32];
        Blake2x256::hash(&call.arguments, &mut digest);
        text.words(" with arguments of hash ").hex(&digest);
    }
    if call.value > 0 {
        write_coins(text.words(", paying "), call.value);
    }
    if call.min_ref_time > 0 {
        text.words(", with at least ").number(call.min_ref_time);
        text.words(" of ref_time");
    }
}

/// "message 0x… of contract 0x…"
fn write_message(text: &mut Text, target: &Account, selector: &[u8]) {
    text.words("message ").hex(selector);
    text.words(" of contract ").account(target);
}

/// "5 of the coin's smallest units"
fn write_coins(text: &mut Text, amount: u128) -> &mut Text {
    text.number(amount).words(" of the coin's smallest units")
}

fn write_amendment(text: &mut Text, amendment: &Amendment) {
    for (before, members) in [
        ("remove member ", &amendment.remove),
        ("add member ", &amendment.add),
    ] {
        for member in members {
            text.words(before).account(member).words(", ");
        }
    }
    let terms = &amendment.terms;
    for (class, bar) in [
        ("terms: routine ", &terms.routine),
        ("; grave ", &terms.grave),
        ("; constitutional ", &terms.constitutional),
    ] {
        write_bar(text.words(class), bar);
    }
    write_time(text.words("; a proposal lasts "), terms.lifetime);
    let emergency = &terms.emergency;
    text.words("; emergency ").number(emergency.threshold);
    write_time(text.words(" of the members within "), emergency.window);
    write_time(text.words(", cooldown "), emergency.cooldown);
}

/// "3 of the members, delay 7 d"
fn write_bar(text: &mut Text, bar: &Bar) {
    text.number(bar.threshold);
    write_time(text.words(" of the members, delay "), bar.delay);
}

/// "1 d 12 h"
#[inline(never)]
fn write_time(text: &mut Text, time: Timestamp) {
    if time == 0 {
        text.words("0 ms");
    }
    let mut before = "";
    for (count, unit) in [
        (time / DAY, " d"),
        (time / HOUR % 24, " h"),
        (time / MINUTE % 60, " min"),
        (time / SECOND % 60, " s"),
        (time % SECOND, " ms"),
    ] {
        if count > 0 {
            text.words(before).number(count).words(unit);
            before = " ";
        }
    }
}
