//! Written by `scripts/benchmark-tables`, which says what it is.

use super::Risk;

/// For committees of 1 on.
#[rustfmt::skip]
pub const RISKS: [Risk; 32] = [
	Risk { committee: 1, round: 391979027, rounds: 0, decision: 109880058 },
	Risk { committee: 2, round: 389064510, rounds: 0, decision: 103633384 },
	Risk { committee: 3, round: 368011597, rounds: 0, decision: 65704887 },
	Risk { committee: 4, round: 329356558, rounds: 0, decision: 24114104 },
	Risk { committee: 5, round: 271193570, rounds: 0, decision: 3252237 },
	Risk { committee: 6, round: 253526404, rounds: 0, decision: 1528151 },
	Risk { committee: 7, round: 233313430, rounds: 0, decision: 580695 },
	Risk { committee: 8, round: 214747818, rounds: 0, decision: 213403 },
	Risk { committee: 9, round: 189876796, rounds: 0, decision: 45621 },
	Risk { committee: 10, round: 176895843, rounds: 0, decision: 18279 },
	Risk { committee: 11, round: 163005884, rounds: 31, decision: 6221 },
	Risk { committee: 12, round: 151013250, rounds: 27, decision: 9019 },
	Risk { committee: 13, round: 136907573, rounds: 25, decision: 6086 },
	Risk { committee: 14, round: 127477779, rounds: 23, decision: 6322 },
	Risk { committee: 15, round: 117836431, rounds: 21, decision: 6874 },
	Risk { committee: 16, round: 109461408, rounds: 19, decision: 8916 },
	Risk { committee: 17, round: 100448137, rounds: 19, decision: 4094 },
	Risk { committee: 18, round: 93551268, rounds: 17, decision: 6618 },
	Risk { committee: 19, round: 86724927, rounds: 17, decision: 3529 },
	Risk { committee: 20, round: 80693283, rounds: 15, decision: 6882 },
	Risk { committee: 21, round: 74557506, rounds: 15, decision: 3808 },
	Risk { committee: 22, round: 69479342, rounds: 13, decision: 9216 },
	Risk { committee: 23, round: 64562451, rounds: 13, decision: 5666 },
	Risk { committee: 24, round: 60148391, rounds: 13, decision: 3537 },
	Risk { committee: 25, round: 55811231, rounds: 13, decision: 2145 },
	Risk { committee: 26, round: 52049347, rounds: 11, decision: 7316 },
	Risk { committee: 27, round: 48458451, rounds: 11, decision: 4841 },
	Risk { committee: 28, round: 45194700, rounds: 11, decision: 3233 },
	Risk { committee: 29, round: 42054270, rounds: 11, decision: 2128 },
	Risk { committee: 30, round: 39251630, rounds: 11, decision: 1425 },
	Risk { committee: 31, round: 36599972, rounds: 9, decision: 7313 },
	Risk { committee: 32, round: 34168127, rounds: 9, decision: 5229 },
];
