//! The contracts: what each action is on chain.

use crate::{
    identities::*,
    model::{Action, Answer, Kept, Who},
    world::*,
};
use ::alv::{Alv, PSP22Payable};
use ::hostile::Hostile;
use allive_access::{AccessError, Account, Ownable, Pausable};
use allive_calls::{at, contract_address, parts, psp22, Keyring, Message, Typed};
use allive_olife_id_interface::IdentityRegistry;
use allive_psp22_interface::TokenError;
use allive_requests::{Domain, Signature};
use allive_simulator::GENESIS;
use derived_factory::*;
use ink::primitives::AccountId;
use olife_id::OlifeId;
use psp22::{PSP22Error, PSP22};
use scale::{Decode, DecodeAll, Encode};

/// Moving ALV costs the factory's caller at most a call of the factory and of ALV.
const FRAMES: u32 = 3;

pub struct Stage {
    pub world: World,
    accounts: [AccountId; Who::ALL.len()],
    /// Tokens of the DAPPs.
    pub tokens: Vec<AccountId>,
    pub token_code: [u8; 32],
}

impl Stage {
    /// A chain on which everybody who acts holds `wealth` and allows it to the factory.
    pub fn new(supply: u128, wealth: u128) -> Self {
        let mut world = with_alv(supply);
        world.deploy_olife_id(ADMIN, [DELAY, SETTLING]);
        let mut world = founded(world, wealth);
        let contract = world.deploy_accomplice();
        let accounts = Who::ALL.map(|who| match who {
            Who::Alice => Keyring::Alice.account(),
            Who::Bob => Keyring::Bob.account(),
            Who::Charlie => Keyring::Charlie.account(),
            Who::Dave => Keyring::Dave.account(),
            Who::Eve => Keyring::Eve.account(),
            Who::Ferdie => Keyring::Ferdie.account(),
            Who::One => Keyring::One.account(),
            Who::Two => Keyring::Two.account(),
            Who::Visitor => account(0x41),
            Who::Contract => contract,
            Who::Absent => ABSENT,
            Who::Treasury => TREASURY,
            Who::Remainder => REMAINDER,
            Who::Factory => world.factory,
            Who::Nobody => NOBODY,
        });
        let mut stage = Self {
            world,
            accounts,
            tokens: vec![],
            token_code: code("derived_token").hash(),
        };
        stage.world.chain.endow(stage.of(Who::Visitor));
        for person in Who::PERSONS {
            let key = stage.of(person);
            join(&mut stage.world, key, &[]);
        }
        // To be asked as.
        stage.world.chain.endow(stage.world.alv);
        for who in [Who::Visitor, Who::Contract] {
            assert_eq!(stage.act(Who::Alice, &Action::Pay(who, wealth)), Ok(0));
            assert_eq!(stage.act(who, &Action::Allow(wealth)), Ok(0));
        }
        stage
    }

    pub fn of(&self, who: Who) -> AccountId {
        match who {
            Who::Nobody => NOBODY,
            _ => self.accounts[who as usize],
        }
    }

    pub fn account(&self, who: Who) -> Account {
        self.of(who).into()
    }

