//! Prescriptions: given, filled, cancelled, forgotten.

use crate::{
    acting::Actor, host::Host, prescription_key, Fill, NewPrescription, Prescribed, Prescription,
    PrescriptionCancelled, PrescriptionId, Provenance, ProvenanceError,
};
use allive_olife_id_interface::Topic;
use ink::{codegen::Env as _, env::hash::Blake2x128};

impl Provenance {
    #[inline(never)]
    pub(crate) fn prescribe(
        &mut self,
        actor: &Actor,
        new: &NewPrescription,
    ) -> Result<(), ProvenanceError> {
        let prescriber = self.attested(actor, Topic::CLINICIAN)?;
        let now = self.env().block_timestamp();
        let prescription = Prescription::new(prescriber, new, now)?;
        let key = prescription_key(prescriber, &new.commitment);
        let id = self.env().hash_bytes::<Blake2x128>(&key);
        // The error undoes the writing. To ask before it would be an access more.
        if self.prescriptions.insert(id, &prescription).is_some() {
            return Err(ProvenanceError::PrescriptionExists);
        }
        self.env().emit_event(Prescribed {
            prescription: id,
            prescriber,
            commitment: new.commitment,
            fills: new.fills,
            expires: new.expires,
        });
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn cancel_prescription(
        &mut self,
        actor: &Actor,
        id: PrescriptionId,
        as_authority: bool,
    ) -> Result<(), ProvenanceError> {
        let mut prescription = self.known_prescription(id)?;
        let by = if as_authority {
            self.attested(actor, Topic::AUTHORITY)?
        } else {
            self.identity(actor, Topic::CLINICIAN.bit())?
        };
        if !as_authority && by != prescription.prescriber {
            return Err(ProvenanceError::NotPrescriber);
        }
        prescription.cancel(self.env().block_timestamp())?;
        self.prescriptions.insert(id, &prescription);
        let prescription = id;
        self.env()
            .emit_event(PrescriptionCancelled { prescription, by });
        Ok(())
    }

    /// A dispensing uses one fill. Returns of which prescription.
    pub(crate) fn fill(&mut self, fill: &Fill) -> Result<PrescriptionId, ProvenanceError> {
        let id = fill.prescription;
        let mut prescription = self.known_prescription(id)?;
        let now = self.env().block_timestamp();
        prescription.fill::<Host>(&fill.secret, now)?;
        self.prescriptions.insert(id, &prescription);
        Ok(id)
    }

    /// Undoing a dispensing gives the fill back. A prescription lasts until none of its fills can
    /// be given back any more.
    pub(crate) fn give_back(&mut self, id: PrescriptionId) {
        if let Some(mut prescription) = self.prescriptions.get(id) {
            prescription.give_back();
            self.prescriptions.insert(id, &prescription);
        }
    }

    pub(crate) fn forget_prescription(
        &mut self,
        id: PrescriptionId,
    ) -> Result<(), ProvenanceError> {
        let prescription = self.known_prescription(id)?;
        let now = self.env().block_timestamp();
        if !prescription.is_over(now, self.setup.terms.undo) {
            return Err(ProvenanceError::NothingToPrune);
        }
        self.prescriptions.remove(id);
        Ok(())
    }

    fn known_prescription(&self, id: PrescriptionId) -> Result<Prescription, ProvenanceError> {
        let prescription = self.prescriptions.get(id);
        prescription.ok_or(ProvenanceError::UnknownPrescription)
    }
}
