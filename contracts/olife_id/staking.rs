//! What identities stake for each other, and how ALV is paid out.

use crate::{Bond, IdError, OlifeId, Paid};
use allive_access::Account;
use allive_olife_id_interface::{IdentityId, Points};
use ink::codegen::Env as _;

impl OlifeId {
    #[inline(never)]
    pub(crate) fn vouch(
        &mut self,
        voucher: IdentityId,
        subject: IdentityId,
        points: Points,
    ) -> Result<(), IdError> {
        self.only_unpaused()?;
        if voucher == subject {
            return Err(IdError::Itself);
        }
        let now = self.now();
        let vouched_for = self.registry.identity(subject)?;
        vouched_for.truth.only_unchallenged(now)?;
        let old = self.registry.bonds.get((voucher, subject));
        let mut purse = self.registry.purse(voucher);
        let price = self.setup().terms.bond;
        let anchored = self.registry.anchored(voucher, now);
        let bond = purse.vouch(old, points, anchored, price, now)?;
        self.registry.purses.insert(voucher, &purse);
        self.registry
            .count_vouch(voucher, subject, Some(&bond), false)?;
        self.registry.bonds.insert((voucher, subject), &bond);
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn accept(
        &mut self,
        identity: IdentityId,
        voucher: IdentityId,
        accepted: bool,
    ) -> Result<(), IdError> {
        let (now, fade) = (self.now(), self.setup().terms.fade);
        let bond = self.registry.bonds.get((voucher, identity));
        // A vouch that has faded counts no more: whoever is proved false cannot accept it, so that
        // the bond is lost.
        let counts = |bond: &Bond| bond.ends.is_none() && !bond.has_faded(now, fade);
        let bond = bond.filter(|bond| accepted && counts(bond));
        let had = self
            .registry
            .count_vouch(voucher, identity, bond.as_ref(), true)?;
        if had == accepted || accepted && bond.is_none() {
            return Err(IdError::NothingToDo);
        }
        if let Some(mut bond) = bond.filter(|bond| !bond.accepted) {
            bond.accepted = true;
            self.registry.bonds.insert((voucher, identity), &bond);
        }
        Ok(())
    }

    #[inline(never)]
    pub(crate) fn unvouch(
        &mut self,
        voucher: IdentityId,
        subject: IdentityId,
    ) -> Result<(), IdError> {
        let mut bond = self.registry.bond(voucher, subject)?;
        let (now, terms) = (self.now(), self.setup().terms);
        let Some(ends) = bond.ends else {
            let mut purse = self.registry.purse(voucher);
            purse.forget(&bond);
            self.registry.purses.insert(voucher, &purse);
            self.registry.count_vouch(voucher, subject, None, false)?;
            bond.ends = Some(now.saturating_add(terms.unbonding));
            self.registry.bonds.insert((voucher, subject), &bond);
            return Ok(());
        };
        if now < ends {
            return Err(IdError::TooEarly);
        }
        if bond.is_at_stake(now, terms.fade) {
            let vouched_for = self.registry.identity(subject)?;
            vouched_for.truth.only_unchallenged(now)?;
        }
        self.registry.bonds.remove((voucher, subject));
        self.registry.credit(voucher, bond.amount)
    }

    /// Takes the bond of a voucher for an identity that was proved false.
    ///
    /// # Errors
    /// `NothingToDo`, `UnknownIdentity`, `Challenged`, `Token`.
    #[inline(never)]
    pub(crate) fn take_bond(
        &mut self,
        voucher: IdentityId,
        subject: IdentityId,
    ) -> Result<(), IdError> {
        let bond = self.registry.bond(voucher, subject)?;
        if self.registry.identity(subject)?.truth != crate::Truth::False {
            return Err(IdError::Challenged);
        }
        let setup = self.setup();
        if !bond.is_at_stake(self.now(), setup.terms.fade) {
            return Err(IdError::NothingToDo);
        }
        self.registry.bonds.remove((voucher, subject));
        let mut purse = self.registry.purse(voucher);
        purse.forget(&bond);
        self.registry.purses.insert(voucher, &purse);
        self.pay(voucher, Some(subject), &setup.forfeits_to, bond.amount)
    }

    #[inline(never)]
    pub(crate) fn withdraw(
        &mut self,
        identity: IdentityId,
        to: &Account,
        at_most: u128,
    ) -> Result<(), IdError> {
        let mut purse = self.registry.purse(identity);
        let amount = purse.credit.min(at_most);
        if amount == 0 {
            return Err(IdError::NothingToDo);
        }
        // Cannot underflow.
        purse.credit = purse.credit.saturating_sub(amount);
        self.registry.purses.insert(identity, &purse);
        self.pay(identity, None, to, amount)
    }

    /// Pays ALV out. No other function does.
    fn pay(
        &mut self,
        identity: IdentityId,
        lost_for: Option<IdentityId>,
        to: &Account,
        amount: u128,
    ) -> Result<(), IdError> {
        self.owed.pay(&self.setup().alv, to, amount)?;
        self.env().emit_event(Paid {
            identity,
            lost_for,
            to: to.clone(),
            amount,
        });
        Ok(())
    }
}
