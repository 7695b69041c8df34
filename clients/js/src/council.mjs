// What the council's members propose: messages of other contracts, as `propose` takes them. And the votes that
// they sign.

import { u8aToHex } from '@polkadot/util';
import { encoded, read } from './call.mjs';

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

/**
 * A vote that `member` can sign now, as the `action` of a request: `vote` is 'Approve', 'Withdraw' or 'Object'. It
 * binds the era, the action of the proposal and the number of the vote. The member must read the action first.
 */
export async function councilVote(suite, vote, proposal, member) {
  const { era } = await read(suite, 'council', 'constitution');
  const { action } = await read(suite, 'council', 'proposal', { proposal });
  const votes = await read(suite, 'council', 'votes', { proposal, member });
  return { Vote: { era, vote, proposal, seen: { action, votes } } };
}
