//! The cells are those that ink! reads and writes.

use allive_storage::{lying_at, List, Slim, SlimCell, Stored};
use ink::{
    env::{test::run_test, DefaultEnvironment},
    scale::Encode,
    storage::{traits::ManualKey, Lazy, Mapping},
};

type Numbers = Mapping<(u64, u8), Vec<u16>, ManualKey<7>>;
type Lists = Mapping<(u64, u8), List<u16>, ManualKey<7>>;

const KEY: (u64, u8) = (5, 6);

fn on_chain(test: impl FnOnce()) {
    let ran = run_test::<DefaultEnvironment, _>(|_| {
        test();
        Ok(())
    });
    assert!(ran.is_ok());
}

#[test]
fn what_ink_writes_is_read_and_what_is_written_ink_reads() {
    on_chain(|| {
        let mut inks = Numbers::new();
        let mut slim = Lists::new();
        assert_eq!(Slim::read(&slim, KEY), None);
        assert_eq!(Slim::stored(&slim, KEY), None);
        for count in [0, 1, 63] {
            let numbers: Vec<u16> = (0..count).collect();
            inks.insert(KEY, &numbers);
            assert_eq!(slim.read(KEY), Some(List::from(numbers.clone())));
            assert_eq!(slim.stored(KEY), Some(Stored::of(numbers.encode())));
            assert_eq!(lying_at(7, &KEY.encode()), Some(numbers.encode()));
            inks.remove(KEY);
            slim.write(KEY, &List::from(numbers.clone()));
            assert_eq!(inks.get(KEY), Some(numbers));
        }
        slim.clear(KEY);
        assert_eq!(inks.get(KEY), None);
        assert_eq!(lying_at(7, &KEY.encode()), None);
    });
}

#[test]
fn a_list_that_is_too_long_is_not_read_back() {
    on_chain(|| {
        let mut slim = Lists::new();
        slim.write(KEY, &(0..64).collect());
        assert_eq!(slim.read(KEY), None);
        assert!(slim.stored(KEY).is_some(), "and yet lies there");
    });
}

#[test]
fn a_cell_without_key_is_that_of_ink() {
    on_chain(|| {
        let mut cell: Lazy<u128, ManualKey<9>> = Lazy::new();
        assert_eq!(SlimCell::read(&cell), None);
        cell.set(&3);
        assert_eq!(cell.read(), Some(3));
        cell.write(&4);
        assert_eq!(cell.get(), Some(4));
        assert_eq!(cell.stored().and_then(|stored| stored.open()), Some(4));
    });
}
