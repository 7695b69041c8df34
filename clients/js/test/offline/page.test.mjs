// The page for front-end developers shows nothing that does not run.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const clients = new URL('../../../', import.meta.url);
const text = (path) => readFile(new URL(path, clients), 'utf8');
// Where code stands in its file is not the page's matter.
const flat = (code) => code.replace(/\s+/g, ' ').trim();

test('every piece of code on the page stands in the file that it is from', async () => {
  const page = await text('README.md');
  const pieces = [...page.matchAll(/<!-- from (\S+) -->\n```(?:js|ts)\n([^]*?)```/g)];
  assert.equal(pieces.length, page.match(/```(js|ts)\n/g).length, 'a piece does not say where it is from');
  for (const [, file, code] of pieces) {
    assert.ok(flat(await text(file)).includes(flat(code)), `${file} has no such code:\n${code}`);
  }
});
