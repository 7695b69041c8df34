// What the types do not let pass. `tsc` fails where one of these lines would be accepted. Never run.

import type { KeyringPair } from '@polkadot/keyring/types';
import { send } from './call.js';
import type { Suite } from './suite.js';

export async function refusedByTypes({ contracts }: Suite, someone: KeyringPair): Promise<void> {
  const { alv, olife_nexus: nexus, derived_factory: factory, provenance } = contracts;
  // @ts-expect-error There is no such contract.
  contracts.olife_hub;
  // @ts-expect-error An amount is a bigint: a number cannot count all units.
  await send(alv, someone, 'psp22Transfer', someone.address, 1, '0x');
  // @ts-expect-error An argument is missing.
  await send(nexus, someone, 'buy', 0n, 1);
  // @ts-expect-error A purpose is one of a closed list.
  await send(nexus, someone, 'offer', 0n, { grantee: someone.address, purpose: 'Advertising', price: 0n, uses: 1, expires: 0n });
  // @ts-expect-error There is no such message.
  await send(nexus, someone, 'seize', 0n);
  // @ts-expect-error A query takes what its message takes.
  await alv.query.psp22BalanceOf(0n);
  // @ts-expect-error A record number is a bigint.
  await nexus.query.record('0');
  const { data } = await nexus.query.useRecord(0n, '0x');
  // @ts-expect-error There is no such error.
  if (data.isErr) console.log(data.err.type === 'NoUsesLef');
  // @ts-expect-error ALV goes into one of two funds.
  await send(factory, someone, 'fund', 0n, 'Treasury', 1n);
  const { data: dapp } = await factory.query.dapp(0n);
  // @ts-expect-error There may be no DAPP of this number.
  console.log(dapp.supply);
  // @ts-expect-error An action of provenance is one of a closed list.
  await send(provenance, someone, 'act', undefined, { type: 'Steal' });
  const { data: lot } = await provenance.query.lot('0x');
  // @ts-expect-error There may be no lot of this key.
  console.log(lot.count);
  const transfer = alv.events.Transfer.find([]);
  // @ts-expect-error The event has no such field.
  console.log(transfer?.data.amount);
}
