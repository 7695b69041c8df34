//! What events name, as the chain has it: packs of runs, containers, pieces of lots.

use crate::{lot_id, planning::Planner, world::Stop, Labelled, Problem};
use allive_epcis::{
    document::{Quantity, Thing},
    identifiers::{Epc, Gtin, Lot, Serial, Sscc},
    Event,
};
use allive_olife_id_interface::IdentityId;
use allive_packs::product;
use provenance::{ContainerId, LotId, ProductName, UnitId, MAX_COUNT};

/// What an event names.
#[derive(Clone, Debug)]
pub enum What {
    /// A pack of a lot.
    Pack(Pack),
    /// A container.
    Container(ContainerId),
    /// So many pieces of a lot without serials.
    Pieces(LotId, u64),
}

/// A pack of a lot, and what its label says.
#[derive(Clone, Debug)]
pub struct Pack {
    pub lot: LotId,
    pub index: u64,
    /// What proves it; none where the lot has no serials.
    pub label: Option<(Labelled, Serial)>,
}

/// Something that an event names, and where.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// The event, by its place in the document.
    pub event: usize,
    pub field: String,
    pub what: T,
}

/// A unit that is just what the event names, or as near as the chain allows.
pub type Unit = Named<UnitId>;

impl Planner<'_> {
    /// All that an event names; faults are noted. `None` if there was one.
    pub fn named(&mut self, event: &Event) -> Result<Option<Vec<Named<What>>>, Stop> {
        let (list, quantities) = lists(event);
        let things = event.things.iter().enumerate();
        let things = things.map(|(place, thing)| (format!("{list}[{place}]"), thing));
        self.named_in(things, quantities, &event.quantities)
    }

    /// The same of two lists.
    pub fn named_in<'t>(
        &mut self,
        things: impl Iterator<Item = (String, &'t Thing)>,
        quantities: &str,
        amounts: &[Quantity],
    ) -> Result<Option<Vec<Named<What>>>, Stop> {
        let (mut all, mut is_whole) = (Vec::new(), true);
        for (field, thing) in things {
            match self.thing(thing) {
                Ok(what) => all.push(self.name(field, what)),
                Err(Stop::Fault(problem)) => {
                    self.note(field, problem);
                    is_whole = false;
                }
                Err(stop) => return Err(stop),
            }
        }
        for (place, quantity) in amounts.iter().enumerate() {
            let field = format!("{quantities}[{place}]");
            match self.pieces(quantity) {
                Ok(what) => all.push(self.name(field, what)),
                Err(Stop::Fault(problem)) => {
                    let field = match problem {
                        Problem::NotACount => format!("{field}.quantity"),
                        Problem::Measured { .. } => format!("{field}.uom"),
                        _ => format!("{field}.epcClass"),
                    };
                    self.note(field, problem);
                    is_whole = false;
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(is_whole.then_some(all))
    }

    /// Something that the event at hand names.
    pub const fn name<T>(&self, field: String, what: T) -> Named<T> {
        let event = self.event;
        Named { event, field, what }
    }

    /// One thing.
    pub fn thing(&mut self, thing: &Thing) -> Result<What, Stop> {
        match thing {
            Thing::Epc(Epc::Sgtin(gtin, serial)) => {
                let label = self.told.lots.pack(gtin, serial);
                let label = label.ok_or(Problem::UnknownSerial)?;
                Ok(What::Pack(Pack {
                    lot: self.lot_with_files(label.lot)?,
                    index: label.index,
                    label: Some((label, serial.clone())),
                }))
            }
            Thing::Epc(Epc::Sscc(sscc)) => Ok(What::Container(self.container(sscc)?)),
            Thing::Uri(uri) => {
                let told = self.told;
                let item = told.items.get(uri).ok_or(Problem::NoUnit)?;
                let code = String::from_utf8_lossy(&item.code).into_owned();
                Ok(What::Pack(Pack {
                    lot: self.lot_of(&item.product, &item.code, code)?,
                    index: 0,
                    label: None,
                }))
            }
            Thing::Epc(_) => Err(Problem::NoUnit.into()),
        }
    }

    /// So many pieces of a lot.
    fn pieces(&mut self, quantity: &Quantity) -> Result<What, Stop> {
        let Thing::Epc(Epc::Lgtin(gtin, code)) = &quantity.class else {
            return Err(Problem::NoUnit.into());
        };
        let count = count(quantity)?;
        let lot = self.lot_of_label(gtin, code)?;
        let has_serials = self.world.known_lot(lot)?.serials.is_some();
        match has_serials {
            true => Err(Problem::HasSerials.into()),
            false => Ok(What::Pieces(lot, count)),
        }
    }

    /// The lot of a label, by any maker of the product.
    pub fn lot_of_label(&mut self, gtin: &Gtin, code: &Lot) -> Result<LotId, Stop> {
        let name = code.as_str();
        self.lot_of(&product(gtin), name.as_bytes(), name.to_owned())
    }

    fn lot_with_files(&mut self, lot: usize) -> Result<LotId, Stop> {
        if let Some(known) = self.lots_found.get(&lot) {
            return Ok(*known);
        }
        let told = self.told;
        let file = told.lots.file(lot).ok_or(Problem::UnknownSerial)?;
        let id = self.lot_of_label(&file.gtin, &file.lot)?;
        let kept = self.world.known_lot(id)?;
        if !crate::reached::is_same(&kept, &file.new_lot()) {
            let lot = file.lot.to_string();
            return Err(Problem::LotDiffers { lot }.into());
        }
        self.lots_found.insert(lot, id);
        Ok(id)
    }

    fn lot_of(&mut self, name: &ProductName, code: &[u8], shown: String) -> Result<LotId, Stop> {
        let makers: Vec<IdentityId> = match self.world.product(name)? {
            Some(product) => product.makers().collect(),
            None => Vec::new(),
        };
        for maker in makers {
            let id = lot_id(name, maker, code);
            if self.world.has_lot(id)? {
                return Ok(id);
            }
        }
        if self.world.ledger.sees() {
            Err(Problem::UnknownLot { lot: shown }.into())
        } else {
            Err(Problem::NeedsChain.into())
        }
    }

    /// A container that is there, whoever packed it.
    pub fn container(&mut self, sscc: &Sscc) -> Result<ContainerId, Stop> {
        if let Some(found) = self.container_if_there(sscc)? {
            return Ok(found);
        }
        match self.world.ledger.sees() {
            true => Err(Problem::UnknownContainer { sscc: *sscc }.into()),
            false => Err(Problem::NeedsChain.into()),
        }
    }

    /// The same; none if nobody packed one that is still there.
    pub fn container_if_there(&mut self, sscc: &Sscc) -> Result<Option<ContainerId>, Stop> {
        // 18 digits.
        let number = sscc.as_str().parse().unwrap_or_default();
        if let Some(known) = self.containers.get(sscc).copied() {
            if self.world.cell(UnitId::Container(known))?.is_some() {
                return Ok(Some(known));
            }
        }
        let told = self.told;
        let packers: Vec<IdentityId> = match told.packers.get(sscc) {
            Some(packer) => vec![*packer],
            None => told.parties.iter().map(|party| party.identity).collect(),
        };
        let mut found: Option<ContainerId> = None;
        for packer in packers {
            let id = ContainerId {
                packer,
                sscc: number,
            };
            if found == Some(id) || self.world.cell(UnitId::Container(id))?.is_none() {
                continue;
            }
            if found.replace(id).is_some() {
                return Err(Problem::SeveralContainers { sscc: *sscc }.into());
            }
        }
        if let Some(id) = found {
            self.containers.insert(*sscc, id);
        }
        Ok(found)
    }
}

/// The names of the two lists of an event.
pub const fn lists(event: &Event) -> (&'static str, &'static str) {
    use allive_epcis::document::EventKind;
    match event.kind {
        EventKind::Object | EventKind::Transaction => ("epcList", "quantityList"),
        _ => ("childEPCs", "childQuantityList"),
    }
}

/// A number of pieces.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
pub fn count(quantity: &Quantity) -> Result<u64, Problem> {
    if let Some(unit) = &quantity.unit {
        let unit = unit.clone();
        return Err(Problem::Measured { unit });
    }
    let amount = quantity.amount.ok_or(Problem::NotACount)?;
    let fits = amount.fract() == 0.0 && (1.0..=MAX_COUNT as f64).contains(&amount);
    // Whole, and within 2^32.
    fits.then_some(amount as u64).ok_or(Problem::NotACount)
}
