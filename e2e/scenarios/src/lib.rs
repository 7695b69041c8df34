//! Whole lives of the contracts, on any chain.
//!
//! A scenario deploys contracts of its own and plays a life of them, phase by phase. Each phase
//! asserts what was answered or refused, every event, who holds how much ALV, and that this is all
//! the ALV there is. What happened on the chain before does not matter: a scenario can be played
//! twice.
//!
//! Moments are minutes apart, since on a node time goes on between two transactions. What holds at
//! a deadline to the millisecond, the contracts' own tests show.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod alv;
pub mod alv_distributor;
pub mod council;
pub mod derived_factory;
mod identity;
pub mod olife_id;
pub mod olife_nexus;
pub mod provenance;
mod stage;

use allive_calls::Chain;
use allive_requests::ChainId;

/// Plays a life on a chain that contracts are told to be this one. Panics where it does not go as
/// it must.
pub type Scenario<C> = fn(&mut C, ChainId);

/// Every scenario, by its name.
pub fn all<C: Chain>() -> Vec<(&'static str, Scenario<C>)> {
    macro_rules! named {
        ($($contract:ident::$scenario:ident,)*) => {
            vec![$((
                concat!(stringify!($contract), "::", stringify!($scenario)),
                $contract::$scenario as Scenario<C>,
            )),*]
        };
    }
    named![
        alv::holders_pay_and_allow,
        alv::units_come_and_go_within_the_cap,
        alv::rights_change_hands,
        alv::a_pause_stops_holders_and_ends_by_itself,
        alv::anybody_submits_what_a_holder_signed,
        alv_distributor::holders_claim_and_the_rest_is_swept,
        council::members_decide_and_anybody_carries_it_out,
        council::members_and_terms_change_and_what_was_pending_ends,
        council::owners_hand_over_and_new_code_comes_by_decision,
        council::two_members_pause_at_once_and_the_next_pause_waits,
        derived_factory::tokens_are_bought_redeemed_and_converted,
        derived_factory::a_dapp_gives_away_what_it_prepaid,
        derived_factory::a_silent_dapp_is_declared_and_its_holders_are_made_whole,
        derived_factory::an_accused_dapp_answers,
        derived_factory::an_operator_and_a_user_lose_their_keys,
        derived_factory::prices_and_rules_come_after_their_notice,
        derived_factory::a_pause_stops_new_risk_and_no_exit,
        olife_id::roles_are_attested_by_calls_and_by_signatures_and_end_at_once,
        olife_id::a_stolen_key_does_not_win_against_guardians_and_an_anchor,
        olife_id::keys_change_by_announcement_and_a_wallet_of_ethereum_is_one,
        olife_id::a_friend_vouches_and_has_the_bond_back,
        olife_id::whoever_vouched_for_a_false_identity_loses_the_bond,
        olife_id::a_pause_stops_what_is_new_and_no_recovery,
        olife_nexus::uses_are_bought_made_and_refunded,
        olife_nexus::a_grant_that_ended_is_settled_by_a_stranger,
        olife_nexus::new_code_comes_announced_and_takes_over_the_state,
        olife_nexus::a_lost_key_is_replaced_and_what_it_had_is_carried_over,
        provenance::a_lot_goes_from_its_maker_through_wholesaler_and_carrier_to_a_pharmacy,
        provenance::a_copied_label_raises_an_alarm_and_a_dispensing_is_undone_in_time,
        provenance::a_recall_is_acknowledged_and_lowered_by_two_after_the_delay,
        provenance::a_gtin_is_handed_over_and_an_authority_gives_it_back,
        provenance::a_delegate_and_a_signature_act_for_an_organisation,
        provenance::a_lost_key_is_replaced_and_the_new_one_ships_what_the_identity_has,
    ]
}
