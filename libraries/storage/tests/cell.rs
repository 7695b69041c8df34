//! A cell is its value, behind a pointer.

use allive_storage::Cell;
use ink::scale::{Decode, Encode};

#[test]
fn a_cell_encodes_and_decodes_as_its_value() {
    let value = (7_u64, vec![1_u8, 2, 3], Some(u128::MAX));
    let mut cell = Cell::from(value.clone());
    assert_eq!(cell.encode(), value.encode());
    assert_eq!(Cell::decode(&mut &value.encode()[..]), Ok(cell.clone()));
    assert!(Cell::<(u64, u64)>::decode(&mut &[0; 15][..]).is_err());
    cell.0 += 1;
    assert_eq!((cell.0, cell.into_inner().0), (8, 8));
}

#[test]
fn a_cell_is_described_as_its_value() {
    use ink::scale_info::TypeInfo;
    assert_eq!(Cell::<u64>::type_info(), u64::type_info());
}
