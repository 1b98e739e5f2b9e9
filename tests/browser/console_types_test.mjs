// What the console knows of the use cases is what `lango openapi` says of them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

it('The types of the console are those of lango openapi', () => {
  const document = execFileSync(join(resolve(process.env.LANGO_BIN_DIR), 'lango'), ['openapi'], { maxBuffer: 1 << 24 });
  const types = fileURLToPath(new URL('../../web/types.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [types, '--check'], { input: document, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
