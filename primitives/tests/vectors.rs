//! Keeps `vectors/*.json`, by which other implementations can be checked, in step with the code.
//!
//! `ROME_WRITE_VECTORS=1 cargo test -p rome-primitives --test vectors` writes the files anew. What they say
//! changes only with a version of the format: a changed file in a commit is a changed protocol.

use codec::Encode;
use rome_primitives::{
	actors::{Endpoint, FailureDomain},
	benchmark::{
		assignment::{contribution, draw, is_assigned, next_seed, opening, threshold},
		chain::{end, preimage},
		commitment::{commitment, prove, root},
		receipt, Actor, Observation, Outcome, Reading,
	},
	signing::{self, *},
	slices::*,
	storage::{
		challenge::{anchor, chunk_to_open},
		placement::{assign, expected_load, rank, Member},
		ObjectKey,
	},
};
use serde_json::{json, Value};
use sp_core::{ed25519, Pair};
use sp_runtime::{traits::IdentifyAccount, AccountId32, MultiSigner};
use std::path::PathBuf;

#[track_caller]
fn compare(name: &str, about: &str, vectors: Value) {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
	let mut text =
		serde_json::to_string_pretty(&json!({ "about": about, "vectors": vectors })).unwrap();
	text.push('\n');
	if std::env::var_os("ROME_WRITE_VECTORS").is_some() {
		std::fs::write(&path, &text).unwrap();
	}
	let kept = std::fs::read_to_string(&path).unwrap();
	assert!(kept == text, "{} is not what the code gives", path.display());
}

/// The input of BLAKE3's own test vectors.
fn object(size: u64) -> Vec<u8> {
	(0..size).map(|n| (n % 251) as u8).collect()
}

fn build(bytes: &[u8]) -> (ObjectKey, Vec<u8>) {
	let mut builder = OutboardBuilder::new(bytes.len() as u64);
	builder.update(bytes).unwrap();
	let (hash, outboard) = builder.finish().unwrap();
	(ObjectKey { hash, size: bytes.len() as u64 }, outboard)
}

fn slice_vector(bytes: &[u8], outboard: &[u8], offset: u64, length: u64) -> Value {
	let range = SliceRange::new(bytes.len() as u64, offset, length).unwrap();
	let (mut slice, mut nodes) = (Vec::new(), outboard);
	encode_slice(&range, &mut std::io::Cursor::new(bytes), &mut nodes, &mut slice).unwrap();
	json!({
		"offset": offset,
		"length": length,
		"start": range.start(),
		"end": range.end(),
		"slice_bytes": range.encoded_bytes(),
		"slice_blake3": hex::encode(blake3::hash(&slice).as_bytes()),
	})
}

fn proof_vector(bytes: &[u8], key: &ObjectKey, outboard: &[u8], index: u64) -> Value {
	let group = group_of_chunk(key.size, index);
	let group = &bytes[group.start as usize..group.end as usize];
	let proof = prove_chunk(key, index, &mut &outboard[..], group).unwrap();
	json!({
		"chunk": index,
		"bytes": proof.bytes.len(),
		"siblings": proof.siblings.iter().map(hex::encode).collect::<Vec<_>>(),
	})
}

#[test]
fn slices() {
	let mut vectors = Vec::new();
	for size in [1, 1_024, 1_025, 16_384, 16_385, 32_768, 49_153, 102_400] {
		let bytes = object(size);
		let (key, outboard) = build(&bytes);
		let chunks = chunk_count(size);
		let mut indices = vec![0, chunks / 2, chunks - 1];
		indices.dedup();
		let slices = [(0, size), (size / 2, 1), (size - 1, 1)]
			.map(|(offset, length)| slice_vector(&bytes, &outboard, offset, length));
		vectors.push(json!({
			"size": size,
			"hash": hex::encode(key.hash),
			"outboard": hex::encode(&outboard),
			"slices": slices,
			"proofs": indices
				.into_iter()
				.map(|index| proof_vector(&bytes, &key, &outboard, index))
				.collect::<Vec<_>>(),
		}));
	}
	let about = "Byte n of each object is n mod 251. Outboards and slices as the documentation of \
	             rome_primitives::slices has them; of slices the BLAKE3 hash.";
	compare("slices.json", about, json!(vectors));
}

