// The payment window as people use it; by its marks (src/window/README.md).
import assert from 'node:assert/strict';

export function link(place, order, { lang = 'en', amount = 1000, ...more } = {}) {
  return place.window + '?' + new URLSearchParams({ label: 'user-1', currency_code: 'KES', lang,
    wallet_type: 'mpesa', custom_transaction_id: order, fixed_amount: String(amount), ...more });
}

/** Waits, over reloads and changes in place. */
export function screen(page, name) {
  return page.locator(`main[data-screen="${name}"]`).waitFor();
}

export async function pay(page, phone) {
  await screen(page, 'enter');
  await page.locator('#phone').fill(phone.local);
  await page.locator('#submit').click();
}

export const text = (page, id) => page.locator(`#${id}`).innerText();

/** Types the code that another browser showed. */
export async function resume(page, place, code, phone) {
  await page.goto(`${place.window}resume`);
  await page.locator('#resume-code').fill(code);
  await page.locator('#resume-digits').fill(phone.local.slice(-3));
  await page.locator('#resume button').click();
}

/** Back to the form, as far as the browser goes; a form that is still there is sent once more. */
export async function goBack(page, phone) {
  // A page that asks again by itself may do so at this very moment, and goes before.
  await page.goBack({ waitUntil: 'commit' }).catch((error) => assert.match(error.message, /ERR_ABORTED/));
  const main = page.locator('main[data-screen]');
  if ((await main.getAttribute('data-screen')) === 'enter') await pay(page, phone);
}

/** What the page would tell a shop around it. */
export async function message(page) {
  const told = JSON.parse(await page.locator('main').getAttribute('data-message'));
  assert.equal(told.source, 'lango');
  return told;
}
