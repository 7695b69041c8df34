import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const example = fileURLToPath(new URL('../example.mjs', import.meta.url));

test('the example plays its story to the end', async () => {
  const { stdout } = await run(process.execPath, [example]);
  assert.match(stdout.trimEnd().split('\n').at(-1), /^EXAMPLE: passed\. 2 uses of record \d+ paid; NoUsesLeft refused the third; 1 WELL bought; 20 events decoded\.$/);
});

test('without a node it says what is missing', async () => {
  const env = { ...process.env, ALLIVE_NODE_URL: 'ws://127.0.0.1:1' };
  await assert.rejects(run(process.execPath, [example], { env }), /no node answers at ws:\/\/127\.0\.0\.1:1 .*`make node` starts one/);
});

test('without a book it says what is missing', async () => {
  const env = { ...process.env, ALLIVE_BOOK: '/nowhere' };
  await assert.rejects(run(process.execPath, [example], { env }), /no address book of this chain .*`allive up` deploys the suite/);
});
