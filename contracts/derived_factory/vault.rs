//! What lies in the factory, and each way in and out of it. Both halves of the code work on this.

use crate::{
    dapp::{minus, plus},
    host, Credit, Dapp, DappId, Deposited, FactoryError, Governance, TokensIssued,
};
use allive_access::{AccessError, Account, Ownership, Pause};
use allive_derived_token_interface::Derived;
use allive_psp22_interface::Token;
use allive_storage::Cell;
use ink::{
    primitives::{AccountId, Hash},
    storage::{traits::ManualKey, Lazy, Mapping},
};

/// The root cell, which ink! reads for each message, holds what is small. Only `register` and the
/// pause change it; the other messages end with [`root_unchanged`](allive_storage::root_unchanged).
#[ink::storage_item]
#[cfg_attr(feature = "std", derive(Debug))]
pub struct Vault {
    /// What is staked, and what tokens are bought and redeemed for.
    pub alv: Token,
    /// Code of the half that does what is rare.
    pub office: Hash,
    /// A pause stops what brings new risk: DAPPs, purchases, rewards.
    pub pause: Pause,
    /// How many DAPPs registered.
    pub dapp_count: DappId,
    /// Every DAPP.
    pub dapps: Mapping<DappId, Cell<Dapp>, ManualKey<0x4441_5050>>,
    /// Whose token a token is.
    pub dapp_of: Mapping<AccountId, DappId, ManualKey<0x544f_4b4e>>,
    /// What accounts can spend here or have paid out.
    pub credits: Mapping<AccountId, Credit, ManualKey<0x4352_4454>>,
    /// Vouchers that were redeemed, a bit each.
    pub vouchers: Mapping<(DappId, u64), u128, ManualKey<0x564f_5543>>,
    /// What is the same for all.
    pub governance: Lazy<Cell<Governance>, ManualKey<0x474f_564e>>,
}

/// Units that a DAPP sells.
pub struct Sale {
    /// The DAPP's number.
    pub dapp: DappId,
    /// The DAPP as it is after it.
    pub cell: Cell<Dapp>,
    /// How many units.
    pub tokens: u128,
    /// What they cost.
    pub paid: u128,
}

impl Vault {
    /// An empty one, which the office has still to [open](Self::open).
    pub fn new(alv: AccountId, office: Hash) -> Self {
        Self {
            alv: Token::at(alv),
            office,
            pause: Pause::default(),
            dapp_count: 0,
            dapps: Mapping::new(),
            dapp_of: Mapping::new(),
            credits: Mapping::new(),
            vouchers: Mapping::new(),
            governance: Lazy::new(),
        }
    }

    /// A DAPP that there is.
    ///
    /// # Errors
    /// `UnknownDapp`.
    #[inline(never)]
    pub fn known(&self, dapp: DappId) -> Result<Cell<Dapp>, FactoryError> {
        self.dapps.get(dapp).ok_or(FactoryError::UnknownDapp)
    }

    /// What is the same for all.
    pub fn governance(&self) -> Cell<Governance> {
        match self.governance.get() {
            Some(governance) => governance,
            None => unreachable!("the constructor wrote it, and nothing removes it"),
        }
    }

    /// Who governs.
    pub fn ownership(&self) -> Ownership {
        self.governance().into_inner().ownership
    }

    /// A pause stops what brings new risk: DAPPs, purchases, rewards. Nothing else.
    ///
    /// # Errors
    /// `Paused`.
    pub fn only_unpaused(&self) -> Result<(), AccessError> {
        if self.pause.is_active(host::now()) {
            return Err(AccessError::Paused);
        }
        Ok(())
    }

    /// What an account can spend here or have paid out.
    pub fn credit_of(&self, account: &AccountId) -> Credit {
        self.credits.get(account).unwrap_or_default()
    }

