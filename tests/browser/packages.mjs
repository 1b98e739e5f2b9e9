// The packages of web/ (web/package-lock.json pins them).
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

export const { chromium } = require('playwright-core');
export const axe = fileURLToPath(new URL('../../web/node_modules/axe-core/axe.min.js', import.meta.url));
