//! The trust score of an identity: pure functions of the attestations of anchors and of vouches.
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
//! So v never gives more than A(v) in total, and points from vouches cannot be passed on: only
//! anchors create points. The score depends only on S, its anchors, its vouchers and their anchors.

use allive_olife_id_interface::{Points, Timestamp};

/// The most points that all anchors together can give to one identity.
pub const ANCHORS_CAP: Points = 1_000;

/// The most points that one voucher can give to one identity.
pub const VOUCH_CAP: Points = 50;

/// The most points that all vouchers together can give to one identity.
pub const PEERS_CAP: Points = 200;

/// The most vouches that an identity can accept at a time.
pub const MAX_VOUCHES: usize = 8;

/// A day, in milliseconds. Vouches fade once a day.
pub const DAY: Timestamp = 86_400_000;

/// Adds the points of one more anchor, at most its ceiling.
pub fn plus_anchor(sum: Points, weight: Points, ceiling: Points) -> Points {
    sum.saturating_add(weight.min(ceiling)).min(ANCHORS_CAP)
}

/// The points of one vouch. The voucher has `anchored` points from anchors and gives `given` points
/// in total, `points` of them by this vouch, which has this age.
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

/// The score: points from anchors, and those from vouchers up to their cap.
pub fn score(anchored: Points, peers: Points) -> Points {
    anchored.saturating_add(peers.min(PEERS_CAP))
}

fn ratio(number: u64, part: u64, whole: u64) -> u64 {
    let product = number.saturating_mul(part);
    product.checked_div(whole).unwrap_or_default()
}
