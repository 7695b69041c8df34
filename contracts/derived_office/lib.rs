//! The office of the factory of derived tokens: the code of all that is rare.
//!
//! It is no contract of its own. The [factory](derived_factory) hands its messages on to this code,
//! which works on what the factory stores and holds, under the factory's address. What each message
//! promises is written there; here is how it is kept.

#![cfg_attr(not(feature = "std"), no_std, no_main)]
#![deny(missing_docs)]

pub use self::derived_office::{DerivedOffice, DerivedOfficeRef, OfficeError};

#[allow(missing_docs)] // what the macro generates beside the documented items
#[ink::contract]
mod derived_office {
    use allive_access::{
        AccessError, Account, Amount, Announced, NoticeError, Ownable, Ownership, OwnershipChanged,
        Pausable, PauseChanged,
    };
    use allive_derived_token_interface::Derived;
    use allive_signatures::{Message, Signature};
    use allive_storage::{root_unchanged, Cell};
    use derived_factory::*;

    /// The root cell of the factory.
    #[ink(storage)]
    pub struct DerivedOffice {
        vault: Vault,
    }

    /// Why there is no contract of this code.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[ink::scale_derive(Encode, Decode, TypeInfo)]
    pub enum OfficeError {
        /// Only the factory's storage is worked on.
        NoContractOfItsOwn,
    }

    impl DerivedOffice {
        /// There is no contract of this code: a factory is given its hash.
        ///
        /// # Errors
        /// `NoContractOfItsOwn`.
        #[ink(constructor)]
        pub fn new() -> Result<Self, OfficeError> {
            Err(OfficeError::NoContractOfItsOwn)
        }

        /// The rest of the factory's constructor, which alone hands on its message.
        ///
        /// # Errors
        /// `UnsoundRules`, `UnsoundDurations`, `Access(UnsoundPauseTerms)`.
        #[ink(message, selector = 0xf04d5481)]
        pub fn open(
            &mut self,
            _alv: AccountId,
            codes: Codes,
            charter: Cell<Charter>,
        ) -> Result<(), FactoryError> {
            let Charter {
                remainder_to,
                rules,
                durations,
                pause,
                chain,
                identities,
            } = charter.into_inner();
            if !rules.are_sound() {
                return Err(FactoryError::UnsoundRules);
            }
            if !durations.are_sound() {
                return Err(FactoryError::UnsoundDurations);
            }
            if !pause.are_sound() {
                return Err(AccessError::UnsoundPauseTerms.into());
            }
            let governance = Governance {
                ownership: Ownership::new(host::caller().into()),
                rules,
                next_rules: None,
                durations,
                pause,
                codes,
                remainder_to,
                chain,
                identities,
            };
            self.vault.governance.set(&governance.into());
            root_unchanged(())
        }

        // ---- A DAPP comes, and gives signs of life ----

