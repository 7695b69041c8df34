use allive_access::{AccessError, Pause, PauseTerms};

const TERMS: PauseTerms = PauseTerms {
    duration: 100,
    cooldown: 250,
};

fn begun_at(now: u64) -> Pause {
    let mut pause = Pause::default();
    pause.begin(now, &TERMS).unwrap();
    pause
}

#[test]
fn nothing_is_paused_at_first() {
    assert!(!Pause::default().is_active(0));
    assert!(!Pause::default().is_active(u64::MAX));
    assert_eq!(Pause::default().until(), 0);
}

#[test]
fn a_pause_ends_by_itself() {
    let pause = begun_at(1_000);
    assert_eq!(pause.until(), 1_100);
    assert!(pause.is_active(1_000));
    assert!(pause.is_active(1_099));
    assert!(!pause.is_active(1_100));
}

#[test]
fn a_pause_cannot_be_prolonged() {
    let mut pause = begun_at(1_000);
    assert_eq!(pause.begin(1_050, &TERMS), Err(AccessError::PauseTooSoon));
    assert_eq!(pause.until(), 1_100);
}

#[test]
fn a_pause_cannot_repeat_within_the_cooldown() {
    let mut pause = begun_at(1_000);
    assert_eq!(pause.begin(1_349, &TERMS), Err(AccessError::PauseTooSoon));
    assert_eq!(pause.begin(1_350, &TERMS), Ok(1_450));
}

#[test]
fn unpausing_ends_the_pause_and_starts_the_cooldown() {
    let mut pause = begun_at(1_000);
    assert_eq!(pause.end(1_040), Ok(()));
    assert!(!pause.is_active(1_040));
    assert_eq!(pause.until(), 1_040);
    assert_eq!(pause.begin(1_289, &TERMS), Err(AccessError::PauseTooSoon));
    assert_eq!(pause.begin(1_290, &TERMS), Ok(1_390));
}

#[test]
fn what_is_not_paused_cannot_be_unpaused() {
    assert_eq!(Pause::default().end(5), Err(AccessError::NotPaused));
    let mut pause = begun_at(1_000);
    assert_eq!(pause.end(1_100), Err(AccessError::NotPaused));
    // or else a late call would begin the cooldown anew
    assert_eq!(pause.until(), 1_100);
}

#[test]
fn unsound_terms_are_refused() {
    let sound = |duration, cooldown| PauseTerms { duration, cooldown }.are_sound();
    assert!(TERMS.are_sound());
    assert!(!sound(0, 10), "a pause that is none");
    assert!(!sound(10, 9), "paused more than half of the time");
    assert!(sound(10, 10));
    assert!(sound(PauseTerms::LONGEST, PauseTerms::LONGEST));
    assert!(!sound(PauseTerms::LONGEST + 1, u64::MAX), "too long");
}

#[test]
fn the_end_of_time_does_not_wrap() {
    let mut pause = Pause::default();
    assert_eq!(pause.begin(u64::MAX - 1, &TERMS), Ok(u64::MAX));
    assert_eq!(
        pause.begin(u64::MAX - 1, &TERMS),
        Err(AccessError::PauseTooSoon)
    );
}
