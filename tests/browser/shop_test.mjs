// From the demo shop's shelf to a postback that it believes, on a drawn phone, as a person does it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { DrawnPhone } from './hands.mjs';
import { startSandbox } from './programs.mjs';
import { pay, screen, text } from './window.mjs';

let browser;
let place;

before(async () => {
  browser = await launch();
  place = await startSandbox();
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

const good = (page, name) => page.locator('li.good').filter({ hasText: name });

async function expectPaid(page) {
  await page.locator('.standing[data-standing="paid"]').waitFor();
  const proof = page.locator('section[data-proof="postback"]');
  assert.equal(await proof.count(), 1);
  assert.deepEqual(await proof.locator('.verdict:not(:empty)').allInnerTexts(), ['verified: yes', 'verified: yes']);
}

describe('The demo shop', () => {
  it('sells by redirect, and believes the postback and no browser', async () => {
    const context = await person(browser);
    const page = await context.newPage();
    const phone = new DrawnPhone(place.rail);
    await page.goto(place.shop);
    await good(page, 'Coffee').getByRole('button', { name: 'Pay with M-PESA' }).click();
    await phone.takeInHand(context, place);
    await pay(page, phone);
    await phone.enterPin();
    await page.waitForURL((url) => url.href.startsWith(place.shop)); // led back
    await expectPaid(page);
    assert.match(await page.locator('.heard').innerText(), /came back with: success/);
    assert.equal(await page.locator('section[data-proof="redirect"] .verdict').innerText(), 'verified: yes');

    const body = page.locator('section[data-proof="postback"] textarea');
    const verify = page.getByRole('button', { name: 'Verify these bytes' });
    const said = page.locator('section[data-proof="postback"] > .verdict[role="status"]');
    await verify.click();
    await said.filter({ hasText: 'yes' }).waitFor();
    await body.fill((await body.inputValue()).replace('"transaction_id":"', '"transaction_id":"X'));
    await verify.click();
    await said.filter({ hasText: 'NO' }).waitFor();

    await page.goto(place.shop);
    assert.match(await page.getByRole('region', { name: 'Postbacks' }).innerText(), /verified: yes/);
    await context.close();
  });

  it('sells in the frame, in Kiswahili, with the phone beside it', async () => {
    const context = await person(browser);
    const page = await context.newPage();
    await page.goto(place.shop);
    await page.locator('#lang').selectOption('sw');
    await good(page, 'Coffee').getByRole('button', { name: 'Pay in a frame here' }).click();
    const frame = page.locator('#kassma-plugin-frame');
    assert.deepEqual([await frame.getAttribute('width'), await frame.getAttribute('height')], ['640', '750']);
    const window = frame.contentFrame();
    const number = /phone=(\d+)/.exec(await page.locator('iframe.handset').getAttribute('src'))[1];
    const phone = Object.assign(new DrawnPhone(place.rail), { number });
    await pay(window, phone);
    await screen(window, 'sent');
    await phone.enterPin(page.locator('iframe.handset').contentFrame());
    await screen(window, 'paid');
    await expectPaid(page);
    assert.equal(await window.locator('html').getAttribute('lang'), 'sw');
    assert.match(await page.locator('.heard').innerText(), /The frame says: success/);
    assert.ok((await page.locator('section[data-proof="postback"] h2').innerText())
      .endsWith(await text(window, 'receipt')));
    await context.close();
  });

  it('is told of each payment once, and both ledgers are equal', async () => {
    const shelf = await (await fetch(`${place.shop}/shelf`)).json();
    assert.deepEqual(shelf.postbacks.map(({ verified, known }) => [verified, known]), [[true, true], [true, true]]);
    assert.match(await place.command('verify', '--against', place.rail), /both ledgers equal/);
  });
});
