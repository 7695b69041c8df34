//! ALV, the native token of the ALLIVE network: PSP22 with 8 decimals.
//!
//! README.md beside this file is the specification: roles, rules, and the test that proves each.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod error;
mod sponsored;
mod terms;

pub use self::alv::{Alv, AlvRef, MAX_PAYMENTS, MINTER, PAUSER, VAULT};
pub use error::AlvError;
pub use sponsored::{Action, Request, PURPOSE};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod alv {
    use crate::{terms::Terms, Action, AlvError, Request};
    use allive_access::{
        AccessControl, AccessError, Ownable, Ownership, OwnershipTransferStarted,
        OwnershipTransferred, Pausable, Pause, PauseTerms, Paused, RoleGranted, RoleRevoked,
        RoleType, Unpaused,
    };
    use allive_signed::{ChainId, Message, Signature};
    use ink::{
        prelude::{string::String, vec::Vec},
        storage::{traits::ManualKey, Lazy, Mapping},
    };
    use psp22::{
        Approval, PSP22Burnable, PSP22Error, PSP22Metadata, PSP22Mintable, Transfer, PSP22,
    };

    /// May create tokens, up to the cap.
    pub const MINTER: RoleType = ink::selector_id!("MINTER");
    /// May pause transfers, and end a pause.
    pub const PAUSER: RoleType = ink::selector_id!("PAUSER");
    /// A vault of the suite: what it pays out is not covered by a pause. Held for good.
    pub const VAULT: RoleType = ink::selector_id!("VAULT");

    /// The most payments that one `transfer_many` makes.
    pub const MAX_PAYMENTS: usize = 100;

    /// The root cell holds what every transfer needs; the rest stays unread.
    #[ink(storage)]
    pub struct Alv {
        total_supply: Balance,
        pause: Pause,
        balances: Mapping<AccountId, Balance, ManualKey<0x42414c53>>,
        allowances: Mapping<(AccountId, AccountId), Balance, ManualKey<0x414c4c57>>,
        nonces: Mapping<AccountId, u64, ManualKey<0x4e4f4e43>>,
        roles: Mapping<(RoleType, AccountId), (), ManualKey<0x524f4c45>>,
        ownership: Lazy<Ownership, ManualKey<0x4f574e52>>,
        terms: Lazy<Terms, ManualKey<0x5445524d>>,
    }

    impl Alv {
        /// Creates the token with `supply` units in the hands of the caller, who becomes owner.
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
                total_supply: 0,
                pause: Pause::default(),
                balances: Mapping::new(),
                allowances: Mapping::new(),
                nonces: Mapping::new(),
                roles: Mapping::new(),
                ownership: Lazy::new(),
                terms: Lazy::new(),
            };
            let creator = alv.env().caller();
            alv.ownership.set(&Ownership::new(creator));
            alv.terms.set(&Terms { cap, pause, chain });
            alv.create(creator, supply)?;
            Ok(alv)
        }

        /// The most units that can ever exist at one time.
        #[ink(message, selector = 0x29ee5da4)]
        pub fn cap(&self) -> Balance {
            self.terms().cap
        }

        /// Pays many accounts in one call: all of them, or none.
        ///
        /// # Errors
        /// `TooManyPayments` above [`MAX_PAYMENTS`]; `Token` as for a transfer of the sum.
        #[ink(message)]
        pub fn transfer_many(
            &mut self,
            payments: Vec<(AccountId, Balance)>,
        ) -> Result<(), AlvError> {
            if payments.len() > MAX_PAYMENTS {
                return Err(AlvError::TooManyPayments);
            }
            let from = self.env().caller();
            for (to, value) in payments {
                self.pay(from, to, value)?;
            }
            Ok(())
        }

        /// The nonce that the next sponsored request of `account` must carry.
        #[ink(message)]
        pub fn nonce(&self, account: AccountId) -> u64 {
            self.nonces.get(account).unwrap_or_default()
        }

        /// Does what `request.owner` signed. Anybody may submit it, and pays for it.
        ///
        /// # Errors
        /// `Expired` past the deadline, `WrongNonce`, `BadSignature`, and what the action returns.
        #[ink(message)]
        pub fn submit(&mut self, request: Request, signature: Signature) -> Result<(), AlvError> {
            if self.env().block_timestamp() > request.deadline {
                return Err(AlvError::Expired);
            }
            let nonce = self.nonce(request.owner);
            if nonce != request.nonce {
                return Err(AlvError::WrongNonce);
            }
            let message = Message::new(
                &crate::PURPOSE,
                &self.terms().chain,
                &self.env().account_id(),
                &request,
            );
            if !message.is_signed_by(&request.owner, &signature) {
                return Err(AlvError::BadSignature);
            }
            self.nonces.insert(request.owner, &nonce.saturating_add(1));
            match request.action {
                Action::Transfer { to, value } => self.pay(request.owner, to, value)?,
                Action::Approve { spender, value } => self.allow(request.owner, spender, value),
            }
            Ok(())
        }

        /// Moves `value` between two accounts of holders, under the rules of a transfer.
        fn pay(
            &mut self,
            from: AccountId,
            to: AccountId,
            value: Balance,
        ) -> Result<(), PSP22Error> {
            if from == to || value == 0 {
                return Ok(());
            }
            if self.paused() && !self.has_role(VAULT, from) {
                return Err(custom("Paused"));
            }
            self.debit(from, value)?;
            self.credit(to, value);
            self.env().emit_event(Transfer {
                from: Some(from),
                to: Some(to),
                value,
            });
            Ok(())
        }

        fn create(&mut self, to: AccountId, value: Balance) -> Result<(), PSP22Error> {
            if value == 0 {
                return Ok(());
            }
            self.total_supply = self
                .total_supply
                .checked_add(value)
                .filter(|supply| *supply <= self.terms().cap)
                .ok_or_else(|| custom("CapExceeded"))?;
            self.credit(to, value);
            self.env().emit_event(Transfer {
                from: None,
                to: Some(to),
                value,
            });
            Ok(())
        }

        fn debit(&mut self, account: AccountId, value: Balance) -> Result<(), PSP22Error> {
            let balance = self
                .balance_of(account)
                .checked_sub(value)
                .ok_or(PSP22Error::InsufficientBalance)?;
            if balance == 0 {
                self.balances.remove(account);
            } else {
                self.balances.insert(account, &balance);
            }
            Ok(())
        }

        fn credit(&mut self, account: AccountId, value: Balance) {
            // Cannot overflow: the sum of all balances is the supply, which the cap bounds.
            let balance = self.balance_of(account).saturating_add(value);
            self.balances.insert(account, &balance);
        }

        fn allow(&mut self, owner: AccountId, spender: AccountId, amount: Balance) {
            if owner == spender {
                return;
            }
            if amount == 0 {
                self.allowances.remove((owner, spender));
            } else {
                self.allowances.insert((owner, spender), &amount);
            }
            self.env().emit_event(Approval {
                owner,
                spender,
                amount,
            });
        }

        fn only_role(&self, role: RoleType) -> Result<(), AccessError> {
            if self.has_role(role, self.env().caller()) {
                Ok(())
            } else {
                Err(AccessError::MissingRole)
            }
        }

        fn drop_role(&mut self, role: RoleType, account: AccountId) -> Result<(), AccessError> {
            if !self.has_role(role, account) {
                return Err(AccessError::MissingRole);
            }
            self.roles.remove((role, account));
            self.env().emit_event(RoleRevoked { role, account });
            Ok(())
        }

        fn ownership(&self) -> Ownership {
            self.ownership.get_or_default()
        }

        fn terms(&self) -> Terms {
            self.terms.get_or_default()
        }
    }

    fn custom(reason: &str) -> PSP22Error {
        PSP22Error::Custom(String::from(reason))
    }

    impl PSP22 for Alv {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            self.total_supply
        }

        #[ink(message)]
        fn balance_of(&self, owner: AccountId) -> Balance {
            self.balances.get(owner).unwrap_or_default()
        }

        #[ink(message)]
        fn allowance(&self, owner: AccountId, spender: AccountId) -> Balance {
            self.allowances.get((owner, spender)).unwrap_or_default()
        }

        #[ink(message)]
        fn transfer(
            &mut self,
            to: AccountId,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            self.pay(self.env().caller(), to, value)
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: AccountId,
            to: AccountId,
            value: Balance,
            _data: Vec<u8>,
        ) -> Result<(), PSP22Error> {
            let caller = self.env().caller();
            if from != to && value != 0 && caller != from {
                let rest = self
                    .allowance(from, caller)
                    .checked_sub(value)
                    .ok_or(PSP22Error::InsufficientAllowance)?;
                self.allow(from, caller, rest);
            }
            self.pay(from, to, value)
        }

        #[ink(message)]
        fn approve(&mut self, spender: AccountId, value: Balance) -> Result<(), PSP22Error> {
            self.allow(self.env().caller(), spender, value);
            Ok(())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            spender: AccountId,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            if delta_value != 0 {
                let amount = self.allowance(owner, spender).saturating_add(delta_value);
                self.allow(owner, spender, amount);
            }
            Ok(())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            spender: AccountId,
            delta_value: Balance,
        ) -> Result<(), PSP22Error> {
            let owner = self.env().caller();
            if owner != spender && delta_value != 0 {
                let amount = self
                    .allowance(owner, spender)
                    .checked_sub(delta_value)
                    .ok_or(PSP22Error::InsufficientAllowance)?;
                self.allow(owner, spender, amount);
            }
            Ok(())
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
            8
        }
    }

    impl PSP22Mintable for Alv {
        #[ink(message)]
        fn mint(&mut self, value: Balance) -> Result<(), PSP22Error> {
            self.only_role(MINTER).map_err(|_| custom("MissingRole"))?;
            self.create(self.env().caller(), value)
        }
    }

    impl PSP22Burnable for Alv {
        #[ink(message)]
        fn burn(&mut self, value: Balance) -> Result<(), PSP22Error> {
            if value == 0 {
                return Ok(());
            }
            let from = self.env().caller();
            self.debit(from, value)?;
            // Cannot underflow: nobody holds more than the supply.
            self.total_supply = self.total_supply.saturating_sub(value);
            self.env().emit_event(Transfer {
                from: Some(from),
                to: None,
                value,
            });
            Ok(())
        }
    }

    impl Ownable for Alv {
        #[ink(message)]
        fn owner(&self) -> Option<AccountId> {
            self.ownership().owner
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<AccountId> {
            self.ownership().pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<AccountId>) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            ownership.offer(self.env().caller(), new_owner)?;
            self.ownership.set(&ownership);
            self.env()
                .emit_event(OwnershipTransferStarted { new_owner });
            Ok(())
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut ownership = self.ownership();
            let previous_owner = ownership.accept(self.env().caller())?;
            self.ownership.set(&ownership);
            self.env().emit_event(OwnershipTransferred {
                previous_owner,
                new_owner: ownership.owner,
            });
            Ok(())
        }
    }

    impl AccessControl for Alv {
        #[ink(message)]
        fn has_role(&self, role: RoleType, account: AccountId) -> bool {
            self.roles.contains((role, account))
        }

        #[ink(message)]
        fn grant_role(&mut self, role: RoleType, account: AccountId) -> Result<(), AccessError> {
            self.ownership().only_owner(self.env().caller())?;
            if self.has_role(role, account) {
                return Err(AccessError::RoleRedundant);
            }
            self.roles.insert((role, account), &());
            self.env().emit_event(RoleGranted {
                role,
                grantee: account,
            });
            Ok(())
        }

        #[ink(message)]
        fn revoke_role(&mut self, role: RoleType, account: AccountId) -> Result<(), AccessError> {
            self.ownership().only_owner(self.env().caller())?;
            if role == VAULT {
                return Err(AccessError::RoleIsPermanent);
            }
            self.drop_role(role, account)
        }

        #[ink(message)]
        fn renounce_role(&mut self, role: RoleType) -> Result<(), AccessError> {
            self.drop_role(role, self.env().caller())
        }
    }

    impl Pausable for Alv {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.pause.is_active(self.env().block_timestamp())
        }

        #[ink(message)]
        fn paused_until(&self) -> Timestamp {
            self.pause.until()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            self.only_role(PAUSER)?;
            let until = self
                .pause
                .begin(self.env().block_timestamp(), &self.terms().pause)?;
            self.env().emit_event(Paused { until });
            Ok(())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.only_role(PAUSER)?;
            self.pause.end(self.env().block_timestamp())?;
            self.env().emit_event(Unpaused {});
            Ok(())
        }
    }
}
