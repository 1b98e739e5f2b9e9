// node build.mjs APP FOLDER: type-checks and builds web/APP with Vite, and writes FOLDER/APP.hpp and
// FOLDER/APP.cpp, a table of what came out (src/http/asset.hpp). Needs no network.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [app, folder] = process.argv.slice(2);
const root = join(here, app);

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

function typeCheck() {
  const tsc = join(here, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', root],
    { stdio: 'inherit' });
  if (run.status !== 0) process.exit(1);
}

// One line of source for each 64 bytes.
function literal(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 64) {
    const octal = (byte) => '\\' + byte.toString(8).padStart(3, '0');
    lines.push('"' + Array.from(bytes.subarray(at, at + 64), octal).join('') + '"');
  }
  return `{\n${lines.join('\n') || '""'}, ${bytes.length}}`;
}

function entry({ name, bytes }) {
  const type = types[extname(name)];
  if (!type) throw new Error(`${name}: build.mjs knows no content type for it`);
  const packed = gzipSync(bytes, { level: 9 });
  const gzip = packed.length < bytes.length ? packed : Buffer.alloc(0);
  const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return `{"${name}", "${type}", ${literal(bytes)}, ${literal(gzip)}, "\\"${etag}\\""}`;
}

typeCheck();
const files = await bundle(app);
mkdirSync(folder, { recursive: true });
writeFileSync(resolve(folder, `${app}.hpp`), `#pragma once
#include <span>

#include "http/asset.hpp"

namespace lango::web {
// What web/${app} was built to.
[[nodiscard]] std::span<const http::Asset> ${app}();
}  // namespace lango::web
`);
writeFileSync(resolve(folder, `${app}.cpp`), `#include "web/${app}.hpp"

namespace lango::web {
static constexpr http::Asset files[] = {
${files.map(entry).join(',\n')}};
std::span<const http::Asset> ${app}() { return files; }
}  // namespace lango::web
`);
