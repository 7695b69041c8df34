//! A life as rows of a table.

use crate::{words, About, By, Entry, Goods, Names, Trace, What, Whose};
use allive_olife_id_interface::IdentityId;
use provenance::{Alarm, Capacity, End, NewLogger, Outside, Phase, Window};

/// A row of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When, in UTC, to the minute.
    pub when: String,
    /// What happened.
    pub what: String,
    /// Who did it, and as what; a dash if nobody did.
    pub who: String,
    /// At which GLN; a dash if that is not said.
    pub place: String,
    /// What everybody would have been told just after; a dash where there is no one answer.
    pub state: String,
}

/// A life as rows of a table, in the order of time.
pub fn timeline(trace: &Trace, names: &Names) -> Vec<Row> {
    let teller = Teller { trace, names };
    trace
        .entries
        .iter()
        .map(|entry| teller.row(entry))
        .collect()
}

const NONE: &str = "-";

struct Teller<'t> {
    trace: &'t Trace,
    names: &'t Names,
}

impl Teller<'_> {
    fn row(&self, entry: &Entry) -> Row {
        let standing = entry.standing.as_ref().map(words::standing);
        let what = self.what(entry);
        Row {
            when: words::minute(entry.time),
            what: match entry.whose {
                Whose::Own => what,
                Whose::Upstream(lot) => format!("{}: {what}", self.lot(&lot)),
            },
            who: entry.by.map_or(NONE.to_owned(), |by| self.who(by)),
            place: match entry.site {
                0 => NONE.to_owned(),
                site => format!("{site:013}"),
            },
            state: standing.unwrap_or_else(|| NONE.to_owned()),
        }
    }

    fn who(&self, by: By) -> String {
        let name = self.name(by.identity);
        let role = by.role.and_then(|role| role.name());
        let role = role.or(by.capacity.map(|capacity| match capacity {
            Capacity::Custodian => "who has it",
            Capacity::Maker => "maker",
            Capacity::Authority => "authority",
        }));
        match role {
            Some(role) if role != name => format!("{name} ({role})"),
            _ => name,
        }
    }

    fn what(&self, entry: &Entry) -> String {
        let whole = self.whole(&entry.about);
        match &entry.what {
            What::Commissioned { count } => format!("commissioned: {}", words::packs(*count)),
            What::Transformed {
                inputs,
                outputs,
                kind,
                consumed,
            } => {
                let kind = words::kind(*kind);
                if *consumed {
                    let outputs = outputs.iter().map(|lot| self.lot(lot));
                    let outputs: Vec<_> = outputs.collect();
                    format!("used up in {kind}; made of it: {}", outputs.join("; "))
                } else {
                    format!("made by {kind} of {}", self.list(inputs))
                }
            }
            What::Split { length } => format!("split: {} stay together", words::packs(*length)),
            What::Joined { length } => format!("joined: {} together now", words::packs(*length)),
            What::Packed { container, goods } => {
                format!(
                    "{}packed into container {:018}",
                    self.outer(goods),
                    container.sscc
                )
            }
            What::Unpacked {
                container,
                goods,
                emptied,
            } => {
                let rest = if *emptied { ", which is empty now" } else { "" };
                let outer = self.outer(goods);
                format!(
                    "{outer}unpacked from container {:018}{rest}",
                    container.sscc
                )
            }
            What::Shipped {
                to, until, ready, ..
            } => {
                let from = ready.map(|ready| format!("from {} ", words::minute(ready)));
                format!(
                    "{whole}shipped to {}, {}until {}",
                    self.name(*to),
                    from.unwrap_or_default(),
                    words::minute(*until)
                )
            }
            What::Received { from } => format!("{whole}received from {}", self.name(*from)),
            What::Refused { holder } => {
                format!("{whole}refused; stays with {}", self.name(*holder))
            }
            What::CalledBack => format!("{whole}called back"),
            What::Lapsed { to, holder } => format!(
                "{whole}not received in time by {}; stays with {}",
                self.name(*to),
                self.name(*holder)
            ),
            What::Moved => format!("{whole}moved"),
            What::Ended(End::Dispensed) => format!("{whole}dispensed as a whole"),
            What::Ended(end) => format!("{whole}{}", words::ended(*end)),
            What::Restored => format!("{whole}brought back"),
            What::Dispensed { prescribed } => format!("dispensed{}", prescription(*prescribed)),
            What::PartDispensed { prescribed } => {
                format!("opened, and a part dispensed{}", prescription(*prescribed))
            }
            What::DispensingUndone => "dispensing undone".to_owned(),
            What::Confirmed => "the patient confirmed that she has it".to_owned(),
            What::Alarm(alarm) => alarmed(alarm),
            What::Raised(alert) => format!("{whole}{}", words::alerted(*alert)),
            What::LoweringProposed { alert, ready } => format!(
                "{whole}{} can be lifted from {}",
                words::alert(*alert),
                words::minute(*ready)
            ),
            What::Lowered { alert, .. } => format!("{whole}{} lifted", words::alert(*alert)),
            What::Acknowledged => format!("{whole}alert acknowledged"),
            What::Suspected => format!("{whole}suspected"),
            What::Cleared => format!("{whole}suspicion taken back"),
            What::LoggerNamed(logger) => self.logger(&whole, logger.as_ref()),
            What::Reported { window, .. } => format!("{whole}{}", reported(window)),
            What::Silent { since } => {
                format!("{whole}nothing measured since {}", words::minute(*since))
            }
            What::Released(off) => format!("{whole}released: {} did no harm", words::times(off)),
            What::Expired => "the last day to use it is over".to_owned(),
        }
    }

    /// What an entry is about, if that is more than the subject's own packs.
    fn whole(&self, about: &About) -> String {
        match about {
            About::Goods(Goods::Container(container)) => {
                format!("container {:018}: ", container.sscc)
            }
            About::Lot(_) => "whole lot: ".to_owned(),
            About::Product(_) => "whole product: ".to_owned(),
            About::Pack(_) | About::Goods(Goods::Run { .. }) => String::new(),
        }
    }

    /// The container that was packed, if it was one.
    fn outer(&self, all: &[Goods]) -> String {
        match all {
            [Goods::Run { .. }] => String::new(),
            _ => format!("{}: ", self.list(all)),
        }
    }

    fn list(&self, all: &[Goods]) -> String {
        let all = all
            .iter()
            .map(|goods| words::goods(&self.trace.lots, goods));
        all.collect::<Vec<_>>().join(", ")
    }

    fn logger(&self, whole: &str, logger: Option<&NewLogger>) -> String {
        match logger {
            None => format!("{whole}not measured any more"),
            Some(logger) => {
                let bounds = logger.bounds.iter().map(|bound| words::outside(*bound));
                let bounds: Vec<_> = bounds.collect();
                format!(
                    "{whole}measured from now on by {}: {}",
                    self.name(logger.by),
                    bounds.join(", ")
                )
            }
        }
    }

    fn name(&self, identity: IdentityId) -> String {
        self.names.of(identity)
    }

    fn lot(&self, id: &provenance::LotId) -> String {
        words::lot(&self.trace.lots, id)
    }
}

fn prescription(prescribed: bool) -> &'static str {
    if prescribed {
        " on a prescription"
    } else {
        ""
    }
}

fn alarmed(alarm: &Alarm) -> String {
    match alarm.phase {
        Phase::Raised => format!(
            "ALARM: its label was shown again, after it was dispensed at {:013}",
            alarm.first.site
        ),
        Phase::Explained => "alarm explained".to_owned(),
        Phase::Closed => "alarm closed: it was an error".to_owned(),
        Phase::Escalated => "alarm escalated to the authorities".to_owned(),
    }
}

fn reported(window: &Window) -> String {
    let is_outside = |it: &&Outside| it.time > 0;
    let outside: Vec<_> = window.outside.iter().filter(is_outside).copied().collect();
    let what = match outside.is_empty() {
        true => "kept within its bounds".to_owned(),
        false => words::times(&outside),
    };
    format!("measured until {}: {what}", words::minute(window.until))
}
