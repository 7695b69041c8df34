//! Transformations.

use super::{commissioning::expiry_of, Planner};
use crate::{
    finding::Named,
    world::{Spot, Stop},
    Party, Problem,
};
use allive_epcis::{document::Thing, Event};
use provenance::{Action, NewLot, ProductName, RunId, Transformation, UnitId};

impl<'p> Planner<'p> {
    pub fn transform(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let no_inputs = event.inputs.is_empty() && event.input_quantities.is_empty();
        let no_outputs = event.outputs.is_empty() && event.output_quantities.is_empty();
        if no_inputs || no_outputs {
            self.note("transformationID".to_owned(), Problem::InSeveralEvents);
            return Ok(());
        }
        let Some(outputs) = self.outputs(event)? else {
            return Ok(());
        };
        let Some(kind) = outputs.first().map(|new| kind(event, &new.what)) else {
            return Ok(());
        };
        let role = kind.role();
        if let Some(other) = outputs.iter().find(|new| new.what.product.role() != role) {
            self.note(other.field.clone(), Problem::OtherKind);
            return Ok(());
        }
        let by = party.identity;
        if !self.has_role("", party, role.bit()) {
            return Ok(());
        }
        let outputs: Vec<_> = outputs.into_iter().map(|new| new.what.into()).collect();
        let made = |inputs| Action::Transform {
            inputs,
            outputs: outputs.clone(),
            kind,
        };
        if self.is_there(by, &made(Vec::new()))? {
            return Ok(());
        }
        let inputs = event.inputs.iter().enumerate();
        let inputs = inputs.map(|(place, thing)| (format!("inputEPCList[{place}]"), thing));
        let named = self.named_in(inputs, "inputQuantityList", &event.input_quantities)?;
        let Some(named) = named else {
            return Ok(());
        };
        let Some(units) = self.units(by, named, Spot::With(by))? else {
            return Ok(());
        };
        let mut runs: Vec<RunId> = Vec::new();
        for Named { field, what, .. } in units {
            match what {
                UnitId::Run(run) => runs.push(run),
                UnitId::Container(_) => self.note(field, Problem::NoUnit),
            }
        }
        self.does("inputEPCList", by, made(runs))?;
        Ok(())
    }

    /// The lots that are made, each once.
    fn outputs(&mut self, event: &Event) -> Result<Option<Vec<Named<NewLot>>>, Stop> {
        let expiry = expiry_of(event);
        let Some(expiry) = self.or_note("ilmd", expiry.map_err(Stop::from))? else {
            return Ok(None);
        };
        let (mut made, mut is_whole): (Vec<Named<NewLot>>, bool) = (Vec::new(), true);
        for (place, thing) in event.outputs.iter().enumerate() {
            let field = format!("outputEPCList[{place}]");
            // The serials of several lots may come out.
            let found = match thing {
                Thing::Epc(_) => self.new_lot_of(thing, None, expiry, &mut None),
                Thing::Uri(_) => self.new_lot_of(thing, None, None, &mut None),
            };
            let found = found.and_then(|new| new.ok_or(Problem::NoUnit.into()));
            match self.or_note(&field, found)? {
                Some(new) if made.iter().any(|other| other.what == new) => (),
                Some(new) => made.push(self.name(field, new)),
                None => is_whole = false,
            }
        }
        for (place, quantity) in event.output_quantities.iter().enumerate() {
            let field = format!("outputQuantityList[{place}]");
            let found = self.new_lot_of_pieces(quantity, expiry);
            match self.or_note(&field, found)? {
                Some(new) => made.push(self.name(field, new)),
                None => is_whole = false,
            }
        }
        Ok(is_whole.then_some(made))
    }
}

/// What is made of what, by the name of what comes out.
fn kind(event: &Event, first: &NewLot) -> Transformation {
    match first.product {
        ProductName::Blood { .. } => Transformation::BloodProcessing,
        ProductName::Order { .. } => Transformation::Making,
        ProductName::Gtin(_) if event.step() == Some("repackaging") => Transformation::Repackaging,
        ProductName::Gtin(_) => Transformation::Compounding,
    }
}
