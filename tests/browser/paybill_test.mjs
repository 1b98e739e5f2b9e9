// Who cannot use the prompt pays by the phone's menu, and types the reference wrong.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { DrawnPhone } from './hands.mjs';
import { call, startSandbox, until } from './programs.mjs';
import { link, pay, screen, text } from './window.mjs';

let browser;
let place;

before(async () => {
  browser = await launch();
  place = await startSandbox();
  // An organisation that asks nobody before it takes money: else the slip is refused on the phone.
  await call(`${place.rail}/simulator/settings`, { c2b_validation: false });
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

async function cancelled(context, order, phone) {
  const page = await context.newPage();
  await page.goto(link(place, order));
  await pay(page, phone);
  await phone.rings();
  await phone.act('cancel');
  await screen(page, 'unpaid');
  await page.locator('#to-paybill').click();
  await screen(page, 'paybill');
  return page;
}

async function shown(page) {
  const [number, account, amount] = await Promise.all(
    ['paybill-number', 'paybill-reference', 'paybill-amount'].map((id) => text(page, id)));
  return { number: number.trim(), account: account.trim(), amount: amount.replace(/\.00$/, '').replace(/[^0-9]/g, '') };
}

it('a reference in small letters and with blanks finds its order by itself', async () => {
  const context = await person(browser);
  const phone = await new DrawnPhone(place.rail).takeInHand(context, place);
  const page = await cancelled(context, 'small-letters', phone);
  const way = await shown(page);
  await phone.payBill({ ...way, account: ` ${way.account.slice(0, 2)} ${way.account.slice(2)}`.toLowerCase() });
  await screen(page, 'paid');
  await context.close();
});

it('what is to be copied is copied, or selected where the page may not copy', async () => {
  const context = await person(browser);
  const phone = await new DrawnPhone(place.rail).takeInHand(context, place);
  const page = await cancelled(context, 'copied', phone);
  const way = await shown(page);
  const button = page.locator('#paybill-reference + button');
  const selected = () => page.evaluate(() => getSelection().toString());
  // On plain http a browser gives a page no clipboard; and one that is there may refuse.
  for (const isThere of [false, true]) {
    await page.evaluate((refuses) => {
      getSelection().removeAllRanges();
      const value = refuses ? { writeText: () => Promise.reject(new Error('not allowed')) } : undefined;
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value });
    }, isThere);
    const words = await button.innerText();
    await button.click();
    await until('the reference to be selected', async () => (await selected()) === way.account);
    assert.equal(await button.innerText(), words);
  }
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true, value: { writeText: async (text) => { window.copied = text; } } });
  });
  await button.click();
  await until('it to be copied', async () => (await page.evaluate(() => window.copied)) === way.account);
  assert.equal(await button.innerText(), await button.getAttribute('data-done'));
  await context.close();
});

it('a mistyped reference waits in suspense, and ends allocated', async () => {
  const context = await person(browser);
  const phone = await new DrawnPhone(place.rail).takeInHand(context, place);
  const page = await cancelled(context, 'mistyped', phone);
  const way = await shown(page);
  await phone.payBill({ ...way, account: way.account.slice(0, -2) + way.account.slice(-1) });
  const paybill = async (...args) => JSON.parse(await place.command('paybill', ...args, '--json'));
  const [item] = await until('the money to be in suspense', async () => {
    const { items } = await paybill('list');
    return items.length > 0 && items;
  });
  assert.equal(await page.locator('main').getAttribute('data-screen'), 'paybill');

  const { suggestions: [best] } = await paybill('suggest', item.receipt);
  await paybill('allocate', item.receipt, '--order', best.order_id, '--as', 'amina', '--key-file', place.keyOf('amina'));
  await screen(page, 'paid');
  assert.equal(await text(page, 'receipt'), item.receipt);
  assert.match(await place.command('verify', '--against', place.rail), /both ledgers equal/);
  await context.close();
});
