// node types.mjs [--check] < openapi.json: writes what the console knows of the use cases, from the
// document that `lango openapi` prints: console/api.d.ts (openapi-typescript) and
// console/api/use_cases.ts (who may, and what must be shown). --check: says whether they are so.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const made = '// Made by web/types.mjs from `lango openapi`.\n';
const document = JSON.parse(readFileSync(0, 'utf8'));

function useCases() {
  const lines = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, use] of Object.entries(methods)) {
      lines.push(`  '${use.operationId}': { method: '${method}', path: '${path}', permission: '${use['x-permission']}', `
        + `agreement: ${use['x-needs-another-person']}, merchants: ${use['x-merchants-own-people']} },`);
    }
  }
  return `${made}// merchants: merchants' own people reach it too.\nexport const useCases = {\n${lines.sort().join('\n')}\n} as const;\n`;
}

const files = {
  'console/api.d.ts': made + astToString(await openapiTS(document)),
  'console/api/use_cases.ts': useCases(),
};
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write(`web/${name} is not what lango openapi says: lango openapi | node web/types.mjs\n`);
    process.exitCode = 1;
  }
}
