//! An emergency: two members pause ALV at once.

use super::{members::Members, rights::CLINIC};
use crate::{
    demo::{
        actor::Actor::{Clinic, Group, Patient, Stranger},
        journal::one,
    },
    suite::values::HOUR,
    table::{alv as alv_amount, ALV},
};
use allive_calls::{at, psp22, Chain};
use anyhow::{ensure, Result};
use council::{Council, CouncilError, EmergencyPaused};
use derived_factory::DerivedFactory;
use psp22::{PSP22Error, PSP22};

impl<C: Chain> Members<'_, '_, C> {
    /// Two members pause ALV at once. What vaults owe is paid all the same, and it ends by itself.
    pub fn pause(&mut self) -> Result<()> {
        self.journal
            .chapter("An emergency: two members pause ALV, at once");
        let Self {
            alv: token,
            factory,
            council,
            ..
        } = *self;
        let pause = || at::<Council>(council).emergency_pause(token.into());
        self.journal.refuse(
            Stranger,
            "ask for a pause of ALV",
            pause(),
            CouncilError::NotMember,
        )?;
        let (enough, _) = self
            .journal
            .accept(Group, "ask for a pause of ALV", pause())?;
        ensure!(!enough, "one member alone paused ALV");
        let (enough, events) = self
            .journal
            .accept(Clinic, "ask for a pause of ALV", pause())?;
        let _: EmergencyPaused = one(&events)?;
        ensure!(enough, "two members did not pause ALV");

        let transfer = || psp22(token).transfer(Group.account(), ALV, vec![]);
        let what = format!("transfer {} ALV", alv_amount(ALV));
        let paused = PSP22Error::Custom("Paused".into());
        self.journal.refuse(Patient, &what, transfer(), paused)?;
        let redeem = at::<DerivedFactory>(factory).redeem(CLINIC, 100, 0);
        self.journal.accept(Group, "redeem 1.00 CLIN", redeem)?;
        let withdraw = at::<DerivedFactory>(factory).withdraw(Group.account().into());
        self.journal
            .accept(Group, "withdraw what it redeemed", withdraw)?;
        self.journal.refuse(
            Patient,
            "ask for another pause",
            pause(),
            CouncilError::CoolingDown,
        )?;
        self.journal
            .pass(72 * HOUR, "72 hours pass: the pause ends by itself");
        self.journal.accept(Patient, &what, transfer())?;
        Ok(())
    }
}
