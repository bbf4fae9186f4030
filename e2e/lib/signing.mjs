// What is signed outside of transactions: consents on chain, tokens and receipts off chain.
//
// The signed bytes are `rome/PURPOSE/v1`, the genesis hash and the message in SCALE, as anyone could write it
// who has read the documents; nothing here comes from the code under test.

import { bnToU8a, hexToU8a, stringToU8a, u8aConcat, u8aWrapBytes } from "@polkadot/util";
import { randomAsU8a, signatureVerify } from "@polkadot/util-crypto";

const u64 = (value) => bnToU8a(BigInt(value), { bitLength: 64, isLe: true });

/** An object's key in SCALE. */
export const encodeKey = ({ hash, size }) => u8aConcat(hexToU8a(hash), u64(size));

/** The bytes that a signature for `purpose` covers. */
export const payload = (genesis, purpose, message) =>
	u8aConcat(stringToU8a(`rome/${purpose}/v1`), hexToU8a(genesis), message);

/** A `MultiSignature` of `pair`, as wallets in browsers make it if `wrapped`. */
export function sign(genesis, purpose, message, pair, { wrapped = false } = {}) {
	const bytes = payload(genesis, purpose, message);
	return pair.sign(wrapped ? u8aWrapBytes(bytes) : bytes, { withType: true });
}

/** A message with its signer and signature, as a header has it. */
export function signed(genesis, purpose, message, pair, options) {
	const signature = sign(genesis, purpose, message, pair, options);
	return Buffer.from(u8aConcat(message, pair.publicKey, signature)).toString("base64url");
}

/** That the operator's key agrees to be `owner`'s: what `apply` wants to see. */
export const consent = (genesis, owner, operator) =>
	sign(genesis, "consent", u8aConcat(owner.publicKey, operator.publicKey), operator);

/**
 * Leave to upload one object to one provider, as the header `Authorization` takes it.
 *
 * @param {string} genesis
 * @param {{ provider: Uint8Array, key: { hash: string, size: number }, by: import("@polkadot/keyring/types").KeyringPair,
 *   nonce?: Uint8Array, expires?: number, wrapped?: boolean }} what `provider` is the operator's public key,
 *   `expires` in Unix milliseconds.
 */
export function uploadToken(genesis, { provider, key, by, nonce, expires, wrapped }) {
	const message = u8aConcat(
		provider,
		encodeKey(key),
		nonce ?? randomAsU8a(16),
		u64(expires ?? Date.now() + 120_000),
	);
	return `Rome ${signed(genesis, "upload", message, by, { wrapped })}`;
}

/** The length of a receipt's message: provider, uploader, key, nonce, time. */
const RECEIPT_BYTES = 32 + 32 + 40 + 16 + 8;

/** Whether `header` is the receipt of `provider` (its public key) for `key` from `uploader`. */
export function isReceipt(genesis, header, { provider, uploader, key }) {
	const bytes = new Uint8Array(Buffer.from(header, "base64url"));
	const message = bytes.subarray(0, RECEIPT_BYTES);
	const signer = bytes.subarray(RECEIPT_BYTES, RECEIPT_BYTES + 32);
	const signature = bytes.subarray(RECEIPT_BYTES + 32);
	const names = Buffer.from(u8aConcat(provider, uploader, encodeKey(key)));
	return (
		names.equals(message.subarray(0, names.length)) &&
		Buffer.from(signer).equals(provider) &&
		signatureVerify(payload(genesis, "receipt", message), signature, signer).isValid
	);
}

/** The length of a status answer's message up to its nonce is not fixed: this looks for the nonce in it. */
export function statusIsSigned(genesis, header, { provider, nonce }) {
	const bytes = new Uint8Array(Buffer.from(header, "base64url"));
	// Signer and an sr25519 signature with its type.
	const message = bytes.subarray(0, bytes.length - 32 - 65);
	const signer = bytes.subarray(message.length, message.length + 32);
	return (
		Buffer.from(message).includes(Buffer.from(nonce)) &&
		Buffer.from(signer).equals(provider) &&
		signatureVerify(payload(genesis, "status", message), bytes.subarray(message.length + 32), signer).isValid
	);
}
