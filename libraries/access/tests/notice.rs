//! An announced change comes neither early nor late.

use allive_access::{Announced, NoticeError};

#[test]
fn a_change_comes_after_its_notice_and_for_as_long_as_that_was() {
    let announced = Announced::new('c', 100, 10);
    assert_eq!((announced.ready, announced.lapses), (110, 120));
    for (now, expected) in [
        (100, Err(NoticeError::TooEarly)),
        (109, Err(NoticeError::TooEarly)),
        (110, Ok('c')),
        (119, Ok('c')),
        (120, Err(NoticeError::Lapsed)),
        (u64::MAX, Err(NoticeError::Lapsed)),
    ] {
        assert_eq!(announced.due(now), expected, "{now}");
        assert_eq!(announced.has_lapsed(now), now >= 120, "{now}");
    }
}

#[test]
fn an_announcement_at_the_end_of_time_can_never_come() {
    let announced = Announced::new((), u64::MAX - 1, 10);
    assert_eq!(announced.due(u64::MAX - 1), Err(NoticeError::TooEarly));
    assert_eq!(announced.due(u64::MAX), Err(NoticeError::Lapsed));
}
