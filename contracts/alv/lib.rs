//! ALV, the native token of the ALLIVE network: PSP22 with 8 decimals.
//!
//! README.md beside this file is the specification: roles, rules, and the test that proves each.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod error;
mod governance;
mod ledger;
mod payments;
mod receiver;
mod sponsored;

pub use self::alv::{Alv, AlvRef, MAX_PAYMENTS, MINTER, PAUSER, VAULT};
pub use allive_psp22::{Data, PSP22};
pub use error::AlvError;
pub use payments::Payments;
pub use receiver::{Note, ON_RECEIVED};
pub use sponsored::{Action, Request, PURPOSE};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod alv {
    use crate::{
        governance::Governance, ledger::Entry, payments::Payments, receiver, receiver::Note,
        Action, AlvError, Request,
    };
    use ::psp22::{PSP22Burnable, PSP22Error, PSP22Metadata, PSP22Mintable};
    use allive_access::{
        AccessControl, AccessError, Account, Amount, Ownable, Ownership, OwnershipChanged,
        Pausable, Pause, PauseChanged, PauseTerms, RoleChanged, RoleType,
    };
    use allive_psp22::{Data, Fact, Kind, Ledger, Numbers, PSP22};
    use allive_signatures::{ChainId, Message, Signature};
    use allive_storage::root_unchanged;
    use ink::{
        prelude::string::String,
        storage::{traits::ManualKey, Lazy},
    };

    /// May create tokens, up to the cap.
    pub const MINTER: RoleType = ink::selector_id!("MINTER");
    /// May pause transfers, and end a pause.
    pub const PAUSER: RoleType = ink::selector_id!("PAUSER");
    /// A vault of the suite: what it pays out is not covered by a pause. Held for good.
    pub const VAULT: RoleType = ink::selector_id!("VAULT");

    /// The most payments that one `transfer_many` makes.
    pub const MAX_PAYMENTS: u8 = 100;

    /// The root cell holds what every transfer needs; the rest stays unread.
    #[ink(storage)]
    pub struct Alv {
        total_supply: Balance,
        pause: Pause,
        ledger: Numbers<Entry<'static>>,
        governance: Lazy<Governance, ManualKey<0x474f564e>>,
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
                ledger: Default::default(),
                governance: Lazy::new(),
            };
            let creator = alv.env().caller();
            alv.governance.set(&Governance {
                ownership: Ownership::new(creator.into()),
                cap,
                pause,
                chain,
            });
            alv.create(&creator, supply)?;
            Ok(alv)
        }

        /// The most units that can ever exist at one time.
        #[ink(message, selector = 0x29ee5da4)]
        pub fn cap(&self) -> Balance {
            self.governance().cap
        }

        /// Pays many accounts in one call: all of them, or none. The payer's balance is read and
        /// written once.
        ///
        /// # Errors
        /// `TooManyPayments` above [`MAX_PAYMENTS`]; as for a transfer of the sum.
        #[ink(message)]
        pub fn transfer_many(&mut self, payments: Payments) -> Result<(), AlvError> {
            if payments.count() > MAX_PAYMENTS {
                return Err(AlvError::TooManyPayments);
            }
            let from = self.env().caller();
            self.may_pay(&from)?;
            let mut balance = self.get(Entry::Balance(&from));
            for (to, value) in payments.iter() {
                if *to != from && value != 0 {
                    balance = balance
                        .checked_sub(value)
                        .ok_or(AlvError::InsufficientBalance)?;
                    self.credit(Some(&from), &to, value);
                }
            }
            self.set(Entry::Balance(&from), balance);
            Ok(())
        }

        /// Pays `to`, a contract, and tells it so in the same message, as ERC-1363's
        /// `transferAndCall` does: the contract accepts, or all is undone. `data`, up to 255 bytes,
        /// are the encoded arguments of its message `on_received` after the payer and the value.
        /// Why it would refuse is what that message answers in a dry run whose origin is ALV.
        ///
        /// # Errors
        /// As for a transfer; `NotAccepted`.
        #[ink(message)]
        pub fn transfer_and_call(
            &mut self,
            to: Account,
            value: Amount,
            data: Note,
        ) -> Result<(), AlvError> {
            let from = self.env().caller();
            self.pay(&from, &from, &to, *value)?;
            if !receiver::announce(&to, &from, *value, data) {
                return Err(AlvError::NotAccepted);
            }
            root_unchanged(())
        }

        /// The nonce that the next sponsored request of `account` must carry.
        #[ink(message)]
        pub fn nonce(&self, account: Account) -> u128 {
            self.get(Entry::Nonce(&account))
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
            let nonce = Entry::Nonce(&request.owner);
            if self.get(nonce) != request.nonce {
                return Err(AlvError::WrongNonce);
            }
            let message = Message::new(
                &crate::PURPOSE,
                &self.governance().chain,
                &self.env().account_id(),
                &request,
            );
            if !message.is_signed_by(&request.owner, &signature) {
                return Err(AlvError::BadSignature);
            }
            self.set(nonce, request.nonce.saturating_add(1));
            match &request.action {
                Action::Transfer { to, value } => {
                    self.pay(&request.owner, &request.owner, to, *value)?;
                }
                Action::Approve { spender, value } => self.allow(&request.owner, spender, *value),
            }
            Ok(())
        }

        /// Brings units into being, up to the cap.
        fn create(&mut self, to: &AccountId, value: Balance) -> Result<(), AlvError> {
            if value == 0 {
                return Ok(());
            }
            self.total_supply = self
                .total_supply
                .checked_add(value)
                .filter(|supply| *supply <= self.governance().cap)
                .ok_or(AlvError::CapExceeded)?;
            self.credit(None, to, value);
            Ok(())
        }

        /// Takes units out of being; a pause does not stop it.
        fn destroy(&mut self, from: &AccountId, value: Balance) -> Result<(), AlvError> {
            if value == 0 {
                return Ok(());
            }
            self.debit(from, value)?;
            // Cannot underflow: nobody holds more than the supply.
            self.total_supply = self.total_supply.saturating_sub(value);
            Fact::emit(Kind::Transfer, Some(from), None, value);
            Ok(())
        }

        fn holds(&self, role: RoleType, account: &AccountId) -> bool {
            self.get(Entry::Role(account, role)) != 0
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

        /// Gives a role, or takes it away.
        fn set_role(
            &mut self,
            role: RoleType,
            account: Account,
            held: bool,
        ) -> Result<(), AccessError> {
            if self.holds(role, &account) == held {
                return Err(if held {
                    AccessError::RoleRedundant
                } else {
                    AccessError::MissingRole
                });
            }
            self.set(Entry::Role(&account, role), held.into());
            self.env().emit_event(RoleChanged {
                role,
                account,
                held,
            });
            Ok(())
        }

        fn pause_changed(&self) {
            let until = self.pause.until();
            self.env().emit_event(PauseChanged { until });
        }

        fn governance(&self) -> Governance {
            match self.governance.get() {
                Some(governance) => governance,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        fn govern(&mut self, governance: Governance) {
            self.governance.set(&governance);
            let Ownership { owner, pending } = governance.ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
        }
    }

    impl Ledger for Alv {
        type Entry<'a> = Entry<'a>;
        type Error = AlvError;

        const INSUFFICIENT_BALANCE: AlvError = AlvError::InsufficientBalance;
        const INSUFFICIENT_ALLOWANCE: AlvError = AlvError::InsufficientAllowance;

        /// Holders pay unless transfers are paused; vaults of the suite always do.
        fn may_pay(&self, from: &AccountId) -> Result<(), AlvError> {
            if self.paused() && !self.holds(VAULT, from) {
                return Err(AlvError::Paused);
            }
            Ok(())
        }
    }

    /// Ends a message of PSP22 that touched the ledger alone, in the standard's own error.
    fn standard(result: Result<(), AlvError>) -> Result<(), PSP22Error> {
        match result {
            Ok(()) => root_unchanged(()),
            Err(error) => Err(error.into()),
        }
    }

    impl PSP22 for Alv {
        #[ink(message)]
        fn total_supply(&self) -> Balance {
            self.total_supply
        }

        #[ink(message)]
        fn balance_of(&self, owner: Account) -> Balance {
            self.get(Entry::Balance(&owner))
        }

        #[ink(message)]
        fn allowance(&self, owner: Account, spender: Account) -> Balance {
            self.get(Entry::Allowance(&owner, &spender))
        }

        #[ink(message)]
        fn transfer(&mut self, to: Account, value: Amount, _data: Data) -> Result<(), PSP22Error> {
            let caller = self.env().caller();
            standard(self.pay(&caller, &caller, &to, *value))
        }

        #[ink(message)]
        fn transfer_from(
            &mut self,
            from: Account,
            to: Account,
            value: Amount,
            _data: Data,
        ) -> Result<(), PSP22Error> {
            standard(self.pay(&self.env().caller(), &from, &to, *value))
        }

        #[ink(message)]
        fn approve(&mut self, spender: Account, value: Amount) -> Result<(), PSP22Error> {
            self.allow(&self.env().caller(), &spender, *value);
            root_unchanged(())
        }

        #[ink(message)]
        fn increase_allowance(
            &mut self,
            spender: Account,
            delta_value: Amount,
        ) -> Result<(), PSP22Error> {
            self.allow_more(&self.env().caller(), &spender, *delta_value);
            root_unchanged(())
        }

        #[ink(message)]
        fn decrease_allowance(
            &mut self,
            spender: Account,
            delta_value: Amount,
        ) -> Result<(), PSP22Error> {
            standard(self.allow_less(&self.env().caller(), &spender, *delta_value))
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
            let allowed = self.only_role(MINTER).map_err(AlvError::from);
            Ok(allowed.and_then(|()| self.create(&self.env().caller(), value))?)
        }
    }

    impl PSP22Burnable for Alv {
        #[ink(message)]
        fn burn(&mut self, value: Balance) -> Result<(), PSP22Error> {
            Ok(self.destroy(&self.env().caller(), value)?)
        }
    }

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
            governance
                .ownership
                .offer(&self.env().caller(), new_owner)?;
            self.govern(governance);
            Ok(())
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance.ownership.accept(&self.env().caller())?;
            self.govern(governance);
            Ok(())
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
            self.set_role(role, account, true)
        }

        #[ink(message)]
        fn revoke_role(&mut self, role: RoleType, account: Account) -> Result<(), AccessError> {
            self.only_owner()?;
            if role == VAULT {
                return Err(AccessError::RoleIsPermanent);
            }
            self.set_role(role, account, false)
        }

        #[ink(message)]
        fn renounce_role(&mut self, role: RoleType) -> Result<(), AccessError> {
            self.set_role(role, self.env().caller().into(), false)
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
            let now = self.env().block_timestamp();
            self.pause.begin(now, &self.governance().pause)?;
            self.pause_changed();
            Ok(())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.only_role(PAUSER)?;
            self.pause.end(self.env().block_timestamp())?;
            self.pause_changed();
            Ok(())
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use ink::prelude::vec::Vec;

        fn alv(supply: Balance) -> Alv {
            let pause = PauseTerms {
                duration: 10,
                cooldown: 20,
            };
            Alv::new(supply, Balance::MAX, pause, [7; 32]).unwrap()
        }

        allive_psp22::tests!(Alv, alv);

        #[test]
        fn arguments_encode_as_the_types_that_the_metadata_names() {
            use ink::scale::{Decode, Encode};
            let plain = vec![
                (AccountId::from([1; 32]), 5u128),
                (AccountId::from([2; 32]), 0),
            ];
            let payments = Payments::decode(&mut &plain.encode()[..]).unwrap();
            assert_eq!(payments.count(), 2);
            assert_eq!(payments.encode(), plain.encode());
            let read: Vec<_> = payments.iter().map(|(to, value)| (*to, value)).collect();
            assert_eq!(read, plain);
            for length in [0, 63, 64, 255usize] {
                let bytes = vec![7_u8; length].encode();
                let note = Note::decode(&mut &bytes[..]).unwrap();
                assert_eq!(note.encode(), bytes);
                assert_eq!(Note::from(vec![7; length]), note);
            }
            for count in [63, 64, 100, 255usize] {
                let many = vec![(AccountId::from([3; 32]), 1u128); count].encode();
                assert_eq!(Payments::decode(&mut &many[..]).unwrap().encode(), many);
                assert!(Payments::decode(&mut &many[..many.len() - 1]).is_err());
            }
            let too_many = vec![(AccountId::from([3; 32]), 1u128); 256].encode();
            assert!(Payments::decode(&mut &too_many[..]).is_err());
        }
    }
}
