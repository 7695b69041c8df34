import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dryRun, finalized, read, Refused, send } from '../src/call.mjs';
import { eventsAt, followEvents } from '../src/events.mjs';
import { connect } from '../src/suite.mjs';
import { units } from '../src/units.mjs';
import { alice, bob, somebody } from './world.mjs';

let suite;
before(async () => { suite = await connect(); });
after(() => suite?.api.disconnect());

const balance = ({ address }) => read(suite, 'alv', 'PSP22::balance_of', { owner: address });

test('a transfer moves exactly its value, and says so', async () => {
  const payee = somebody();
  const value = units('1.00000001');
  const had = await balance(alice);
  const { block, events } = await send(suite, alice, 'alv', 'PSP22::transfer', { to: payee.address, value, data: [] });
  assert.equal(await balance(alice), had - value);
  assert.equal(await balance(payee), value);
  const told = [{ contract: 'alv', name: 'Transfer', fields: { from: alice.address, to: payee.address, value } }];
  assert.deepEqual(events, told);
  assert.deepEqual(await eventsAt(suite, block), told, 'the block keeps them for whoever comes later');
});

test('events can be followed as blocks become final', async () => {
  const { address: to } = somebody();
  let end;
  const told = new Promise((resolve) => {
    end = followEvents(suite, ({ fields }) => { if (fields.to === to) resolve(fields.value); });
  });
  await end;
  await send(suite, alice, 'alv', 'PSP22::transfer', { to, value: 7n, data: [] });
  assert.equal(await told, 7n);
  (await end)();
});

test('a wallet signs as well as a key pair does', async () => {
  const wallet = {
    address: alice.address,
    // As extensions do: the payload comes as JSON, the answer is tagged with the scheme.
    signer: {
      signPayload: async (json) => {
        const payload = suite.api.createType('ExtrinsicPayload', json, { version: json.version });
        return { id: 1, ...payload.sign(alice) };
      },
    },
  };
  const args = { to: somebody().address, value: 3n, data: [] };
  const { events } = await send(suite, wallet, 'alv', 'PSP22::transfer', args);
  assert.equal(events[0].fields.value, 3n);
});

test('more than the balance is refused by name, before anything is signed', async () => {
  const poor = somebody();
  const transfer = send(suite, poor, 'alv', 'PSP22::transfer', { to: bob.address, value: 1n, data: [] });
  await assert.rejects(transfer, (error) => error instanceof Refused && error.error === 'InsufficientBalance');
});

test('errors inside errors keep both names', async () => {
  const grant = send(suite, bob, 'alv', 'PSP22Mintable::mint', { value: 1n });
  await assert.rejects(grant, { error: 'Custom(MissingRole)' });
});

test('a call that goes wrong after its dry run is refused by the chain', async () => {
  const had = await balance(bob);
  const { gasLimit } = await dryRun(suite, bob.address, 'alv', 'PSP22::transfer', { to: alice.address, value: had, data: [] });
  const call = suite.contracts.alv.tx['psp22::transfer']({ gasLimit }, alice.address, had + 1n, []);
  const { dispatchError } = await finalized(call, bob);
  assert.equal(suite.api.registry.findMetaError(dispatchError.asModule).name, 'ContractReverted');
  assert.equal(await balance(bob), had);
});
