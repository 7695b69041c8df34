import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tagged } from '../../src/sponsored.mjs';
import { alv, units } from '../../src/units.mjs';

test('amounts are written and read with eight decimals', () => {
  for (const [text, value] of [['0', 0n], ['1', 100_000_000n], ['12.5', 1_250_000_000n], ['0.00000001', 1n]]) {
    assert.equal(units(text), value);
    assert.equal(alv(value), text);
  }
  for (const text of ['', '1.', '.5', '-1', '1e3', '0.000000001']) assert.throws(() => units(text), TypeError);
});

test('keys that no contract can verify are refused at once', () => {
  assert.throws(() => tagged('0x', 'ed25519'), TypeError);
});
