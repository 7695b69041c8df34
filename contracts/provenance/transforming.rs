//! Transformations: runs end, and new lots are made of them.

use crate::{
    acting::Actor, place, transformation::Origin, Cell, Custody, End, Lot, NewLot, Provenance,
    ProvenanceError, RunId, State, Step, Transformation, UnitId, MAX_INPUTS, MAX_OUTPUTS,
    MAX_WORDS,
};
use allive_olife_id_interface::IdentityId;
use allive_storage::Boxed;
use ink::{codegen::Env as _, prelude::vec::Vec};

impl Provenance {
    #[inline(never)]
    pub(crate) fn transform(
        &mut self,
        actor: &Actor,
        inputs: Vec<RunId>,
        outputs: Vec<Boxed<NewLot>>,
        kind: Transformation,
    ) -> Result<(), ProvenanceError> {
        let first = inputs.first().ok_or(ProvenanceError::BadTransformation)?;
        let is_sound = inputs.len() <= MAX_INPUTS
            && (1..=MAX_OUTPUTS).contains(&outputs.len())
            && outputs.iter().all(|new| new.product.role() == kind.role());
        if !is_sound {
            return Err(ProvenanceError::BadTransformation);
        }
        let site = self.run(*first)?.unit.custody()?.site;
        let by = self.attested(actor, kind.role())?;
        let now = self.env().block_timestamp();
        let custody = Custody::new(by, kind.role(), site, now)?;
        let mut origin = Origin::default();
        let mut words_left = MAX_WORDS;
        for input in &inputs {
            let lot = self.consume(*input, by, site, &mut words_left)?;
            origin.add(*input, &lot)?;
        }
        let mut made = Vec::new();
        for new in outputs {
            let new = new.into_inner();
            let product = self.known_product(&new.product)?;
            let mut lot = Lot::commission(&product, by, new, now)?;
            origin.pass_on(kind, &mut lot)?;
            made.push(self.begin_lot(lot, custody)?);
        }
        self.trace(Step::Transformed {
            inputs,
            outputs: made,
            kind,
            by,
            site,
        });
        Ok(())
    }

    /// Ends a run that goes into a transformation. Returns its lot.
    fn consume(
        &mut self,
        id: RunId,
        by: IdentityId,
        site: u64,
        words_left: &mut u64,
    ) -> Result<Lot, ProvenanceError> {
        let run = self.run(id)?;
        let custody = run.unit.custody()?;
        if custody.holder != by {
            return Err(ProvenanceError::NotHolder);
        }
        if custody.site != site {
            return Err(ProvenanceError::Elsewhere);
        }
        let mut found = self.found_in(id, run, id.first)?;
        match self.known(&found, false).state {
            State::Genuine => (),
            other => return Err(ProvenanceError::NotActive(other)),
        }
        if found.lot.serials.is_some() {
            self.only_undispensed(id, found.run.length, words_left)?;
        }
        let now = self.env().block_timestamp();
        found.run.unit.retire(End::Transformed, now)?;
        self.keep(UnitId::Run(id), Cell::Run(found.run));
        Ok(found.lot)
    }

    /// Refuses a run of which a pack was dispensed.
    fn only_undispensed(
        &self,
        run: RunId,
        length: u64,
        words_left: &mut u64,
    ) -> Result<(), ProvenanceError> {
        let last = run.first.saturating_add(length).saturating_sub(1);
        let ((from, first_bit), (to, last_bit)) = (place(run.first), place(last));
        let words = to.saturating_sub(from).saturating_add(1);
        let left = words_left.checked_sub(words);
        *words_left = left.ok_or(ProvenanceError::TooManyPacks)?;
        for number in from..=to {
            let Some(word) = self.words.get((run.lot, number)) else {
                continue;
            };
            let begin = if number == from { first_bit } else { 0 };
            let end = if number == to { last_bit } else { u8::MAX };
            if (begin..=end).any(|bit| word.has(bit)) {
                return Err(ProvenanceError::NotActive(State::Ended(End::Dispensed)));
            }
        }
        Ok(())
    }
}
