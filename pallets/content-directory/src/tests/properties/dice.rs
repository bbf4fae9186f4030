//! Choices that follow from one number, so that a step can be repeated and shrunk.

/// A small generator of numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
	pub fn new(seed: u64) -> Self {
		Self(seed)
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut mixed = self.0;
		mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// A number below `end`, which is not 0.
	pub fn below(&mut self, end: u32) -> u32 {
		(self.next() % u64::from(end)) as u32
	}

	/// A number below `end`, or `end` itself in so many of a hundred cases more.
	pub fn below_or_at(&mut self, end: u32, percent: u32) -> u32 {
		let beyond = self.chance(percent);
		self.below(end + u32::from(beyond))
	}

	/// True in so many of a hundred cases.
	pub fn chance(&mut self, percent: u32) -> bool {
		self.below(100) < percent
	}

	/// One of them, if there are any.
	pub fn pick<Item: Clone>(&mut self, from: &[Item]) -> Option<Item> {
		let position = self.below(from.len().max(1) as u32) as usize;
		from.get(position).cloned()
	}

	/// One of them.
	pub fn one_of<Item: Clone, const COUNT: usize>(&mut self, from: [Item; COUNT]) -> Item {
		self.pick(&from).expect("there are some")
	}
}
