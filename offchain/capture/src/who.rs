//! Who did what an event says, by the GLNs in it.

use crate::{
    meaning::Meaning,
    party::{gln, site},
    Parties, Party,
};
use allive_epcis::{
    document::{Thing, Typed},
    identifiers::Gln,
    Event,
};

/// Who acts.
pub enum Actor<'p> {
    /// Somebody whom the user named.
    Known(&'p Party),
    /// Somebody else, of this GLN.
    Stranger(Gln),
}

/// Who did it: by the first of these that has a GLN which the user named. None if no GLN is there.
pub fn actor<'p>(event: &Event, meaning: Meaning, parties: &'p Parties) -> Option<Actor<'p>> {
    let here = [event.read_point.as_ref(), event.biz_location.as_ref()];
    let from = parts(&event.sources);
    let to = parts(&event.destinations);
    let all: Vec<&Gln> = match meaning {
        Meaning::Ship | Meaning::CallBack | Meaning::Retire(provenance::End::Exported) => {
            glns(from.into_iter().chain(here)).collect()
        }
        Meaning::Receive => glns(to.into_iter().chain(here)).collect(),
        // Whose place it is says it, and what is in the lists is told besides.
        _ => glns(here.into_iter().chain(from)).collect(),
    };
    let known = all.iter().find_map(|gln| parties.of(gln));
    match known {
        Some(party) => Some(Actor::Known(party)),
        None => all.first().map(|gln| Actor::Stranger(**gln)),
    }
}

/// To whom it goes: the GLNs, the best first.
pub fn recipients(event: &Event) -> Vec<&Gln> {
    glns(parts(&event.destinations).into_iter()).collect()
}

/// Where it happened, as the chain has it; 0 if the event does not say it.
pub fn place(event: &Event) -> u64 {
    let places = [event.biz_location.as_ref(), event.read_point.as_ref()];
    glns(places.into_iter()).next().map_or(0, site)
}

/// Who has it, who owns it, where it is: in this order.
fn parts(list: &[Typed]) -> [Option<&Thing>; 3] {
    ["possessing_party", "owning_party", "location"].map(|kind| {
        let mut list = list.iter();
        let found = list.find(|it| it.kind.as_ref().is_some_and(|word| word.is(kind)));
        found.map(|it| &it.id)
    })
}

fn glns<'e>(things: impl Iterator<Item = Option<&'e Thing>>) -> impl Iterator<Item = &'e Gln> {
    things.flatten().filter_map(gln)
}
