// Every place of the console, in both languages: axe-core finds nothing on it, light and dark, its
// scripts and its policy complain of nothing, nothing is wider than the screen, and pictures of it at
// 390, 768 and 1280 px are kept in SCREENSHOTS.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch } from './browser.mjs';
import { askForPayment, expectAccessible, logIn, places, settled } from './console.mjs';
import { startSandbox, until } from './programs.mjs';

const folder = process.env.SCREENSHOTS ?? 'build/screenshots';
const widths = [390, 768, 1280];

let browser;
let place;

// Deposits that are paid, cancelled, refused and open.
async function fill() {
  const endings = ['678', '032', '021', '001', '073', '679'];
  const ids = [];
  for (const [i, ending] of endings.entries()) {
    ids.push(await askForPayment(place, { amount: 250 * (i + 1), id: `order-${i}`, label: `user ${i}`, phone: `254712345${ending}` }));
  }
  await until('a payment', async () => (await place.payment(ids[0])).state === 'paid');
  return ids;
}

let orders;
before(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await launch();
  place = await startSandbox(50);
  orders = await fill();
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

const nameOf = (path) => path.split('?')[0].replace(/^\/$/, 'home').replace(/^\//, '').replaceAll('/', '-');

describe('The console', () => {
  for (const lang of ['en', 'sw']) {
    it(`in ${lang}: every place`, async () => {
      const page = await logIn(browser, place, place.people[0], { lang });
      for (const path of [...places, `/deposits/${orders[0]}`, `/deposits/${orders[1]}`]) {
        await page.goto(new URL(path, place.backoffice).href);
        await settled(page);
        const name = `console-${nameOf(path.replace(orders[0], 'paid').replace(orders[1], 'failed'))}-${lang}`;
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          for (const width of widths) {
            await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
            const where = `${name}-${width}-${colorScheme}`;
            await page.screenshot({ path: join(folder, `${where}.png`), fullPage: true });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${where} is ${wide} px wide`);
          }
          await expectAccessible(page, `${name}, ${colorScheme}`);
        }
      }
      assert.deepEqual(page.complaints, []);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await page.context().close();
    });
  }
});
