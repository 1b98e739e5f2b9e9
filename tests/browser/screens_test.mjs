// Every screen, in both languages: axe-core finds nothing on it, nothing is wider than a small phone,
// and pictures of it at 320, 768 and 1280 px, light and dark, are kept in SCREENSHOTS.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { DrawnPhone } from './hands.mjs';
import { axe } from './packages.mjs';
import { startSandbox } from './programs.mjs';
import { screens } from './screens.mjs';

const folder = process.env.SCREENSHOTS ?? 'build/screenshots';
const checker = readFileSync(axe, 'utf8');
const widths = [320, 768, 1280];

let browser;
let place;

before(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await launch();
  place = await startSandbox();
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

async function expectAccessible(page, where) {
  await page.evaluate(checker);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), [], where);
}

async function look(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
      const where = `${name}-${width}-${colorScheme}`;
      await page.screenshot({ path: join(folder, `${where}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${where} is ${wide} px wide`);
    }
    await expectAccessible(page, `${name}, ${colorScheme}`);
  }
}

describe('A screen of the window', { concurrency: 4 }, () => {
  for (const [name, [ending, open]] of Object.entries(screens)) {
    for (const lang of ['en', 'sw']) {
      it(`${name} (${lang})`, async () => {
        const context = await person(browser, { lang });
        const page = await context.newPage();
        await open(page, place, new DrawnPhone(place.rail, ending), `${name}-${lang}`, lang);
        await look(page, `window-${name}-${lang}`);
        await context.close();
      });
    }
  }
});

describe('A page around it', () => {
  it('the phones: at rest, ringing, and the menu', async () => {
    const context = await person(browser);
    const phone = await new DrawnPhone(place.rail).takeInHand(context, place);
    await phone.page.locator('[data-phone] .items').waitFor();
    await look(phone.page, 'phone-home');
    // M-PESA's own words, as a payer reads them on his handset.
    await phone.page.getByRole('heading', { name: 'Lipa na M-PESA', exact: true }).waitFor();
    for (const own of ['Buy Goods', 'Pay Bill']) {
      await phone.page.getByRole('button', { name: own, exact: true }).click();
      await phone.page.getByRole('heading', { name: own, exact: true }).waitFor();
      if (own === 'Pay Bill') await look(phone.page, 'phone-paybill');
      else await phone.page.getByRole('button', { name: 'Back', exact: true }).click();
    }
    const page = await context.newPage();
    await screens.sent[1](page, place, phone, 'phone-rings', 'en');
    await phone.page.bringToFront();
    await phone.page.locator('.prompt:visible').waitFor();
    await look(phone.page, 'phone-rings');
    await context.close();
  });

  it('the shop: its shelf, a frame, and an order with its proofs', async () => {
    const context = await person(browser);
    const page = await context.newPage();
    await page.goto(place.shop);
    await page.locator('li.good').first().waitFor();
    await look(page, 'shop-shelf');
    await page.getByRole('button', { name: 'Pay in a frame here' }).first().click();
    const frame = page.locator('#kassma-plugin-frame').contentFrame();
    const [, number] = /phone=(\d+)/.exec(await page.locator('iframe.handset').getAttribute('src'));
    const phone = Object.assign(new DrawnPhone(place.rail), { number });
    await frame.locator('#phone').fill(phone.local);
    await look(page, 'shop-frame');
    await frame.locator('#submit').click();
    await phone.rings();
    await phone.act('pin', { pin: '1234' });
    await page.locator('section[data-proof="postback"]').waitFor();
    await look(page, 'shop-paid');
    await context.close();
  });
});
