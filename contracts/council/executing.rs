//! What a proposal does when it is executed.

use crate::{
    needed, Action, Call, Constitution, ConstitutionChanged, Council, CouncilError, RoutineChanged,
};
use allive_call::call;
use ink::codegen::Env as _;

impl Council {
    pub(crate) fn carry_out(
        &mut self,
        action: Action,
        mut constitution: Constitution,
    ) -> Result<(), CouncilError> {
        match action {
            Action::Calls(calls) => self.call_all(&calls)?,
            Action::Pay { to, amount } => self
                .env()
                .transfer(*to, amount)
                .map_err(|_| CouncilError::NotPaid)?,
            Action::Amend(amendment) => {
                constitution.amend(&amendment)?;
                self.establish(constitution);
            }
            Action::List {
                target,
                selector,
                routine,
            } => {
                if routine {
                    self.routines.insert((&target, selector), &());
                } else {
                    self.routines.remove((&target, selector));
                }
                constitution.begin_era();
                self.constitution.set(&constitution);
                self.env().emit_event(RoutineChanged {
                    era: constitution.era,
                    target,
                    selector,
                    routine,
                });
            }
        }
        Ok(())
    }

    /// Sends the calls in order. Before each one, the gas must suffice for it and all that
    /// follow, whatever the earlier ones used.
    fn call_all(&self, calls: &[Call]) -> Result<(), CouncilError> {
        let mut rest = calls;
        let mut index = 0_u8;
        while let Some((first, others)) = rest.split_first() {
            if self.env().gas_left() < needed(rest) {
                return Err(CouncilError::TooLittleGas);
            }
            call(&first.target, &first.input(), first.value)
                .map_err(|failure| CouncilError::CallFailed { index, failure })?;
            rest = others;
            index = index.saturating_add(1);
        }
        Ok(())
    }

    pub(crate) fn establish(&mut self, constitution: Constitution) {
        self.constitution.set(&constitution);
        let Constitution {
            era,
            members,
            terms,
            ..
        } = constitution;
        self.env().emit_event(ConstitutionChanged {
            era,
            members,
            terms,
        });
    }
}
