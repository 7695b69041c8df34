//! Commissioning: a lot with serials, of which files are at hand; a lot without; one thing.

use super::Planner;
use crate::{
    finding::count, lot_id, meaning::last_name, who::place, world::Stop, Note, Party, Problem,
};
use allive_epcis::{
    document::{Quantity, Thing},
    identifiers::Epc,
    Event,
};
use allive_packs::{product, LastDay};
use provenance::{Action, Day, NewLot, Serials};

impl<'p> Planner<'p> {
    pub fn commission(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let code = attribute(event, "lotNumber");
        let expiry = expiry_of(event);
        let expiry = self.or_note("ilmd", expiry.map_err(Stop::from))?.flatten();
        let site = place(event);
        let mut only: Option<usize> = None;
        for (place, thing) in event.things.iter().enumerate() {
            let field = format!("epcList[{place}]");
            let found = self.new_lot_of(thing, code, expiry, &mut only);
            match self.or_note(&field, found)? {
                Some(Some(new)) => self.begin(event, party, &field, new, site, true)?,
                Some(None) => self.say(Note::KeptByHash {
                    why: "a container begins on the chain with what is packed into it first",
                }),
                None => (),
            }
        }
        for (place, quantity) in event.quantities.iter().enumerate() {
            let found = self.new_lot_of_pieces(quantity, expiry);
            let field = format!("quantityList[{place}]");
            if let Some(new) = self.or_note(&field, found)? {
                self.begin(event, party, &field, new, site, false)?;
            }
        }
        Ok(())
    }

    /// The lot of a thing that is commissioned; none if it is a container.
    pub fn new_lot_of(
        &mut self,
        thing: &Thing,
        code: Option<&str>,
        expiry: Option<Day>,
        only: &mut Option<usize>,
    ) -> Result<Option<NewLot>, Stop> {
        let told = self.told;
        match thing {
            Thing::Epc(Epc::Sscc(_)) => Ok(None),
            Thing::Epc(Epc::Sgtin(gtin, serial)) => {
                let label = told.lots.pack(gtin, serial).ok_or(Problem::UnknownSerial)?;
                let file = told.lots.file(label.lot).ok_or(Problem::UnknownSerial)?;
                let first = *only.get_or_insert(label.lot);
                let first = told.lots.file(first).map(|file| file.lot.as_str());
                let said = code.or(first).unwrap_or_default();
                if said != file.lot.as_str() || *only != Some(label.lot) {
                    return Err(Problem::OtherLot {
                        found: file.lot.to_string(),
                        said: said.to_owned(),
                    }
                    .into());
                }
                let new = file.new_lot();
                if expiry.is_some() && expiry != new.expiry {
                    return Err(Problem::OtherExpiry {
                        found: day(new.expiry),
                        said: day(expiry),
                    }
                    .into());
                }
                Ok(Some(new))
            }
            Thing::Uri(uri) => {
                let item = told.items.get(uri).ok_or(Problem::NoUnit)?;
                Ok(Some(item.new_lot()))
            }
            Thing::Epc(_) => Err(Problem::NoUnit.into()),
        }
    }

    /// A lot of so many pieces: with serials if its files are at hand.
    pub fn new_lot_of_pieces(
        &mut self,
        quantity: &Quantity,
        expiry: Option<Day>,
    ) -> Result<NewLot, Stop> {
        let Thing::Epc(Epc::Lgtin(gtin, code)) = &quantity.class else {
            return Err(Problem::NoUnit.into());
        };
        let wanted = count(quantity)?;
        let lots = &self.told.lots;
        if let Some(new) = lots.of(gtin, code).and_then(|lot| lots.new_lot(lot)) {
            return match new.count == wanted {
                true => Ok(new),
                false => Err(Problem::NotEnough {
                    wanted,
                    there: new.count,
                    place: "in its files",
                }
                .into()),
            };
        }
        Ok(NewLot {
            product: product(gtin),
            code: code.as_str().into(),
            expiry,
            count: wanted,
            serials: None::<Serials>,
        })
    }

    /// Commissions a lot once: the packs of one are told by many events.
    fn begin(
        &mut self,
        event: &Event,
        party: &Party,
        field: &str,
        new: NewLot,
        site: u64,
        is_named: bool,
    ) -> Result<(), Stop> {
        let by = party.identity;
        let id = lot_id(&new.product, by, &new.code);
        if let Some((first, named)) = self.commissioned.get_mut(&id).filter(|_| is_named) {
            let first = *first;
            *named = named.saturating_add(1);
            if first != event.index {
                self.say(Note::With { event: first });
            }
            return Ok(());
        }
        if !self.has_role(field, party, new.product.role().bit()) {
            return Ok(());
        }
        if self.world.ledger.sees() && !self.commissioned.contains_key(&id) {
            let kept = self.world.lot(id)?;
            if kept.is_some_and(|kept| !crate::reached::is_same(&kept, &new)) && !self.is_of_others
            {
                let lot = String::from_utf8_lossy(&new.code).into_owned();
                self.note(field.to_owned(), Problem::LotDiffers { lot });
                return Ok(());
            }
        }
        let action = Action::Commission {
            lot: new.into(),
            site,
        };
        let is_done = match self.commissioned.contains_key(&id) {
            // Of pieces, an event more says that there are more.
            true => {
                let again = self.world.apply(by, &action);
                self.or_note(field, again)?.is_some()
            }
            false => self.does(field, by, action)?,
        };
        if is_done && !self.is_of_others {
            self.commissioned
                .insert(id, (event.index, u64::from(is_named)));
        }
        Ok(())
    }

    /// Whether a party has one of these roles; if not, that is noted.
    pub fn has_role(&mut self, field: &str, party: &Party, roles: u64) -> bool {
        if party.role(roles).is_some() {
            return true;
        }
        let wanted = allive_olife_id_interface::Topic::of(roles);
        let wanted: Vec<&str> = wanted.filter_map(|topic| topic.name()).collect();
        let problem = Problem::NoRole {
            party: party.name.clone(),
            wanted: wanted.join(", "),
        };
        self.note(field.to_owned(), problem);
        false
    }
}

/// What `ilmd` says, by the last part of its name.
fn attribute<'e>(event: &'e Event, name: &str) -> Option<&'e str> {
    let mut all = event.ilmd.iter();
    let found = all.find(|it| last_name(&it.name) == name);
    found.and_then(|it| it.text.as_deref())
}

/// The last day of use that `ilmd` says.
pub fn expiry_of(event: &Event) -> Result<Option<Day>, Problem> {
    let Some(text) = attribute(event, "itemExpirationDate") else {
        return Ok(None);
    };
    let date = text.split('T').next().unwrap_or(text);
    match date.parse::<LastDay>() {
        Ok(day) => Ok(Some(day.number())),
        Err(_) => Err(Problem::NotADay {
            text: text.to_owned(),
        }),
    }
}

fn day(day: Option<Day>) -> String {
    let Some(day) = day else {
        return "no day".to_owned();
    };
    let time = u64::from(day).saturating_mul(provenance::DAY);
    let text = crate::fault::moment(time);
    text.get(..10).unwrap_or(&text).to_owned()
}
