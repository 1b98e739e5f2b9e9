// What people do all day in the console, against the real gateway and rail.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { askForPayment, confirm, logIn, settled } from './console.mjs';
import { startSandbox, until } from './programs.mjs';

let browser;
let place;
let paid;

before(async () => {
  browser = await launch();
  place = await startSandbox(50);
  paid = await askForPayment(place, { amount: 1250, id: 'task-1', label: '=SUM(A1)', phone: '254712345678' });
  await until('the payment', async () => (await place.payment(paid)).state === 'paid');
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

const story = (page) => page.locator('ol.timeline');

describe('In the console', () => {
  it('a wrong password is refused, and opens nothing', async () => {
    const page = await (await person(browser)).newPage();
    await page.goto(place.backoffice);
    await page.locator('input[name="username"]').fill(place.people[0].name);
    await page.locator('input[name="password"]').fill('not this one');
    await page.locator('button[type="submit"]').click();
    assert.match(await page.getByRole('alert').innerText(), /no such person with this password/);
    assert.equal(await page.locator('nav.rail').count(), 0);
    await page.context().close();
  });

  it('a payment is found by its order, its story told, and its postback sent again', async () => {
    const page = await logIn(browser, place);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('task-1');
    await page.getByRole('option', { name: /1,250.00/ }).waitFor();
    await page.keyboard.press('Enter');
    await story(page).getByText('Asked for', { exact: true }).waitFor();
    await story(page).getByText(/^Booked: Deposit paid/).waitFor();
    const told = story(page).getByText(/^Postback: Delivered/);
    await told.first().waitFor();
    await page.getByRole('button', { name: 'Send postback again' }).click();
    await until('the second attempt', async () => (await told.count()) === 2 || page.reload().then(() => null));
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('a withdrawal is added by hand, confirmed, and paid', async () => {
    const page = await logIn(browser, place);
    await page.getByRole('link', { name: 'Withdrawals' }).click();
    await page.getByRole('link', { name: 'Add withdrawal request' }).click();
    await page.getByLabel("Recipient's phone").fill('0712 345 679');
    await page.getByLabel('Amount in shillings').fill('300');
    await page.getByLabel('Label', { exact: true }).fill('user 7');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await confirm(page, place.people[0]);
    await page.getByRole('link', { name: 'See it' }).click();
    await until('the payout', async () => (await page.locator('h1 .chip.paid').count()) === 1 || page.reload().then(() => settled(page)).then(() => null));
    await page.context().close();
  });

  it('a list is filtered by its address, walked by keyboard, and exported without formulas', async () => {
    const page = await logIn(browser, place);
    await page.goto(new URL('/deposits?state=paid&label=%3DSUM(A1)', place.backoffice).href);
    await settled(page);
    assert.equal(await page.locator('table.rows tbody tr').count(), 1);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const sheet = readFileSync(await (await download).path(), 'utf8').split('\r\n');
    assert.match(sheet[0], /order_id,created_at,local,merchant/);
    assert.equal(sheet.length, 3); // names, the row, and the end
    assert.match(sheet[1], new RegExp(`^${paid},.*,'=SUM\\(A1\\),paid,`));
    await page.goto(new URL('/deposits', place.backoffice).href);
    await settled(page);
    await page.locator('table.rows tbody a.row-link').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await story(page).waitFor();
    await page.context().close();
  });
});
