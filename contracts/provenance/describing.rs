//! What a signed request does, in words. A person decides by them whether to sign.

use crate::{
    Action, Alert, Bound, Capacity, Claim, Class, ContainerId, Day, End, ErrorReason, Fill,
    NewLogger, NewLot, Outside, PackId, ProductName, ProductTerms, RunId, Side, SignedAction,
    Target, Transformation, UnitId, DAY,
};
use allive_access::Timestamp;
use allive_olife_id_interface::{IdentityId, Topic};
use allive_requests::{Describe, Text};
use allive_storage::Boxed;

impl Describe for SignedAction {
    /// "Provenance: for organisation 7, refuse container … of identity 5. Seen: 0x…"
    fn describe(&self, text: &mut Text) {
        text.words("Provenance: ");
        if let Some(organisation) = self.organisation {
            text.words("for organisation ").number(organisation);
            text.words(", ");
        }
        self.action.write(text);
        text.words(". Seen: ").hex(&self.seen);
    }
}

impl Action {
    #[inline(never)]
    fn write(&self, text: &mut Text) {
        match self {
            Self::Register { name, terms } => {
                terms.write(name.write(text.words("register ")));
            }
            Self::Revise { name, terms } => {
                terms.write(name.write(text.words("revise ")));
            }
            Self::HandOver { name, to } => {
                name.write(text.words("hand over "));
                match to {
                    Some(to) => identity(text.words(" to"), *to),
                    None => text.words(" to nobody"),
                };
            }
            Self::TakeOver { name } => {
                name.write(text.words("take over "));
            }
            Self::Assign {
                name,
                owner,
                former,
            } => {
                identity(name.write(text.words("assign ")).words(" to"), *owner);
                for maker in former {
                    identity(text.words(", former maker"), *maker);
                }
            }
            Self::Commission { lot, site } => {
                at(lot.write(text.words("commission ")), *site);
            }
            Self::Split { run, length } => {
                text.words("split the first ").number(*length);
                run.write(text.words(" off "));
            }
            Self::Join { run } => {
                run.write(text.words("join with its next "));
            }
            Self::Pack { container, units } => {
                container.write(text.words("pack into "));
                list(text, units);
            }
            Self::Unpack { container, units } => {
                container.write(text.words("unpack out of "));
                list(text, units);
            }
            Self::Ship { unit, to, until } => {
                identity(unit.write(text.words("ship ")).words(" to"), *to);
                text.words(" until ").moment(*until);
            }
            Self::Receive { unit, role, site } => {
                at(in_role(unit.write(text.words("receive ")), *role), *site);
            }
            Self::Refuse { unit } => {
                unit.write(text.words("refuse "));
            }
            Self::CallBack { unit } => {
                unit.write(text.words("call back "));
            }
            Self::MoveTo { unit, site } => {
                place(unit.write(text.words("move ")).words(" to"), *site);
            }
            Self::Retire { unit, end } => {
                text.words(end.in_words());
                unit.write(text.words(": "));
            }
            Self::Restore { unit } => {
                unit.write(text.words("undo the end of "));
            }
            Self::Dispense {
                claim,
                role,
                site,
                prescription,
            } => {
                claim.write(text.words("dispense "));
                at(in_role(on(text, prescription), *role), *site);
            }
            Self::UndoDispense { run, index } => {
                text.words("undo dispensing pack ").number(*index);
                run.write(text.words(" in "));
            }
            Self::Explain { pack, reason } => {
                because(pack.write(text.words("explain the alarm about ")), reason);
            }
            Self::Settle {
                pack,
                as_authority,
                escalate,
                reason,
            } => {
                text.words(if *escalate { "escalate" } else { "close" });
                pack.write(text.words(" the alarm about "));
                because(authority(text, *as_authority), reason);
            }
            Self::Raise {
                target,
                alert,
                capacity,
                reason,
            } => {
                text.words("say \"").words(alert.in_words());
                target.write(text.words("\" of "));
                because(text.words(capacity.in_words()), reason);
            }
            Self::ProposeLowering {
                target,
                alert,
                capacity,
                reason,
            } => {
                text.words("propose to take back \"");
                target.write(text.words(alert.in_words()).words("\" of "));
                because(text.words(capacity.in_words()), reason);
            }
            Self::Lower { target, alert } => {
                text.words("take back \"").words(alert.in_words());
                target.write(text.words("\" of "));
            }
            Self::Acknowledge { target } => {
                target.write(text.words("acknowledge what is said of "));
            }
            Self::Suspect {
                unit,
                capacity,
                reason,
            } => {
                unit.write(text.words("suspect "));
                because(text.words(capacity.in_words()), reason);
            }
            Self::Clear {
                unit,
                as_authority,
                reason,
            } => {
                unit.write(text.words("suspect no longer "));
                because(authority(text, *as_authority), reason);
            }
            Self::Cancel => {
                text.words("cancel the request with this nonce");
            }
            Self::Transform {
                inputs,
                outputs,
                kind,
            } => {
                text.words(kind.in_words());
                for input in inputs {
                    input.write(text.words(", of "));
                }
                for output in outputs {
                    output.write(text.words(", into "));
                }
            }
            Self::DispensePart {
                claim,
                role,
                site,
                prescription,
            } => {
                claim.write(text.words("dispense a part of "));
                at(in_role(on(text, prescription), *role), *site);
            }
            Self::Prescribe { prescription: new } => {
                text.words("prescribe ").hex(&new.commitment).words(", ");
                text.number(u64::from(new.fills)).words(" fills until ");
                text.moment(new.expires);
                text.words(", first lock ").hex(&new.lock);
            }
            Self::DeclareError { declaration } => {
                text.words("declare event ").hex(&declaration.event);
                text.words(match declaration.reason {
                    ErrorReason::DidNotOccur => " wrong: it did not occur",
                    ErrorReason::IncorrectData => " wrong: its data are incorrect",
                });
                for event in &declaration.corrected_by {
                    text.words(", corrected by ").hex(event);
                }
            }
            Self::ReportProgress { progress: said } => {
                text.words("report progress ").number(said.number);
                let text = said.name.write(text.words(" of "));
                text.words(": ").hex(&said.commitment);
            }
            Self::CancelPrescription {
                prescription,
                as_authority,
            } => {
                text.words("cancel prescription ").hex(prescription);
                authority(text, *as_authority);
            }
            Self::Watch { unit, logger } => {
                unit.write(text.words("have "));
                match logger {
                    Some(logger) => logger.write(text.words(" measured by")),
                    None => text.words(" measured by nobody"),
                };
            }
            Self::Report { unit, window } => {
                unit.write(text.words("report of "));
                text.words(" from ").moment(window.from);
                text.words(" until ").moment(window.until);
                spans(text, &window.outside);
                text.words(", readings ").hex(&window.digest);
            }
            Self::Release {
                unit,
                capacity,
                written_off,
                reason,
            } => {
                unit.write(text.words("release "));
                spans(text, written_off);
                because(text.words(capacity.in_words()), reason);
            }
            Self::Condemn {
                unit,
                capacity,
                reason,
            } => {
                unit.write(text.words("determine to be illegitimate "));
                because(text.words(capacity.in_words()), reason);
            }
            Self::Redirect {
                unit,
                to,
                until,
                reason,
            } => {
                unit.write(text.words("as an authority, ship for its holder "));
                identity(text.words(" to"), *to);
                because(text.words(" until ").moment(*until), reason);
            }
        }
    }
}