        /// See [`DerivedFactory::register`].
        #[ink(message)]
        pub fn register(
            &mut self,
            profile: Cell<Profile>,
            stake: Amount,
        ) -> Result<DappId, FactoryError> {
            self.vault.only_unpaused()?;
            let governance = self.vault.governance();
            let operator = Account::from(host::caller());
            let profile = profile.into_inner();
            let terms = profile.terms(&governance.rules)?;
            if *stake < governance.rules.min_stake {
                return Err(FactoryError::StakeTooSmall);
            }
            if [&operator, &profile.treasury].contains(&&governance.remainder_to) {
                return Err(FactoryError::BadTreasury);
            }
            let dapp = self.vault.dapp_count;
            // Cannot overflow: there is no time for 2^64 messages.
            self.vault.dapp_count = dapp.saturating_add(1);
            let token = Derived::create(governance.codes.token, profile.label, &dapp.to_le_bytes())
                .map_err(|_| FactoryError::TokenNotCreated)?;
            let address = token.address().clone();
            let now = host::now();
            let new = Dapp {
                operator: Ownership::new(operator.clone()),
                since: now,
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
            self.vault.dapps.insert(dapp, &new);
            self.vault.dapp_of.insert(*address, &dapp);
            self.vault.charge(&operator, *stake)?;
            host::emit(DappRegistered {
                dapp,
                token: address,
                operator,
                treasury: new.treasury.clone(),
                terms: new.into_inner().terms,
                stake: *stake,
            });
            Ok(dapp)
        }

        /// See [`DerivedFactory::heartbeat`].
        #[ink(message)]
        pub fn heartbeat(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let silence = self.vault.governance().durations.silence;
            cell.life.beat(host::now(), silence)?;
            self.vault.dapps.insert(dapp, &cell);
            let alive_until = cell.life.alive_until;
            host::emit(HeartbeatSent { dapp, alive_until });
            root_unchanged(())
        }

        /// See [`DerivedFactory::accept_dapp`].
        #[ink(message)]
        pub fn accept_dapp(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.vault.known(dapp)?;
            cell.accept(&host::caller(), host::now())?;
            self.appointed(dapp, cell)
        }

        /// See [`DerivedFactory::appoint`].
        #[ink(message)]
        pub fn appoint(
            &mut self,
            dapp: DappId,
            treasury: Account,
            signer: Account,
            successor: Option<Account>,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let rest = self.vault.governance().into_inner().remainder_to;
            if treasury == rest || successor.as_ref() == Some(&rest) {
                return Err(FactoryError::BadTreasury);
            }
            cell.treasury = treasury;
            cell.signer = signer;
            cell.operator.pending = successor;
            self.appointed(dapp, cell)
        }

        /// See [`DerivedFactory::announce_price`].
        #[ink(message)]
        pub fn announce_price(
            &mut self,
            dapp: DappId,
            price: Option<Balance>,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = host::now();
            cell.life.only_live(now)?;
            if let Some(price) = price {
                cell.terms.may_cost(price)?;
            }
            let notice = self.vault.governance().durations.notice;
            cell.next_price = price.map(|price| Announced::new(price, now, notice));
            self.price_changed(dapp, cell)
        }

        /// See [`DerivedFactory::change_price`].
        #[ink(message)]
        pub fn change_price(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = host::now();
            cell.life.only_live(now)?;
            let announced = cell.next_price.ok_or(NoticeError::NotAnnounced)?;
            cell.change_price(announced.due(now)?)?;
            self.price_changed(dapp, cell)
        }

        // ---- What users pay by allowance ----

        /// See [`DerivedFactory::deposit`].
        #[ink(message)]
        pub fn deposit(&mut self, amount: Amount) -> Result<(), FactoryError> {
            if *amount == 0 {
                return Err(FactoryError::NothingToDo);
            }
            let caller = Account::from(host::caller());
            self.vault.credit(&caller, *amount)?;
            self.vault.collect(caller, *amount)?;
            root_unchanged(())
        }

        /// See [`DerivedFactory::buy`].
        #[ink(message)]
        pub fn buy(
            &mut self,
            dapp: DappId,
            paid: Amount,
            min_tokens: Amount,
        ) -> Result<Balance, FactoryError> {
            let sale = self.vault.sale(dapp, *paid, *min_tokens)?;
            let buyer = Account::from(host::caller());
            self.vault.charge(&buyer, sale.paid)?;
            root_unchanged(self.vault.sold(sale, buyer, 0)?)
        }

        // ---- What a DAPP stakes, prepays, gives away and takes out ----

        /// See [`DerivedFactory::fund`].
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
            let mut cell = self.vault.known(dapp)?;
            cell.life.only_unfailed()?;
            cell.fund(pocket, *amount)?;
            self.vault.dapps.insert(dapp, &cell);
            let payer = Account::from(host::caller());
            self.vault.charge(&payer, *amount)?;
            let flow = match pocket {
                Pocket::Stake => Flow::Staked,
                Pocket::Prepaid => Flow::Prepaid,
            };
            self.moved(dapp, flow, *amount, payer)
        }

        /// See [`DerivedFactory::unbond`].
        #[ink(message)]
        pub fn unbond(
            &mut self,
            dapp: DappId,
            pocket: Pocket,
            amount: Amount,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = host::now();
            cell.life.only_live(now)?;
            cell.unbond(
                pocket,
                *amount,
                now,
                self.vault.governance().durations.unbonding,
            )?;
            self.vault.dapps.insert(dapp, &cell);
            let flow = match pocket {
                Pocket::Stake => Flow::StakeUnbonded,
                Pocket::Prepaid => Flow::PrepaidUnbonded,
            };
            self.moved(dapp, flow, *amount, cell.operator.owner.clone())
        }

        /// See [`DerivedFactory::release`].
        #[ink(message)]
        pub fn release(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            let now = host::now();
            cell.life.only_live(now)?;
            let amount = cell.release(now)?;
            self.vault.dapps.insert(dapp, &cell);
            self.vault.pay(&cell.operator.owner, amount)?;
            self.moved(dapp, Flow::Released, amount, cell.operator.owner.clone())
        }

