//! ALV, the native token of the ALLIVE network: PSP22 with 8 decimals.
//!
//! README.md beside this file is the specification: roles, rules, and the test that proves each.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod error;
mod governance;
mod state;

pub use self::alv::{Alv, AlvRef, MAX_PAYMENTS, MINTER, PAUSER, VAULT};
pub use action::{Action, Request, PURPOSE};
pub use allive_psp22::{PSP22Payable, MAX_DATA, ON_RECEIVED, PSP22};
pub use error::AlvError;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod alv {
    use crate::{
        action::DECIMALS, governance::Governance, state::State, Action, AlvError, Request, PURPOSE,
    };
    use ::psp22::{PSP22Burnable, PSP22Error, PSP22Metadata, PSP22Mintable};
    use allive_access::{
        only_somebody, AccessControl, AccessError, Account, Ownable, Ownership, OwnershipChanged,
        Pausable, PauseChanged, PauseTerms, RoleChanged, RoleType,
    };
    use allive_psp22::{Ledger, PSP22Payable, PSP22};
    use allive_requests::{ChainId, Domain, Nonces, Signature};
    use allive_storage::{finish, present, Root, Tracked};
    use ink::{
        prelude::{string::String, vec::Vec},
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    /// May mint units, up to the cap.
    pub const MINTER: RoleType = ink::selector_id!("MINTER");
    /// May pause transfers, and end a pause.
    pub const PAUSER: RoleType = ink::selector_id!("PAUSER");
    /// A vault of the suite: a pause does not stop its payments. The owner cannot revoke this role.
    pub const VAULT: RoleType = ink::selector_id!("VAULT");

    /// The most payments that one `transfer_many` makes.
    pub const MAX_PAYMENTS: u8 = 100;

    // ---- Storage ----

    const ROLES: u32 = u32::from_be_bytes(*b"ROLE");
    const GOVERNANCE: u32 = u32::from_be_bytes(*b"GOVN");

    #[ink(storage)]
    pub struct Alv {
        state: Tracked<State>,
        ledger: Ledger,
        nonces: Nonces,
        roles: Mapping<(RoleType, AccountId), (), ManualKey<ROLES>>,
        governance: Lazy<Governance, ManualKey<GOVERNANCE>>,
    }

    impl Root for Alv {
        type Inline = State;

        fn inline(&self) -> &Tracked<State> {
            &self.state
        }
    }

    // ---- Constructor ----

    impl Alv {
        /// Deployer: creates the token and mints `supply` units. The caller receives them and
        /// becomes owner.
        ///
        /// `cap` bounds the supply for ever. `chain` is the genesis hash of the chain, which signed
        /// requests bind.
        ///
        /// # Errors
        /// `CapExceeded` if `supply` is above `cap`; `Access(UnsoundPauseTerms)`.
        #[ink(constructor)]
        pub fn new(
            supply: Balance,
            cap: Balance,
            pause: PauseTerms,
            chain: ChainId,
        ) -> Result<Self, AlvError> {
            if !pause.are_sound() {
                return Err(AccessError::UnsoundPauseTerms.into());
            }
            let mut alv = Self {
                state: Tracked::new(State {
                    chain,
                    ..State::default()
                }),
                ledger: Ledger::default(),
                nonces: Nonces::default(),
                roles: Mapping::new(),
                governance: Lazy::new(),
            };
            let creator = alv.env().caller();
            alv.governance.set(&Governance {
                ownership: Ownership::new(creator.into()),
                cap,
                pause,
            });
            alv.create(&creator, supply)?;
            Ok(alv)
        }
    }

    // ---- Holders: PSP22 ----

    impl PSP22 for Alv {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            self.state.total_supply
        }

        #[ink(message)]
        fn balance_of(&self, owner: Account) -> Balance {
            self.ledger.balance_of(&owner)
        }

        #[ink(message)]
        fn allowance(&self, owner: Account, spender: Account) -> Balance {
            self.ledger.allowance(&owner, &spender)
        }

        #[ink(message)]
        fn transfer(
            &mut self,
            to: Account,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let caller = self.env().caller();
            self.pay(&caller, &caller, &to, value)?;
            finish(self, ())
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: Account,
            to: Account,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let spender = self.env().caller();
            self.pay(&spender, &from, &to, value)?;
            finish(self, ())
        }

        #[ink(message)]
        fn approve(&mut self, spender: Account, value: Balance) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .approve(&owner, &spender, value)
                .map_err(AlvError::from)?;
            finish(self, ())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            spender: Account,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .increase_allowance(&owner, &spender, delta_value)
                .map_err(AlvError::from)?;
            finish(self, ())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            spender: Account,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            self.ledger
                .decrease_allowance(&owner, &spender, delta_value)
                .map_err(AlvError::from)?;
            finish(self, ())
        }
    }

    impl PSP22Payable for Alv {
        #[ink(message)]
        fn transfer_and_call(
            &mut self,
            to: Account,
            value: Balance,
            data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let from = self.env().caller();
            self.pay_and_call(&from, &to, value, &data)?;
            finish(self, ())
        }
    }

    impl PSP22Metadata for Alv {
        #[ink(message)]
        fn token_name(&self) -> Option<String> {
            Some(String::from("ALLIVE"))
        }

        #[ink(message)]
        fn token_symbol(&self) -> Option<String> {
            Some(String::from("ALV"))
        }

        #[ink(message)]
        fn token_decimals(&self) -> u8 {
            DECIMALS
        }
    }

    impl PSP22Burnable for Alv {
        #[ink(message)]
        fn burn(&mut self, value: Balance) -> Result<(), PSP22Error> {
            let holder = self.env().caller();
            self.destroy(&holder, value)?;
            finish(self, ())
        }
    }

    // ---- Holders: beyond the standard ----

    impl Alv {
        /// Holder: pays many accounts in one call, or none of them. The payer's balance is read and
        /// written once.
        ///
        /// # Errors
        /// `TooManyPayments` above [`MAX_PAYMENTS`]; then those of a transfer of the sum.
        #[ink(message)]
        pub fn transfer_many(&mut self, payments: Vec<(Account, Balance)>) -> Result<(), AlvError> {
            if payments.len() > MAX_PAYMENTS.into() {
                return Err(AlvError::TooManyPayments);
            }
            let from = self.env().caller();
            self.may_pay(&from)?;
            let mut sum: Balance = 0;
            for (to, value) in payments {
                if *to == from || value == 0 {
                    continue;
                }
                sum = sum
                    .checked_add(value)
                    .ok_or(AlvError::InsufficientBalance)?;
                self.ledger.credit(Some(&from), &to, value);
            }
            self.ledger.debit(&from, sum)?;
            finish(self, ())
        }

        /// Anybody: carries out a request that `request.signer` signed. The caller pays the fee.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, then those of the action.
        #[ink(message)]
        pub fn act_for(&mut self, request: Request, signature: Signature) -> Result<(), AlvError> {
            let this = self.env().account_id();
            let domain = domain(&self.state.chain, &this);
            let now = self.env().block_timestamp();
            self.nonces.accept(&request, &signature, &domain, now)?;
            self.act(&request.signer, &request.action)?;
            finish(self, ())
        }

        /// Signer: uses a nonce up, so that no request of the caller with this nonce is carried
        /// out any more.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        pub fn cancel(&mut self, nonce: u64) -> Result<(), AlvError> {
            self.nonces.take(&self.env().caller().into(), nonce)?;
            finish(self, ())
        }

        /// The nonces from `128 * cell` on that `signer` used, a bit for each: the lowest bit is
        /// for the lowest nonce.
        #[ink(message)]
        pub fn used_nonces(&self, signer: Account, cell: u64) -> u128 {
            self.nonces.cell(&signer, cell)
        }

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        pub fn request_text(&self, request: Request) -> Vec<u8> {
            request.text(&domain(&self.state.chain, &self.env().account_id()))
        }

        /// The most units that can ever exist at one time.
        #[ink(message, selector = 0x29ee5da4)]
        pub fn cap(&self) -> Balance {
            self.governance().cap
        }
    }

    // ---- Minters ----

    impl PSP22Mintable for Alv {
        #[ink(message)]
        fn mint(&mut self, value: Balance) -> Result<(), PSP22Error> {
            self.only_role(MINTER).map_err(AlvError::from)?;
            let minter = self.env().caller();
            self.create(&minter, value)?;
            finish(self, ())
        }
    }

    // ---- Pausers ----

    impl Pausable for Alv {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.state.pause.is_active(self.env().block_timestamp())
        }

        #[ink(message)]
        fn paused_until(&self) -> Timestamp {
            self.state.pause.until()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            self.only_role(PAUSER)?;
            let now = self.env().block_timestamp();
            let terms = self.governance().pause;
            let until = self.state.change().pause.begin(now, &terms)?;
            self.env().emit_event(PauseChanged { until });
            finish(self, ())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.only_role(PAUSER)?;
            let until = self.env().block_timestamp();
            self.state.change().pause.end(until)?;
            self.env().emit_event(PauseChanged { until });
            finish(self, ())
        }
    }

    // ---- Owner ----

    impl Ownable for Alv {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            Some(self.governance().ownership.owner)
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.governance().ownership.pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.governance();
            let caller = self.env().caller();
            governance.ownership.offer(&caller, new_owner)?;
            self.govern(governance);
            finish(self, ())
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance.ownership.accept(&self.env().caller())?;
            self.govern(governance);
            finish(self, ())
        }
    }

    impl AccessControl for Alv {
        #[ink(message)]
        fn has_role(&self, role: RoleType, account: Account) -> bool {
            self.holds(role, &account)
        }

        #[ink(message)]
        fn grant_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError> {
            self.only_owner()?;
            only_somebody(&account)?;
            if self.holds(role, &account) {
                return Err(AccessError::RoleRedundant);
            }
            self.roles.insert((role, &*account), &());
            self.env().emit_event(RoleChanged {
                role,
                account,
                held: true,
            });
            finish(self, ())
        }

        #[ink(message)]
        fn revoke_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError> {
            self.only_owner()?;
            if role == VAULT {
                return Err(AccessError::RoleIsPermanent);
            }
            self.take_role(role, account)?;
            finish(self, ())
        }

        #[ink(message)]
        fn renounce_role(&mut self, role: RoleType) -> Result<(), AccessError> {
            self.take_role(role, self.env().caller().into())?;
            finish(self, ())
        }
    }

    // ---- Helpers ----

    #[ink(impl)]
    impl Alv {
        /// Transfers units on behalf of `spender`, unless a pause stops it.
        fn pay(
            &mut self,
            spender: &AccountId,
            from: &AccountId,
            to: &AccountId,
            value: Balance,
        ) -> Result<(), AlvError> {
            let may_pay = self.may_pay(from);
            self.ledger.transfer(spender, from, to, value, may_pay)
        }

        /// Transfers units of `from` and tells the payee, unless a pause stops it.
        fn pay_and_call(
            &mut self,
            from: &AccountId,
            to: &AccountId,
            value: Balance,
            data: &[u8],
        ) -> Result<(), AlvError> {
            let may_pay = self.may_pay(from);
            self.ledger
                .transfer_and_call(from, to, value, data, may_pay)
        }

        /// Holders pay unless transfers are paused; vaults of the suite always do.
        fn may_pay(&self, from: &AccountId) -> Result<(), AlvError> {
            if self.paused() && !self.holds(VAULT, from) {
                return Err(AlvError::Paused);
            }
            Ok(())
        }

        /// Carries out what a holder signed, as her own message would.
        fn act(&mut self, by: &AccountId, action: &Action) -> Result<(), AlvError> {
            match action {
                Action::Transfer { to, value } => self.pay(by, by, to, *value)?,
                Action::TransferAndCall { to, value, data } => {
                    self.pay_and_call(by, to, *value, data)?;
                }
                Action::Approve { spender, value } => self.ledger.approve(by, spender, *value)?,
                Action::Cancel => {}
            }
            Ok(())
        }

        /// Mints units, up to the cap.
        fn create(&mut self, to: &AccountId, value: Balance) -> Result<(), AlvError> {
            if value == 0 {
                return Ok(());
            }
            let supply = self.state.total_supply.checked_add(value);
            let supply = supply.filter(|supply| *supply <= self.governance().cap);
            self.state.change().total_supply = supply.ok_or(AlvError::CapExceeded)?;
            self.ledger.credit(None, to, value);
            Ok(())
        }

        /// Burns units. A pause does not stop it.
        fn destroy(&mut self, from: &AccountId, value: Balance) -> Result<(), AlvError> {
            if value == 0 {
                return Ok(());
            }
            self.ledger.burn(from, value)?;
            let state = self.state.change();
            // Cannot underflow: nobody holds more than the supply.
            state.total_supply = state.total_supply.saturating_sub(value);
            Ok(())
        }

        fn holds(&self, role: RoleType, account: &AccountId) -> bool {
            self.roles.contains((role, account))
        }

        fn only_role(&self, role: RoleType) -> Result<(), AccessError> {
            if self.holds(role, &self.env().caller()) {
                Ok(())
            } else {
                Err(AccessError::MissingRole)
            }
        }

        fn only_owner(&self) -> Result<(), AccessError> {
            self.governance().ownership.only_owner(&self.env().caller())
        }

        fn take_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError> {
            if !self.holds(role, &account) {
                return Err(AccessError::MissingRole);
            }
            self.roles.remove((role, &*account));
            self.env().emit_event(RoleChanged {
                role,
                account,
                held: false,
            });
            Ok(())
        }

        fn governance(&self) -> Governance {
            present(self.governance.get())
        }

        fn govern(&mut self, governance: Governance) {
            self.governance.set(&governance);
            let Ownership { owner, pending } = governance.ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
        }
    }

    /// What binds a signed request to this contract.
    fn domain<'a>(chain: &'a ChainId, contract: &'a AccountId) -> Domain<'a> {
        Domain {
            purpose: &PURPOSE,
            chain,
            contract,
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn alv(supply: Balance) -> Alv {
            let pause = PauseTerms {
                duration: 10,
                cooldown: 20,
            };
            Alv::new(supply, Balance::MAX, pause, [7; 32]).unwrap()
        }

        allive_psp22::tests!(Alv, alv);
    }
}
