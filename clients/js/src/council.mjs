// What the council's members propose: messages of other contracts, as `propose` takes them.

import { u8aToHex } from '@polkadot/util';
import { encoded } from './call.mjs';

/** One message, for `{ Calls: [...] }`. Arguments go by name, as in `send`. */
export function councilCall(suite, contract, message, args = {}) {
  const input = encoded(suite, contract, message, args);
  return {
    target: suite.contracts[contract].address.toString(),
    selector: u8aToHex(input.subarray(0, 4)),
    arguments: u8aToHex(input.subarray(4)),
    value: 0n,
    minRefTime: 0n,
  };
}
