//! What must be true after every step, whatever the step was.

use crate::model::{
    wide::{part, product},
    Action, Answer, End, Issuer, Model, Who,
};

/// Basis points of a whole.
const WHOLE: u128 = 10_000;

/// Holds two states, with an action between them, against the invariants of the specification.
/// `other` is an account that the actor may have besides.
pub fn hold(before: &Model, after: &Model, by: Who, other: Who, action: &Action, answer: &Answer) {
    all_that_lies_here_belongs_to_somebody(after);
    for (dapp, issuer) in after.issuers.iter().enumerate() {
        match issuer.end {
            None => promises_are_kept(issuer),
            Some(end) => pots_suffice(issuer, end),
        }
        if let Some(earlier) = before.issuers.get(dapp) {
            match (earlier.end, issuer.end) {
                (None, None) if !is_reissue(before, dapp, action) => {
                    nobody_is_diluted(earlier, issuer);
                    if !lets_go(action, dapp, earlier, issuer) {
                        a_failure_pays_no_less(earlier, issuer);
                    }
                }
                (None, Some(end)) => holders_share_what_was_promised(earlier, end),
                _ => (),
            }
        }
    }
    if let (Action::Redeem { dapp, .. }, Ok(_)) = (action, answer) {
        let [then, now] = [before, after].map(|model| model.issuers[*dapp as usize].purse);
        assert!(
            product(now.raised, then.units) >= product(then.raised, now.units),
            "less stake is asked for each unit: {then:?}, {now:?}"
        );
    }
    match (action, answer) {
        (Action::Claim(dapp, holder), Ok(paid)) => {
            let earlier = &before.issuers[*dapp as usize];
            a_share_is_that_of_one_ratio(earlier, earlier.holders[*holder], *paid);
        }
        (Action::Buy { .. } | Action::Redeem { .. } | Action::Convert { .. }, Ok(_)) => {
            // Whoever acts, alone and with a second account, and all together.
            let of = |fits: &dyn Fn(Who) -> bool| -> Vec<Who> {
                Who::ALL.into_iter().filter(|who| fits(*who)).collect()
            };
            for people in [
                of(&|who| who == by),
                of(&|who| who == by || who == other),
                of(&|who| who != Who::Factory),
            ] {
                let [then, now] = [before, after].map(|model| worth(model, &people));
                assert!(now <= then, "{people:?} had {then} and have {now}");
            }
        }
        _ => (),
    }
}

/// Between the two legs there was no unit behind which anything could stand.
fn is_reissue(before: &Model, dapp: usize, action: &Action) -> bool {
    match action {
        Action::Convert {
            from, tokens, to, ..
        } => from == to && *from as usize == dapp && *tokens == before.issuers[dapp].purse.units,
        _ => false,
    }
}

fn all_that_lies_here_belongs_to_somebody(model: &Model) {
    let lies_for = |issuer: &Issuer| issuer.purse.all() + issuer.end.map_or(0, |end| end.left);
    let dapps = model.issuers.iter().map(lies_for).sum::<u128>();
    assert_eq!(model.held, dapps + model.credits.sum(), "what lies here");
    assert!(
        model.held <= model.wallets[Who::Factory],
        "more than there is"
    );
}

/// Cover and the share of what was raised, and a reserve that nobody can drain by buying.
fn promises_are_kept(issuer: &Issuer) {
    let purse = &issuer.purse;
    assert_eq!(issuer.holders.sum(), purse.units, "the supply");
    let behind = product(purse.reserve + purse.stake, WHOLE);
    let promised = product(purse.units * purse.peak, purse.cover.into());
    assert!(behind >= promised, "not covered: {purse:?}");
    let staked = product(purse.stake, WHOLE);
    let asked = product(purse.raised, purse.stake_share.into());
    assert!(staked >= asked, "too little stake: {purse:?}");
    assert!(purse.reserve <= purse.units * purse.price, "{purse:?}");
    assert!(purse.raised <= purse.units * purse.peak, "{purse:?}");
    assert!(purse.units <= purse.cap, "{purse:?}");
}

/// What waited for the unbonding time is paid, or a price that waited as long is in effect.
fn lets_go(action: &Action, dapp: usize, earlier: &Issuer, later: &Issuer) -> bool {
    match action {
        Action::Release(of, _) => *of as usize == dapp,
        Action::ChangePrice(of) => *of as usize == dapp && later.purse.price < earlier.purse.price,
        _ => false,
    }
}

/// Whoever holds as much as before would be paid as much as before, if the DAPP failed now.
fn a_failure_pays_no_less(earlier: &Issuer, later: &Issuer) {
    for holder in Who::ALL {
        if later.holders[holder] >= earlier.holders[holder] {
            let [then, now] = [earlier, later].map(|issuer| issuer.share(holder));
            assert!(now >= then, "{holder:?} had {then} to come and has {now}");
        }
    }
}

/// What stands behind a unit never falls, nor does the highest price, which is that of every sale
/// at least, while there are units.
fn nobody_is_diluted(earlier: &Issuer, later: &Issuer) {
    let (then, now) = (&earlier.purse, &later.purse);
    assert!(now.peak >= then.peak || now.units == 0, "{then:?}, {now:?}");
    if now.units > then.units {
        assert!(now.peak >= now.price, "{then:?}, {now:?}");
    }
    if now.units > 0 {
        assert!(
            product(now.reserve, then.units) >= product(then.reserve, now.units),
            "diluted: {then:?}, {now:?}"
        );
    }
}

/// Whatever the DAPP did before it failed.
fn holders_share_what_was_promised(earlier: &Issuer, end: End) {
    let purse = &earlier.purse;
    assert_eq!(end.pot, purse.pot());
    let promised = product(purse.units * purse.peak, purse.cover.into());
    assert!(product(end.pot, WHOLE) >= promised, "{purse:?}, {end:?}");
}

fn pots_suffice(issuer: &Issuer, end: End) {
    assert!(end.left <= end.pot);
    assert!(issuer.holders.sum() <= issuer.purse.units);
    assert_eq!(issuer.purse.pot(), 0);
}

/// Less than a unit below the holder's part of the pot, or the price of each unit.
fn a_share_is_that_of_one_ratio(earlier: &Issuer, tokens: u128, paid: u128) {
    let Some(end) = earlier.end else {
        panic!("a claim before the end")
    };
    let due = product(tokens, end.pot);
    let units = earlier.purse.units;
    let most = tokens * earlier.purse.price.min(earlier.purse.peak);
    assert!(product(paid, units) <= due && paid <= most, "too much");
    assert!(paid == most || product(paid + 1, units) > due, "too little");
}

/// ALV, credit, and what tokens redeem for, of accounts that are one person's.
fn worth(model: &Model, people: &[Who]) -> u128 {
    let of = |who: &Who| model.wallets[*who] + model.credits[*who];
    let tokens = |issuer: &Issuer| -> u128 {
        let units = people.iter().map(|who| issuer.holders[*who]).sum();
        part(units, issuer.purse.reserve, issuer.purse.units)
    };
    let tokens = model.issuers.iter().map(tokens);
    people.iter().map(of).chain(tokens).sum()
}
