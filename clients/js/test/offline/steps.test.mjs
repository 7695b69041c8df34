// Steps of goods, which are one event without a signature, are told under their own names.

import { Abi } from '@polkadot/api-contract';
import { u8aToHex } from '@polkadot/util';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { declaredEvents, decodeEvents } from '../../src/events.mjs';

const metadata = new URL('../../../metadata/provenance.json', import.meta.url);
const abi = new Abi(JSON.parse(readFileSync(metadata, 'utf8')));
const address = { eq: (other) => other === address };
const suite = {
  api: { events: { contracts: { ContractEmitted: { is: () => true } } } },
  contracts: { provenance: { address, abi } },
};
const lot = `0x${'07'.repeat(16)}`;

/** An event as a node answers it, with its fields in SCALE. */
function record(event, fields) {
  const { registry } = abi;
  const encoded = event.args.flatMap(({ type }, index) => [...registry.createType(type.type, fields[index]).toU8a()]);
  return { topics: [], event: { data: [address, registry.createType('Bytes', u8aToHex(Uint8Array.from(encoded)))] } };
}

const traced = abi.events.find(({ signatureTopic }) => !signatureTopic);

test('one event alone has no signature, and no topics', () => {
  assert.deepEqual(abi.events.filter(({ signatureTopic }) => !signatureTopic), [traced]);
  assert.deepEqual(traced.args.filter(({ indexed }) => indexed), []);
});

test('a step is told under its own name', () => {
  const run = { lot, first: 0n };
  const shipped = { unit: { Run: run }, holder: 1n, role: 5, to: 2n, until: 9n };
  const steps = { RunSplit: { run, rest: 4n }, Shipped: shipped };
  for (const [name, fields] of Object.entries(steps)) {
    const [told] = decodeEvents(suite, [record(traced, [{ [name]: fields }])]);
    assert.deepEqual(told, { contract: 'provenance', name, fields });
  }
});

test('the names of steps are among those that the contract may tell', () => {
  const names = declaredEvents({ abi });
  for (const name of ['RunSplit', 'Shipped', 'PackDispensed', 'AlertRaised']) assert.ok(names.includes(name), name);
  assert.ok(!names.includes('Traced'));
});
