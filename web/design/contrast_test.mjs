// Contrasts of the tokens, light and dark: text on each surface that it is used on, and what must be seen on them.
//     node web/design/contrast_test.mjs [--table]    --table: prints them all as a table
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const sheet = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const block = (selector) => {
  const at = sheet.indexOf(`${selector} {`);
  assert.ok(at >= 0, `tokens.css has ${selector}`);
  return Object.fromEntries([...sheet.slice(at, sheet.indexOf('}', at)).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name, value]));
};
const themes = { light: block(':root'), dark: block(":root[data-theme='dark']"), 'dark by the device': block(":root:not([data-theme='light'])") };

const luminance = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const surfaces = ['paper', 'card', 'rail', 'sunk'];
const on = (text, ground, least) => ground.map((one) => [text, one, least]);
const pairs = [
  ...on('ink', surfaces, 7), ...on('go', ['paper', 'card', 'rail'], 7), ...on('soft', [...surfaces, 'plain-wash'], 4.5), ...on('go', ['wash', 'sunk'], 4.5),
  ...on('warn', ['warn-wash', 'card'], 4.5), ...on('calm', ['calm-wash', 'card'], 4.5), ...on('bad', ['bad-wash', 'card'], 4.5), ...on('go-ink', ['go', 'go-hover'], 4.5),
  ...on('ink', ['wash', 'warn-wash', 'calm-wash', 'bad-wash'], 7), ...on('badge-ink', ['badge', 'badge-2'], 7),
  // Not text: edges of fields, lines of charts, the focus.
  ...on('edge', ['card', 'paper'], 3), ...['series-1', 'series-2', 'series-3'].flatMap((line) => on(line, ['card'], 3)),
];

if (process.argv.includes('--table')) {
  for (const [text, ground, least] of pairs) console.log(`${text} on ${ground}: ${['light', 'dark'].map((theme) => contrast(themes[theme][text], themes[theme][ground]).toFixed(1)).join(' / ')} (${least})`);
} else {
  for (const [theme, tokens] of Object.entries(themes)) {
    describe(`In the ${theme} theme`, () => {
      for (const [text, ground, least] of pairs) {
        it(`${text} is seen on ${ground}`, () => {
          const found = contrast(tokens[text], tokens[ground]);
          assert.ok(found >= least, `${found.toFixed(2)}, and ${least} is needed`);
        });
      }
    });
  }
  it('dark is the same, chosen or by the device', () => assert.deepEqual(themes.dark, themes['dark by the device']));
}
