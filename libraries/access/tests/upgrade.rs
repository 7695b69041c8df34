use allive_access::{AnnouncedUpgrade, UpgradeError, Upgrades};
use ink::primitives::Hash;
use proptest::prelude::*;

const NOTICE: u64 = 100;

fn code(number: u8) -> Hash {
    Hash::from([number; 32])
}

/// Code 1 with migration 7, announced at 1,000.
fn announced() -> Upgrades {
    let mut upgrades = Upgrades::new(NOTICE).unwrap();
    upgrades.announce(code(1), Some([7; 4]), 1_000);
    upgrades
}

#[test]
fn a_notice_is_from_a_millisecond_to_a_year() {
    assert_eq!(Upgrades::new(0), None);
    assert!(Upgrades::new(1).is_some());
    assert!(Upgrades::new(Upgrades::LONGEST_NOTICE).is_some());
    assert_eq!(Upgrades::new(Upgrades::LONGEST_NOTICE + 1), None);
    assert_eq!(Upgrades::LONGEST_NOTICE, 31_536_000_000);
}

#[test]
fn nothing_is_announced_at_first() {
    let mut upgrades = Upgrades::new(NOTICE).unwrap();
    assert_eq!(upgrades.announced, None);
    assert!(!upgrades.is_announced(0));
    assert_eq!(upgrades.cancel(), Err(UpgradeError::NotAnnounced));
    for now in [0, u64::MAX] {
        let refused = upgrades.carry_out(&code(0), now);
        assert_eq!(refused, Err(UpgradeError::NotAnnounced));
    }
}

#[test]
fn an_upgrade_comes_after_the_notice_and_within_as_long_again() {
    let right = [
        (1_000, Err(UpgradeError::TooEarly)),
        (1_099, Err(UpgradeError::TooEarly)),
        (1_100, Ok(Some([7; 4]))),
        (1_199, Ok(Some([7; 4]))),
        (1_200, Err(UpgradeError::Lapsed)),
        (u64::MAX, Err(UpgradeError::Lapsed)),
    ];
    for (now, right) in right {
        let mut upgrades = announced();
        assert_eq!(upgrades.carry_out(&code(1), now), right, "at {now}");
        assert_eq!(upgrades.announced.is_none(), right.is_ok(), "at {now}");
        assert_eq!(announced().is_announced(now), now < 1_200, "at {now}");
    }
}

#[test]
fn only_the_announced_code_comes_and_only_once() {
    let mut upgrades = announced();
    let refused = Err(UpgradeError::NotAnnounced);
    assert_eq!(upgrades.carry_out(&code(2), 1_100), refused);
    assert_eq!(upgrades, announced());
    assert_eq!(upgrades.carry_out(&code(1), 1_100), Ok(Some([7; 4])));
    assert_eq!(upgrades.carry_out(&code(1), 1_100), refused);
}

#[test]
fn announcing_again_replaces_the_announcement_and_begins_the_notice_anew() {
    let mut upgrades = announced();
    upgrades.announce(code(1), None, 1_099);
    let refused = upgrades.carry_out(&code(1), 1_198);
    assert_eq!(refused, Err(UpgradeError::TooEarly));
    assert_eq!(upgrades.carry_out(&code(1), 1_199), Ok(None));

    let mut upgrades = announced();
    upgrades.announce(code(2), None, 1_100);
    let refused = upgrades.carry_out(&code(1), 1_200);
    assert_eq!(refused, Err(UpgradeError::NotAnnounced));
}

#[test]
fn what_was_cancelled_does_not_come() {
    for now in [1_000, 1_100, 1_200] {
        let mut upgrades = announced();
        assert_eq!(upgrades.cancel(), Ok(()));
        assert!(!upgrades.is_announced(now));
        let refused = upgrades.carry_out(&code(1), now);
        assert_eq!(refused, Err(UpgradeError::NotAnnounced));
    }
}

#[test]
fn the_end_of_time_does_not_wrap() {
    let mut upgrades = Upgrades::new(NOTICE).unwrap();
    upgrades.announce(code(1), None, u64::MAX - 1);
    let AnnouncedUpgrade { ready, lapses, .. } = upgrades.announced.unwrap();
    assert_eq!((ready, lapses), (u64::MAX, u64::MAX));
    let refused = upgrades.carry_out(&code(1), u64::MAX);
    assert_eq!(refused, Err(UpgradeError::Lapsed));
}

#[derive(Clone, Debug)]
enum Step {
    Announce(u8),
    Cancel,
    CarryOut(u8),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..2_u8).prop_map(Step::Announce),
        1 => Just(Step::Cancel),
        4 => (0..2_u8).prop_map(Step::CarryOut),
        4 => (0..NOTICE).prop_map(Step::Wait),
    ]
}

proptest! {
    /// Told by the history alone: the last announcement counts, unless it was taken back or used.
    #[test]
    fn no_code_comes_but_the_last_announced_at_its_time(steps in prop::collection::vec(step(), 0..40)) {
        let mut upgrades = Upgrades::new(NOTICE).unwrap();
        let mut last: Option<(u8, u64)> = None;
        let mut now = 1_000;
        for step in steps {
            match step {
                Step::Wait(time) => now += time,
                Step::Announce(number) => {
                    upgrades.announce(code(number), None, now);
                    last = Some((number, now));
                }
                Step::Cancel => {
                    prop_assert_eq!(upgrades.cancel().is_ok(), last.is_some());
                    last = None;
                }
                Step::CarryOut(number) => {
                    let comes = last.is_some_and(|(announced, at)| {
                        announced == number && (NOTICE..2 * NOTICE).contains(&(now - at))
                    });
                    prop_assert_eq!(upgrades.carry_out(&code(number), now).is_ok(), comes);
                    if comes {
                        last = None;
                    }
                }
            }
            let open = last.is_some_and(|(_, at)| now - at < 2 * NOTICE);
            prop_assert_eq!(upgrades.is_announced(now), open);
        }
    }
}