    /// A DAPP sells as many units of its token as `paid` suffices for. Nothing is stored yet.
    ///
    /// # Errors
    /// `Access(Paused)`, `UnknownDapp`, `WrongPhase`, `NothingToDo`, `TooLittle` if they are fewer
    /// than `min_tokens`, and as [`Dapp::issue`].
    pub fn sale(&self, dapp: DappId, paid: u128, min_tokens: u128) -> Result<Sale, FactoryError> {
        self.only_unpaused()?;
        let mut cell = self.known(dapp)?;
        cell.life.only_live(host::now())?;
        let tokens = cell.affordable(paid)?;
        if tokens < min_tokens {
            return Err(FactoryError::TooLittle);
        }
        let paid = cell.issue(tokens)?;
        Ok(Sale {
            dapp,
            cell,
            tokens,
            paid,
        })
    }

    /// Brings units that were sold and are paid for into being. Returns how many.
    ///
    /// # Errors
    /// `Token`.
    pub fn sold(&mut self, sale: Sale, buyer: Account, came: u128) -> Result<u128, FactoryError> {
        let Sale {
            dapp,
            cell,
            tokens,
            paid,
        } = sale;
        self.dapps.insert(dapp, &cell);
        let issued = TokensIssued {
            dapp,
            payer: Some(buyer.clone()),
            to: buyer,
            tokens,
            paid,
            came,
        };
        self.issue(&cell.token, issued)?;
        Ok(tokens)
    }

    /// Brings the units into being that are paid for, and says so.
    ///
    /// # Errors
    /// `Token`.
    pub fn issue(&self, token: &Derived, issued: TokensIssued) -> Result<(), FactoryError> {
        token.mint(&issued.to, issued.tokens)?;
        host::emit(issued);
        Ok(())
    }

    /// Takes `amount` from the payer's credit, and what that lacks from ALV that the payer allowed.
    ///
    /// # Errors
    /// As [`collect`](Self::collect).
    pub fn charge(&mut self, payer: &Account, amount: u128) -> Result<(), FactoryError> {
        let spent = self.credit_of(payer).amount.min(amount);
        if spent > 0 {
            self.spend(payer, spent)?;
        }
        if spent < amount {
            self.collect(payer.clone(), amount.saturating_sub(spent))?;
        }
        Ok(())
    }

    /// Takes `amount` from a credit.
    ///
    /// # Errors
    /// `TooLittleThere`.
    pub fn spend(&mut self, payer: &AccountId, amount: u128) -> Result<(), FactoryError> {
        let mut credit = self.credit_of(payer);
        credit.amount = minus(credit.amount, amount)?;
        self.credits.insert(payer, &credit);
        Ok(())
    }

    /// Adds to what an account can spend here or have paid out.
    ///
    /// # Errors
    /// `AmountTooLarge`.
    pub fn credit(&mut self, account: &AccountId, amount: u128) -> Result<(), FactoryError> {
        let mut credit = self.credit_of(account);
        credit.add(amount, host::now())?;
        self.credits.insert(account, &credit);
        Ok(())
    }

    /// Takes ALV from `account`. Of a token that keeps a fee, or lies, less comes in.
    ///
    /// # Errors
    /// `AmountTooLarge`, `Token`, `PaymentShort`.
    pub fn collect(&self, account: Account, amount: u128) -> Result<(), FactoryError> {
        let this = host::this();
        let due = plus(self.alv.balance_of(&this)?, amount)?;
        self.alv.transfer_from(&account, &this, amount)?;
        if self.alv.balance_of(&this)? < due {
            return Err(FactoryError::PaymentShort);
        }
        host::emit(Deposited { account, amount });
        Ok(())
    }

    /// Pays ALV out: the only place where it leaves.
    ///
    /// # Errors
    /// `Token`.
    pub fn pay(&self, account: &AccountId, amount: u128) -> Result<(), FactoryError> {
        self.alv.transfer(account, amount)?;
        Ok(())
    }
}