#[test]
fn the_objects_hashes_are_those_published_with_blake3() {
	for (size, hash) in [
		(1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
		(1_025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
		(102_400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"),
	] {
		assert_eq!(hex::encode(build(&object(size)).0.hash), hash);
	}
}

fn member(provider: u32, slots: u8, operator: u32, zone: u32) -> Member {
	Member { provider, slots, domain: FailureDomain { operator, zone } }
}

fn key(n: u64) -> ObjectKey {
	let hash = *blake3::hash(&n.to_le_bytes()).as_bytes();
	ObjectKey { hash, size: 1_000_000 + n }
}

#[test]
fn placement() {
	let tranches = [
		(
			1,
			3,
			vec![member(0, 1, 0, 0), member(1, 1, 1, 1), member(2, 1, 2, 2), member(7, 1, 3, 3)],
		),
		(
			2,
			3,
			vec![
				member(0, 4, 0, 0),
				member(1, 2, 0, 0),
				member(2, 3, 1, 0),
				member(3, 16, 2, 1),
				member(4, 9, 2, 1),
				member(5, 2, 3, 2),
				member(70_000, 8, 4, 2),
			],
		),
		(
			3,
			5,
			vec![
				member(1, 4, 0, 0),
				member(2, 2, 0, 0),
				member(3, 3, 0, 0),
				member(4, 3, 1, 0),
				member(5, 6, 1, 0),
				member(6, 3, 1, 0),
				member(9, 1, 2, 1),
			],
		),
	];
	let mut vectors = Vec::new();
	for (tranche, coverage, members) in tranches {
		let first = members[0].provider;
		vectors.push(json!({
			"tranche": tranche,
			"coverage": coverage,
			"members": members
				.iter()
				.map(|Member { provider, slots, domain }| json!({
					"provider": provider,
					"slots": slots,
					"operator": domain.operator,
					"zone": domain.zone,
				}))
				.collect::<Vec<_>>(),
			"expected_load_in_billionths": expected_load(&members, coverage)
				.iter()
				.map(|share| share.deconstruct())
				.collect::<Vec<_>>(),
			"objects": (0..8)
				.map(|n| json!({
					"hash": hex::encode(key(n).hash),
					"rank": rank(&key(n), tranche, &members),
					"assigned": assign(&key(n), tranche, &members, coverage, |_| false),
					"assigned_without_the_first_member":
						assign(&key(n), tranche, &members, coverage, |id| id == first),
				}))
				.collect::<Vec<_>>(),
		}));
	}
	let about = "Ranks as the documentation of rome_primitives::storage::placement has them.";
	compare("placement.json", about, json!(vectors));
}

#[test]
fn challenges() {
	let anchors: Vec<Value> = [0, 1, 16, 17, 24, 25, 33, 1_000_000]
		.into_iter()
		.map(|now| json!({ "now": now, "current": anchor(now).0, "previous": anchor(now).1 }))
		.collect();
	let chunks: Vec<Value> = [1u64, 1_024, 1_025, 1_000_000, 1 << 40]
		.into_iter()
		.zip(0u32..)
		.map(|(size, n)| {
			let anchor_hash = *blake3::hash(&[n as u8]).as_bytes();
			let key = ObjectKey { size, ..key(n.into()) };
			json!({
				"anchor_hash": hex::encode(anchor_hash),
				"hash": hex::encode(key.hash),
				"size": size,
				"provider": 1_000 * n,
				"chunk": chunk_to_open(&anchor_hash, &key, 1_000 * n),
			})
		})
		.collect();
	let about =
		"Anchors and chunks as the documentation of rome_primitives::storage::challenge has them.";
	compare("challenges.json", about, json!({ "anchors": anchors, "chunks": chunks }));
}

const GENESIS: GenesisHash = [0x11; 32];

fn account(n: u8) -> AccountId32 {
	AccountId32::new([n; 32])
}

/// A message signed by the development account Alice with ed25519, whose signatures follow from the message.
fn message_vector<M: Message>(fields: Value, message: M) -> Value {
	let pair = ed25519::Pair::from_string("//Alice", None).unwrap();
	let signer = MultiSigner::from(pair.public()).into_account();
	let payload = payload(&GENESIS, &message);
	let encoded = message.encode();
	let wallet = pair.sign(&signing::wrapped(&payload)).into();
	assert!(verify(&GENESIS, &message, &wallet, &signer));
	let signed = Signed::new(&GENESIS, message, signer, |bytes| pair.sign(bytes).into());
	assert!(signed.verify(&GENESIS));
	json!({
		"purpose": M::PURPOSE,
		"fields": fields,
		"scale": hex::encode(encoded),
		"payload": hex::encode(payload),
		"signer": hex::encode(&signed.signer),
		"signature": hex::encode(signed.signature.encode()),
		"signature_by_a_wallet": hex::encode(wallet.encode()),
		"header": signed.to_header(),
	})
}

#[test]
fn signed_messages() {
	let (one, two) = (hex::encode(account(1)), hex::encode(account(2)));
	let object = ObjectKey { hash: [0xab; 32], size: 300_001 };
	let object_fields = json!({ "hash": hex::encode(object.hash), "size": object.size });
	let nonce = [5; 16];
	let nonce_hex = hex::encode(nonce);
	let time = 1_800_000_000_000;
	let endpoint = "https://one.example:7070";
	let version = "colossus/0.1.0";
	let digest = request_digest("GET", "/objects/00?offset=1");
	let vectors = [
		message_vector(
			json!({ "provider": one, "key": object_fields, "nonce": nonce_hex, "expires": time }),
			UploadToken { provider: account(1), key: object, nonce, expires: time },
		),
		message_vector(
			json!({
				"provider": one, "uploader": two, "key": object_fields, "nonce": nonce_hex, "at": time,
			}),
			UploadReceipt {
				provider: account(1),
				uploader: account(2),
				key: object,
				nonce,
				at: time,
			},
		),
		message_vector(
			json!({
				"operator": one, "endpoint": { "http": endpoint }, "nonce": hex::encode([6; 32]),
				"version": version, "time": time, "finalized": 1_000, "objects": 12, "bytes": 34_567,
				"free": 1u64 << 40,
			}),
			StatusAnswer {
				operator: account(1),
				endpoint: Endpoint::Http(endpoint.as_bytes().to_vec().try_into().unwrap()),
				nonce: [6; 32],
				version: version.as_bytes().to_vec().try_into().unwrap(),
				time,
				finalized: 1_000,
				objects: 12,
				bytes: 34_567,
				free: 1 << 40,
			},
		),
		message_vector(
			json!({
				"from": one, "to": two, "nonce": nonce_hex, "expires": time,
				"digest": hex::encode(digest),
				"digest_of": { "method": "GET", "path": "/objects/00?offset=1" },
			}),
			PeerRequest { from: account(1), to: account(2), digest, nonce, expires: time },
		),
		message_vector(
			json!({
				"from": one, "to": two, "nonce": nonce_hex, "status": 200, "key": object_fields,
				"body": null, "at": time,
			}),
			PeerAnswer {
				from: account(1),
				to: account(2),
				nonce,
				status: 200,
				key: Some(object),
				body: None,
				at: time,
			},
		),
		message_vector(
			json!({ "provider": 7, "window": 100_000 }),
			Heartbeat { provider: 7, window: 100_000 },
		),
		message_vector(
			json!({ "owner": one, "operator": two }),
			OperatorConsent { owner: account(1), operator: account(2) },
		),
		message_vector(
			json!({ "owner": one, "key": two }),
			ProberConsent { owner: account(1), key: account(2) },
		),
		message_vector(
			json!({ "prober": 3, "from": 1_000, "length": 64, "end": hex::encode([9; 32]) }),
			ProberChain { prober: 3, from: 1_000, length: 64, end: [9; 32] },
		),
		message_vector(
			json!({ "prober": 3, "round": 1_001, "commitment": hex::encode([8; 32]) }),
			ProberCommitment { prober: 3, round: 1_001, commitment: [8; 32] },
		),
		message_vector(
			json!({
				"prober": one, "round": 1_001, "nonce": nonce_hex, "key": object_fields,
				"offset": 16_384, "length": 65_536, "digest": hex::encode([7; 32]),
				"started": time, "ended": time + 250,
			}),
			ProbeReceipt {
				prober: account(1),
				round: 1_001,
				nonce,
				key: object,
				offset: 16_384,
				length: 65_536,
				digest: [7; 32],
				started: time,
				ended: time + 250,
			},
		),
	];
	let about = "Signed on the chain whose genesis hash is 32 bytes of 0x11, by //Alice with ed25519. Fields \
	             in hexadecimal, numbers and text; `scale` is the message, `payload` what is signed, \
	             `signature` a SCALE MultiSignature, `signature_by_a_wallet` one over the payload between \
	             <Bytes> and </Bytes>, `header` the text for HTTP.";
	compare("signing.json", about, json!(vectors));
}

/// An observation of the storage provider of that number.
fn observation(id: u32) -> Observation {
	Observation {
		actor: Actor::storage(id),
		outcome: Outcome::Ok,
		trials: 1,
		successes: 1,
		download: Some(Reading { value: 125_000_000, at_least: id % 2 == 1 }),
		upload: None,
		first_byte: Some(1_500),
		first_byte_miss: None,
		started: 1_800_000_000_000,
		lasted: 1_250,
		streams: 4,
		receipt: Some([7; 32]),
	}
}

#[test]
fn benchmark() {
	let secret = [1; 32];
	let length = 8;
	let preimages = (0..length)
		.map(|place| hex::encode(preimage(&secret, length, place).unwrap()))
		.collect::<Vec<_>>();
	let first = preimage(&secret, length, 0).unwrap();
	let mix = contribution(3, &first);
	let seed = next_seed(&[2; 32], 1_001, &mix);
	let half = threshold(2, 4);
	let assignments = (0..8)
		.map(|id| {
			let actor = Actor::storage(id);
			let draw = draw(&first, &actor);
			json!({
				"storage_provider": id,
				"assigned": is_assigned(&seed, 1_001, 3, &first, &actor, half),
				"moment_of_30000_ms": draw.moment_in(30_000),
				"object_at_byte_of_1000000": draw.object_among(1_000_000),
				"offset_of_65536_in_300001": draw.offset_in(300_001, 65_536),
				"chunk": draw.chunk_of(draw.offset_in(300_001, 65_536), 65_536),
				"nonce": hex::encode(draw.nonce),
			})
		})
		.collect::<Vec<_>>();
	let all = (0..5).map(observation).collect::<Vec<_>>();
	let tree_root = root(&all);
	let proofs = (0..5)
		.map(|index| prove(&all, index).unwrap().iter().map(hex::encode).collect::<Vec<_>>())
		.collect::<Vec<_>>();
	let proved = ProbeReceipt {
		prober: account(1),
		round: 1_001,
		nonce: [5; 16],
		key: ObjectKey { hash: [0xab; 32], size: 300_001 },
		offset: 16_384,
		length: 65_536,
		digest: [7; 32],
		started: 1_800_000_000_000,
		ended: 1_800_000_000_250,
	};
	let vectors = json!({
		"chain": {
			"secret": hex::encode(secret), "length": length, "preimages": preimages,
			"end": hex::encode(end(&secret, length)),
		},
		"seed": {
			"before": hex::encode([2; 32]), "round": 1_001,
			"mix_of_prober_3_alone": hex::encode(mix), "seed": hex::encode(seed),
		},
		"assignment": { "round": 1_001, "prober": 3, "committee": 2, "probers": 4, "actors": assignments },
		"opening": (1..6).map(|count| opening(&seed, 998, 3, count)).collect::<Vec<_>>(),
		"observations": all.iter().map(|one| hex::encode(one.encode())).collect::<Vec<_>>(),
		"root": hex::encode(tree_root),
		"root_of_none": hex::encode(root(&[])),
		"proofs": proofs,
		"commitment": hex::encode(commitment(&GENESIS, 3, 1_001, &[6; 32], &tree_root)),
		"receipt": { "scale": hex::encode(proved.encode()), "digest": hex::encode(receipt::digest(&proved)) },
	});
	let about = "As the documentation of rome_primitives::benchmark has it. The preimages are for the first \
	             round of the chain, the second, and so on; the assignment is by the first of them. Genesis \
	             hash: 32 bytes of 0x11, salt: 32 bytes of 0x06.";
	compare("benchmark.json", about, vectors);
}
