//! What a new key inherits from former keys of its identity.

use crate::{error::Result, DappId, DerivedFactory, FactoryError, Inherited};
use allive_access::Account;
use ink::codegen::Env as _;

/// What the factory keeps for an account and an heir can inherit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[ink::scale_derive(Encode, Decode, TypeInfo)]
pub enum Holding {
    /// A DAPP, for its operator.
    Dapp(DappId),
    /// The credit of this account.
    Credit(Account),
}

impl DerivedFactory {
    /// Makes `heir` the operator of a DAPP that a former key of its identity operated.
    ///
    /// # Errors
    /// `UnknownDapp`, `BadTreasury`, `NotHeir`.
    pub(crate) fn inherit_dapp(&mut self, heir: Account, dapp: DappId) -> Result<()> {
        let mut cell = self.load_dapp(dapp)?;
        let governance = self.load_governance();
        if heir == governance.remainder_to {
            return Err(FactoryError::BadTreasury);
        }
        let former = cell.operator.owner.clone();
        let left = governance.identities.inherits(&heir, &former, cell.since)?;
        cell.inherit(heir.clone(), left);
        self.env().emit_event(Inherited {
            holding: Holding::Dapp(dapp),
            former,
            heir,
        });
        self.store_appointments(dapp, cell)
    }

    /// Adds to the heir's credit that of a former key of its identity, as far as it counts from
    /// before the key left.
    ///
    /// # Errors
    /// `NothingToDo`, `NotHeir`, `AmountTooLarge`.
    pub(crate) fn inherit_credit(&mut self, heir: Account, former: Account) -> Result<()> {
        let heirs = self.load_governance().into_inner().identities;
        self.credits.inherit(&heirs, &heir, &former)?;
        self.env().emit_event(Inherited {
            holding: Holding::Credit(former.clone()),
            former,
            heir,
        });
        Ok(())
    }
}
