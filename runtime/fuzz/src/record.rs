//! The form of an input: records of an origin and a call's bytes.

/// One step of an input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
	/// Who calls, by the target's numbers; some of them stand for something else than a call.
	pub origin: u8,
	/// The call as clients encode it, without the pallet's index.
	pub call: Vec<u8>,
}

/// Most records that are read from one input: what takes longer finds nothing that this does not.
const MAX_RECORDS: usize = 64;

/// The records in `input`: each an origin, two bytes of length (least significant first) and so many bytes. The
/// last one may be cut off.
pub fn decode(mut input: &[u8]) -> Vec<Record> {
	let mut records = Vec::new();
	while let [origin, low, high, rest @ ..] = input {
		let length = usize::from(u16::from_le_bytes([*low, *high])).min(rest.len());
		let (call, following) = rest.split_at(length);
		records.push(Record { origin: *origin, call: call.to_vec() });
		input = following;
		if records.len() == MAX_RECORDS {
			break;
		}
	}
	records
}

/// The input that [`decode`] reads as `records`.
pub fn encode(records: &[Record]) -> Vec<u8> {
	let mut input = Vec::new();
	for Record { origin, call } in records {
		let length = u16::try_from(call.len()).unwrap_or(u16::MAX);
		input.push(*origin);
		input.extend(length.to_le_bytes());
		input.extend(&call[..usize::from(length)]);
	}
	input
}
