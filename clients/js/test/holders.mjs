// A list of two holders of the earlier token, and the wallet of one of them.

import { bnToU8a, hexToU8a, stringToU8a, u8aConcat, u8aToHex } from '@polkadot/util';
import { ethereumEncode, randomAsU8a, secp256k1PairFromSeed, secp256k1Sign, sha256AsU8a } from '@polkadot/util-crypto';

const DOMAIN = stringToU8a('allive/holders  ');

/** An entry's hash: see `leaf` in offchain/holders. */
function leaf(index, address, amount) {
  const [index64, amount128] = [bnToU8a(index, { bitLength: 64 }), bnToU8a(amount, { bitLength: 128 })];
  return sha256AsU8a(u8aConcat([0x00], DOMAIN, index64, [0x01], hexToU8a(address), amount128));
}

/** The Merkle root over two holders, and for each what `allive snapshot` writes to a file for her. */
export function listOfTwo(holders) {
  const leaves = holders.map(({ address, amount }, index) => leaf(index, address, amount));
  const entries = holders.map(({ address, amount }, index) => ({ index, address, amount, proof: [u8aToHex(leaves[1 - index])] }));
  return { root: u8aToHex(sha256AsU8a(u8aConcat([0x01], ...leaves))), count: holders.length, entries };
}

/** An Ethereum wallet, as far as it matters: an address and `personal_sign` (EIP-191). */
export function ethereumWallet() {
  const pair = secp256k1PairFromSeed(randomAsU8a());
  return {
    address: ethereumEncode(pair.publicKey).toLowerCase(),
    personalSign(text) {
      const signature = secp256k1Sign(`\x19Ethereum Signed Message:\n${text.length}${text}`, pair, 'keccak');
      signature[64] += 27;
      return u8aToHex(signature);
    },
  };
}
