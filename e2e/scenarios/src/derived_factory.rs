//! Lives of the factory and of the tokens that it creates.

mod failure;
mod heir;
mod terms;
mod trade;

pub use failure::{
    a_silent_dapp_is_declared_and_its_holders_are_made_whole, an_accused_dapp_answers,
};
pub use heir::an_operator_and_a_user_lose_their_keys;
pub use terms::{a_pause_stops_new_risk_and_no_exit, prices_and_rules_come_after_their_notice};
pub use trade::{a_dapp_gives_away_what_it_prepaid, tokens_are_bought_redeemed_and_converted};

use super::{
    alv::{appoint, deploy, pay, SUPPLY},
    stage::{actors, allowed, code, paid, said, Stage, DAY, HOUR},
};
use allive_access::PauseTerms;
use allive_calls::{at, psp22, Chain, Event, Message, Typed};
use allive_derived_token_interface::Label;
use allive_olife_id_interface::OlifeIdClient;
use allive_psp22_interface::Psp22Client;
use allive_requests::ChainId;
use alv::VAULT;
use derived_factory::{
    Charter, Dapp, DappId, DappRegistered, DappTerms, Deposited, DerivedFactory, DerivedFactoryRef,
    Durations, FactoryError, Flow, FundsMoved, Money, Phase, Profile, Rules, TokensIssued,
    TokensRedeemed,
};
use ink::{codegen::ContractCallBuilder, primitives::AccountId};
use olife_id::{OlifeIdRef, Setup};
use psp22::PSP22;
use scale::{Decode, Encode};
use std::fmt::Debug;

/// Keeps half of its price to redeem its token, and covers its holders in full.
const WELL: DappId = 0;
/// Keeps all of its price to redeem its token, and covers its holders to half.
const CARE: DappId = 1;

const PRICE: u128 = 10;
const CARE_PRICE: u128 = 7;
const CAP: u128 = 1_000;
const STAKE: u128 = 1_000;
/// What a stake takes from who stakes.
const STAKED: i128 = -1_000;
/// What each actor holds at first.
const WEALTH: u128 = 20_000;

const SILENCE: u64 = 10 * HOUR;
const ANSWER: u64 = 2 * HOUR;
const UNBONDING: u64 = 15 * HOUR;
const NOTICE: u64 = HOUR;
const CLAIMS: u64 = 3 * DAY;
const PAUSE: u64 = HOUR;

const RULES: Rules = Rules {
    min_cover: 5_000,
    stake_share: 1_000,
    min_stake: STAKE,
};

/// How long things take in Olife ID.
const IDENTITY: olife_id::IdentityTerms = olife_id::IdentityTerms {
    delay: HOUR,
    contest: HOUR,
    settling: 2 * HOUR,
    unbonding: 2 * HOUR,
    notice: HOUR,
    fade: DAY,
    bond: 10,
};

/// Accounts that nobody acts for.
const TREASURY: AccountId = AccountId([0x77; 32]);
const REMAINDER: AccountId = AccountId([0x88; 32]);
const ABSENT: AccountId = AccountId([0x99; 32]);

/// ALV, Olife ID, a factory that is a vault of it, and whoever acts.
struct Town<'c, C> {
    stage: Stage<'c, C>,
    alv: AccountId,
    identities: AccountId,
    factory: AccountId,
    owner: AccountId,
    /// Operators of `WELL` and `CARE`.
    operators: [AccountId; 2],
    user: AccountId,
    other: AccountId,
    stranger: AccountId,
    /// The tokens of the DAPPs that registered.
    tokens: Vec<AccountId>,
}

impl<'c, C: Chain> Town<'c, C> {
    /// With ALV in the hands of everybody but the stranger, and no DAPP.
    fn empty(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut stage = Stage::open(chain, genesis);
        let [owner, well, care, user, other, stranger, ..] = actors();
        let alv = deploy(&mut stage, owner);
        let pause = PauseTerms {
            duration: PAUSE,
            cooldown: PAUSE,
        };
        let identities = {
            let setup = Setup {
                terms: IDENTITY,
                pause,
                alv: Psp22Client::at(alv),
                forfeits_to: REMAINDER.into(),
                chain: genesis,
            };
            let constructor = OlifeIdRef::new(setup);
            stage.create(owner, &code("olife_id"), constructor).address
        };
        let token_code = stage.chain.upload(stranger, &code("derived_token").wasm);
        let durations = Durations {
            silence: SILENCE,
            answer: ANSWER,
            unbonding: UNBONDING,
            notice: NOTICE,
            claims: CLAIMS,
        };
        let constructor = DerivedFactoryRef::new(
            alv,
            token_code,
            Charter {
                remainder_to: REMAINDER.into(),
                rules: RULES,
                durations,
                pause,
                chain: genesis,
                identities: OlifeIdClient::at(identities.into()),
            }
            .into(),
        );
        let created = stage.create(owner, &code("derived_factory"), constructor);
        let factory = created.address;
        assert_eq!(created.events, []);
        appoint(&mut stage, alv, owner, VAULT, factory);
        for actor in [well, care, user, other] {
            pay(&mut stage, alv, owner, actor, WEALTH);
        }
        Self {
            stage,
            alv,
            identities,
            factory,
            owner,
            operators: [well, care],
            user,
            other,
            stranger,
            tokens: Vec::new(),
        }
    }