        /// See [`DerivedFactory::withdraw_proceeds`].
        #[ink(message)]
        pub fn withdraw_proceeds(
            &mut self,
            dapp: DappId,
            amount: Amount,
        ) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            cell.life.only_live(host::now())?;
            cell.withdraw(*amount)?;
            self.vault.dapps.insert(dapp, &cell);
            self.vault.pay(&cell.treasury, *amount)?;
            self.moved(dapp, Flow::Withdrawn, *amount, cell.treasury.clone())
        }

        /// See [`DerivedFactory::reward`].
        #[ink(message)]
        pub fn reward(
            &mut self,
            dapp: DappId,
            to: Account,
            tokens: Amount,
        ) -> Result<(), FactoryError> {
            self.vault.only_unpaused()?;
            let cell = self.operated(dapp)?;
            cell.life.only_live(host::now())?;
            self.give(dapp, cell, to, *tokens)
        }

        /// See [`DerivedFactory::redeem_voucher`].
        #[ink(message)]
        pub fn redeem_voucher(
            &mut self,
            voucher: Cell<Voucher>,
            signature: Signature,
        ) -> Result<(), FactoryError> {
            let cell = self.vault.known(voucher.dapp)?;
            let now = host::now();
            cell.life.only_live(now)?;
            if now > voucher.expires {
                return Err(FactoryError::Expired);
            }
            let bits = (voucher.dapp, voucher::cell(voucher.number));
            let bit = voucher::bit(voucher.number);
            let used = self.vault.vouchers.get(bits).unwrap_or_default();
            if used & bit != 0 {
                return Err(FactoryError::AlreadyUsed);
            }
            let chain = self.vault.governance().chain;
            let message = Message::new(&PURPOSE, &chain, &host::this(), &*voucher);
            if !message.is_signed_by(&cell.signer, &signature) {
                return Err(FactoryError::BadSignature);
            }
            self.vault.vouchers.insert(bits, &(used | bit));
            self.give(voucher.dapp, cell, voucher.to.clone(), voucher.tokens)
        }

        // ---- A DAPP fails, and its holders are made whole ----

        /// See [`DerivedFactory::close`].
        #[ink(message)]
        pub fn close(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let cell = self.operated(dapp)?;
            self.fail(dapp, cell, Cause::OwnWord)
        }

        /// See [`DerivedFactory::declare_silent`].
        #[ink(message)]
        pub fn declare_silent(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let cell = self.vault.known(dapp)?;
            self.fail(dapp, cell, Cause::Silence)
        }

        /// See [`DerivedFactory::accuse`].
        #[ink(message)]
        pub fn accuse(&mut self, dapp: DappId, evidence: Digest) -> Result<(), FactoryError> {
            let answer = self.owned()?.durations.answer;
            let mut cell = self.vault.known(dapp)?;
            cell.life.accuse(evidence, host::now(), answer)?;
            self.state_changed(dapp, cell)
        }

        /// See [`DerivedFactory::answer`].
        #[ink(message)]
        pub fn answer(&mut self, dapp: DappId, answer: Digest) -> Result<(), FactoryError> {
            let mut cell = self.operated(dapp)?;
            cell.life.answer(answer, host::now())?;
            self.state_changed(dapp, cell)
        }

        /// See [`DerivedFactory::acquit`].
        #[ink(message)]
        pub fn acquit(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let answer = self.owned()?.durations.answer;
            let mut cell = self.vault.known(dapp)?;
            cell.life.acquit(host::now(), answer)?;
            self.state_changed(dapp, cell)
        }

        /// See [`DerivedFactory::decide`].
        #[ink(message)]
        pub fn decide(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            self.owned()?;
            let cell = self.vault.known(dapp)?;
            self.fail(dapp, cell, Cause::Decision)
        }

        /// See [`DerivedFactory::claim`].
        #[ink(message)]
        pub fn claim(&mut self, dapp: DappId, holder: Account) -> Result<Balance, FactoryError> {
            let mut cell = self.vault.known(dapp)?;
            let tokens = cell.token.burn_all(&holder)?;
            let paid = cell.claim(tokens, host::now())?;
            self.vault.dapps.insert(dapp, &cell);
            self.vault.pay(&holder, paid)?;
            host::emit(ShareClaimed {
                dapp,
                holder,
                tokens,
                paid,
            });
            root_unchanged(paid)
        }

        /// See [`DerivedFactory::sweep`].
        #[ink(message)]
        pub fn sweep(&mut self, dapp: DappId) -> Result<(), FactoryError> {
            let mut cell = self.vault.known(dapp)?;
            let amount = cell.sweep(host::now())?;
            self.vault.dapps.insert(dapp, &cell);
            let place = self.vault.governance().remainder_to.clone();
            self.vault.pay(&place, amount)?;
            self.moved(dapp, Flow::Swept, amount, place)
        }

