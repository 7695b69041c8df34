//! The factory of derived tokens: the vault that creates them, sells and redeems them for ALV, and
//! makes their holders whole when a DAPP fails.
//!
//! README.md beside this file is the specification. All messages and what they promise are here,
//! and so is the code of those that users send every day; the code of the others is the
//! [office's](../derived_office/lib.rs), so that a purchase does not load it.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod credit;
mod dapp;
mod error;
mod events;
mod governance;
mod holding;
pub mod host;
mod order;
mod state;
mod terms;
mod vault;
pub mod voucher;

pub use self::derived_factory::{DappId, DerivedFactory, DerivedFactoryRef};
pub use credit::Credit;
pub use dapp::{Dapp, Money, Pocket};
pub use error::FactoryError;
pub use events::*;
pub use governance::{Charter, Codes, Governance};
pub use holding::Holding;
pub use order::Order;
pub use state::{Accusation, Cause, Digest, Failure, Life, Phase, State};
pub use terms::{Durations, Profile, Rules, Terms, MAX_DECIMALS, MAX_NAME, MAX_SYMBOL};
pub use vault::{Sale, Vault};
pub use voucher::{Voucher, PURPOSE};

// What the macro generates beside the documented items, and arguments that the office reads.
#[allow(missing_docs, unused_variables)]
#[ink::contract]
mod derived_factory {
    use crate::*;
    use allive_access::{AccessError, Account, Amount, Ownable, Pausable};
    use allive_signatures::Signature;
    use allive_storage::{root_unchanged, Cell, Unread};

    /// The number of a DAPP, counted from 0.
    pub type DappId = u64;

    /// All that it is lies in the vault.
    #[ink(storage)]
    pub struct DerivedFactory {
        vault: Vault,
    }

    impl DerivedFactory {
        /// A factory whose collateral is the PSP22 token `alv`. The caller becomes owner.
        ///
        /// # Errors
        /// `UnsoundRules`, `UnsoundDurations`, `Access(UnsoundPauseTerms)`. The chain ends it where
        /// the office's code is not.
        #[ink(constructor, selector = 0xf04d5481)]
        pub fn new(
            alv: AccountId,
            codes: Codes,
            charter: Unread<Charter>,
        ) -> Result<Self, FactoryError> {
            let vault = Vault::new(alv, codes.office);
            host::begin(&vault);
            host::keep(&vault.office);
            // The office finds the rest of the arguments where it looks for those of a message.
            host::hand_on(&vault.office)
        }

        // ---- A DAPP comes, and gives signs of life ----

        /// Creates a token for the caller's DAPP, whose operator, first signer and staker the
        /// caller is. The stake comes from the caller's credit, and what that lacks from ALV that
        /// the caller allowed to this contract. Returns the number of the DAPP.
        ///
        /// # Errors
        /// `Access(Paused)`, `BadLabel`, `BadShare`, `CoverTooLow`, `BadPrice`, `StakeTooSmall`,
        /// `BadTreasury`, `TokenNotCreated`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn register(
            &mut self,
            profile: Unread<Profile>,
            stake: Unread<Amount>,
        ) -> Result<DappId, FactoryError> {
            self.office()
        }

