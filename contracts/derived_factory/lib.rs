//! The factory of derived tokens. It creates them, sells and redeems them for ALV, and pays their
//! holders out of the stake when a DAPP fails.
//!
//! README.md beside this file is the specification. This file has the storage, the constructor and
//! all messages. The rules are in the files beside it, one file for each subject.
//!
//! A call pays for the code that it runs, and the dispatcher always runs. So each message is
//! `#[inline(never)]`: no message pays for the body of another.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod action;
mod dapp;
mod error;
mod events;
mod governance;
mod inheritance;
mod life;
mod order;
mod payments;
mod records;
mod registration;
mod sale;
mod state;
mod terms;
mod users;
mod voucher;

pub use allive_payments::Credit;

pub use self::derived_factory::{DappId, DerivedFactory, DerivedFactoryRef};
pub use action::{Action, Request, PURPOSE};
pub use dapp::{Dapp, Fund, Money, Source, Unbonding};
pub use error::FactoryError;
pub use events::*;
pub use governance::{Charter, Governance};
pub use inheritance::Holding;
pub use life::{Accusation, Cause, Digest, Failure, Life, Phase, State};
pub use order::Order;
pub use state::FactoryState;
pub use terms::{DappTerms, Durations, Profile, Rules, MAX_DECIMALS, MAX_NAME, MAX_SYMBOL};
pub use voucher::{Gift, Voucher, VOUCHER};

