//! Chance that can be had again: the same seed and district give the same numbers on every machine and in every version.

use sha2::{Digest, Sha256};

/// A stream of numbers (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one district.
    #[must_use]
    pub fn of(seed: u64, code: &str) -> Self {
        let digest = Sha256::digest(format!("{seed} {code}"));
        let first = digest.iter().take(8);
        Self(first.fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// True in so many of a hundred cases.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// A number from `low` to `high`, both included; `low` when there is none.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0).saturating_add(1);
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// One of several; none of none.
    pub fn pick<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let last = i64::try_from(all.len()).ok()?.checked_sub(1)?;
        let place = usize::try_from(self.between(0, last)).ok()?;
        all.get(place).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let numbers = |seed, code| {
            let mut dice = Dice::of(seed, code);
            [dice.next(), dice.next(), dice.next()]
        };
        assert_eq!(numbers(1, "33.10"), numbers(1, "33.10"));
        assert_ne!(numbers(1, "33.10"), numbers(2, "33.10"));
        assert_ne!(numbers(1, "33.10"), numbers(1, "33.11"));
    }

    #[test]
    fn numbers_stay_within_and_reach_both_ends() {
        let mut dice = Dice::of(7, "11.01");
        let thrown: Vec<i64> = (0..500).map(|_| dice.between(-2, 3)).collect();
        for number in -2..=3 {
            assert!(thrown.contains(&number), "{number}");
        }
        assert!(thrown.iter().all(|number| (-2..=3).contains(number)));
        assert_eq!(dice.between(4, 4), 4);
        let picked: Vec<char> = (0..200).filter_map(|_| dice.pick(&['a', 'b', 'c'])).collect();
        assert!(picked.len() == 200 && ['a', 'b', 'c'].iter().all(|letter| picked.contains(letter)));
        assert_eq!(dice.pick::<char>(&[]), None);
        assert!((0..200).all(|_| !dice.chance(0) && dice.chance(100)));
    }
}
