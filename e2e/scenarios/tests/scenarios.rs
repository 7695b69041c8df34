//! The scenarios on the embedded chain.

use allive_scenarios as scenarios;
use allive_simulator::{EmbeddedChain, GENESIS};

macro_rules! on_the_embedded_chain {
    ($($contract:ident { $($scenario:ident,)* })*) => {
        $(mod $contract {
            $(#[test]
            fn $scenario() {
                super::play_twice(concat!(stringify!($contract), "::", stringify!($scenario)));
            })*
        })*

        #[test]
        fn none_is_left_out() {
            let named = [$($(concat!(stringify!($contract), "::", stringify!($scenario)),)*)*];
            let all = scenarios::all::<EmbeddedChain>();
            assert_eq!(all.iter().map(|(name, _)| *name).collect::<Vec<_>>(), named);
        }
    };
}

on_the_embedded_chain! {
    alv {
        holders_pay_and_allow,
        units_come_and_go_within_the_cap,
        rights_change_hands,
        a_pause_stops_holders_and_ends_by_itself,
        anybody_submits_what_a_holder_signed,
    }
    alv_distributor {
        holders_claim_and_the_rest_is_swept,
    }
    council {
        members_decide_and_anybody_carries_it_out,
        members_and_terms_change_and_what_was_pending_ends,
        owners_hand_over_and_new_code_comes_by_decision,
        two_members_pause_at_once_and_the_next_pause_waits,
    }
    derived_factory {
        tokens_are_bought_redeemed_and_converted,
        a_dapp_gives_away_what_it_prepaid,
        a_silent_dapp_is_declared_and_its_holders_are_made_whole,
        an_accused_dapp_answers,
        an_operator_and_a_user_lose_their_keys,
        prices_and_rules_come_after_their_notice,
        a_pause_stops_new_risk_and_no_exit,
    }
    olife_id {
        roles_are_attested_by_calls_and_by_signatures_and_end_at_once,
        a_stolen_key_does_not_win_against_guardians_and_an_anchor,
        keys_change_by_announcement_and_a_wallet_of_ethereum_is_one,
        a_friend_vouches_and_has_the_bond_back,
        whoever_vouched_for_a_false_identity_loses_the_bond,
        a_pause_stops_what_is_new_and_no_recovery,
    }
    olife_nexus {
        uses_are_bought_made_and_refunded,
        a_grant_that_ended_is_settled_by_a_stranger,
        new_code_comes_announced_and_takes_over_the_state,
        a_lost_key_is_replaced_and_what_it_had_is_carried_over,
    }
}

/// The second time on a chain on which everything has happened before.
fn play_twice(name: &str) {
    let all = scenarios::all::<EmbeddedChain>();
    let (_, scenario) = all.iter().find(|(known, _)| *known == name).unwrap();
    let mut chain = EmbeddedChain::new();
    for _ in 0..2 {
        scenario(&mut chain, GENESIS);
    }
}
