//! Choices that follow from one number, so that what a test or a fuzzer did can be repeated and shrunk.

/// A small generator of numbers (SplitMix64). Not for secrets.
pub struct Dice(u64);

impl Dice {
	/// One whose choices follow from `seed`.
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	/// Any number.
	pub fn number(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `end`; 0 if that is 0.
	pub fn below(&mut self, end: u32) -> u32 {
		(self.number() % u64::from(end.max(1))) as u32
	}

	/// A position in a list of that length; 0 if it is empty.
	pub fn position(&mut self, length: usize) -> usize {
		(self.number() % (length.max(1) as u64)) as usize
	}

	/// A number below `end`, or `end` itself in so many of a hundred cases more.
	pub fn below_or_at(&mut self, end: u32, percent: u32) -> u32 {
		let beyond = self.chance(percent);
		self.below(end.saturating_add(u32::from(beyond)))
	}

	/// True in so many of a hundred cases.
	pub fn chance(&mut self, percent: u32) -> bool {
		self.below(100) < percent
	}

	/// One of them, if there are any.
	pub fn pick<Item: Clone>(&mut self, from: &[Item]) -> Option<Item> {
		let position = self.position(from.len());
		from.get(position).cloned()
	}

	/// One of them.
	pub fn one_of<Item: Clone, const COUNT: usize>(&mut self, from: [Item; COUNT]) -> Item {
		const { assert!(COUNT > 0, "there is none to choose") };
		from[self.position(COUNT)].clone()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_numbers_are_those_of_the_generator() {
		// Published for SplitMix64 and the seed 1234567.
		let mut dice = Dice::new(1_234_567);
		let numbers: Vec<_> = (0..3).map(|_| dice.number()).collect();
		let published =
			[6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
		assert_eq!(numbers, published);
	}

	#[test]
	fn choices_stay_within_their_bounds() {
		let mut dice = Dice::new(7);
		assert_eq!((dice.below(0), dice.position(0), dice.pick::<u8>(&[])), (0, 0, None));
		let mut seen = [0u32; 4];
		for _ in 0..1_000 {
			seen[dice.below_or_at(3, 20) as usize] += 1;
		}
		assert!(seen.iter().all(|times| *times > 20), "{seen:?}");
		assert!((0..1_000).all(|_| [1, 2, 3].contains(&dice.one_of([1, 2, 3]))));
		assert!((0..1_000).all(|_| dice.chance(100) && !dice.chance(0)));
	}
}
