//! Payments that arrive, payments that do not, and credits that pass to heirs.

use allive_payments::{collect, Credits, Heirs, Owed, PaymentError, Token};
use ink::primitives::AccountId;
use std::{cell::RefCell, collections::BTreeMap};

const THIS: AccountId = AccountId([1; 32]);
const PAYER: AccountId = AccountId([2; 32]);
const PAYEE: AccountId = AccountId([3; 32]);

/// What goes wrong.
#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Nothing,
    /// It says that it paid, and does not.
    Lies,
    /// It keeps one unit of each payment.
    KeepsAFee,
    Refuses,
    /// It pays, and then cannot say who has what.
    IsSilent,
}

#[derive(Debug, PartialEq)]
enum No {
    Refused,
    Silent,
}

struct Purse {
    wrong: Wrong,
    balances: RefCell<BTreeMap<AccountId, u128>>,
}

impl Purse {
    fn new(wrong: Wrong, donated: u128) -> Self {
        let balances = BTreeMap::from([(THIS, donated), (PAYER, 1_000)]);
        Self {
            wrong,
            balances: RefCell::new(balances),
        }
    }

    fn holds(&self, who: AccountId) -> u128 {
        self.balances
            .borrow()
            .get(&who)
            .copied()
            .unwrap_or_default()
    }

    fn moves(&self, from: &AccountId, to: &AccountId, amount: u128) -> Result<(), No> {
        let arrives = match self.wrong {
            Wrong::Refuses => return Err(No::Refused),
            Wrong::Lies => return Ok(()),
            Wrong::KeepsAFee => amount - 1,
            Wrong::Nothing | Wrong::IsSilent => amount,
        };
        let mut balances = self.balances.borrow_mut();
        let left = balances[from].checked_sub(amount).ok_or(No::Refused)?;
        balances.insert(*from, left);
        *balances.entry(*to).or_default() += arrives;
        Ok(())
    }
}

impl Token for Purse {
    type Error = No;

    fn transfer(&self, to: &AccountId, amount: u128) -> Result<(), No> {
        self.moves(&THIS, to, amount)
    }

    fn transfer_from(&self, from: &AccountId, to: &AccountId, amount: u128) -> Result<(), No> {
        self.moves(from, to, amount)
    }

    fn balance_of(&self, owner: &AccountId) -> Result<u128, No> {
        match self.wrong {
            Wrong::IsSilent => Err(No::Silent),
            _ => Ok(self.holds(*owner)),
        }
    }
}

#[ink::test]
fn a_payment_by_allowance_is_owed_once_it_arrived() {
    let token = Purse::new(Wrong::Nothing, 0);
    let mut owed = Owed::nothing();
    assert_eq!(owed.collect(&token, &THIS, &PAYER, 70), Ok(()));
    assert_eq!(owed.collect(&token, &THIS, &PAYER, 30), Ok(()));
    assert_eq!(
        (owed.sum(), token.holds(THIS), token.holds(PAYER)),
        (100, 100, 900)
    );
    assert_eq!(owed.pay(&token, &PAYEE, 40), Ok(()));
    assert_eq!(
        (owed.sum(), token.holds(THIS), token.holds(PAYEE)),
        (60, 60, 40)
    );
}

#[ink::test]
fn a_payment_of_which_less_arrives_is_refused() {
    for (wrong, why) in [
        (Wrong::Lies, PaymentError::Short),
        (Wrong::KeepsAFee, PaymentError::Short),
        (Wrong::Refuses, PaymentError::Refused(No::Refused)),
        (Wrong::IsSilent, PaymentError::Refused(No::Silent)),
    ] {
        let token = Purse::new(wrong, 0);
        let refused = Owed::nothing().collect(&token, &THIS, &PAYER, 70);
        assert_eq!(refused, Err(why));
    }
}

/// Where the sum of what is owed is known. Nobody's claim is at risk.
#[ink::test]
fn a_donation_can_cover_a_lie_but_nothing_that_is_owed_can() {
    let token = Purse::new(Wrong::Lies, 15);
    let mut owed = Owed::nothing();
    assert_eq!(
        owed.collect(&token, &THIS, &PAYER, 16),
        Err(PaymentError::Short)
    );
    let mut owed = Owed::nothing();
    assert_eq!(owed.collect(&token, &THIS, &PAYER, 15), Ok(()));
    assert_eq!(
        owed.collect(&token, &THIS, &PAYER, 1),
        Err(PaymentError::Short)
    );
}

#[test]
fn where_the_balance_must_rise_a_donation_covers_no_lie() {
    for wrong in [Wrong::Lies, Wrong::KeepsAFee] {
        let token = Purse::new(wrong, 500);
        let refused = collect(&token, &THIS, &PAYER, 70);
        assert_eq!(refused, Err(PaymentError::Short));
    }
    let token = Purse::new(Wrong::Nothing, 500);
    assert_eq!(collect(&token, &THIS, &PAYER, 70), Ok(()));
    assert_eq!(token.holds(THIS), 570);
    let refused = collect(&token, &THIS, &PAYER, 931);
    assert_eq!(refused, Err(PaymentError::Refused(No::Refused)));
    let refused = collect(&token, &THIS, &PAYER, u128::MAX);
    assert_eq!(refused, Err(PaymentError::AmountTooLarge));
}

#[ink::test]
fn what_the_token_told_must_have_arrived() {
    let token = Purse::new(Wrong::Nothing, 100);
    let mut owed = Owed::nothing();
    assert_eq!(owed.receive(&token, &THIS, 60), Ok(()));
    assert_eq!(owed.sum(), 60);
    assert_eq!(owed.receive(&token, &THIS, 41), Err(PaymentError::Short));
}

