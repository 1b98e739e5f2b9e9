// What the console weighs, compressed: what comes first, and what each place adds.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundle } from '../../web/bundle.mjs';

const firstMax = 250 * 1024;
const placeMax = 60 * 1024;

const files = new Map((await bundle('console')).map((file) => [file.name, { ...file, size: gzipSync(file.bytes, { level: 9 }).length }]));

// Those that come with a script.
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of files.get(name)?.with ?? []) closure(other, seen);
  return seen;
}
const weight = (names) => [...names].reduce((sum, name) => sum + (files.get(name)?.size ?? 0), 0);

const entry = [...files.values()].find(({ isEntry }) => isEntry);
const first = closure(entry.name);

describe('The console', () => {
  it('comes with at most 250 KB', (test) => {
    const size = weight(first) + files.get('index.html').size;
    test.diagnostic(`${(size / 1024).toFixed(1)} KB`);
    assert.ok(size <= firstMax, `${size} bytes`);
  });

  it('has its places in scripts of their own', () => {
    const places = entry.later.filter((name) => /\/places\//.test(files.get(name).source));
    assert.ok(places.length > 15, `${places.length}`);
  });

  for (const name of entry.later) {
    it(`${files.get(name).source.split('/').slice(-2).join('/')} adds at most 60 KB`, (test) => {
      const size = weight([...closure(name)].filter((one) => !first.has(one)));
      test.diagnostic(`${(size / 1024).toFixed(1)} KB`);
      assert.ok(size <= placeMax, `${size} bytes`);
    });
  }

  it('asks for no inline script or style', () => {
    const page = files.get('index.html').bytes.toString();
    assert.doesNotMatch(page, /<style|style=|<script(?![^>]*src=)|\son\w+=/);
  });
});