    /// With both DAPPs registered.
    fn open(chain: &'c mut C, genesis: ChainId) -> Self {
        let mut town = Self::empty(chain, genesis);
        for (operator, profile) in town.operators.into_iter().zip([well(), care()]) {
            town.register(operator, profile);
        }
        town
    }

    /// The messages of the factory.
    fn contract(&self) -> <DerivedFactory as ContractCallBuilder>::Type {
        at::<DerivedFactory>(self.factory)
    }

    fn token(&self, dapp: DappId) -> AccountId {
        let index = usize::try_from(dapp).unwrap_or(usize::MAX);
        match self.tokens.get(index) {
            Some(token) => *token,
            None => panic!("no DAPP {dapp} has registered"),
        }
    }

    /// Sends what must be done, and returns the answer and what was said.
    #[track_caller]
    fn accept<Args: Encode, R: Decode, E: Decode + Debug>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, E>>,
    ) -> (R, Vec<Event>) {
        self.stage.accept(by, message)
    }

    /// Sends what must be refused so.
    #[track_caller]
    fn refuse<Args: Encode, R: Decode + Debug, E: Decode + Debug + PartialEq>(
        &mut self,
        by: AccountId,
        message: Message<Args, Result<R, E>>,
        error: E,
    ) {
        self.stage.refuse(by, message, error);
    }

    /// Allows the factory so much ALV.
    fn allow(&mut self, owner: AccountId, amount: u128) {
        let allow = psp22(self.alv).approve(self.factory, amount);
        let (_, events) = self.accept(owner, allow);
        let said = allowed(self.alv, owner, self.factory, amount);
        assert_eq!(events, [said]);
    }

    /// Registers a DAPP with `STAKE`, paid for by an allowance.
    fn register(&mut self, operator: AccountId, profile: Profile) -> DappId {
        self.allow(operator, STAKE);
        let register = self.contract().register(profile.clone().into(), STAKE);
        let (dapp, events) = self.accept(operator, register);
        let token = **self.dapp(dapp).token.address();
        self.tokens.push(token);
        let registered = DappRegistered {
            dapp,
            token: token.into(),
            operator: operator.into(),
            treasury: profile.treasury.clone(),
            terms: DappTerms {
                price: profile.price,
                cap: profile.cap,
                reserve_share: profile.reserve_share,
                cover: profile.cover,
                stake_share: RULES.stake_share,
            },
            stake: STAKE,
        };
        let mut expected = self.collected(operator, STAKE);
        expected.push(said(self.factory, registered));
        assert_eq!(events, expected);
        assert_eq!(
            self.stage.chain.get(self.contract().dapp_of(token.into())),
            Some(dapp)
        );
        dapp
    }

    /// Allows the price of `tokens`, and buys them.
    fn buy(&mut self, buyer: AccountId, dapp: DappId, tokens: u128, price: u128) {
        let cost = tokens * price;
        self.allow(buyer, cost);
        let buy = self.contract().buy(dapp, cost, tokens, 0);
        let (bought, events) = self.accept(buyer, buy);
        assert_eq!(bought, tokens);
        let mut expected = self.collected(buyer, cost);
        expected.extend(self.issued(dapp, Some(buyer), buyer, tokens, cost));
        assert_eq!(events, expected);
    }

    /// Redeems `tokens`, for which so much is credited.
    fn redeem(&mut self, holder: AccountId, dapp: DappId, tokens: u128, credited: u128) {
        let message = self.contract().redeem(dapp, tokens, credited);
        let (answer, events) = self.accept(holder, message);
        assert_eq!(answer, credited);
        assert_eq!(events, self.redeemed(dapp, holder, tokens, credited));
    }

    /// An account has its credit paid out.
    fn withdraw(&mut self, account: AccountId, amount: u128) {
        let message = self.contract().withdraw(account.into());
        let (answer, events) = self.accept(account, message);
        assert_eq!(answer, amount);
        let withdrawn = derived_factory::CreditWithdrawn {
            account: account.into(),
            to: account.into(),
            amount,
        };
        let expected = [
            paid(self.alv, self.factory, account, amount),
            said(self.factory, withdrawn),
        ];
        assert_eq!(events, expected);
    }

    /// A sign of life, which lets a DAPP live for so long.
    fn beat(&mut self, dapp: DappId) {
        let [well, care] = self.operators;
        let operator = if dapp == WELL { well } else { care };
        let before = self.stage.chain.now();
        let (_, events) = self.accept(operator, self.contract().heartbeat(dapp));
        let after = self.stage.chain.now();
        let alive_until = self.dapp(dapp).life.alive_until;
        assert!((before + SILENCE..=after + SILENCE).contains(&alive_until));
        let sent = derived_factory::HeartbeatSent { dapp, alive_until };
        assert_eq!(events, [said(self.factory, sent)]);
    }

    fn dapp(&mut self, dapp: DappId) -> Dapp {
        match self.stage.chain.get(self.contract().dapp(dapp)) {
            Some(cell) => cell.into_inner(),
            None => panic!("no DAPP {dapp}"),
        }
    }

    fn money(&mut self, dapp: DappId) -> Money {
        self.dapp(dapp).money
    }

    fn phase(&mut self, dapp: DappId) -> Phase {
        match self.stage.chain.get(self.contract().phase(dapp)) {
            Some(phase) => phase,
            None => panic!("no DAPP {dapp}"),
        }
    }

    /// What ALV and the factory say when the factory takes all that it was allowed.
    fn collected(&self, from: AccountId, amount: u128) -> Vec<Event> {
        let account = from.into();
        vec![
            allowed(self.alv, from, self.factory, 0),
            paid(self.alv, from, self.factory, amount),
            said(self.factory, Deposited { account, amount }),
        ]
    }

    /// What a token and the factory say of units that come into being.
    fn issued(
        &self,
        dapp: DappId,
        payer: Option<AccountId>,
        to: AccountId,
        tokens: u128,
        cost: u128,
    ) -> [Event; 2] {
        let issued = TokensIssued {
            dapp,
            payer: payer.map(Into::into),
            to: to.into(),
            tokens,
            paid: cost,
            paid_in: 0,
        };
        [
            paid(self.token(dapp), None, to, tokens),
            said(self.factory, issued),
        ]
    }

    /// What a token and the factory say of units that go.
    fn redeemed(
        &self,
        dapp: DappId,
        holder: AccountId,
        tokens: u128,
        credited: u128,
    ) -> [Event; 2] {
        let redeemed = TokensRedeemed {
            dapp,
            holder: holder.into(),
            tokens,
            credited,
        };
        [
            paid(self.token(dapp), holder, None, tokens),
            said(self.factory, redeemed),
        ]
    }

    /// What the factory says of ALV of a DAPP that moved.
    fn moved(&self, dapp: DappId, flow: Flow, amount: u128, account: AccountId) -> Event {
        let account = account.into();
        let moved = FundsMoved {
            dapp,
            flow,
            amount,
            account,
        };
        said(self.factory, moved)
    }

    /// Asserts who holds how much of a token, and that nobody else holds any.
    #[track_caller]
    fn holders<const N: usize>(&mut self, dapp: DappId, expected: [(AccountId, u128); N]) {
        let token = self.token(dapp);
        self.stage.holdings(token, expected);
    }

    /// Asserts by how much the ALV of the operators and the two users grew, and what treasury,
    /// remainders and factory hold; that the factory holds what is somebody's; and that nobody else
    /// holds any.
    #[track_caller]
    fn accounts(&mut self, gained: [i128; 4], [treasury, remainder, factory]: [u128; 3]) {
        let [well, care] = self.operators;
        let actors = [well, care, self.user, self.other];
        let wealth = gained.map(|gained| WEALTH.saturating_add_signed(gained));
        let mut held: Vec<_> = actors.into_iter().zip(wealth).collect();
        held.extend([
            (self.owner, SUPPLY - 4 * WEALTH),
            (TREASURY, treasury),
            (REMAINDER, remainder),
            (self.factory, factory),
        ]);
        match <[_; 8]>::try_from(held) {
            Ok(held) => self.stage.holdings(self.alv, held),
            Err(_) => unreachable!("eight accounts"),
        }
    }
}

fn well() -> Profile {
    Profile {
        label: label("Wellness", "WELL"),
        price: PRICE,
        cap: CAP,
        reserve_share: 5_000,
        cover: 10_000,
        treasury: TREASURY.into(),
    }
}

fn care() -> Profile {
    Profile {
        label: label("Care", "CARE"),
        price: CARE_PRICE,
        cap: CAP,
        reserve_share: 10_000,
        cover: 5_000,
        treasury: TREASURY.into(),
    }
}

fn label(name: &str, symbol: &str) -> Label {
    Label {
        name: name.into(),
        symbol: symbol.into(),
        decimals: 2,
    }
}

/// The error of a token, inside that of the factory.
fn token(error: allive_psp22_interface::TokenError) -> FactoryError {
    FactoryError::Token(error)
}
