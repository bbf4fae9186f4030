//! Changing inputs at random.

use crate::Record;
use rome_dice::Dice;

/// Makes inputs of others, by choices that follow from a seed.
pub struct Mutator(Dice);

impl Mutator {
	pub fn new(seed: u64) -> Self {
		Self(Dice::new(seed))
	}

	/// A number below `end`; 0 if that is 0.
	fn below(&mut self, end: usize) -> usize {
		self.0.position(end)
	}

	fn byte(&mut self) -> u8 {
		// Small numbers are lengths, variants and ids; the largest are limits.
		match self.below(4) {
			0 => self.below(8) as u8,
			1 => self.below(8) as u8 * 4,
			2 => 255 - self.below(3) as u8,
			_ => self.0.number() as u8,
		}
	}

	/// One of `corpus`, changed.
	pub fn mutate(&mut self, corpus: &[Vec<Record>]) -> Vec<Record> {
		// Later ones were found later, and have more to give.
		let first = self.below(corpus.len()).max(self.below(corpus.len()));
		let mut records = corpus.get(first).cloned().unwrap_or_default();
		for _ in 0..1 + self.below(4) {
			let other = corpus.get(self.below(corpus.len())).cloned().unwrap_or_default();
			self.change(&mut records, &other);
		}
		records.truncate(64);
		records
	}

	fn change(&mut self, records: &mut Vec<Record>, other: &[Record]) {
		let at = self.below(records.len());
		match self.below(8) {
			0 => {
				if at < records.len() {
					records.remove(at);
				}
			},
			1 => {
				if let Some(record) = records.get(at).cloned() {
					records.insert(self.below(records.len()), record);
				}
			},
			2 => {
				let to = self.below(records.len());
				if !records.is_empty() {
					records.swap(at, to);
				}
			},
			3 => {
				// The rest is another input's.
				let from = self.below(other.len());
				records.truncate(at);
				records.extend(other.iter().skip(from).cloned());
			},
			4 => {
				if let Some(record) = other.get(self.below(other.len())) {
					records.insert(at, record.clone());
				}
			},
			5 => {
				let origin = self.byte();
				if let Some(record) = records.get_mut(at) {
					record.origin = origin;
				}
			},
			_ => {
				if let Some(record) = records.get_mut(at) {
					for _ in 0..1 + self.below(3) {
						self.change_bytes(&mut record.call);
					}
				}
			},
		}
	}

	fn change_bytes(&mut self, bytes: &mut Vec<u8>) {
		let (at, byte) = (self.below(bytes.len()), self.byte());
		match self.below(5) {
			0 => bytes.insert(at, byte),
			1 if !bytes.is_empty() => {
				bytes.remove(at);
			},
			2 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
			3 if !bytes.is_empty() => {
				let from = self.below(bytes.len());
				let length = self.below(9).min(bytes.len() - from);
				let piece = bytes[from..from + length].to_vec();
				for (slot, byte) in bytes[at..].iter_mut().zip(piece) {
					*slot = byte;
				}
			},
			_ => {
				if let Some(slot) = bytes.get_mut(at) {
					*slot = byte;
				}
			},
		}
	}
}