        /// Gives a sign of life. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        pub fn heartbeat(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Takes over a DAPP that was offered to the caller. Its treasury and its signer stay until
        /// the new operator [appoints](Self::appoint) others.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotPendingOperator`.
        #[ink(message)]
        pub fn accept_dapp(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Names who receives what was raised, whose signature makes a voucher, and who may take
        /// the DAPP over. Another signer voids the vouchers of the one before. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `BadTreasury`.
        #[ink(message)]
        pub fn appoint(
            &mut self,
            dapp: Unread<DappId>,
            treasury: Unread<Account>,
            signer: Unread<Account>,
            successor: Unread<Option<Account>>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Announces a price of one unit, in place of any earlier announcement; `None` takes it
        /// back. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `BadPrice`.
        #[ink(message)]
        pub fn announce_price(
            &mut self,
            dapp: Unread<DappId>,
            price: Unread<Option<Balance>>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Makes the announced price the price, after its notice and for as long as that was.
        /// Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `Notice`, `WouldDilute`, `Uncovered`,
        /// `Understaked`.
        #[ink(message)]
        pub fn change_price(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        // ---- What users buy, redeem and convert ----

        /// Turns ALV that the caller allowed to this contract into credit.
        ///
        /// # Errors
        /// `NothingToDo`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn deposit(&mut self, amount: Unread<Amount>) -> Result<(), FactoryError> {
            self.office()
        }

        /// ALV says that `from` paid `value` to this contract, and what for: `order` buys units of
        /// a DAPP's token for it, `None` makes it credit. What is too little for another unit
        /// becomes credit, too. Returns how many units were bought. ALV alone sends this, for who
        /// sends it `transfer_and_call`; the order, encoded, is the data of that.
        ///
        /// # Errors
        /// `NotAlv`, `NothingToDo`, `AmountTooLarge`; for an order as [`buy`](Self::buy).
        #[ink(message, selector = 0x0305eeec)]
        pub fn on_received(
            &mut self,
            from: Account,
            value: Amount,
            order: Option<Order>,
        ) -> Result<Balance, FactoryError> {
            if host::caller() != self.vault.alv.address() {
                return Err(FactoryError::NotAlv);
            }
            let Some(Order { dapp, min_tokens }) = order else {
                if *value == 0 {
                    return Err(FactoryError::NothingToDo);
                }
                self.vault.credit(&from, *value)?;
                host::emit(Deposited {
                    account: from,
                    amount: *value,
                });
                return root_unchanged(0);
            };
            let sale = self.vault.sale(dapp, *value, min_tokens)?;
            // Cannot underflow: the units are those that `value` suffices for.
            let rest = value.saturating_sub(sale.paid);
            if rest > 0 {
                self.vault.credit(&from, rest)?;
            }
            root_unchanged(self.vault.sold(sale, from, *value)?)
        }

        /// Buys as many units of a DAPP's token as `paid` suffices for, from the caller's credit
        /// first, then from ALV that the caller allowed to this contract. Returns how many. Takes
        /// exactly what they cost.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `WrongPhase`, `NothingToDo`, `TooLittle` if they are
        /// fewer than `min_tokens`, `CapExceeded`, `WouldDilute`, `Uncovered`, `Understaked`,
        /// `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn buy(
            &mut self,
            dapp: DappId,
            paid: Amount,
            min_tokens: Amount,
        ) -> Result<Balance, FactoryError> {
            let sale = self.vault.sale(dapp, *paid, *min_tokens)?;
            let buyer = Account::from(host::caller());
            if self.vault.credit_of(&buyer).amount < sale.paid {
                // The office takes what lacks out of the allowance. Nothing was stored so far.
                self.office()
            }
            self.vault.spend(&buyer, sale.paid)?;
            root_unchanged(self.vault.sold(sale, buyer, 0)?)
        }

        /// Takes `tokens` units of the caller's out of being and credits the caller with their part
        /// of the reserve. Returns how much. Open whatever the DAPP or this contract's owner do,
        /// until the DAPP has failed.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase(Failed)`, `Token(InsufficientBalance)` beyond the supply,
        /// `NothingToDo`, `TooLittle` if that is less than `min_credit`,
        /// `Token(InsufficientBalance)` beyond what the caller holds.
        #[ink(message)]
        pub fn redeem(
            &mut self,
            dapp: DappId,
            tokens: Amount,
            min_credit: Amount,
        ) -> Result<Balance, FactoryError> {
            root_unchanged(self.take_back(dapp, *tokens, *min_credit)?)
        }

        /// Redeems units of one DAPP's token and buys units of another's for what they bring: two
        /// legs, with ALV between them and a least outcome for each. What is too little for another
        /// unit stays the caller's credit. Returns how many units were bought.
        ///
        /// # Errors
        /// As [`redeem`](Self::redeem), then as [`buy`](Self::buy).
        #[ink(message)]
        pub fn convert(
            &mut self,
            from: DappId,
            tokens: Amount,
            min_credit: Amount,
            to: DappId,
            min_tokens: Amount,
        ) -> Result<Balance, FactoryError> {
            let credit = self.take_back(from, *tokens, *min_credit)?;
            let sale = self.vault.sale(to, credit, *min_tokens)?;
            let buyer = Account::from(host::caller());
            self.vault.spend(&buyer, sale.paid)?;
            root_unchanged(self.vault.sold(sale, buyer, 0)?)
        }

        /// Pays the caller all of its credit in ALV and returns how much. Nobody can ask for
        /// another's: where a key is lost, the credit waits for the [heir](Self::inherit). The
        /// emptied cell stays.
        ///
        /// # Errors
        /// `NothingToDo`, `Token`.
        #[ink(message)]
        pub fn withdraw(&mut self) -> Result<Balance, FactoryError> {
            let account = Account::from(host::caller());
            let amount = self.vault.credit_of(&account).amount;
            if amount == 0 {
                return Err(FactoryError::NothingToDo);
            }
            self.vault.credits.insert(*account, &Credit::default());
            self.vault.pay(&account, amount)?;
            host::emit(CreditWithdrawn { account, amount });
            root_unchanged(amount)
        }

        // ---- What a DAPP stakes, prepays, gives away and takes out ----

        /// Puts ALV into a pocket of a DAPP: behind its token, or for rewards and vouchers. Anyone,
        /// from credit first, then from ALV allowed to this contract. It is the DAPP's from then
        /// on.
        ///
        /// # Errors
        /// `NothingToDo`, `UnknownDapp`, `WrongPhase(Failed)`, `AmountTooLarge`, `Token`,
        /// `PaymentShort`.
        #[ink(message)]
        pub fn fund(
            &mut self,
            dapp: Unread<DappId>,
            pocket: Unread<Pocket>,
            amount: Unread<Amount>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Asks for `amount` out of a pocket back. It can be released after the unbonding time, and
        /// is taken all the same if the DAPP fails before. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`,
        /// `Uncovered`, `Understaked`.
        #[ink(message)]
        pub fn unbond(
            &mut self,
            dapp: Unread<DappId>,
            pocket: Unread<Pocket>,
            amount: Unread<Amount>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Pays the operator what was asked back and has waited long enough. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooEarly`, `Uncovered`,
        /// `Understaked`, `Token`.
        #[ink(message)]
        pub fn release(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Pays the treasury `amount` of what was raised. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`,
        /// `Uncovered`, `Understaked`, `Token`.
        #[ink(message)]
        pub fn withdraw_proceeds(
            &mut self,
            dapp: Unread<DappId>,
            amount: Unread<Amount>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Gives a user tokens, paid for at the price of now out of what the DAPP prepaid. Operator
        /// only.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`,
        /// `CapExceeded`, `WouldDilute`, `Uncovered`, `Understaked`, `TooLittleThere`.
        #[ink(message)]
        pub fn reward(
            &mut self,
            dapp: Unread<DappId>,
            to: Unread<Account>,
            tokens: Unread<Amount>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Gives a user the tokens of a voucher that the DAPP signed. Anyone may submit it, once. A
        /// pause does not stop it: the DAPP prepaid it.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase`, `Expired`, `AlreadyUsed`, `BadSignature`, `NothingToDo`,
        /// `CapExceeded`, `WouldDilute`, `Uncovered`, `Understaked`, `TooLittleThere`.
        #[ink(message)]
        pub fn redeem_voucher(
            &mut self,
            voucher: Unread<Voucher>,
            signature: Unread<Signature>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        // ---- A DAPP fails, and its holders are made whole ----

        /// Ends the DAPP by its own word: its holders share everything that lies here for it. A
        /// DAPP that has no holders leaves by [`unbond`](Self::unbond) instead. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        pub fn close(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Declares a DAPP failed that has given no sign of life for too long. Anyone.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless it is silent.
        #[ink(message)]
        pub fn declare_silent(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Accuses a DAPP of having failed its users. `evidence` is the hash of what proves it.
        /// Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase`, `TooEarly` after an accusation
        /// that led to nothing.
        #[ink(message)]
        pub fn accuse(
            &mut self,
            dapp: Unread<DappId>,
            evidence: Unread<Digest>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Answers an accusation. `answer` is the hash of what speaks against it. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase` unless it is accused.
        #[ink(message)]
        pub fn answer(
            &mut self,
            dapp: Unread<DappId>,
            answer: Unread<Digest>,
        ) -> Result<(), FactoryError> {
            self.office()
        }

        /// Takes an accusation back. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused.
        #[ink(message)]
        pub fn acquit(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Declares an accused DAPP failed, after its time to answer and for as long as that was.
        /// Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused,
        /// `TooEarly`.
        #[ink(message)]
        pub fn decide(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Pays `holder` its share of a failed DAPP's pot, for all units that it holds, which go
        /// out of being. Returns how much. Anyone may ask for it: only the holder is paid.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `Expired`, `NothingToDo`,
        /// `Token`.
        #[ink(message)]
        pub fn claim(
            &mut self,
            dapp: Unread<DappId>,
            holder: Unread<Account>,
        ) -> Result<Balance, FactoryError> {
            self.office()
        }

        /// Pays what nobody claimed in time to the place for remainders. Anyone.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `TooEarly`, `NothingToDo`,
        /// `Token`.
        #[ink(message)]
        pub fn sweep(&mut self, dapp: Unread<DappId>) -> Result<(), FactoryError> {
            self.office()
        }

        // ---- A key is lost ----

        /// Gives the caller what the factory keeps for a former key of the caller's identity: Olife
        /// ID says whose keys were recovered, and since when. A DAPP, in any phase: the caller
        /// becomes its operator, and its treasury and its signer where the former operator was;
        /// nothing is offered any more. A credit: all of it, added to the caller's. Only what came
        /// to the key before it left. No pause stops it.
        ///
        /// # Errors
        /// Of a DAPP `UnknownDapp`, `BadTreasury`; of a credit `NothingToDo`, `AmountTooLarge`; of
        /// both `NotHeir`.
        #[ink(message)]
        pub fn inherit(&mut self, holding: Unread<Holding>) -> Result<(), FactoryError> {
            self.office()
        }

        // ---- The protocol's rules ----

        /// Announces rules for whoever registers later, in place of any earlier announcement;
        /// `None` takes it back. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnsoundRules`.
        #[ink(message)]
        pub fn announce_rules(&mut self, rules: Unread<Option<Rules>>) -> Result<(), FactoryError> {
            self.office()
        }

        /// Makes the announced rules the rules, after their notice and for as long as that was.
        /// Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `Notice`.
        #[ink(message)]
        pub fn change_rules(&mut self) -> Result<(), FactoryError> {
            self.office()
        }

        // ---- What front ends ask ----

        /// A DAPP, if there is one of this number.
        #[ink(message)]
        pub fn dapp(&self, dapp: Unread<DappId>) -> Option<Cell<Dapp>> {
            self.office()
        }

        /// Where a DAPP stands now, if there is one of this number.
        #[ink(message)]
        pub fn phase(&self, dapp: Unread<DappId>) -> Option<Phase> {
            self.office()
        }

        /// The number of the DAPP that this token belongs to, if this contract created it.
        #[ink(message)]
        pub fn dapp_of(&self, token: Unread<AccountId>) -> Option<DappId> {
            self.office()
        }

        /// How many DAPPs registered; their numbers are below this.
        #[ink(message)]
        pub fn dapp_count(&self) -> DappId {
            self.office()
        }

        /// What `account` can spend here or have paid out, in the smallest unit of ALV.
        #[ink(message)]
        pub fn credit_of(&self, account: Unread<Account>) -> Balance {
            self.office()
        }

        /// Whether a DAPP's voucher of this number was redeemed.
        #[ink(message)]
        pub fn is_voucher_used(&self, dapp: Unread<DappId>, number: Unread<u64>) -> bool {
            self.office()
        }

        /// The token that is staked, and that tokens are bought and redeemed for.
        #[ink(message)]
        pub fn alv(&self) -> AccountId {
            self.office()
        }

        /// Olife ID, which is asked who inherits.
        #[ink(message)]
        pub fn identities(&self) -> AccountId {
            self.office()
        }

        /// The rules, the durations, and everything else that is the same for all.
        #[ink(message)]
        pub fn terms(&self) -> Cell<Governance> {
            self.office()
        }
        /// Does what is rare. The office's code reads the arguments, and gives the answer.
        fn office(&self) -> ! {
            host::hand_on(&self.vault.office)
        }

        fn take_back(
            &mut self,
            dapp: DappId,
            tokens: Balance,
            min_credit: Balance,
        ) -> Result<Balance, FactoryError> {
            let mut cell = self.vault.known(dapp)?;
            cell.life.only_unfailed()?;
            let credited = cell.redeem(tokens)?;
            if credited < min_credit {
                return Err(FactoryError::TooLittle);
            }
            self.vault.dapps.insert(dapp, &cell);
            let holder = Account::from(host::caller());
            self.vault.credit(&holder, credited)?;
            cell.token.burn(&holder, tokens)?;
            host::emit(TokensRedeemed {
                dapp,
                holder,
                tokens,
                credited,
            });
            Ok(credited)
        }
    }

    impl Ownable for DerivedFactory {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            self.office()
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.office()
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            self.office()
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            self.office()
        }
    }

    impl Pausable for DerivedFactory {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.office()
        }

        #[ink(message)]
        fn paused_until(&self) -> Timestamp {
            self.office()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            self.office()
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.office()
        }
    }
}
