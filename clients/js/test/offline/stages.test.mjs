// How far dental work is: the published list, and the hash, which the contract's own tests have, too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stageCommitment, stageOf, stages } from '../../src/provenance.mjs';

const secret = '0x000102030405060708090a0b0c0d0e0f';
const commitment = '0x50d56495272d9cd16d2afc4dcc579c960706156246f2a58326f059e84ad7cc56';

test('a stage is hashed as everybody hashes it', () => {
  assert.equal(stageCommitment(secret, 'Design', 4), commitment);
  assert.throws(() => stageCommitment(secret, 'Almost', 4), { message: 'no stage is called "Almost"' });
});

test('who has the secret reads each stage, and nobody reads it with another or as another number', () => {
  assert.equal(stageOf(secret, { number: 4, commitment }), 'Design');
  for (const stage of stages) {
    assert.equal(stageOf(secret, { number: 1, commitment: stageCommitment(secret, stage, 1) }), stage);
  }
  assert.equal(stageOf(`${secret.slice(0, -1)}0`, { number: 4, commitment }), null);
  assert.equal(stageOf(secret, { number: 5, commitment }), null);
});
