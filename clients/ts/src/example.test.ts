import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const example = fileURLToPath(new URL('example.js', import.meta.url));

test('the typed example plays its story to the end', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [example]);
  assert.match(stdout.trimEnd().split('\n').at(-1) ?? '', /^EXAMPLE: passed\. 1 use of record \d+ paid; NoUsesLeft refused the second; 100 units of WELL bought\.$/);
});
