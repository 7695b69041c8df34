//! Loads DAPPs and the governance, and stores them together with the event of their new state.

use crate::{
    error::Result, terms::is_nobody, Cause, Dapp, DappAppointed, DappId, DerivedFactory,
    FactoryError, Flow, FundsMoved, Governance, PriceChanged, RulesChanged, StateChanged,
};
use allive_access::{AccessError, Account, Ownership, OwnershipChanged};
use allive_storage::{present, Boxed};
use ink::codegen::Env as _;

impl DerivedFactory {
    /// A DAPP.
    ///
    /// # Errors
    /// `UnknownDapp`.
    pub(crate) fn load_dapp(&self, dapp: DappId) -> Result<Boxed<Dapp>> {
        self.dapps.get(dapp).ok_or(FactoryError::UnknownDapp)
    }

    /// A DAPP that the caller operates.
    ///
    /// # Errors
    /// `UnknownDapp`, `NotOperator`.
    pub(crate) fn load_operated(&self, dapp: DappId) -> Result<Boxed<Dapp>> {
        let cell = self.load_dapp(dapp)?;
        match cell.operator.only_owner(&self.env().caller()) {
            Ok(()) => Ok(cell),
            Err(_) => Err(FactoryError::NotOperator),
        }
    }

    /// The owner, the rules, and what the constructor fixed.
    pub(crate) fn load_governance(&self) -> Boxed<Governance> {
        present(self.governance.get())
    }

    /// As [`load_governance`](Self::load_governance), if the caller is the owner.
    ///
    /// # Errors
    /// `CallerIsNotOwner`.
    pub(crate) fn load_owned(&self) -> Result<Boxed<Governance>, AccessError> {
        let governance = self.load_governance();
        governance.ownership.only_owner(&self.env().caller())?;
        Ok(governance)
    }

    /// Refuses new risk during a pause: registrations, purchases and rewards. Nothing else is
    /// paused.
    ///
    /// # Errors
    /// `Paused`.
    pub(crate) fn only_unpaused(&self) -> Result<(), AccessError> {
        if self.state.pause.is_active(self.env().block_timestamp()) {
            return Err(AccessError::Paused);
        }
        Ok(())
    }

    /// Ends a DAPP and freezes its token.
    ///
    /// # Errors
    /// As [`Dapp::fail`]; `Token`.
    pub(crate) fn fail(&mut self, dapp: DappId, mut cell: Boxed<Dapp>, cause: Cause) -> Result<()> {
        let claims = self.load_governance().durations.claims;
        cell.fail(cause, self.env().block_timestamp(), claims)?;
        cell.token.freeze()?;
        self.store_state(dapp, cell)
    }

    /// Names treasury, signer and successor of a DAPP.
    ///
    /// # Errors
    /// `BadTreasury`, `BadSigner`, `BadSuccessor`.
    pub(crate) fn name(
        &mut self,
        dapp: DappId,
        mut cell: Boxed<Dapp>,
        treasury: Account,
        signer: Option<Account>,
        successor: Option<Account>,
    ) -> Result<()> {
        let remainder_to = self.load_governance().into_inner().remainder_to;
        let owns = |account: &Account| !is_nobody(account) && *account != remainder_to;
        if !owns(&treasury) {
            return Err(FactoryError::BadTreasury);
        }
        if signer.as_ref().is_some_and(|signer| is_nobody(signer)) {
            return Err(FactoryError::BadSigner);
        }
        if !successor.as_ref().is_none_or(owns) {
            return Err(FactoryError::BadSuccessor);
        }
        cell.treasury = treasury;
        cell.signer = signer;
        cell.operator.pending = successor;
        self.store_appointments(dapp, cell)
    }

    pub(crate) fn store_appointments(&mut self, dapp: DappId, cell: Boxed<Dapp>) -> Result<()> {
        self.dapps.insert(dapp, &cell);
        let cell = cell.into_inner();
        self.env().emit_event(DappAppointed {
            dapp,
            operator: cell.operator.owner,
            pending: cell.operator.pending,
            treasury: cell.treasury,
            signer: cell.signer,
        });
        Ok(())
    }

    pub(crate) fn store_price(&mut self, dapp: DappId, cell: Boxed<Dapp>) -> Result<()> {
        self.dapps.insert(dapp, &cell);
        self.env().emit_event(PriceChanged {
            dapp,
            price: cell.terms.price,
            next: cell.next_price,
        });
        Ok(())
    }

    pub(crate) fn store_state(&mut self, dapp: DappId, cell: Boxed<Dapp>) -> Result<()> {
        self.dapps.insert(dapp, &cell);
        let state = cell.into_inner().life.state;
        self.env().emit_event(StateChanged { dapp, state });
        Ok(())
    }

    pub(crate) fn store_rules(&mut self, governance: Boxed<Governance>) -> Result<()> {
        self.governance.set(&governance);
        self.env().emit_event(RulesChanged {
            rules: governance.rules,
            next: governance.next_rules,
        });
        Ok(())
    }

    pub(crate) fn store_ownership(
        &mut self,
        governance: Boxed<Governance>,
    ) -> Result<(), AccessError> {
        self.governance.set(&governance);
        let Ownership { owner, pending } = governance.into_inner().ownership;
        self.env().emit_event(OwnershipChanged { owner, pending });
        Ok(())
    }

    /// Emits that ALV of a DAPP moved.
    pub(crate) fn emit_flow(
        &self,
        dapp: DappId,
        flow: Flow,
        amount: u128,
        account: Account,
    ) -> Result<()> {
        self.env().emit_event(FundsMoved {
            dapp,
            flow,
            amount,
            account,
        });
        Ok(())
    }
}