        // ---- A key is lost ----

        /// See [`DerivedFactory::inherit`].
        #[ink(message)]
        pub fn inherit(&mut self, holding: Holding) -> Result<(), FactoryError> {
            let governance = self.vault.governance();
            let heir = Account::from(host::caller());
            let (former, came) = match &holding {
                Holding::Dapp(dapp) => {
                    let cell = self.vault.known(*dapp)?;
                    if heir == governance.remainder_to {
                        return Err(FactoryError::BadTreasury);
                    }
                    (cell.operator.owner.clone(), cell.since)
                }
                Holding::Credit(account) => {
                    let credit = self.vault.credit_of(account);
                    if credit.amount == 0 {
                        return Err(FactoryError::NothingToDo);
                    }
                    (account.clone(), credit.began)
                }
            };
            governance.identities.inherits(&heir, &former, came)?;
            let inherited = Inherited {
                holding: holding.clone(),
                former,
                heir: heir.clone(),
            };
            host::emit(inherited);
            match holding {
                Holding::Dapp(dapp) => {
                    let mut cell = self.vault.known(dapp)?;
                    cell.inherit(heir, host::now());
                    self.appointed(dapp, cell)
                }
                Holding::Credit(former) => {
                    let Credit { amount, .. } = self.vault.credit_of(&former);
                    self.vault.credits.insert(*former, &Credit::default());
                    self.vault.credit(&heir, amount)?;
                    root_unchanged(())
                }
            }
        }

        // ---- The protocol's rules ----

        /// See [`DerivedFactory::announce_rules`].
        #[ink(message)]
        pub fn announce_rules(&mut self, rules: Option<Rules>) -> Result<(), FactoryError> {
            let mut governance = self.owned()?;
            if rules.is_some_and(|rules| !rules.are_sound()) {
                return Err(FactoryError::UnsoundRules);
            }
            let (now, notice) = (host::now(), governance.durations.notice);
            governance.next_rules = rules.map(|rules| Announced::new(rules, now, notice));
            self.rules_changed(governance)
        }

        /// See [`DerivedFactory::change_rules`].
        #[ink(message)]
        pub fn change_rules(&mut self) -> Result<(), FactoryError> {
            let mut governance = self.owned()?;
            let announced = governance
                .next_rules
                .take()
                .ok_or(NoticeError::NotAnnounced)?;
            governance.rules = announced.due(host::now())?;
            self.rules_changed(governance)
        }

        // ---- What front ends ask ----

        /// See [`DerivedFactory::dapp`].
        #[ink(message)]
        pub fn dapp(&self, dapp: DappId) -> Option<Cell<Dapp>> {
            self.vault.dapps.get(dapp)
        }

        /// See [`DerivedFactory::phase`].
        #[ink(message)]
        pub fn phase(&self, dapp: DappId) -> Option<Phase> {
            let now = host::now();
            self.dapp(dapp).map(|cell| cell.life.phase(now))
        }

        /// See [`DerivedFactory::dapp_of`].
        #[ink(message)]
        pub fn dapp_of(&self, token: AccountId) -> Option<DappId> {
            self.vault.dapp_of.get(token)
        }

        /// See [`DerivedFactory::dapp_count`].
        #[ink(message)]
        pub fn dapp_count(&self) -> DappId {
            self.vault.dapp_count
        }

        /// See [`DerivedFactory::credit_of`].
        #[ink(message)]
        pub fn credit_of(&self, account: Account) -> Balance {
            self.vault.credit_of(&account).amount
        }

        /// See [`DerivedFactory::is_voucher_used`].
        #[ink(message)]
        pub fn is_voucher_used(&self, dapp: DappId, number: u64) -> bool {
            let used = self.vault.vouchers.get((dapp, voucher::cell(number)));
            used.unwrap_or_default() & voucher::bit(number) != 0
        }

        /// See [`DerivedFactory::alv`].
        #[ink(message)]
        pub fn alv(&self) -> AccountId {
            self.vault.alv.address()
        }

        /// See [`DerivedFactory::identities`].
        #[ink(message)]
        pub fn identities(&self) -> AccountId {
            **self.vault.governance().identities.address()
        }

        /// See [`DerivedFactory::terms`].
        #[ink(message)]
        pub fn terms(&self) -> Cell<Governance> {
            self.vault.governance()
        }

        /// A DAPP of the caller's.
        fn operated(&self, dapp: DappId) -> Result<Cell<Dapp>, FactoryError> {
            let cell = self.vault.known(dapp)?;
            match cell.operator.only_owner(&host::caller()) {
                Ok(()) => Ok(cell),
                Err(_) => Err(FactoryError::NotOperator),
            }
        }

