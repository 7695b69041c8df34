//! How far an identity is trusted: pure functions of what anchors attest and of who vouches.
//!
//! The score of an identity S at a moment is
//!
//! ```text
//! A(S) = min(sum over anchors a that attest S:  min(weight, ceiling of a), ANCHORS_CAP)
//! P(S) = min(sum over vouchers v that S accepts: share(v), PEERS_CAP)
//! score(S) = A(S) + P(S),   or 0 if S is frozen or was proved false
//! ```
//!
//! where a voucher v with A(v) points of its own, who vouches for several with G points in all and
//! for S with g of them (g <= VOUCH_CAP), gives
//!
//! ```text
//! share(v) = g * min(1, A(v) / G) * (fade - whole days since v vouched) / fade,   rounded down at each step
//! ```
//!
//! So what v gives in all is never more than A(v), and nothing that was vouched is ever vouched on:
//! only anchors bring points into being. Nothing in it depends on anybody but S, its anchors, its
//! vouchers and theirs.

use allive_olife_id_interface::{Points, Timestamp};

/// What anchors can give to one identity together.
pub const ANCHORS_CAP: Points = 1_000;

/// What one voucher can give to one identity.
pub const VOUCH_CAP: Points = 50;

/// What vouchers can give to one identity together.
pub const PEERS_CAP: Points = 200;

/// How many vouches an identity can accept at a time.
pub const MAX_VOUCHES: usize = 8;

/// A day, in milliseconds. Vouches fade once a day.
pub const DAY: Timestamp = 86_400_000;

/// One more anchor's points, weighed by its ceiling.
pub fn plus_anchor(sum: Points, weight: Points, ceiling: Points) -> Points {
    sum.saturating_add(weight.min(ceiling)).min(ANCHORS_CAP)
}

/// What a voucher with `anchored` points of its own gives by `points` of the `given` that it
/// vouches with in all, at this age of the vouch.
pub fn share(
    points: Points,
    given: Points,
    anchored: Points,
    age: Timestamp,
    fade: Timestamp,
) -> Points {
    let points = points.min(VOUCH_CAP);
    // No product is above 50 times the milliseconds of ten years, 2^44.
    let backed = if anchored < given {
        ratio(points.into(), anchored.into(), given.into())
    } else {
        points.into()
    };
    let today = age.checked_rem(DAY).unwrap_or_default();
    let left = fade.saturating_sub(age.saturating_sub(today));
    Points::try_from(ratio(backed, left, fade)).unwrap_or_default()
}

/// What vouchers give together is capped.
pub fn score(anchored: Points, peers: Points) -> Points {
    anchored.saturating_add(peers.min(PEERS_CAP))
}

fn ratio(number: u64, part: u64, whole: u64) -> u64 {
    let product = number.saturating_mul(part);
    product.checked_div(whole).unwrap_or_default()
}
