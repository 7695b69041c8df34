//! The factory of derived tokens: the vault that creates them, sells and redeems them for ALV, and
//! makes their holders whole when a DAPP fails.
//!
//! README.md beside this file is the specification.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

mod dapp;
mod error;
mod events;
mod governance;
mod state;
mod terms;
mod voucher;

pub use self::derived_factory::{DappId, DerivedFactory, DerivedFactoryRef};
pub use dapp::{Dapp, Money, Pocket};
pub use error::FactoryError;
pub use events::*;
pub use governance::Governance;
pub use state::{Accusation, Cause, Digest, Failure, Life, Phase, State};
pub use terms::{Durations, Profile, Rules, Terms, MAX_DECIMALS, MAX_NAME, MAX_SYMBOL};
pub use voucher::{Voucher, PURPOSE};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod derived_factory {
    use crate::*;
    use allive_access::{
        AccessError, Account, Amount, Announced, NoticeError, Ownable, Ownership, OwnershipChanged,
        Pausable, Pause, PauseChanged, PauseTerms,
    };
    use allive_cells::{root_unchanged, Cell};
    use allive_derived::Derived;
    use allive_signed::{ChainId, Message, Signature};
    use allive_token::Token;
    use ink::storage::{traits::ManualKey, Lazy, Mapping};

    /// The number of a DAPP, counted from 0.
    pub type DappId = u64;

    /// The root cell, which ink! reads for each message, holds what is small. Only `register` and the
    /// pause change it; the other messages end with [`root_unchanged`].
    #[ink(storage)]
    pub struct DerivedFactory {
        alv: Token,
        pause: Pause,
        dapp_count: DappId,
        dapps: Mapping<DappId, Cell<Dapp>, ManualKey<0x4441_5050>>,
        dapp_of: Mapping<AccountId, DappId, ManualKey<0x544f_4b4e>>,
        credits: Mapping<AccountId, Balance, ManualKey<0x4352_4454>>,
        vouchers: Mapping<(DappId, u64), u128, ManualKey<0x564f_5543>>,
        /// All ALV that lies here for somebody: what this contract must always hold.
        held: Lazy<Balance, ManualKey<0x4845_4c44>>,
        governance: Lazy<Cell<Governance>, ManualKey<0x474f_564e>>,
    }

    impl DerivedFactory {
        /// A factory whose collateral is the PSP22 token `alv`, and whose tokens run the code of hash
        /// `token_code`. The caller becomes owner. What holders do not claim in time goes to
        /// `remainder_to`. `chain` is the genesis hash of the chain, which vouchers bind.
        ///
        /// # Errors
        /// `UnsoundRules`, `UnsoundDurations`, `Access(UnsoundPauseTerms)`.
        #[ink(constructor)]
        pub fn new(
            alv: AccountId,
            token_code: Hash,
            remainder_to: Account,
            rules: Rules,
            durations: Durations,
            pause: PauseTerms,
            chain: ChainId,
        ) -> Result<Self, FactoryError> {
            if !rules.are_sound() {
                return Err(FactoryError::UnsoundRules);
            }
            if !durations.are_sound() {
                return Err(FactoryError::UnsoundDurations);
            }
            if !pause.are_sound() {
                return Err(AccessError::UnsoundPauseTerms.into());
            }
            let mut factory = Self {
                alv: Token::at(alv),
                pause: Pause::default(),
                dapp_count: 0,
                dapps: Mapping::new(),
                dapp_of: Mapping::new(),
                credits: Mapping::new(),
                vouchers: Mapping::new(),
                held: Lazy::new(),
                governance: Lazy::new(),
            };
            factory.governance.set(&Cell::from(Governance {
                ownership: Ownership::new(factory.env().caller().into()),
                rules,
                next_rules: None,
                durations,
                pause,
                token_code,
                remainder_to,
                chain,
            }));
            // Now, so that the deposit of this cell is not the first payer's.
            factory.held.set(&0);
            Ok(factory)
        }

        // ---- A DAPP comes, and gives signs of life ----

        /// Creates a token for the caller's DAPP, whose operator, first signer and staker the caller is.
        /// The stake comes from the caller's credit, and what that lacks from ALV that the caller
        /// allowed to this contract. Returns the number of the DAPP.
        ///
        /// # Errors
        /// `Access(Paused)`, `BadLabel`, `BadShare`, `CoverTooLow`, `BadPrice`, `StakeTooSmall`, `BadTreasury`, `TokenNotCreated`, `AmountTooLarge`, `Token`,
        /// `PaymentShort`.
        #[ink(message)]
        pub fn register(
            &mut self,
            profile: Cell<Profile>,
            stake: Amount,
        ) -> Result<DappId, FactoryError> {
            self.only_unpaused()?;
            let governance = self.governance();
            let operator = Account::from(self.env().caller());
            let profile = profile.into_inner();
            let terms = profile.terms(&governance.rules)?;
            if *stake < governance.rules.min_stake {
                return Err(FactoryError::StakeTooSmall);
            }
            if [&operator, &profile.treasury].contains(&&governance.remainder_to) {
                return Err(FactoryError::BadTreasury);
            }
            let dapp = self.dapp_count;
            // Cannot overflow: there is no time for 2^64 messages.
            self.dapp_count = dapp.saturating_add(1);
            let token = Derived::create(governance.token_code, profile.label, &dapp.to_le_bytes())
                .map_err(|_| FactoryError::TokenNotCreated)?;
            let address = token.address().clone();
            let now = self.now();
            let new = Dapp {
                operator: Ownership::new(operator.clone()),
                treasury: profile.treasury,
                signer: operator.clone(),
                token,
                terms,
                next_price: None,
                life: Life::new(now, governance.durations.silence),
                money: Money {
                    stake: *stake,
                    ..Money::default()
                },
                unbonds: 0,
                supply: 0,
                peak: 0,
            };
            let new = Cell::from(new);
            self.dapps.insert(dapp, &new);
            self.dapp_of.insert(*address, &dapp);
            self.charge(&operator, *stake)?;
            self.env().emit_event(DappRegistered {
                dapp,
                token: address,
                operator,
                treasury: new.treasury.clone(),
                terms: new.into_inner().terms,
                stake: *stake,
            });
            Ok(dapp)
        }

        /// Gives a sign of life. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        pub fn heartbeat(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let silence = self.governance().durations.silence;
            cell.life.beat(self.now(), silence)?;
            self.dapps.insert(dapp, &cell);
            let alive_until = cell.life.alive_until;
            self.env().emit_event(HeartbeatSent { dapp, alive_until });
            root_unchanged(())
        }

        /// Takes over a DAPP that was offered to the caller. Its treasury and its signer stay until the
        /// new operator [appoints](Self::appoint) others.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotPendingOperator`.
        #[ink(message)]
        pub fn accept_dapp(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.known(dapp)?;
            cell.operator
                .accept(&self.env().caller())
                .map_err(|_| FactoryError::NotPendingOperator)?;
            self.appointed(dapp, cell)
        }

        /// Names who receives what was raised, whose signature makes a voucher, and who may take the DAPP
        /// over. Another signer voids the vouchers of the one before. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `BadTreasury`.
        #[ink(message)]
        pub fn appoint(
            &mut self,
            dapp: DappId,
            treasury: Account,
            signer: Account,
            successor: Option<Account>,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let rest = self.governance().into_inner().remainder_to;
            if treasury == rest || successor.as_ref() == Some(&rest) {
                return Err(FactoryError::BadTreasury);
            }
            cell.treasury = treasury;
            cell.signer = signer;
            cell.operator.pending = successor;
            self.appointed(dapp, cell)
        }

        /// Announces a price of one unit, in place of any earlier announcement; `None` takes it back.
        /// Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `BadPrice`.
        #[ink(message)]
        pub fn announce_price(
            &mut self,
            dapp: DappId,
            price: Option<Balance>,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = self.now();
            cell.life.only_live(now)?;
            if let Some(price) = price {
                cell.terms.may_cost(price)?;
            }
            let notice = self.governance().durations.notice;
            cell.next_price = price.map(|price| Announced::new(price, now, notice));
            self.price_changed(dapp, cell)
        }

        /// Makes the announced price the price, after its notice and for as long as that was. Operator
        /// only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `Notice`, `WouldDilute`, `Uncovered`, `Understaked`.
        #[ink(message)]
        pub fn change_price(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = self.now();
            cell.life.only_live(now)?;
            let announced = cell.next_price.ok_or(NoticeError::NotAnnounced)?;
            cell.change_price(announced.due(now)?)?;
            self.price_changed(dapp, cell)
        }

        // ---- What users buy, redeem and convert ----

        /// Turns ALV that the caller allowed to this contract into credit.
        ///
        /// # Errors
        /// `NothingToDo`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn deposit(&mut self, amount: Amount) -> Result<(), FactoryError> {
            if *amount == 0 {
                return Err(FactoryError::NothingToDo);
            }
            let caller = Account::from(self.env().caller());
            self.credit(&caller, *amount)?;
            self.collect(caller, *amount)?;
            root_unchanged(())
        }

        /// Buys as many units of a DAPP's token as `paid` suffices for, from the caller's credit first,
        /// then from ALV that the caller allowed to this contract. Returns how many. Takes exactly what
        /// they cost.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `WrongPhase`, `NothingToDo`, `TooLittle` if they are fewer than `min_tokens`,
        /// `CapExceeded`, `WouldDilute`, `Uncovered`, `Understaked`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn buy(
            &mut self,
            dapp: DappId,
            paid: Amount,
            min_tokens: Amount,
        ) -> Result<Balance, FactoryError> {
            root_unchanged(self.sell(dapp, *paid, *min_tokens)?)
        }

        /// Takes `tokens` units of the caller's out of being and credits the caller with their part of
        /// the reserve. Returns how much. Open whatever the DAPP or this contract's owner do, until the
        /// DAPP has failed.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase(Failed)`, `Token(InsufficientBalance)` beyond the supply, `NothingToDo`, `TooLittle` if that is
        /// less than `min_credit`, `Token(InsufficientBalance)` beyond what the caller holds.
        #[ink(message)]
        pub fn redeem(
            &mut self,
            dapp: DappId,
            tokens: Amount,
            min_credit: Amount,
        ) -> Result<Balance, FactoryError> {
            root_unchanged(self.take_back(dapp, *tokens, *min_credit)?)
        }

        /// Redeems units of one DAPP's token and buys units of another's for what they bring: two legs,
        /// with ALV between them and a least outcome for each. What is too little for another unit
        /// stays the caller's credit. Returns how many units were bought.
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
            root_unchanged(self.sell(to, credit, *min_tokens)?)
        }

        /// Pays `account` all of its credit in ALV and returns how much. Anyone may ask for it: only
        /// the account is paid. The emptied cell stays, so that nobody earns another's deposit.
        ///
        /// # Errors
        /// `NothingToDo`, `Token`.
        #[ink(message)]
        pub fn withdraw(&mut self, account: Account) -> Result<Balance, FactoryError> {
            let amount = self.credit_of(account.clone());
            if amount == 0 {
                return Err(FactoryError::NothingToDo);
            }
            self.credits.insert(*account, &0);
            self.pay(&account, amount)?;
            self.env().emit_event(CreditWithdrawn { account, amount });
            root_unchanged(amount)
        }

        // ---- What a DAPP stakes, prepays, gives away and takes out ----

        /// Puts ALV into a pocket of a DAPP: behind its token, or for rewards and vouchers. Anyone, from
        /// credit first, then from ALV allowed to this contract. It is the DAPP's from then on.
        ///
        /// # Errors
        /// `NothingToDo`, `UnknownDapp`, `WrongPhase(Failed)`, `AmountTooLarge`, `Token`, `PaymentShort`.
        #[ink(message)]
        pub fn fund(
            &mut self,
            dapp: DappId,
            pocket: Pocket,
            amount: Amount,
        ) -> Result<(), FactoryError> {
            if *amount == 0 {
                return Err(FactoryError::NothingToDo);
            }
            let mut cell = self.known(dapp)?;
            cell.life.only_unfailed()?;
            cell.fund(pocket, *amount)?;
            self.dapps.insert(dapp, &cell);
            let payer = Account::from(self.env().caller());
            self.charge(&payer, *amount)?;
            let flow = match pocket {
                Pocket::Stake => Flow::Staked,
                Pocket::Prepaid => Flow::Prepaid,
            };
            self.moved(dapp, flow, *amount, payer)
        }

        /// Asks for `amount` out of a pocket back. It can be released after the unbonding time, and is
        /// taken all the same if the DAPP fails before. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`.
        #[ink(message)]
        pub fn unbond(
            &mut self,
            dapp: DappId,
            pocket: Pocket,
            amount: Amount,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = self.now();
            cell.life.only_live(now)?;
            cell.unbond(pocket, *amount, now, self.governance().durations.unbonding)?;
            self.dapps.insert(dapp, &cell);
            let flow = match pocket {
                Pocket::Stake => Flow::StakeUnbonded,
                Pocket::Prepaid => Flow::PrepaidUnbonded,
            };
            self.moved(dapp, flow, *amount, cell.operator.owner.clone())
        }

        /// Pays the operator what was asked back and has waited long enough. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooEarly`, `Uncovered`, `Understaked`, `Token`.
        #[ink(message)]
        pub fn release(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = self.now();
            cell.life.only_live(now)?;
            let amount = cell.release(now)?;
            self.dapps.insert(dapp, &cell);
            self.pay(&cell.operator.owner, amount)?;
            self.moved(dapp, Flow::Released, amount, cell.operator.owner.clone())
        }

        /// Pays the treasury `amount` of what was raised. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `TooLittleThere`, `Uncovered`, `Understaked`, `Token`.
        #[ink(message)]
        pub fn withdraw_proceeds(
            &mut self,
            dapp: DappId,
            amount: Amount,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            cell.life.only_live(self.now())?;
            cell.withdraw(*amount)?;
            self.dapps.insert(dapp, &cell);
            self.pay(&cell.treasury, *amount)?;
            self.moved(dapp, Flow::Withdrawn, *amount, cell.treasury.clone())
        }

        /// Gives a user tokens, paid for at the price of now out of what the DAPP prepaid. Operator only.
        ///
        /// # Errors
        /// `Access(Paused)`, `UnknownDapp`, `NotOperator`, `WrongPhase`, `NothingToDo`, `CapExceeded`, `WouldDilute`, `Uncovered`, `Understaked`, `TooLittleThere`.
        #[ink(message)]
        pub fn reward(
            &mut self,
            dapp: DappId,
            to: Account,
            tokens: Amount,
        ) -> Result<(), FactoryError> {
            self.only_unpaused()?;
            let cell = self.operated(dapp)?;
            cell.life.only_live(self.now())?;
            self.give(dapp, cell, to, *tokens)
        }

        /// Gives a user the tokens of a voucher that the DAPP signed. Anyone may submit it, once. A pause
        /// does not stop it: the DAPP prepaid it.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase`, `Expired`, `AlreadyUsed`, `BadSignature`, `NothingToDo`, `CapExceeded`, `WouldDilute`, `Uncovered`,
        /// `Understaked`, `TooLittleThere`.
        #[ink(message)]
        pub fn redeem_voucher(
            &mut self,
            voucher: Cell<Voucher>,
            signature: Signature,
        ) -> Result<(), FactoryError> {
            let cell = self.known(voucher.dapp)?;
            let now = self.now();
            cell.life.only_live(now)?;
            if now > voucher.expires {
                return Err(FactoryError::Expired);
            }
            let bits = (voucher.dapp, voucher::cell(voucher.number));
            let bit = voucher::bit(voucher.number);
            let used = self.vouchers.get(bits).unwrap_or_default();
            if used & bit != 0 {
                return Err(FactoryError::AlreadyUsed);
            }
            let chain = self.governance().chain;
            let message = Message::new(&PURPOSE, &chain, &self.env().account_id(), &*voucher);
            if !message.is_signed_by(&cell.signer, &signature) {
                return Err(FactoryError::BadSignature);
            }
            self.vouchers.insert(bits, &(used | bit));
            self.give(voucher.dapp, cell, voucher.to.clone(), voucher.tokens)
        }

        // ---- A DAPP fails, and its holders are made whole ----

        /// Ends the DAPP by its own word: its holders share everything that lies here for it. A DAPP
        /// that has no holders leaves by [`unbond`](Self::unbond) instead. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase(Failed)`.
        #[ink(message)]
        pub fn close(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let cell = self.operated(dapp)?;
            self.fail(dapp, cell, Cause::OwnWord)
        }

        /// Declares a DAPP failed that has given no sign of life for too long. Anyone.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless it is silent.
        #[ink(message)]
        pub fn declare_silent(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let cell = self.known(dapp)?;
            self.fail(dapp, cell, Cause::Silence)
        }

        /// Accuses a DAPP of having failed its users. `evidence` is the hash of what proves it. Owner
        /// only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase`, `TooEarly` after an accusation that led to nothing.
        #[ink(message)]
        pub fn accuse(&mut self, dapp: DappId, evidence: Digest) -> Result<(), FactoryError> {
            let answer = self.owned()?.durations.answer;
            let mut cell = self.known(dapp)?;
            cell.life.accuse(evidence, self.now(), answer)?;
            self.state_changed(dapp, cell)
        }

        /// Answers an accusation. `answer` is the hash of what speaks against it. Operator only.
        ///
        /// # Errors
        /// `UnknownDapp`, `NotOperator`, `WrongPhase` unless it is accused.
        #[ink(message)]
        pub fn answer(&mut self, dapp: DappId, answer: Digest) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            cell.life.answer(answer, self.now())?;
            self.state_changed(dapp, cell)
        }

        /// Takes an accusation back. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused.
        #[ink(message)]
        pub fn acquit(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let answer = self.owned()?.durations.answer;
            let mut cell = self.known(dapp)?;
            cell.life.acquit(self.now(), answer)?;
            self.state_changed(dapp, cell)
        }

        /// Declares an accused DAPP failed, after its time to answer and for as long as that was.
        /// Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnknownDapp`, `WrongPhase` unless it is accused, `TooEarly`.
        #[ink(message)]
        pub fn decide(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            self.owned()?;
            let cell = self.known(dapp)?;
            self.fail(dapp, cell, Cause::Decision)
        }

        /// Pays `holder` its share of a failed DAPP's pot, for all units that it holds, which go out of
        /// being. Returns how much. Anyone may ask for it: only the holder is paid.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `Expired`, `NothingToDo`, `Token`.
        #[ink(message)]
        pub fn claim(&mut self, dapp: DappId, holder: Account) -> Result<Balance, FactoryError> {
            let mut cell = self.known(dapp)?;
            let tokens = cell.token.burn_all(&holder)?;
            let paid = cell.claim(tokens, self.now())?;
            self.dapps.insert(dapp, &cell);
            self.pay(&holder, paid)?;
            self.env().emit_event(ShareClaimed {
                dapp,
                holder,
                tokens,
                paid,
            });
            root_unchanged(paid)
        }

        /// Pays what nobody claimed in time to the place for remainders. Anyone.
        ///
        /// # Errors
        /// `UnknownDapp`, `WrongPhase` unless the DAPP has failed, `TooEarly`, `NothingToDo`, `Token`.
        #[ink(message)]
        pub fn sweep(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.known(dapp)?;
            let amount = cell.sweep(self.now())?;
            self.dapps.insert(dapp, &cell);
            let place = self.governance().remainder_to.clone();
            self.pay(&place, amount)?;
            self.moved(dapp, Flow::Swept, amount, place)
        }

        // ---- The protocol's rules ----

        /// Announces rules for whoever registers later, in place of any earlier announcement; `None`
        /// takes it back. Owner only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `UnsoundRules`.
        #[ink(message)]
        pub fn announce_rules(&mut self, rules: Option<Rules>) -> Result<(), FactoryError> {
            let mut governance = self.owned()?;
            if rules.is_some_and(|rules| !rules.are_sound()) {
                return Err(FactoryError::UnsoundRules);
            }
            let (now, notice) = (self.now(), governance.durations.notice);
            governance.next_rules = rules.map(|rules| Announced::new(rules, now, notice));
            self.rules_changed(governance)
        }

        /// Makes the announced rules the rules, after their notice and for as long as that was. Owner
        /// only.
        ///
        /// # Errors
        /// `Access(CallerIsNotOwner)`, `Notice`.
        #[ink(message)]
        pub fn change_rules(&mut self) -> Result<(), FactoryError> {
            let mut governance = self.owned()?;
            let announced = governance
                .next_rules
                .take()
                .ok_or(NoticeError::NotAnnounced)?;
            governance.rules = announced.due(self.now())?;
            self.rules_changed(governance)
        }

        // ---- What front ends ask ----

        /// A DAPP, if there is one of this number.
        #[ink(message)]
        pub fn dapp(&self, dapp: DappId) -> Option<Cell<Dapp>> {
            self.dapps.get(dapp)
        }

        /// Where a DAPP stands now, if there is one of this number.
        #[ink(message)]
        pub fn phase(&self, dapp: DappId) -> Option<Phase> {
            let now = self.now();
            self.dapp(dapp).map(|cell| cell.life.phase(now))
        }

        /// The number of the DAPP that this token belongs to, if this contract created it.
        #[ink(message)]
        pub fn dapp_of(&self, token: AccountId) -> Option<DappId> {
            self.dapp_of.get(token)
        }

        /// How many DAPPs registered; their numbers are below this.
        #[ink(message)]
        pub fn dapp_count(&self) -> DappId {
            self.dapp_count
        }

        /// What `account` can spend here or have paid out, in the smallest unit of ALV.
        #[ink(message)]
        pub fn credit_of(&self, account: Account) -> Balance {
            self.credits.get(*account).unwrap_or_default()
        }

        /// All ALV that lies here for somebody, in its smallest unit. This contract never holds less.
        #[ink(message)]
        pub fn held(&self) -> Balance {
            self.held.get_or_default()
        }

        /// Whether a DAPP's voucher of this number was redeemed.
        #[ink(message)]
        pub fn is_voucher_used(&self, dapp: DappId, number: u64) -> bool {
            let used = self.vouchers.get((dapp, voucher::cell(number)));
            used.unwrap_or_default() & voucher::bit(number) != 0
        }

        /// The token that is staked, and that tokens are bought and redeemed for.
        #[ink(message)]
        pub fn alv(&self) -> AccountId {
            self.alv.address()
        }

        /// The rules, the durations, and everything else that is the same for all.
        #[ink(message)]
        pub fn terms(&self) -> Cell<Governance> {
            self.governance()
        }

        #[inline(never)]
        fn now(&self) -> Timestamp {
            self.env().block_timestamp()
        }

        #[inline(never)]
        fn known(&self, dapp: DappId) -> Result<Cell<Dapp>, FactoryError> {
            self.dapp(dapp).ok_or(FactoryError::UnknownDapp)
        }

        /// A DAPP of the caller's.
        fn operated(&self, dapp: DappId) -> Result<Cell<Dapp>, FactoryError> {
            let cell = self.known(dapp)?;
            match cell.operator.only_owner(&self.env().caller()) {
                Ok(()) => Ok(cell),
                Err(_) => Err(FactoryError::NotOperator),
            }
        }

        fn governance(&self) -> Cell<Governance> {
            match self.governance.get() {
                Some(governance) => governance,
                None => unreachable!("the constructor wrote it, and nothing removes it"),
            }
        }

        fn ownership(&self) -> Ownership {
            self.governance().into_inner().ownership
        }

        /// What the owner may change; refuses everybody else.
        fn owned(&self) -> Result<Cell<Governance>, AccessError> {
            let governance = self.governance();
            governance.ownership.only_owner(&self.env().caller())?;
            Ok(governance)
        }

        /// A pause stops what brings new risk: DAPPs, purchases, rewards. Nothing else.
        fn only_unpaused(&self) -> Result<(), AccessError> {
            if self.paused() {
                return Err(AccessError::Paused);
            }
            Ok(())
        }

        fn sell(
            &mut self,
            dapp: DappId,
            paid: Balance,
            min_tokens: Balance,
        ) -> Result<Balance, FactoryError> {
            self.only_unpaused()?;
            let mut cell = self.known(dapp)?;
            cell.life.only_live(self.now())?;
            let tokens = cell.affordable(paid)?;
            if tokens < min_tokens {
                return Err(FactoryError::TooLittle);
            }
            let paid = cell.issue(tokens)?;
            self.dapps.insert(dapp, &cell);
            let buyer = Account::from(self.env().caller());
            self.charge(&buyer, paid)?;
            self.issued(dapp, &cell.token, Some(buyer.clone()), buyer, tokens, paid)?;
            Ok(tokens)
        }

        fn give(
            &mut self,
            dapp: DappId,
            mut cell: Cell<Dapp>,
            to: Account,
            tokens: Balance,
        ) -> Result<(), FactoryError> {
            let paid = cell.give(tokens)?;
            self.dapps.insert(dapp, &cell);
            self.issued(dapp, &cell.token, None, to, tokens, paid)?;
            root_unchanged(())
        }

        fn issued(
            &self,
            dapp: DappId,
            token: &Derived,
            payer: Option<Account>,
            to: Account,
            tokens: Balance,
            paid: Balance,
        ) -> Result<(), FactoryError> {
            token.mint(&to, tokens)?;
            self.env().emit_event(TokensIssued {
                dapp,
                payer,
                to,
                tokens,
                paid,
            });
            Ok(())
        }

        fn take_back(
            &mut self,
            dapp: DappId,
            tokens: Balance,
            min_credit: Balance,
        ) -> Result<Balance, FactoryError> {
            let mut cell = self.known(dapp)?;
            cell.life.only_unfailed()?;
            let credited = cell.redeem(tokens)?;
            if credited < min_credit {
                return Err(FactoryError::TooLittle);
            }
            self.dapps.insert(dapp, &cell);
            let holder = Account::from(self.env().caller());
            self.credit(&holder, credited)?;
            cell.token.burn(&holder, tokens)?;
            self.env().emit_event(TokensRedeemed {
                dapp,
                holder,
                tokens,
                credited,
            });
            Ok(credited)
        }

        fn fail(
            &mut self,
            dapp: DappId,
            mut cell: Cell<Dapp>,
            cause: Cause,
        ) -> Result<(), FactoryError> {
            let claims = self.governance().durations.claims;
            cell.fail(cause, self.now(), claims)?;
            cell.token.freeze()?;
            self.state_changed(dapp, cell)
        }

        /// Takes `amount` from the payer's credit, and what that lacks from ALV that the payer allowed.
        fn charge(&mut self, payer: &Account, amount: Balance) -> Result<(), FactoryError> {
            let credit = self.credit_of(payer.clone());
            let spent = credit.min(amount);
            if spent > 0 {
                self.credits.insert(**payer, &credit.saturating_sub(spent));
            }
            if spent < amount {
                self.collect(payer.clone(), amount.saturating_sub(spent))?;
            }
            Ok(())
        }

        /// Takes ALV from `account`. A token that keeps a fee, or lies, leaves less than lies here.
        fn collect(&mut self, account: Account, amount: Balance) -> Result<(), FactoryError> {
            let held = dapp::plus(self.held(), amount)?;
            self.held.set(&held);
            let this = self.env().account_id();
            self.alv.transfer_from(&account, &this, amount)?;
            if self.alv.balance_of(&this)? < held {
                return Err(FactoryError::PaymentShort);
            }
            self.env().emit_event(Deposited { account, amount });
            Ok(())
        }

        /// Pays ALV out: the only place where it leaves.
        fn pay(&mut self, account: &AccountId, amount: Balance) -> Result<(), FactoryError> {
            // Cannot underflow: what is paid is part of what lies here.
            self.held.set(&self.held().saturating_sub(amount));
            self.alv.transfer(account, amount)?;
            Ok(())
        }

        fn credit(&mut self, account: &Account, amount: Balance) -> Result<(), FactoryError> {
            let credit = dapp::plus(self.credit_of(account.clone()), amount)?;
            self.credits.insert(**account, &credit);
            Ok(())
        }

        fn moved(
            &self,
            dapp: DappId,
            flow: Flow,
            amount: Balance,
            account: Account,
        ) -> Result<(), FactoryError> {
            self.env().emit_event(FundsMoved {
                dapp,
                flow,
                amount,
                account,
            });
            root_unchanged(())
        }

        fn appointed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.dapps.insert(dapp, &cell);
            let cell = cell.into_inner();
            self.env().emit_event(DappAppointed {
                dapp,
                operator: cell.operator.owner,
                pending: cell.operator.pending,
                treasury: cell.treasury,
                signer: cell.signer,
            });
            root_unchanged(())
        }

        fn price_changed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.dapps.insert(dapp, &cell);
            self.env().emit_event(PriceChanged {
                dapp,
                price: cell.terms.price,
                next: cell.next_price,
            });
            root_unchanged(())
        }

        fn state_changed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.dapps.insert(dapp, &cell);
            let state = cell.into_inner().life.state;
            self.env().emit_event(StateChanged { dapp, state });
            root_unchanged(())
        }

        fn rules_changed(&mut self, governance: Cell<Governance>) -> Result<(), FactoryError> {
            self.governance.set(&governance);
            self.env().emit_event(RulesChanged {
                rules: governance.rules,
                next: governance.next_rules,
            });
            root_unchanged(())
        }

        fn ownership_changed(&mut self, governance: Cell<Governance>) -> Result<(), AccessError> {
            self.governance.set(&governance);
            let Ownership { owner, pending } = governance.into_inner().ownership;
            self.env().emit_event(OwnershipChanged { owner, pending });
            root_unchanged(())
        }

        fn pause_changed(&self) {
            let until = self.pause.until();
            self.env().emit_event(PauseChanged { until });
        }
    }

    impl Ownable for DerivedFactory {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            Some(self.ownership().owner)
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.ownership().pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance
                .ownership
                .offer(&self.env().caller(), new_owner)?;
            self.ownership_changed(governance)
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.governance();
            governance.ownership.accept(&self.env().caller())?;
            self.ownership_changed(governance)
        }
    }

    impl Pausable for DerivedFactory {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.pause.is_active(self.now())
        }

        #[ink(message)]
        fn paused_until(&self) -> Timestamp {
            self.pause.until()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            let terms = self.owned()?.pause;
            self.pause.begin(self.now(), &terms)?;
            self.pause_changed();
            Ok(())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.owned()?;
            self.pause.end(self.now())?;
            self.pause_changed();
            Ok(())
        }
    }
}
