//! Lives of medicines.

mod acting;
mod alerts;
mod custody;
mod dispensing;
mod medicine;
mod supply;

pub use acting::{
    a_delegate_and_a_signature_act_for_an_organisation,
    a_lost_key_is_replaced_and_the_new_one_ships_what_the_identity_has,
};
pub use alerts::{
    a_gtin_is_handed_over_and_an_authority_gives_it_back,
    a_recall_is_acknowledged_and_lowered_by_two_after_the_delay,
};
pub use custody::a_lot_goes_from_its_maker_through_wholesaler_and_carrier_to_a_pharmacy;
pub use dispensing::a_copied_label_raises_an_alarm_and_a_dispensing_is_undone_in_time;
