//! A boxed value is the value, behind a pointer.

use allive_storage::Boxed;
use ink::scale::{Decode, Encode};

#[test]
fn a_boxed_value_encodes_and_decodes_as_the_value() {
    let value = (7_u64, vec![1_u8, 2, 3], Some(u128::MAX));
    let mut boxed = Boxed::from(value.clone());
    assert_eq!(boxed.encode(), value.encode());
    assert_eq!(Boxed::decode(&mut &value.encode()[..]), Ok(boxed.clone()));
    assert!(Boxed::<(u64, u64)>::decode(&mut &[0; 15][..]).is_err());
    boxed.0 += 1;
    assert_eq!((boxed.0, boxed.into_inner().0), (8, 8));
}

#[test]
fn a_boxed_value_is_described_as_the_value() {
    use ink::scale_info::TypeInfo;
    assert_eq!(Boxed::<u64>::type_info(), u64::type_info());
}
