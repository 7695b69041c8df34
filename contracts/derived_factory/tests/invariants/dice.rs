/// SplitMix64: the same numbers for the same seed, for ever.
pub struct Dice(u64);

impl Dice {
    /// Each world of a seed has dice of its own, so that it can be played alone.
    pub fn new(seed: u64, world: u64) -> Self {
        Self(Self(seed).below(u64::MAX).wrapping_add(world))
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// From nothing to `limit`.
    pub fn up_to(&mut self, limit: u128) -> u128 {
        let high = u128::from(self.below(u64::MAX)) << 64;
        let drawn = high | u128::from(self.below(u64::MAX));
        limit.checked_add(1).map_or(drawn, |bound| drawn % bound)
    }

    /// An amount where `edge` is the last that something is done for: mostly fitting, often small,
    /// sometimes at the edge or one above, and sometimes absurd.
    pub fn amount(&mut self, edge: u128) -> u128 {
        match self.below(32) {
            0 => 0,
            1 => 1,
            2 => u128::MAX,
            3 => u128::MAX - self.up_to(edge),
            4 => edge.saturating_mul(2),
            5 | 6 => edge.saturating_add(1),
            7 => edge.saturating_sub(1),
            8..=10 => edge,
            11..=16 => 1 + self.up_to(edge.min(20)),
            17..=22 => self.up_to(edge),
            _ => 1 + self.up_to(edge / 8),
        }
    }
}
