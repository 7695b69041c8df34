//! What an Ethereum wallet shows of an action before its owner signs it.

use crate::{
    Action, Control, Guardians, Held, Key, Pair, Purposes, SignedAction, ACT, APPOINT, ATTEST,
    GUARD, HOLD, MANAGE, STAKE,
};
use allive_olife_id_interface::{
    scope::{self, Scope},
    Topic,
};
use allive_requests::{Describe, Text};

/// The purposes of a key, and their names.
const PURPOSES: [(Purposes, &str); 7] = [
    (MANAGE, "manage"),
    (ACT, "act"),
    (ATTEST, "attest"),
    (HOLD, "hold"),
    (GUARD, "guard"),
    (STAKE, "stake"),
    (APPOINT, "appoint"),
];

/// What a representative acts in, and how that is named.
const SCOPES: [(Scope, &str); 3] = [
    (scope::CARE, "care"),
    (scope::DATA, "data"),
    (scope::MONEY, "money"),
];

/// Digits of an amount of ALV after the point.
const DECIMALS: u8 = 8;

impl Describe for SignedAction {
    #[inline(never)]
    fn describe(&self, text: &mut Text) {
        text.words("Olife ID: ");
        if let Some(identity) = self.identity {
            text.words("for identity ").number(identity).words(", ");
        }
        match &self.action {
            Action::Create { guardians } => {
                text.words("create an identity");
                write_guardians(text, guardians);
            }
            Action::Consent { identity, purposes } => {
                text.words("join identity ").number(*identity);
                write_purposes(text, *purposes);
            }
            Action::Announce { control } => write_announcement(text, control.as_ref()),
            Action::Freeze => {
                text.words("freeze it");
            }
            Action::Cancel { begun } => {
                text.words("cancel its recovery");
                write_moment(text, " that began ", *begun);
            }
            Action::Leave => {
                text.words("leave it with this key");
            }
            Action::Recover { identity, keys } => {
                text.words("recover identity ").number(*identity);
                write_keys(text, keys);
            }
            Action::Withdraw { to, at_most } => {
                text.words("withdraw up to ").amount(*at_most, DECIMALS);
                text.words(" ALV from the purse, and pay it to ")
                    .account(to);
            }
            Action::CancelRequest => {
                text.words("cancel the request with this nonce");
            }
            Action::Attest { .. }
            | Action::Revoke { .. }
            | Action::Refuse { .. }
            | Action::Vouch { .. }
            | Action::Accept { .. }
            | Action::Unvouch { .. } => write_attesting(text, &self.action),
            Action::Appoint { .. }
            | Action::Dismiss { .. }
            | Action::DismissAll { .. }
            | Action::Decline { .. }
            | Action::Mandate { .. }
            | Action::EndMandate { .. }
            | Action::Renounce { .. } => write_acting_for_others(text, &self.action),
        }
    }
}

/// Attestations and vouches. [`SignedAction::describe`](Describe::describe) writes all others.
#[inline(never)]
fn write_attesting(text: &mut Text, action: &Action) {
    match action {
        Action::Attest {
            subject,
            topic,
            value,
            weight,
            issued,
            expires,
        } => {
            text.words("attest ");
            write_topic(text, *topic).words(" of identity ");
            text.number(*subject).words(" with ");
            text.number(*weight).words(" points and commitment ");
            text.hex(value).words(" until ").moment(*expires);
            write_issued(text, *issued);
        }
        Action::Revoke {
            subject,
            topic,
            issued,
        } => {
            text.words("revoke ");
            write_topic(text, *topic).words(" of identity ");
            text.number(*subject);
            write_issued(text, *issued);
        }
        Action::Refuse {
            topic,
            issuer,
            refused,
        } => {
            text.words(if *refused { "refuse " } else { "let in " });
            write_topic(text, *topic).words(" by issuer ");
            text.number(*issuer);
        }
        Action::Vouch { subject, points } => {
            text.words("vouch for identity ").number(*subject);
            text.words(" with ").number(*points).words(" points");
        }
        Action::Accept { voucher, accepted } => {
            text.words(if *accepted { "accept" } else { "drop" });
            text.words(" the vouch of identity ").number(*voucher);
        }
        Action::Unvouch { subject } => {
            text.words("end the vouch for identity ").number(*subject);
        }
        _ => {}
    }
}

