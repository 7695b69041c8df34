//! A short list is a vector, up to what its first byte can say.

use allive_storage::List;
use ink::{
    scale::{Decode, Encode},
    scale_info::TypeInfo,
};

fn numbers(count: usize) -> Vec<u16> {
    (0..count as u16).collect()
}

#[test]
fn a_list_encodes_and_decodes_as_the_vector_that_it_is() {
    for count in [0, 1, 62, List::<u16>::LONGEST] {
        let list = List::from(numbers(count));
        assert_eq!(list.encode(), numbers(count).encode(), "{count}");
        assert_eq!(List::decode(&mut &list.encode()[..]), Ok(list), "{count}");
    }
    assert_eq!(List::<u16>::type_info(), Vec::<u16>::type_info());
}

#[test]
fn a_list_that_is_too_long_is_read_neither_as_a_list_nor_as_a_vector() {
    assert_eq!(List::<u16>::LONGEST, 63);
    let vector = numbers(64).encode();
    assert!(List::<u16>::decode(&mut &vector[..]).is_err());
    let list = List::from(numbers(64)).encode();
    assert!(List::<u16>::decode(&mut &list[..]).is_err());
    assert!(Vec::<u16>::decode(&mut &list[..]).is_err());
}

#[test]
fn a_list_that_ends_early_is_none() {
    let mut bytes = List::from(numbers(63)).encode();
    bytes.pop();
    assert!(List::<u16>::decode(&mut &bytes[..]).is_err());
    assert!(List::<u16>::decode(&mut &[][..]).is_err());
}

#[test]
fn the_first_that_is_so_is_taken_out() {
    let mut list = List::from(vec![1, 2, 3, 2]);
    assert!(list.take_out(|number| *number == 2));
    assert_eq!(list[..], [1, 2, 3]);
    assert!(list.take_out(|number| *number == 1));
    assert_eq!(list[..], [3, 2], "the last takes its place");
    assert!(!list.take_out(|number| *number == 9));
    assert_eq!(list[..], [3, 2]);
}