use error::Result;

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod derived_factory {
    use crate::{action::domain, *};
    use allive_access::{
        AccessError, Account, Announced, NoticeError, Ownable, Pausable, Pause, PauseChanged,
    };
    use allive_call::Last;
    use allive_payments::Credits;
    use allive_psp22_interface::Psp22Client;
    use allive_requests::{Nonces, Signature};
    use allive_storage::{finish, Boxed, Root, Tracked};
    use ink::{
        prelude::vec::Vec,
        storage::{traits::ManualKey, Lazy, Mapping},
    };

    // ---- Storage ----

    /// The number of a DAPP, counted from 0.
    pub type DappId = u64;

    const DAPPS: u32 = u32::from_be_bytes(*b"DAPP");
    const TOKENS: u32 = u32::from_be_bytes(*b"TOKN");
    const GOVERNANCE: u32 = u32::from_be_bytes(*b"GOVN");

    #[ink(storage)]
    pub struct DerivedFactory {
        pub(crate) state: Tracked<FactoryState>,
        /// Every DAPP.
        pub(crate) dapps: Mapping<DappId, Boxed<Dapp>, ManualKey<DAPPS>>,
        /// Which DAPP a token belongs to.
        pub(crate) dapp_of: Mapping<AccountId, DappId, ManualKey<TOKENS>>,
        /// ALV that accounts can spend here or withdraw.
        pub(crate) credits: Credits,
        /// One bit for each request and voucher of an account that was carried out.
        pub(crate) nonces: Nonces,
        /// The owner, the rules, and what the constructor fixed.
        pub(crate) governance: Lazy<Boxed<Governance>, ManualKey<GOVERNANCE>>,
    }

    impl Root for DerivedFactory {
        type Inline = FactoryState;

        fn inline(&self) -> &Tracked<FactoryState> {
            &self.state
        }
    }

    impl DerivedFactory {
        // ---- Constructor ----

        /// Deployer: creates a factory. Its collateral is the PSP22 token `alv`, and its tokens run
        /// the code with the hash `token_code`. The caller becomes owner.
        ///
        /// # Errors
        /// `BadRemainder`, `UnsoundRules`, `UnsoundDurations`, `Access(UnsoundPauseTerms)`.
        #[ink(constructor)]
        pub fn new(alv: AccountId, token_code: Hash, charter: Boxed<Charter>) -> Result<Self> {
            let owner = Self::env().caller().into();
            let governance = charter.into_inner().governance(owner, token_code)?;
            let mut factory = Self {
                state: Tracked::new(FactoryState {
                    alv: Psp22Client::at(alv),
                    pause: Pause::default(),
                    dapp_count: 0,
                }),
                dapps: Mapping::new(),
                dapp_of: Mapping::new(),
                credits: Credits::default(),
                nonces: Nonces::default(),
                governance: Lazy::new(),
            };
            factory.governance.set(&governance.into());
            Ok(factory)
        }

        // ---- Operators of DAPPs ----

        /// Anybody: registers a DAPP and creates its token. The caller becomes its operator and
        /// first signer. The stake is taken from the caller's credit first, then by allowance in
        /// ALV. Returns the number of the DAPP.
        ///
        /// # Errors
        /// `Access(Paused)`, `BadLabel`, `BadShare`, `CoverTooLow`, `BadPrice`, `StakeTooSmall`,
        /// `BadTreasury`, `TokenNotCreated`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn register(&mut self, profile: Boxed<Profile>, stake: Balance) -> Result<DappId> {
            self.create_dapp(profile.into_inner(), stake)
        }

        /// Operator: proves that the DAPP is alive. It counts as silent after `silence` without a
        /// heartbeat.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn heartbeat(&mut self, dapp: DappId) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            let silence = self.load_governance().durations.silence;
            cell.life.beat(self.env().block_timestamp(), silence)?;
            self.dapps.insert(dapp, &cell);
            let alive_until = cell.life.alive_until;
            self.env().emit_event(HeartbeatSent { dapp, alive_until });
            Ok(())
        }

        /// Operator: names the treasury, the signer of vouchers if there is to be one, and the
        /// account that may take the DAPP over. A new signer makes the vouchers of the former one
        /// invalid.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `BadTreasury`, `BadSigner`, `BadSuccessor`.
        #[ink(message)]
        #[inline(never)]
        pub fn appoint(
            &mut self,
            dapp: DappId,
            treasury: Account,
            signer: Option<Account>,
            successor: Option<Account>,
        ) -> Result<()> {
            let cell = self.load_operated(dapp)?;
            self.name(dapp, cell, treasury, signer, successor)
        }

        /// Successor: takes over a DAPP that was offered to the caller. Treasury and signer stay
        /// until the new operator [appoints](Self::appoint) others.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotPendingOperator`.
        #[ink(message)]
        #[inline(never)]
        pub fn accept_dapp(&mut self, dapp: DappId) -> Result<()> {
            let mut cell = self.load_dapp(dapp)?;
            cell.accept(&self.env().caller(), self.env().block_timestamp())?;
            self.store_appointments(dapp, cell)
        }

        /// Operator: announces a price of one smallest unit, in the smallest unit of ALV. It
        /// replaces any earlier announcement; `None` withdraws it. While a higher price is
        /// announced, no units are issued. A price that lowers what a failure pays takes effect
        /// after the unbonding time, any other after the notice.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `BadPrice`, `PriceTooLow`.
        #[ink(message)]
        #[inline(never)]
        pub fn announce_price(&mut self, dapp: DappId, price: Option<Balance>) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            let now = self.env().block_timestamp();
            cell.life.only_live(now)?;
            match price {
                Some(price) => {
                    cell.announce_price(price, now, &self.load_governance().durations)?
                }
                None => cell.next_price = None,
            }
            self.store_price(dapp, cell)
        }

        /// Operator: puts the announced price into effect, once its notice is over and before the
        /// announcement lapses.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `Notice`, `PriceTooLow`, `Uncovered`,
        /// `Understaked`.
        #[ink(message)]
        #[inline(never)]
        pub fn change_price(&mut self, dapp: DappId) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            let now = self.env().block_timestamp();
            cell.life.only_live(now)?;
            cell.change_price(now, &self.load_governance().durations)?;
            self.store_price(dapp, cell)
        }

        /// Operator: issues `tokens` units to a user. They are paid for at the current price from
        /// the prepaid ALV of the DAPP.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`,
        /// `RiseAnnounced`, `CapExceeded`, `Uncovered`, `Understaked`, `TooLittleThere`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn reward(&mut self, dapp: DappId, to: Account, tokens: Balance) -> Result<()> {
            self.only_unpaused()?;
            let cell = self.load_operated(dapp)?;
            cell.life.only_live(self.env().block_timestamp())?;
            self.give(dapp, cell, to, tokens)?;
            finish(self, ())
        }

        /// Operator: asks for `amount` of the stake or of the proceeds. It can be released after
        /// the unbonding time. If the DAPP fails before that, it goes into the pot.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`,
        /// `Uncovered`, `Understaked`.
        #[ink(message)]
        #[inline(never)]
        pub fn unbond(&mut self, dapp: DappId, source: Source, amount: Balance) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            let now = self.env().block_timestamp();
            cell.life.only_live(now)?;
            let wait = self.load_governance().durations.unbonding;
            cell.unbond(source, amount, now, wait)?;
            self.dapps.insert(dapp, &cell);
            let operator = cell.into_inner().operator.owner;
            self.emit_flow(dapp, Flow::unbonding(source), amount, operator)
        }

        /// Operator: pays out what unbonded: stake to the operator, proceeds to the treasury.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooEarly`, `Uncovered`,
        /// `Understaked`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn release(&mut self, dapp: DappId, source: Source) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            let now = self.env().block_timestamp();
            cell.life.only_live(now)?;
            let amount = cell.release(source, now)?;
            self.pay_out(dapp, cell, Flow::released(source), amount)
        }

        /// Operator: pays `amount` of the proceeds to the treasury at once. What is left must still
        /// pay every unit in full if the DAPP fails; otherwise the proceeds have to
        /// [unbond](Self::unbond).
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`,
        /// `Uncovered`, `Understaked`, `WouldDilute`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw_proceeds(&mut self, dapp: DappId, amount: Balance) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            cell.life.only_live(self.env().block_timestamp())?;
            cell.withdraw(amount)?;
            self.pay_out(dapp, cell, Flow::ProceedsWithdrawn, amount)
        }

        /// Operator: pays the operator `amount` of the prepaid ALV, in any phase. It belongs to the
        /// DAPP, and is no part of the pot.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `NothingToDo`, `TooLittleThere`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw_prepaid(&mut self, dapp: DappId, amount: Balance) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            cell.withdraw_prepaid(amount)?;
            self.pay_out(dapp, cell, Flow::PrepaidWithdrawn, amount)
        }

        /// Operator: answers an accusation. `answer` is the hash of the counter-evidence.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase` unless it is accused.
        #[ink(message)]
        #[inline(never)]
        pub fn answer(&mut self, dapp: DappId, answer: Digest) -> Result<()> {
            let mut cell = self.load_operated(dapp)?;
            cell.life.answer(answer, self.env().block_timestamp())?;
            self.store_state(dapp, cell)
        }

        /// Operator: ends the DAPP. Its holders share the pot: all ALV that the factory holds for
        /// it, but the prepaid. A DAPP without holders should use [`unbond`](Self::unbond) instead.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn close(&mut self, dapp: DappId) -> Result<()> {
            let cell = self.load_operated(dapp)?;
            self.fail(dapp, cell, Cause::OwnWord)
        }

        // ---- Users ----

        /// ALV: notifies the factory that `from` paid `value` by `transfer_and_call`. `order`, the
        /// data of that message, buys units of a DAPP's token; with `None` the payment becomes
        /// credit. What is too little for another unit becomes credit, too. Bytes after the order
        /// are refused. Returns the number of units bought.
        ///
        /// # Errors
        /// `NotAlv`, `NothingToDo`, `AmountTooLarge`; for an order as [`buy`](Self::buy).
        #[ink(message, selector = 0x0305eeec)]
        #[inline(never)]
        pub fn on_received(
            &mut self,
            from: Account,
            value: Balance,
            order: Last<Option<Order>>,
        ) -> Result<Balance> {
            if self.env().caller() != self.state.alv.address() {
                return Err(FactoryError::NotAlv);
            }
            let Some(order) = order.0 else {
                self.add_credit(&from, value)?;
                self.emit_deposited(from, value);
                return finish(self, 0);
            };
            let sale = self.sell(order, value)?;
            self.credit_rest(&from, value, sale.paid)?;
            let bought = self.deliver(sale, from, value)?;
            finish(self, bought)
        }

        /// Anybody: takes ALV by allowance and adds it to the caller's credit.
        ///
        /// # Errors
        /// `NothingToDo`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn deposit(&mut self, amount: Balance) -> Result<()> {
            let caller = self.env().caller().into();
            self.deposit_by(caller, amount)
        }

        /// Anybody: buys as many units of a DAPP's token as `paid` suffices for, and pays exactly
        /// their price. The price is taken from the caller's credit first, then by allowance in
        /// ALV. `min_backing` is the least ALV that redeeming the bought units must pay right after
        /// the purchase. Returns the number of units.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `WrongPhase`, `NothingToDo`, `TooLittle` if they are
        /// fewer than `min_tokens`, `RiseAnnounced`, `CapExceeded`, `Uncovered`, `Understaked`,
        /// `TooLittleBacking`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn buy(
            &mut self,
            dapp: DappId,
            paid: Balance,
            min_tokens: Balance,
            min_backing: Balance,
        ) -> Result<Balance> {
            let order = Order {
                dapp,
                min_tokens,
                min_backing,
            };
            let buyer = self.env().caller().into();
            let bought = self.buy_by(buyer, order, paid)?;
            finish(self, bought)
        }

        /// Holder: burns `tokens` units of the caller and credits the caller with their part of the
        /// reserve. Returns the credited amount. Until the DAPP has failed, neither the DAPP nor
        /// the owner can stop this.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase(Failed)`, `Token(InsufficientBalance)` beyond the supply,
        /// `NothingToDo`, `TooLittle` if that is less than `min_credit`,
        /// `Token(InsufficientBalance)` beyond what the caller holds.
        #[ink(message)]
        #[inline(never)]
        pub fn redeem(
            &mut self,
            dapp: DappId,
            tokens: Balance,
            min_credit: Balance,
        ) -> Result<Balance> {
            let holder = self.env().caller().into();
            let credited = self.redeem_by(holder, dapp, tokens, min_credit)?;
            finish(self, credited)
        }

        /// Holder: redeems units of one DAPP's token and buys units of another's with the proceeds.
        /// Each leg has a least outcome. What is too little for another unit stays in the caller's
        /// credit. Returns the number of units bought.
        ///
        /// # Errors
        /// As [`redeem`](Self::redeem), then as [`buy`](Self::buy).
        #[ink(message)]
        #[inline(never)]
        pub fn convert(
            &mut self,
            from: DappId,
            tokens: Balance,
            min_credit: Balance,
            to: DappId,
            min_tokens: Balance,
            min_backing: Balance,
        ) -> Result<Balance> {
            let order = Order {
                dapp: to,
                min_tokens,
                min_backing,
            };
            let holder = self.env().caller().into();
            let bought = self.convert_by(holder, from, tokens, min_credit, order)?;
            finish(self, bought)
        }

        /// Holder of a credit: withdraws all of it in ALV, paid to `to`. Returns the amount. Only
        /// the holder's own word or signature does that, so the credit of a lost key waits for its
        /// [heir](Self::inherit). A signature names the most that is paid. The empty cell stays.
        ///
        /// # Errors
        /// `Access(ZeroAccount)`, `NothingToDo`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn withdraw(&mut self, to: Account) -> Result<Balance> {
            let holder = self.env().caller().into();
            let amount = self.withdraw_by(holder, to, Balance::MAX)?;
            finish(self, amount)
        }

        /// Heir: takes over a holding of a former key of the caller's identity. Olife ID says
        /// whether the caller is an heir. Only a holding that the former key had before it left the
        /// identity passes. For a DAPP, in any phase, the caller becomes operator, and replaces
        /// treasury and signer where they were the former operator; a pending offer of the DAPP
        /// ends. A credit is added to the caller's. No pause stops this.
        ///
        /// # Errors
        /// For a DAPP `UnknownDapp`, `BadTreasury`; for a credit `NothingToDo`, `AmountTooLarge`;
        /// for both `NotHeir`.
        #[ink(message)]
        #[inline(never)]
        pub fn inherit(&mut self, holding: Holding) -> Result<()> {
            let heir = self.env().caller().into();
            self.inherit_by(heir, holding)
        }

        // ---- Anybody ----

        /// Anybody: pays ALV into a fund of a DAPP: its stake, or what it prepays for rewards and
        /// vouchers. It is taken from the caller's credit first, then by allowance in ALV. From
        /// then on it belongs to the DAPP.
        ///
        /// # Errors
        /// `NothingToDo`, `UnknownDapp`, `WrongPhase(Failed)`, `AmountTooLarge`, `Token`,
        /// `PaymentShort`.
        #[ink(message)]
        #[inline(never)]
        pub fn fund(&mut self, dapp: DappId, fund: Fund, amount: Balance) -> Result<()> {
            let payer = self.env().caller().into();
            self.fund_by(payer, dapp, fund, amount)
        }

        /// Anybody: issues the units of a voucher to the receiver that it names, once. A pause does
        /// not stop it, since the DAPP prepaid the units.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, `UnknownDapp`, `WrongPhase`, `NotSigner`, `NothingToDo`,
        /// `RiseAnnounced`, `CapExceeded`, `Uncovered`, `Understaked`, `TooLittleThere`, `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn redeem_voucher(
            &mut self,
            voucher: Boxed<Voucher>,
            signature: Signature,
        ) -> Result<()> {
            let (chain, this) = (self.load_governance().chain, self.env().account_id());
            let now = self.env().block_timestamp();
            let domain = domain(&VOUCHER, &chain, &this);
            self.nonces.accept(&*voucher, &signature, &domain, now)?;
            let Voucher { signer, action, .. } = voucher.into_inner();
            let Gift { dapp, to, tokens } = action;
            let cell = self.load_dapp(dapp)?;
            cell.life.only_live(now)?;
            if cell.signer != Some(signer) {
                return Err(FactoryError::NotSigner);
            }
            self.give(dapp, cell, to, tokens)
        }

        /// Anybody: declares a DAPP failed that has sent no heartbeat for too long.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless it is silent.
        #[ink(message)]
        #[inline(never)]
        pub fn declare_silent(&mut self, dapp: DappId) -> Result<()> {
            let cell = self.load_dapp(dapp)?;
            self.fail(dapp, cell, Cause::Silence)
        }

        /// Anybody: pays `holder` its share of a failed DAPP's pot. All units of the holder are
        /// burned. Returns the amount paid.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `Expired`, `NothingToDo`,
        /// `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn claim(&mut self, dapp: DappId, holder: Account) -> Result<Balance> {
            let mut cell = self.load_dapp(dapp)?;
            let tokens = cell.token.burn_all(&holder)?;
            let paid = cell.claim(tokens, self.env().block_timestamp())?;
            self.dapps.insert(dapp, &cell);
            self.pay(&holder, paid)?;
            self.env().emit_event(ShareClaimed {
                dapp,
                holder,
                tokens,
                paid,
            });
            Ok(paid)
        }

        /// Anybody: pays the unclaimed rest of a pot to the remainder account, once claims have
        /// ended.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `TooEarly`, `NothingToDo`,
        /// `Token`.
        #[ink(message)]
        #[inline(never)]
        pub fn sweep(&mut self, dapp: DappId) -> Result<()> {
            let mut cell = self.load_dapp(dapp)?;
            let amount = cell.sweep(self.env().block_timestamp())?;
            self.dapps.insert(dapp, &cell);
            let place = self.load_governance().into_inner().remainder_to;
            self.pay(&place, amount)?;
            self.emit_flow(dapp, Flow::Swept, amount, place)
        }

        // ---- Signed requests ----

        /// Anybody: carries out a request that `request.signer` signed, as if the signer had sent
        /// the message. Whatever is paid, the signer pays; the caller pays the fee. Events tell
        /// what the message answers.
        ///
        /// # Errors
        /// `Request(Expired)`, `Request(DeadlineTooFar)`, `Request(BadSignature)`,
        /// `Request(NonceUsed)`, then those of the action.
        #[ink(message)]
        #[inline(never)]
        pub fn act_for(&mut self, request: Boxed<Request>, signature: Signature) -> Result<()> {
            let (chain, this) = (self.load_governance().chain, self.env().account_id());
            let now = self.env().block_timestamp();
            let domain = domain(&PURPOSE, &chain, &this);
            self.nonces.accept(&*request, &signature, &domain, now)?;
            let Request { signer, action, .. } = request.into_inner();
            self.act(signer, action)?;
            finish(self, ())
        }

        /// Signer: uses a nonce up, so that no request or voucher of the caller with this nonce is
        /// carried out any more.
        ///
        /// # Errors
        /// `Request(NonceUsed)`.
        #[ink(message)]
        #[inline(never)]
        pub fn cancel(&mut self, nonce: u64) -> Result<()> {
            self.nonces.take(&self.env().caller().into(), nonce)?;
            finish(self, ())
        }

        // ---- The owner ----

        /// Owner: accuses a DAPP of having failed its users. `evidence` is the hash of the
        /// evidence.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase`, `TooEarly` for a time after an
        /// accusation that led to nothing.
        #[ink(message)]
        #[inline(never)]
        pub fn accuse(&mut self, dapp: DappId, evidence: Digest) -> Result<()> {
            let answer = self.load_owned()?.durations.answer;
            let mut cell = self.load_dapp(dapp)?;
            let now = self.env().block_timestamp();
            cell.life.accuse(evidence, now, answer)?;
            self.store_state(dapp, cell)
        }

        /// Owner: takes an accusation back.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused.
        #[ink(message)]
        #[inline(never)]
        pub fn acquit(&mut self, dapp: DappId) -> Result<()> {
            let answer = self.load_owned()?.durations.answer;
            let mut cell = self.load_dapp(dapp)?;
            cell.life.acquit(self.env().block_timestamp(), answer)?;
            self.store_state(dapp, cell)
        }

        /// Owner: declares an accused DAPP failed, once its time to answer is over and before the
        /// accusation lapses.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused,
        /// `TooEarly`.
        #[ink(message)]
        #[inline(never)]
        pub fn decide(&mut self, dapp: DappId) -> Result<()> {
            self.load_owned()?;
            let cell = self.load_dapp(dapp)?;
            self.fail(dapp, cell, Cause::Decision)
        }

        /// Owner: announces rules for DAPPs that register later. They replace any earlier
        /// announcement; `None` withdraws it.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnsoundRules`.
        #[ink(message)]
        #[inline(never)]
        pub fn announce_rules(&mut self, rules: Option<Boxed<Rules>>) -> Result<()> {
            let mut governance = self.load_owned()?;
            let rules = rules.map(Boxed::into_inner);
            if rules.is_some_and(|rules| !rules.are_sound()) {
                return Err(FactoryError::UnsoundRules);
            }
            let (now, notice) = (self.env().block_timestamp(), governance.durations.notice);
            governance.next_rules = rules.map(|rules| Announced::new(rules, now, notice));
            self.store_rules(governance)
        }

        /// Owner: puts the announced rules into effect, once their notice is over and before the
        /// announcement lapses.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `Notice`.
        #[ink(message)]
        #[inline(never)]
        pub fn change_rules(&mut self) -> Result<()> {
            let mut governance = self.load_owned()?;
            let announced = governance.next_rules.take();
            let announced = announced.ok_or(NoticeError::NotAnnounced)?;
            governance.rules = announced.due(self.env().block_timestamp())?;
            self.store_rules(governance)
        }

        // ---- Queries ----

        /// A DAPP, if there is one of this number.
        #[ink(message)]
        #[inline(never)]
        pub fn dapp(&self, dapp: DappId) -> Option<Boxed<Dapp>> {
            self.dapps.get(dapp)
        }

        /// The phase in which a DAPP is now, if there is one of this number.
        #[ink(message)]
        #[inline(never)]
        pub fn phase(&self, dapp: DappId) -> Option<Phase> {
            let now = self.env().block_timestamp();
            self.dapps.get(dapp).map(|cell| cell.life.phase(now))
        }

        /// The number of the DAPP that this token belongs to, if this factory created it.
        #[ink(message)]
        #[inline(never)]
        pub fn dapp_of(&self, token: Account) -> Option<DappId> {
            self.dapp_of.get(*token)
        }

        /// How many DAPPs registered. Their numbers are below this.
        #[ink(message)]
        #[inline(never)]
        pub fn dapp_count(&self) -> DappId {
            self.state.dapp_count
        }

        /// The credit of `account`, in the smallest unit of ALV.
        #[ink(message)]
        #[inline(never)]
        pub fn credit_of(&self, account: Account) -> Balance {
            self.credits.of(&account).amount
        }

        /// The nonces from `128 * cell` on that `signer` used, a bit for each: the lowest bit is
        /// for the lowest nonce.
        #[ink(message)]
        #[inline(never)]
        pub fn used_nonces(&self, signer: Account, cell: u64) -> u128 {
            self.nonces.cell(&signer, cell)
        }

        /// The text that an Ethereum wallet signs for this request, see [`allive_requests`].
        #[ink(message)]
        #[inline(never)]
        pub fn request_text(&self, request: Boxed<Request>) -> Vec<u8> {
            let (chain, this) = (self.load_governance().chain, self.env().account_id());
            request.text(&domain(&PURPOSE, &chain, &this))
        }

        /// The text that an Ethereum wallet signs for this voucher.
        #[ink(message)]
        #[inline(never)]
        pub fn voucher_text(&self, voucher: Boxed<Voucher>) -> Vec<u8> {
            let (chain, this) = (self.load_governance().chain, self.env().account_id());
            voucher.text(&domain(&VOUCHER, &chain, &this))
        }

        /// The collateral: the token that is staked and that units are bought with.
        #[ink(message)]
        #[inline(never)]
        pub fn alv(&self) -> AccountId {
            self.state.alv.address()
        }

        /// The Olife ID contract that decides who inherits.
        #[ink(message)]
        #[inline(never)]
        pub fn identities(&self) -> AccountId {
            **self.load_governance().identities.address()
        }

        /// The owner, the rules, the durations, and what the constructor fixed.
        #[ink(message)]
        #[inline(never)]
        pub fn terms(&self) -> Boxed<Governance> {
            self.load_governance()
        }
    }

    impl Ownable for DerivedFactory {
        #[ink(message)]
        #[inline(never)]
        fn owner(&self) -> Option<Account> {
            Some(self.load_governance().into_inner().ownership.owner)
        }

        #[ink(message)]
        #[inline(never)]
        fn pending_owner(&self) -> Option<Account> {
            self.load_governance().into_inner().ownership.pending
        }

        #[ink(message)]
        #[inline(never)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.load_governance();
            let caller = self.env().caller();
            governance.ownership.offer(&caller, new_owner)?;
            self.store_ownership(governance)
        }

        #[ink(message)]
        #[inline(never)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.load_governance();
            governance.ownership.accept(&self.env().caller())?;
            self.store_ownership(governance)
        }
    }

    impl Pausable for DerivedFactory {
        #[ink(message)]
        #[inline(never)]
        fn paused(&self) -> bool {
            self.state.pause.is_active(self.env().block_timestamp())
        }

        #[ink(message)]
        #[inline(never)]
        fn paused_until(&self) -> Timestamp {
            self.state.pause.until()
        }

        #[ink(message)]
        #[inline(never)]
        fn pause(&mut self) -> Result<(), AccessError> {
            let terms = self.load_owned()?.pause;
            let now = self.env().block_timestamp();
            let until = self.state.change().pause.begin(now, &terms)?;
            self.env().emit_event(PauseChanged { until });
            Ok(())
        }

        #[ink(message)]
        #[inline(never)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.load_owned()?;
            let until = self.env().block_timestamp();
            self.state.change().pause.end(until)?;
            self.env().emit_event(PauseChanged { until });
            Ok(())
        }
    }
}