    /// Does it on chain.
    pub fn act(&mut self, by: Who, action: &Action) -> Answer {
        let (factory, alv) = (self.world.factory, self.world.alv);
        let factory = || at::<DerivedFactory>(factory);
        match *action {
            Action::Register(treasury, ref profile, stake) => {
                let mut profile = Profile::clone(profile);
                profile.treasury = self.account(treasury);
                let label = profile.label.clone();
                let answer = self.tell(by, factory().register(profile.into(), stake));
                if answer.is_ok() {
                    self.created(label);
                }
                answer
            }
            Action::Heartbeat(dapp) => self.tell(by, factory().heartbeat(dapp)),
            Action::AcceptDapp(dapp) => self.tell(by, factory().accept_dapp(dapp)),
            Action::Appoint {
                dapp,
                treasury,
                signer,
                successor,
            } => {
                let [signer, successor] =
                    [signer, successor].map(|who| who.map(|who| self.account(who)));
                let treasury = self.account(treasury);
                self.tell(by, factory().appoint(dapp, treasury, signer, successor))
            }
            Action::AnnouncePrice(dapp, price) => {
                self.tell(by, factory().announce_price(dapp, price))
            }
            Action::ChangePrice(dapp) => self.tell(by, factory().change_price(dapp)),
            Action::Deposit(amount) => self.tell(by, factory().deposit(amount)),
            Action::PayIn(amount) => self.announced(by, amount, None),
            Action::Order { dapp, paid, least } => {
                let [min_tokens, min_backing] = least;
                let order = Order {
                    dapp,
                    min_tokens,
                    min_backing,
                };
                self.announced(by, paid, Some(order))
            }
            Action::Buy { dapp, paid, least } => {
                self.tell(by, factory().buy(dapp, paid, least[0], least[1]))
            }
            Action::Redeem {
                dapp,
                tokens,
                least,
            } => self.tell(by, factory().redeem(dapp, tokens, least)),
            Action::Convert {
                from,
                tokens,
                least_credit,
                to,
                least: [units, backing],
            } => {
                let convert = factory().convert(from, tokens, least_credit, to, units, backing);
                self.tell(by, convert)
            }
            Action::Withdraw => {
                let to = self.account(by);
                self.tell(by, factory().withdraw(to))
            }
            Action::Fund(dapp, fund, amount) => self.tell(by, factory().fund(dapp, fund, amount)),
            Action::Unbond(dapp, source, amount) => {
                self.tell(by, factory().unbond(dapp, source, amount))
            }
            Action::Release(dapp, source) => self.tell(by, factory().release(dapp, source)),
            Action::WithdrawPrepaid(dapp, amount) => {
                self.tell(by, factory().withdraw_prepaid(dapp, amount))
            }
            Action::WithdrawProceeds(dapp, amount) => {
                self.tell(by, factory().withdraw_proceeds(dapp, amount))
            }
            Action::Reward { dapp, to, tokens } => {
                let to = self.account(to);
                self.tell(by, factory().reward(dapp, to, tokens))
            }
            Action::RedeemVoucher(ref signed) => {
                let voucher = Voucher {
                    signer: self.account(signed.by),
                    action: Gift {
                        dapp: signed.dapp,
                        to: self.account(signed.to),
                        tokens: signed.tokens,
                    },
                    nonce: signed.nonce,
                    deadline: signed.deadline,
                };
                let chain = if signed.astray { [0; 32] } else { GENESIS };
                let message = voucher.message(&Domain {
                    chain: &chain,
                    ..vouchers(&self.world.factory)
                });
                let bytes = match voucher.nonce % 2 {
                    0 => message.raw(),
                    _ => message.wrapped(),
                };
                let key = Keyring::all()[signed.by as usize];
                let signature = Signature::Sr25519(key.sign(bytes));
                self.tell(by, factory().redeem_voucher(voucher.into(), signature))
            }
            Action::Close(dapp) => self.tell(by, factory().close(dapp)),
            Action::DeclareSilent(dapp) => self.tell(by, factory().declare_silent(dapp)),
            Action::Accuse(dapp, evidence) => {
                self.tell(by, factory().accuse(dapp, [evidence; 32].into()))
            }
            Action::Answer(dapp, answer) => {
                self.tell(by, factory().answer(dapp, [answer; 32].into()))
            }
            Action::Acquit(dapp) => self.tell(by, factory().acquit(dapp)),
            Action::Decide(dapp) => self.tell(by, factory().decide(dapp)),
            Action::Claim(dapp, holder) => {
                let holder = self.account(holder);
                self.tell(by, factory().claim(dapp, holder))
            }
            Action::Sweep(dapp) => self.tell(by, factory().sweep(dapp)),
            Action::Inherit(kept) => {
                let holding = match kept {
                    Kept::Dapp(dapp) => Holding::Dapp(dapp),
                    Kept::Credit(former) => Holding::Credit(self.account(former)),
                };
                self.tell(by, factory().inherit(holding))
            }
            Action::Rekey(to) => {
                let [old, new] = [by, to].map(|who| self.of(who));
                let identity = at::<OlifeId>(self.world.identities).identity_of(old.into());
                let identity = self.world.get(identity).expect("a key");
                replace(&mut self.world, identity, old, new);
                Ok(0)
            }
            Action::AnnounceRules(rules) => {
                self.tell(by, factory().announce_rules(rules.map(Into::into)))
            }
            Action::ChangeRules => self.tell(by, factory().change_rules()),
            Action::TransferOwnership(to) => {
                let to = to.map(|who| self.account(who));
                self.tell(by, factory().transfer_ownership(to))
            }
            Action::AcceptOwnership => self.tell(by, factory().accept_ownership()),
            Action::Pause => self.tell(by, factory().pause()),
            Action::Unpause => self.tell(by, factory().unpause()),
            Action::Transfer { dapp, to, units } => match self.tokens.get(dapp as usize) {
                Some(token) => {
                    let message = psp22(*token).transfer(self.of(to), units, vec![]);
                    self.tell(by, message)
                }
                None => Err(FactoryError::UnknownDapp),
            },
            Action::Pay(to, amount) => {
                let message = psp22(alv).transfer(self.of(to), amount, vec![]);
                self.tell(by, message)
            }
            Action::Allow(amount) => {
                let message = psp22(alv).approve(self.world.factory, amount);
                self.tell(by, message)
            }
            Action::PauseAlv => self.tell(by, at::<Alv>(alv).pause()),
            Action::UnpauseAlv => self.tell(by, at::<Alv>(alv).unpause()),
            Action::Wait(time) => {
                self.world.advance(time);
                Ok(0)
            }
        }
    }

