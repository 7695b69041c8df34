//! Registration of a DAPP.

use crate::{
    error::Result, terms::is_nobody, Dapp, DappId, DappRegistered, DerivedFactory, FactoryError,
    Life, Money, Profile,
};
use allive_access::{Account, Ownership};
use allive_derived_token_interface::DerivedTokenClient;
use allive_storage::Boxed;
use ink::codegen::Env as _;

impl DerivedFactory {
    /// Creates the token of the caller's DAPP, and takes its stake. Returns its number.
    ///
    /// # Errors
    /// Those of [`register`](Self::register).
    pub(crate) fn create_dapp(&mut self, profile: Profile, stake: u128) -> Result<DappId> {
        self.only_unpaused()?;
        let governance = self.load_governance();
        let operator = Account::from(self.env().caller());
        let terms = profile.terms(&governance.rules)?;
        if stake < governance.rules.min_stake {
            return Err(FactoryError::StakeTooSmall);
        }
        if is_nobody(&profile.treasury)
            || [&operator, &profile.treasury].contains(&&governance.remainder_to)
        {
            return Err(FactoryError::BadTreasury);
        }
        let dapp = self.state.dapp_count;
        // Cannot overflow: there is no time for 2^64 messages.
        self.state.change().dapp_count = dapp.saturating_add(1);
        let token =
            DerivedTokenClient::create(governance.token_code, profile.label, &dapp.to_le_bytes())
                .map_err(|_| FactoryError::TokenNotCreated)?;
        let now = self.env().block_timestamp();
        let registered = DappRegistered {
            dapp,
            token: token.address().clone(),
            operator: operator.clone(),
            treasury: profile.treasury.clone(),
            terms: terms.clone(),
            stake,
        };
        let cell = Boxed::from(Dapp {
            operator: Ownership::new(operator.clone()),
            since: now,
            treasury: profile.treasury,
            signer: Some(operator.clone()),
            token,
            terms,
            next_price: None,
            life: Life::new(now, governance.durations.silence),
            money: Money {
                stake,
                ..Money::default()
            },
            supply: 0,
            peak: 0,
        });
        self.dapps.insert(dapp, &cell);
        self.dapp_of.insert(*registered.token, &dapp);
        self.charge(&operator, stake)?;
        self.env().emit_event(registered);
        Ok(dapp)
    }
}
