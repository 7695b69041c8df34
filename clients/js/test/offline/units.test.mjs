import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagged } from '../../src/requests.mjs';
import { alv, amount, units } from '../../src/units.mjs';

test('amounts are written and read with eight decimals', () => {
  for (const [text, value] of [['0', 0n], ['1', 100_000_000n], ['12.5', 1_250_000_000n], ['0.00000001', 1n]]) {
    assert.equal(units(text), value);
    assert.equal(alv(value), text);
  }
  for (const text of ['', '1.', '.5', '-1', '1e3', '0.000000001']) assert.throws(() => units(text), TypeError);
});

test('amounts of other tokens have the decimals that they say', () => {
  for (const [value, decimals, text] of [[250n, 2, '2.5'], [7n, 0, '7'], [0n, 0, '0'], [100n, 0, '100'], [1n, 18, '0.000000000000000001']]) {
    assert.equal(amount(value, decimals), text);
  }
});

test('keys that no contract can verify are refused at once', () => {
  assert.throws(() => tagged('0x', 'ed25519'), TypeError);
});