impl ProductName {
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        match self {
            Self::Gtin(number) => text.words("GTIN ").number(*number),
            Self::Blood { service, code } => {
                identity(printed(text.words("blood "), code).words(" of"), *service)
            }
            Self::Order { laboratory, number } => identity(
                text.words("order ").number(*number).words(" of"),
                *laboratory,
            ),
        }
    }
}

impl ProductTerms {
    /// ", a medicine, for at most 730 days, at most 0 minutes below 2.00 °C …"
    fn write(&self, text: &mut Text) {
        text.words(", ").words(self.class.in_words());
        if let Some(days) = self.shelf_life {
            text.words(", for at most ").number(days).words(" days");
        }
        for limit in &self.storage.limits {
            text.words(", at most ").number(limit.minutes);
            limit.bound.write(text.words(" minutes"));
        }
        text.words(", at most ").number(self.storage.longest_gap);
        text.words(" minutes between readings");
    }
}

impl Bound {
    fn write(&self, text: &mut Text) {
        text.words(match self.side {
            Side::Above => " above ",
            Side::Below => " below ",
        });
        if self.hundredths < 0 {
            text.words("-");
        }
        text.amount(self.hundredths.unsigned_abs().into(), 2);
        text.words(" degrees Celsius");
    }
}

impl NewLogger {
    /// " identity 9: below 2.00 degrees Celsius, above …, at most 30 minutes between readings"
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        identity(text, self.by).words(":");
        for bound in &self.bounds {
            bound.write(text);
            text.words(",");
        }
        text.words(" at most ").number(self.longest_gap);
        text.words(" minutes between readings")
    }
}

/// ", 5 milliseconds above 8.00 degrees Celsius" for each.
fn spans(text: &mut Text, all: &[Outside]) {
    for Outside { bound, time } in all {
        text.words(", ").number(*time);
        bound.write(text.words(" milliseconds"));
    }
}

impl Class {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Medicine => "a medicine",
            Self::Vaccine => "a vaccine",
            Self::Blood => "blood",
            Self::Specimen => "a specimen",
            Self::DisposableMask => "disposable masks",
            Self::SurgicalMask => "surgical masks",
            Self::ParticleMask => "particle masks",
            Self::ProtectiveMask => "protective masks",
            Self::Device => "a device",
            Self::Dental => "dental work",
        }
    }
}

