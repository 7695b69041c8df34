// A key of an identity is replaced by another, so that this one inherits.

import { send } from '../src/call.mjs';
import { own, until } from './world.mjs';

const terms = { delay: 2_000, contest: 3_000, settling: 4_000, unbonding: 3_000, notice: 2_000, fade: 1, bond: 1 };
const pause = { duration: 1, cooldown: 1 };

/** An Olife ID of one's own. */
export function ownIdentities(shared, alv) {
  const setup = { terms, pause, alv, forfeitsTo: alv, chain: shared.api.genesisHash };
  return own(shared, 'olife_id', { setup });
}

/** `former` has an identity of which `guardian` recovers the key for `heir`. */
export async function replaceKey(shared, olife_id, { guardian, former, heir }) {
  const suite = { ...shared, contracts: { olife_id } };
  const act = (account, action) => send(suite, account, 'olife_id', 'act', { action });
  const create = async (account, list) => {
    const { events } = await act(account, { Create: { guardians: { list, threshold: list.length } } });
    return events.at(-1).fields.identity;
  };
  const identity = await create(former, [await create(guardian, [])]);
  const keys = [{ key: { Account: heir.address }, purposes: 63 }];
  const { events: [changed] } = await act(guardian, { Recover: { identity, keys } });
  await act(heir, { Consent: { identity, purposes: 63 } });
  await until(shared, Number(changed.fields.recovery.turns));
  await send(suite, heir, 'olife_id', 'settle', { identity });
}