#[ink::test]
fn a_sum_that_cannot_be_written_is_refused() {
    let token = Purse::new(Wrong::Nothing, u128::MAX);
    let mut owed = Owed::nothing();
    assert_eq!(owed.receive(&token, &THIS, u128::MAX), Ok(()));
    assert_eq!(
        owed.receive(&token, &THIS, 1),
        Err(PaymentError::AmountTooLarge)
    );
    let refused = owed.collect(&token, &THIS, &PAYER, 1);
    assert_eq!(refused, Err(PaymentError::AmountTooLarge));
    assert_eq!(owed.sum(), u128::MAX);
}

/// Otherwise a token that takes too much would block everybody's exit.
#[ink::test]
fn paying_out_does_not_look_at_what_is_left() {
    let token = Purse::new(Wrong::Nothing, 100);
    let mut owed = Owed::nothing();
    assert_eq!(owed.receive(&token, &THIS, 100), Ok(()));
    token.balances.borrow_mut().insert(THIS, 40);
    assert_eq!(owed.pay(&token, &PAYEE, 40), Ok(()));
    assert_eq!(owed.sum(), 60);
}

/// Everything that the former key had since before 50 is the heir's.
struct Registry;

impl Heirs for Registry {
    type Error = &'static str;

    fn inherits(
        &self,
        heir: &AccountId,
        former: &AccountId,
        since: u64,
    ) -> Result<u64, &'static str> {
        match (*heir, *former) {
            (PAYEE, PAYER) if since < 50 => Ok(50),
            (PAYEE, PAYER) => Err("came later"),
            // It lies: an account follows itself.
            (THIS, THIS) => Ok(u64::MAX),
            _ => Err("no heir"),
        }
    }
}

#[ink::test]
fn a_credit_is_withdrawn_once_and_of_nothing_nothing_is_stored() {
    let mut credits = Credits::default();
    let all = |credits: &mut Credits| credits.withdraw(&PAYER, u128::MAX);
    assert_eq!(all(&mut credits), Err(PaymentError::NothingThere));
    assert_eq!(credits.add(&PAYER, 0, 7), Ok(()));
    assert_eq!(all(&mut credits), Err(PaymentError::NothingThere));
    credits.add(&PAYER, 70, 7).unwrap();
    credits.add(&PAYER, 30, 9).unwrap();
    assert_eq!(all(&mut credits), Ok(100));
    assert_eq!(all(&mut credits), Err(PaymentError::NothingThere));
}

#[ink::test]
fn no_more_is_withdrawn_than_was_asked_for_and_the_rest_stays() {
    let mut credits = Credits::default();
    credits.add(&PAYER, 70, 7).unwrap();
    credits.add(&PAYER, 30, 9).unwrap();
    let nothing = credits.withdraw(&PAYER, 0);
    assert_eq!(nothing, Err(PaymentError::NothingThere));
    assert_eq!(credits.withdraw(&PAYER, 40), Ok(40));
    assert_eq!(credits.of(&PAYER).amount, 60);
    assert_eq!(credits.withdraw(&PAYER, 61), Ok(60));
}

#[ink::test]
fn a_credit_pays_what_is_there_and_the_rest_is_asked_for_elsewhere() {
    let mut credits = Credits::default();
    assert_eq!(credits.spend(&PAYER, 10), 0);
    credits.add_own(&PAYER, 70, 7).unwrap();
    assert_eq!(credits.spend(&PAYER, 30), 30);
    assert_eq!(credits.spend(&PAYER, 50), 40);
    assert_eq!(credits.of(&PAYER).amount, 0);
}

#[ink::test]
fn an_heir_gets_what_goes_back_to_before_the_key_left_and_has_had_it_since_then() {
    let mut credits = Credits::default();
    let nothing = credits.inherit(&Registry, &PAYEE, &PAYER);
    assert_eq!(nothing, Err(PaymentError::NothingThere));
    credits.add(&PAYER, 10, 0).unwrap();
    credits.add(&PAYER, 5, 60).unwrap();
    credits.add(&PAYEE, 20, 70).unwrap();
    let other = credits.inherit(&Registry, &THIS, &PAYER);
    assert_eq!(other, Err(PaymentError::Refused("no heir")));
    assert_eq!(credits.inherit(&Registry, &PAYEE, &PAYER), Ok(()));
    let heir = credits.of(&PAYEE);
    assert_eq!((heir.amount, heir.began), (30, 50));
    let kept = credits.of(&PAYER);
    assert_eq!((kept.amount, kept.began), (5, 60));
    let again = credits.inherit(&Registry, &PAYEE, &PAYER);
    assert_eq!(again, Err(PaymentError::Refused("came later")));
}

#[ink::test]
fn an_account_that_follows_itself_makes_no_money() {
    let mut credits = Credits::default();
    credits.add(&THIS, 10, 0).unwrap();
    assert_eq!(credits.inherit(&Registry, &THIS, &THIS), Ok(()));
    assert_eq!(credits.of(&THIS).amount, 10);
}

#[ink::test]
fn a_credit_that_cannot_be_written_is_refused() {
    let mut credits = Credits::default();
    credits.add(&PAYEE, u128::MAX, 70).unwrap();
    credits.add(&PAYER, 1, 0).unwrap();
    let too_large = PaymentError::AmountTooLarge;
    assert_eq!(credits.add(&PAYEE, 1, 70), Err(too_large));
    assert_eq!(credits.add_own(&PAYEE, 1, 70), Err(too_large));
    let refused = credits.inherit(&Registry, &PAYEE, &PAYER);
    assert_eq!(refused, Err(PaymentError::AmountTooLarge));
}
