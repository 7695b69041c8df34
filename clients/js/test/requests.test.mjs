import { Keyring } from '@polkadot/api';
import { u8aToHex, u8aWrapBytes } from '@polkadot/util';
import { randomAsHex } from '@polkadot/util-crypto';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send } from '../src/call.mjs';
import { freeNonce, requestBytes, requestText, tagged } from '../src/requests.mjs';
import { clock, connect } from '../src/suite.mjs';
import { units } from '../src/units.mjs';
import { alice, bob, charlie } from './world.mjs';

let suite;
before(async () => { suite = await connect(); });
after(() => suite?.api.disconnect());

/** What the polkadot.js extension does: it wraps the bytes, and leaves out the scheme. */
const signRaw = (pair) => async ({ data }) => ({ signature: u8aToHex(pair.sign(u8aWrapBytes(data))) });

/** What a hardware or command-line signer does. */
const signBare = (pair) => async ({ data }) => ({ signature: u8aToHex(pair.sign(data)) });

/** A holder without any coin of the chain. */
async function holder(type) {
  const pair = new Keyring({ type }).addFromUri(randomAsHex());
  await send(suite, alice, 'alv', 'PSP22::transfer', { to: pair.address, value: units('2'), data: [] });
  return pair;
}

async function signed(pair, signRaw, action) {
  const request = {
    signer: pair.address,
    action,
    nonce: await freeNonce(suite, 'alv', pair.address),
    deadline: await clock(suite) + 600_000,
  };
  const { signature } = await signRaw({ address: pair.address, data: u8aToHex(requestBytes(suite, 'alv', request)), type: 'bytes' });
  return { request, signature: tagged(signature, pair.type) };
}

for (const type of ['sr25519', 'ecdsa']) {
  for (const sign of [signRaw, signBare]) {
    test(`who has no coin pays in ALV by an ${type} signature, ${sign === signRaw ? 'wrapped' : 'bare'}`, async () => {
      const pair = await holder(type);
      const value = units('0.5');
      const submission = await signed(pair, sign(pair), { Transfer: { to: charlie.address, value } });
      const { events } = await send(suite, bob, 'alv', 'act_for', submission);
      assert.deepEqual(events, [
        { contract: 'alv', name: 'Transfer', fields: { from: pair.address, to: charlie.address, value } },
      ]);
      await assert.rejects(send(suite, bob, 'alv', 'act_for', submission), { error: 'Request(NonceUsed)' });
    });
  }
}

test('who has no coin allows in ALV', async () => {
  const pair = await holder('sr25519');
  const submission = await signed(pair, signRaw(pair), { Approve: { spender: charlie.address, value: 5n } });
  const { events } = await send(suite, bob, 'alv', 'act_for', submission);
  assert.deepEqual(events, [
    { contract: 'alv', name: 'Approval', fields: { owner: pair.address, spender: charlie.address, amount: 5n } },
  ]);
});

test('a request of which anything was altered is refused', async () => {
  const pair = await holder('sr25519');
  const submission = await signed(pair, signRaw(pair), { Transfer: { to: charlie.address, value: 1n } });
  submission.request.action.Transfer.value = 2n;
  await assert.rejects(send(suite, bob, 'alv', 'act_for', submission), { error: 'Request(BadSignature)' });
});

test('an Ethereum wallet shows in words what its owner signs', async () => {
  const pair = await holder('ecdsa');
  const request = { signer: pair.address, action: { Transfer: { to: charlie.address, value: units('0.5') } }, nonce: 0n, deadline: await clock(suite) + 600_000 };
  const text = await requestText(suite, 'alv', request);
  assert.match(text, /^ALV: pay 0\.50000000 ALV to 0x[0-9a-f]{64}\nnonce: 0\ndeadline: 20/);
});
