//! Packs that are dispensed, as a whole or in part.

use crate::{
    lot_id,
    world::{Stop, World},
    Problem,
};
use allive_olife_id_interface::{IdentityId, Topic};
use provenance::{
    place, Cell, Claim, Dispenser, End, ProvenanceError, Retired, RunId, State, UnitId, DISPENSERS,
};

impl World<'_> {
    pub(super) fn dispense(
        &mut self,
        by: IdentityId,
        claim: &Claim,
        role: Topic,
        site: u64,
        part: bool,
    ) -> Result<(), Stop> {
        if role.bit() & DISPENSERS == 0 {
            return Err(ProvenanceError::BadRole.into());
        }
        let id = self.labelled(claim)?;
        let mut run = self.known_run(id)?;
        if claim.proof.is_none() {
            return Err(ProvenanceError::NoSerials.into());
        }
        self.attested(by, role)?;
        let (number, bit) = place(claim.index);
        let mut word = self.word(id.lot, number)?;
        let standing = self.standing(id, &run, word.has(bit))?;
        let holder = standing.custody.holder;
        match standing.state {
            State::Genuine => (),
            State::PartlyDispensed if holder == by => (),
            State::Ended(End::Dispensed) => {
                let first = word.dispenser(bit).map(|recent| recent.dispenser.by);
                let first = first.or(run.unit.retired.map(|it| it.by)).unwrap_or(holder);
                if first != by {
                    let by = format!("identity {first}");
                    return Err(Problem::DispensedBy { by }.into());
                }
                return Err(ProvenanceError::NotActive(standing.state).into());
            }
            other => return Err(ProvenanceError::NotActive(other).into()),
        }
        if holder != by {
            return Err(ProvenanceError::NotHolder.into());
        }
        run.unit.custody()?;
        if standing.custody.site != site {
            return Err(ProvenanceError::Elsewhere.into());
        }
        let at = self.now;
        if !part {
            word.dispense(bit, Dispenser { by, site }, None, at, self.terms.undo)?;
            self.set_word(id.lot, number, word);
            return Ok(());
        }
        if run.length != 1 {
            return Err(ProvenanceError::NotAlone.into());
        }
        run.unit.retired = Some(Retired {
            end: End::PartlyDispensed,
            by,
            site,
            at,
        });
        self.keep(UnitId::Run(id), Some(Cell::Run(run)));
        Ok(())
    }

    /// The run that a claim names, of the first maker that has such a lot.
    pub(super) fn labelled(&mut self, claim: &Claim) -> Result<RunId, Stop> {
        let product = self.known_product(&claim.product)?;
        for maker in product.makers() {
            let lot = lot_id(&claim.product, maker, &claim.code);
            if self.has_lot(lot)? {
                return Ok(RunId {
                    lot,
                    first: claim.first,
                });
            }
        }
        Err(ProvenanceError::UnknownLot.into())
    }
}