    /// Pays ALV to the factory, and tells it so. Why it refuses is what it answers to ALV alone.
    fn announced(&mut self, by: Who, value: u128, order: Option<Order>) -> Answer {
        let (factory, alv) = (self.world.factory, self.world.alv);
        let from = self.account(by);
        let told = at::<DerivedFactory>(factory).on_received(from, value, order.into());
        let reason = self.world.chain.ask(alv, told).value.unwrap();
        let data = order.encode();
        let message = at::<Alv>(alv).transfer_and_call(factory.into(), value, data);
        self.tell(by, message).map_err(|error| match error {
            // What stands here for `NotAccepted`.
            FactoryError::NotAlv => reason.expect_err("refused for no reason"),
            error => error,
        })
    }

    /// Sends a message. What is refused says nothing.
    fn tell<Args: Encode, R: Decode + Value, E: Decode + Refusal>(
        &mut self,
        by: Who,
        message: Message<Args, Result<R, E>>,
    ) -> Answer {
        let (answer, frames, events) = if by == Who::Contract {
            let (callee, input) = parts(message);
            let forward = at::<Hostile>(self.of(by)).forward(callee, input);
            let receipt = self.world.chain.send(ADMIN.account(), forward);
            let answer = receipt.value.unwrap().expect("a message traps");
            let answer = Result::decode_all(&mut &answer[..]).unwrap();
            (answer, receipt.frames - 1, receipt.events.len())
        } else {
            let receipt = self.world.chain.send(self.of(by), message);
            (receipt.value.unwrap(), receipt.frames, receipt.events.len())
        };
        assert!(frames <= FRAMES, "{frames} frames");
        let answer = answer.map(Value::number).map_err(Refusal::reason);
        assert!(answer.is_ok() || events == 0, "refused, and yet said");
        answer
    }

    /// The factory's tokens lie where anybody can tell beforehand.
    fn created(&mut self, label: allive_derived_token_interface::Label) {
        let salt = (self.tokens.len() as DappId).to_le_bytes();
        let new = (
            ink::selector_bytes!("new"),
            label.name,
            label.symbol,
            label.decimals,
        );
        let token = contract_address(&self.world.factory, &self.token_code, &new.encode(), &salt);
        self.tokens.push(token);
    }
}

/// A refusal in the factory's words.
trait Refusal {
    fn reason(self) -> FactoryError;
}

impl Refusal for FactoryError {
    fn reason(self) -> FactoryError {
        self
    }
}

impl Refusal for AccessError {
    fn reason(self) -> FactoryError {
        self.into()
    }
}

impl Refusal for PSP22Error {
    fn reason(self) -> FactoryError {
        let reason = match self {
            Self::Custom(reason) if reason == "NotAccepted" => return FactoryError::NotAlv,
            Self::InsufficientBalance => TokenError::InsufficientBalance,
            Self::InsufficientAllowance => TokenError::InsufficientAllowance,
            Self::Custom(reason) if ["Frozen", "Paused"].contains(&&*reason) => TokenError::Refused,
            other => panic!("no token of the suite answers {other:?}"),
        };
        reason.into()
    }
}

/// What a message returns, as a number.
trait Value {
    fn number(self) -> u128;
}

impl Value for () {
    fn number(self) -> u128 {
        0
    }
}

impl Value for u64 {
    fn number(self) -> u128 {
        self.into()
    }
}

impl Value for u128 {
    fn number(self) -> u128 {
        self
    }
}