        /// What the owner may change; refuses everybody else.
        fn owned(&self) -> Result<Cell<Governance>, AccessError> {
            let governance = self.vault.governance();
            governance.ownership.only_owner(&host::caller())?;
            Ok(governance)
        }

        fn give(
            &mut self,
            dapp: DappId,
            mut cell: Cell<Dapp>,
            to: Account,
            tokens: Balance,
        ) -> Result<(), FactoryError> {
            let paid = cell.give(tokens)?;
            self.vault.dapps.insert(dapp, &cell);
            let issued = TokensIssued {
                dapp,
                payer: None,
                to,
                tokens,
                paid,
                came: 0,
            };
            self.vault.issue(&cell.token, issued)?;
            root_unchanged(())
        }

        fn fail(
            &mut self,
            dapp: DappId,
            mut cell: Cell<Dapp>,
            cause: Cause,
        ) -> Result<(), FactoryError> {
            let claims = self.vault.governance().durations.claims;
            cell.fail(cause, host::now(), claims)?;
            cell.token.freeze()?;
            self.state_changed(dapp, cell)
        }

        fn moved(
            &self,
            dapp: DappId,
            flow: Flow,
            amount: Balance,
            account: Account,
        ) -> Result<(), FactoryError> {
            host::emit(FundsMoved {
                dapp,
                flow,
                amount,
                account,
            });
            root_unchanged(())
        }

        fn appointed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.vault.dapps.insert(dapp, &cell);
            let cell = cell.into_inner();
            host::emit(DappAppointed {
                dapp,
                operator: cell.operator.owner,
                pending: cell.operator.pending,
                treasury: cell.treasury,
                signer: cell.signer,
            });
            root_unchanged(())
        }

        fn price_changed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.vault.dapps.insert(dapp, &cell);
            host::emit(PriceChanged {
                dapp,
                price: cell.terms.price,
                next: cell.next_price,
            });
            root_unchanged(())
        }

        fn state_changed(&mut self, dapp: DappId, cell: Cell<Dapp>) -> Result<(), FactoryError> {
            self.vault.dapps.insert(dapp, &cell);
            let state = cell.into_inner().life.state;
            host::emit(StateChanged { dapp, state });
            root_unchanged(())
        }

        fn rules_changed(&mut self, governance: Cell<Governance>) -> Result<(), FactoryError> {
            self.vault.governance.set(&governance);
            host::emit(RulesChanged {
                rules: governance.rules,
                next: governance.next_rules,
            });
            root_unchanged(())
        }

        fn ownership_changed(&mut self, governance: Cell<Governance>) -> Result<(), AccessError> {
            self.vault.governance.set(&governance);
            let Ownership { owner, pending } = governance.into_inner().ownership;
            host::emit(OwnershipChanged { owner, pending });
            root_unchanged(())
        }

        fn pause_changed(&self) {
            let until = self.vault.pause.until();
            host::emit(PauseChanged { until });
        }
    }

    impl Ownable for DerivedOffice {
        #[ink(message)]
        fn owner(&self) -> Option<Account> {
            Some(self.vault.ownership().owner)
        }

        #[ink(message)]
        fn pending_owner(&self) -> Option<Account> {
            self.vault.ownership().pending
        }

        #[ink(message)]
        fn transfer_ownership(&mut self, new_owner: Option<Account>) -> Result<(), AccessError> {
            let mut governance = self.vault.governance();
            governance.ownership.offer(&host::caller(), new_owner)?;
            self.ownership_changed(governance)
        }

        #[ink(message)]
        fn accept_ownership(&mut self) -> Result<(), AccessError> {
            let mut governance = self.vault.governance();
            governance.ownership.accept(&host::caller())?;
            self.ownership_changed(governance)
        }
    }

    impl Pausable for DerivedOffice {
        #[ink(message)]
        fn paused(&self) -> bool {
            self.vault.pause.is_active(host::now())
        }

        #[ink(message)]
        fn paused_until(&self) -> Timestamp {
            self.vault.pause.until()
        }

        #[ink(message)]
        fn pause(&mut self) -> Result<(), AccessError> {
            let terms = self.owned()?.pause;
            self.vault.pause.begin(host::now(), &terms)?;
            self.pause_changed();
            Ok(())
        }

        #[ink(message)]
        fn unpause(&mut self) -> Result<(), AccessError> {
            self.owned()?;
            self.vault.pause.end(host::now())?;
            self.pause_changed();
            Ok(())
        }
    }
}
