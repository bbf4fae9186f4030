// Signed transactions as bytes. A client library builds and decodes every call as objects, which takes
// longer than the chain takes to execute it; what is measured here is the chain.

import { bnToU8a, compactToU8a, u8aConcat, u8aToHex } from "@polkadot/util";
import { blake2AsU8a } from "@polkadot/util-crypto";

/** What the bytes below assume of the chain. Another list of extensions needs another encoding. */
const EXTENSIONS = [
	"AuthorizeCall",
	"CheckNonZeroSender",
	"CheckSpecVersion",
	"CheckTxVersion",
	"CheckGenesis",
	"CheckMortality",
	"CheckNonce",
	"CheckWeight",
	"ChargeTransactionPayment",
	"CheckMetadataHash",
	"WeightReclaim",
];

const IMMORTAL = Uint8Array.of(0);
const NO_TIP = Uint8Array.of(0);
const METADATA_HASH_OFF = Uint8Array.of(0);
const NO_METADATA_HASH = Uint8Array.of(0);

/** What turns a call's bytes into a signed transaction, in hex. */
export function signer(api) {
	const extensions = api.runtimeMetadata.asLatest.extrinsic.transactionExtensions.map(({ identifier }) =>
		identifier.toString(),
	);
	if (extensions.join() !== EXTENSIONS.join()) {
		throw new Error(`the chain's extensions have changed: ${extensions.join()}`);
	}
	const { specVersion, transactionVersion } = api.runtimeVersion;
	const genesis = api.genesisHash.toU8a();
	const additional = u8aConcat(
		bnToU8a(specVersion, { bitLength: 32 }),
		bnToU8a(transactionVersion, { bitLength: 32 }),
		genesis,
		genesis,
		NO_METADATA_HASH,
	);
	return (call, pair, nonce) => {
		const extra = u8aConcat(IMMORTAL, compactToU8a(nonce), NO_TIP, METADATA_HASH_OFF);
		const payload = u8aConcat(call, extra, additional);
		const signature = pair.sign(payload.length > 256 ? blake2AsU8a(payload) : payload, { withType: true });
		// Version 4, signed; the signer as an account id.
		const body = u8aConcat([0x84, 0x00], pair.publicKey, signature, extra, call);
		return u8aToHex(u8aConcat(compactToU8a(body.length), body));
	};
}

/** A call's bytes. */
export const encode = (call) => call.method.toU8a();

/** A batch of calls that are bytes already. */
export const batch = (api, calls) =>
	u8aConcat(api.tx.utility.batchAll([]).method.toU8a().subarray(0, 2), compactToU8a(calls.length), ...calls);

/** `call` done as `address` with root's permission, whatever it weighs. */
export function unbound(api, address, call) {
	const origin = api.createType(api.tx.utility.dispatchAs.meta.args[0].type.toString(), {
		system: { Signed: address },
	});
	return u8aConcat(
		api.tx.sudo.sudoUncheckedWeight.callIndex,
		api.tx.utility.dispatchAs.callIndex,
		origin.toU8a(),
		call,
		// The weight that counts.
		compactToU8a(1),
		compactToU8a(0),
	);
}

/**
 * Calls that differ in one text only: made from a call with a text of the same length.
 *
 * @returns {(text: string) => Uint8Array}
 */
export function template(call, placeholder) {
	const bytes = Buffer.from(encode(call));
	const at = bytes.indexOf(placeholder);
	if (at < 0 || bytes.indexOf(placeholder, at + 1) >= 0) throw new Error("no place for the text");
	return (text) => {
		if (text.length !== placeholder.length) throw new Error(`${text} is not as long as ${placeholder}`);
		const copy = Buffer.from(bytes);
		copy.write(text, at, "latin1");
		return copy;
	};
}


/**
 * Calls that differ in some 64-bit numbers: made from a call with these numbers in it.
 *
 * @param {bigint[]} placeholders
 * @returns {(numbers: bigint[]) => Uint8Array}
 */
export function numbersTemplate(call, placeholders) {
	const bytes = Buffer.from(encode(call));
	const places = placeholders.map((placeholder) => {
		const number = Buffer.alloc(8);
		number.writeBigInt64LE(placeholder);
		const at = bytes.indexOf(number);
		if (at < 0 || bytes.indexOf(number, at + 1) >= 0) throw new Error(`no place for ${placeholder}`);
		return at;
	});
	return (numbers) => {
		const copy = Buffer.from(bytes);
		for (const [index, at] of places.entries()) copy.writeBigInt64LE(numbers[index], at);
		return copy;
	};
}