impl NewLot {
    /// "lot LOT-1 of GTIN 9506000134352: 10 packs until 2027-… with root 0x… and paths 0x…"
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        printed(text.words("lot "), &self.code);
        self.product.write(text.words(" of "));
        text.words(": ").number(self.count).words(" packs");
        if let Some(expiry) = self.expiry {
            text.words(" that expire after ")
                .moment(last_moment(expiry));
        }
        if let Some(serials) = &self.serials {
            text.words(", root ").hex(&serials.root);
            text.words(", paths ").hex(&serials.paths);
        }
        text
    }
}

/// The last millisecond of a day.
fn last_moment(day: Day) -> Timestamp {
    let next = Timestamp::from(day).saturating_add(1);
    next.saturating_mul(DAY).saturating_sub(1)
}

impl RunId {
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        text.words("the run from ").number(self.first);
        text.words(" of lot ").hex(&self.lot)
    }
}

impl ContainerId {
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        text.words("container ").number(self.sscc);
        identity(text.words(" of"), self.packer)
    }
}

impl UnitId {
    #[inline(never)]
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        match self {
            Self::Run(run) => run.write(text),
            Self::Container(container) => container.write(text),
        }
    }
}

fn list(text: &mut Text, units: &[UnitId]) {
    for (place, unit) in units.iter().enumerate() {
        unit.write(text.words(if place == 0 { ": " } else { ", " }));
    }
}

impl PackId {
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        text.words("pack ").number(self.index);
        text.words(" of lot ").hex(&self.lot)
    }
}

impl Target {
    #[inline(never)]
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        match self {
            Self::Product(name) => name.write(text),
            Self::Lot(lot) => text.words("lot ").hex(lot),
            Self::Unit(unit) => unit.write(text),
        }
    }
}

impl Alert {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Stolen => "stolen",
            Self::RecallOne => "recalled, class I",
            Self::RecallTwo => "recalled, class II",
            Self::RecallThree => "recalled, class III",
            Self::Withdrawn => "withdrawn",
            Self::Illegitimate => "illegitimate",
        }
    }
}

impl End {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Destroyed => "end as destroyed",
            Self::Dispensed => "end as dispensed",
            Self::Sample => "end as a sample",
            Self::Exported => "end as exported",
            Self::Transformed => "end as transformed",
            Self::PartlyDispensed => "end as dispensed in part",
        }
    }
}

impl Transformation {
    const fn in_words(self) -> &'static str {
        match self {
            Self::BloodProcessing => "process blood",
            Self::Making => "make",
            Self::Repackaging => "repackage",
            Self::Compounding => "compound",
        }
    }
}

impl Claim {
    fn write<'a>(&self, text: &'a mut Text) -> &'a mut Text {
        text.words("pack ").number(self.index);
        printed(text.words(" of lot "), &self.code);
        self.product.write(text.words(" of "))
    }
}

impl Capacity {
    const fn in_words(self) -> &'static str {
        match self {
            Self::Custodian => " as its custodian",
            Self::Maker => " as its maker",
            Self::Authority => " as an authority",
        }
    }
}

fn on<'a>(text: &'a mut Text, fill: &Option<Boxed<Fill>>) -> &'a mut Text {
    match fill {
        Some(fill) => text.words(" on prescription ").hex(&fill.prescription),
        None => text,
    }
}

fn authority(text: &mut Text, as_authority: bool) -> &mut Text {
    text.words(if as_authority { " as an authority" } else { "" })
}

fn identity(text: &mut Text, identity: IdentityId) -> &mut Text {
    text.words(" identity ").number(identity)
}

fn in_role(text: &mut Text, role: Topic) -> &mut Text {
    text.words(" in role ").number(role.0)
}

fn at(text: &mut Text, site: u64) -> &mut Text {
    place(text.words(" at"), site)
}

fn place(text: &mut Text, site: u64) -> &mut Text {
    if site == 0 {
        text.words(" no place that is named")
    } else {
        text.words(" GLN ").number(site)
    }
}

fn because<'a>(text: &'a mut Text, reason: &[u8; 32]) -> &'a mut Text {
    text.words(" for the reason ").hex(reason)
}

/// Characters of a label as they are. All others, also a line's end, as a backslash and their
/// number, so that no code can look like words of the request.
fn printed<'a>(text: &'a mut Text, bytes: &[u8]) -> &'a mut Text {
    for byte in bytes {
        if byte.is_ascii_graphic() && *byte != b'\\' {
            text.words(char::from(*byte).encode_utf8(&mut [0; 4]));
        } else {
            text.words("\\").hex(&[*byte]);
        }
    }
    text
}
