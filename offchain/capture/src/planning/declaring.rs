//! Error declarations.

use super::Planner;
use crate::{world::Stop, Party, Problem};
use allive_epcis::{Event, EventHash};
use provenance::{Action, ErrorDeclaration, ErrorReason};

impl<'p> Planner<'p> {
    pub fn declare_error(&mut self, event: &'p Event, party: &Party) -> Result<(), Stop> {
        let Some(error) = &event.error else {
            return Ok(());
        };
        let says = |word| error.reason.as_ref().is_some_and(|reason| reason.is(word));
        let reason = if says("did_not_occur") {
            Some(ErrorReason::DidNotOccur)
        } else if says("incorrect_data") {
            Some(ErrorReason::IncorrectData)
        } else {
            let field = "errorDeclaration.reason".to_owned();
            self.note(field, Problem::NoErrorReason);
            None
        };
        let mut corrected_by = Vec::new();
        for (place, name) in error.corrective_events.iter().enumerate() {
            let known = self.names.get(name.as_str()).copied();
            match known.or_else(|| EventHash::from_name(name)) {
                Some(hash) => corrected_by.push(hash.0),
                None => {
                    let field = format!("errorDeclaration.correctiveEventIDs[{place}]");
                    self.note(field, Problem::UnknownCorrection);
                }
            }
        }
        let (Some(reason), true) = (reason, corrected_by.len() == error.corrective_events.len())
        else {
            return Ok(());
        };
        let declaration = ErrorDeclaration {
            event: event.hash.0,
            reason,
            corrected_by,
        };
        let declaration = declaration.into();
        self.does(
            "errorDeclaration",
            party.identity,
            Action::DeclareError { declaration },
        )?;
        Ok(())
    }
}
