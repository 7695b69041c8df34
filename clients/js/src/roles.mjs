// Roles are numbers on the chain, made from their names as OpenBrush makes them.

import { hexToNumber, u8aToHex } from '@polkadot/util';
import { blake2AsU8a } from '@polkadot/util-crypto';

/** `'PAUSER'` → its number. */
export function role(name) {
  return hexToNumber(u8aToHex(blake2AsU8a(name).subarray(0, 4)));
}