/// Delegates and representatives, likewise.
#[inline(never)]
fn write_acting_for_others(text: &mut Text, action: &Action) {
    match action {
        Action::Appoint {
            delegate,
            topics,
            issued,
            expires,
        } => {
            text.words("appoint identity ").number(*delegate);
            let mut before = " as delegate for ";
            for topic in Topic::of(*topics) {
                write_topic(text.words(before), topic);
                before = ", ";
            }
            text.words(" until ").moment(*expires);
            write_issued(text, *issued);
        }
        Action::Dismiss { delegate, issued } => {
            text.words("dismiss identity ").number(*delegate);
            text.words(" as delegate");
            write_issued(text, *issued);
        }
        Action::DismissAll { since, until } => {
            text.words("dismiss all delegates who were appointed from ");
            text.moment(*since);
            write_moment(text, " to ", *until);
        }
        Action::Decline {
            organisation,
            declined,
            issued,
        } => {
            text.words(match declined {
                true => "decline to be a delegate of identity ",
                false => "let in an appointment by identity ",
            });
            text.number(*organisation);
            write_issued(text, *issued);
        }
        Action::Mandate {
            pair,
            scope,
            value,
            issued,
            expires,
        } => {
            text.words("attest that ");
            write_pair(text, *pair);
            let mut before = " in ";
            for (bit, name) in SCOPES {
                if scope & bit != 0 {
                    text.words(before).words(name);
                    before = ", ";
                }
            }
            text.words(" with commitment ").hex(value);
            text.words(" until ").moment(*expires);
            write_issued(text, *issued);
        }
        Action::EndMandate { pair, issued } => {
            text.words("end every mandate by which ");
            write_pair(text, *pair);
            write_issued(text, *issued);
        }
        Action::Renounce { principal, issued } => {
            text.words("renounce every mandate to act for identity ");
            text.number(*principal);
            write_issued(text, *issued);
        }
        _ => {}
    }
}

/// "identity 4 acts for identity 9"
fn write_pair(text: &mut Text, pair: Pair) {
    text.words("identity ").number(pair.representative);
    text.words(" acts for identity ").number(pair.principal);
}

fn write_announcement(text: &mut Text, control: Option<&Control>) {
    let Some(control) = control else {
        text.words("withdraw what was announced");
        return;
    };
    text.words("announce new keys");
    write_keys(text, &control.keys);
    write_guardians(text, &control.guardians);
}

/// ", guardians 0, 1, 2 of whom 2 must agree"
fn write_guardians(text: &mut Text, guardians: &Guardians) {
    if guardians.list.is_empty() {
        text.words(", no guardians");
        return;
    }
    text.words(", guardians ");
    for (place, guardian) in guardians.list.iter().enumerate() {
        text.words(if place == 0 { "" } else { ", " });
        text.number(*guardian);
    }
    text.words(" of whom ").number(guardians.threshold);
    text.words(" must agree");
}

/// ", key account 0x… to manage, act"
fn write_keys(text: &mut Text, keys: &[Held]) {
    for Held { key, purposes } in keys {
        text.words(", key ");
        match key {
            Key::Account(account) => text.words("account ").account(account),
            Key::Ethereum(address) => text.words("address ").hex(address),
            Key::Hashed(hash) => text.words("commitment ").hex(hash),
        };
        write_purposes(text, *purposes);
    }
}

/// " to manage, act"
fn write_purposes(text: &mut Text, purposes: Purposes) {
    let mut before = " to ";
    for (purpose, name) in PURPOSES {
        if purposes & purpose != 0 {
            text.words(before).words(name);
            before = ", ";
        }
    }
}

/// "topic 2 (clinician)"
fn write_topic(text: &mut Text, topic: Topic) -> &mut Text {
    text.words("topic ").number(topic.0);
    if let Some(name) = topic.name() {
        text.words(" (").words(name).words(")");
    }
    text
}

/// ", issued 2026-01-01 …"
fn write_issued(text: &mut Text, issued: Option<u64>) {
    write_moment(text, ", issued ", issued);
}

fn write_moment(text: &mut Text, words: &str, moment: Option<u64>) {
    if let Some(moment) = moment {
        text.words(words).moment(moment);
    }
}
