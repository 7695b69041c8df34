//! A root cell is its fields, and remembers whether they were changed.

use allive_storage::{finish, Root, Tracked};
use ink::{
    env::{test::run_test, DefaultEnvironment},
    scale::{Decode, Encode},
    scale_info::TypeInfo,
    storage::{
        traits::{ManualKey, StorageLayout},
        Lazy, Mapping,
    },
};

type Fields = (u64, Vec<u8>);

fn stored() -> Tracked<Fields> {
    Tracked::decode(&mut &(7_u64, vec![1_u8, 2]).encode()[..]).unwrap()
}

#[test]
fn tracked_fields_encode_and_decode_as_the_fields() {
    let fields: Fields = (7, vec![1, 2]);
    assert_eq!(Tracked::new(fields.clone()).encode(), fields.encode());
    assert_eq!(*stored(), fields);
    assert!(Tracked::<Fields>::decode(&mut &[0; 8][..]).is_err());
}

#[test]
fn tracked_fields_are_described_as_the_fields() {
    assert_eq!(Tracked::<Fields>::type_info(), Fields::type_info());
    assert_eq!(Tracked::<Fields>::layout(&3), Fields::layout(&3));
}

#[test]
fn what_is_stored_is_changed_by_change_alone() {
    let mut root = stored();
    assert!(!root.is_changed());
    assert_eq!(root.0, 7, "to read is not to change");
    assert!(!root.is_changed());
    root.change().0 = 8;
    assert!(root.is_changed());
    assert_eq!(*root, (8, vec![1, 2]));
    let read_back = Tracked::<Fields>::decode(&mut &root.encode()[..]).unwrap();
    assert!(!read_back.is_changed());
    assert_eq!(*read_back, *root);
}

/// Or else a message could put other fields in the place of those that are stored, and lose them.
#[test]
fn what_was_made_is_not_stored_yet() {
    assert!(Tracked::new(7_u8).is_changed());
}

struct Contract {
    root: Tracked<Fields>,
    _mapping: Mapping<u8, u128, ManualKey<1>>,
    _lazy: Lazy<Vec<u8>, ManualKey<2>>,
}

impl Root for Contract {
    type Inline = Fields;

    fn inline(&self) -> &Tracked<Fields> {
        &self.root
    }
}

/// That a field with content beside the tracked ones does not compile is shown where `finish` is
/// documented.
#[test]
fn mappings_and_lazy_cells_have_no_content_beside_the_tracked_fields() {
    let mut contract = Contract {
        root: stored(),
        _mapping: Mapping::new(),
        _lazy: Lazy::new(),
    };
    let ran = run_test::<DefaultEnvironment, _>(|_| {
        assert_eq!(finish::<_, _, ()>(&contract, 5), Ok(5));
        contract.root.change().0 = 8;
        assert_eq!(finish::<_, _, ()>(&contract, 6), Ok(6));
        Ok(())
    });
    assert!(ran.is_ok());
}
