// Ways to every screen of the payment window, and of the pages around it.
import { link, pay, screen } from './window.mjs';

async function begun(page, place, phone, order, lang) {
  await page.goto(link(place, order, { lang }));
  await pay(page, phone);
  await phone.rings();
}

async function ended(page, place, phone, order, lang, act, name) {
  await begun(page, place, phone, order, lang);
  await phone.act(act);
  await screen(page, name);
}

// name: [ending of the phone, how to get there]
export const screens = {
  enter: [undefined, (page, place, phone, order, lang) => page.goto(link(place, order, { lang }))],
  amount: [undefined, (page, place, phone, order, lang) => page.goto(link(place, order, { lang, fixed_amount: '' }))],
  systems: [undefined, (page, place, phone, order, lang) =>
    page.goto(link(place, order, { lang }).replace('wallet_type=mpesa&', ''))],
  problem: [undefined, (page, place, phone, order, lang) => page.goto(link(place, order, { lang, currency_code: 'XYZ' }))],
  resume: [undefined, (page, place, phone, order, lang) => page.goto(`${place.window}resume?lang=${lang}`)],
  wrong: [undefined, async (page, place, phone, order, lang) => {
    await page.goto(link(place, order, { lang }));
    await page.locator('#phone').fill('12');
    await page.locator('form#pay').evaluate((form) => HTMLFormElement.prototype.submit.call(form));
    await page.locator('#phone-error').waitFor();
  }],
  sent: [undefined, begun],
  paybill: [undefined, async (...all) => {
    await ended(...all, 'cancel', 'unpaid');
    await all[0].locator('#to-paybill').click();
    await screen(all[0], 'paybill');
  }],
  again: [undefined, async (...all) => {
    await ended(...all, 'cancel', 'unpaid');
    await all[0].locator('#try-again').click();
    await all[0].locator('#again').waitFor();
  }],
  unpaid: [undefined, (...all) => ended(...all, 'cancel', 'unpaid')],
  unknown: ['042', (...all) => ended(...all, 'pin', 'unknown')],
  paid: [undefined, (...all) => ended(...all, 'pin', 'paid')],
  unseen: [undefined, async (...all) => {
    await begun(...all);
    await screen(all[0], 'unseen'); // 25 s later
  }],
  nothing: [undefined, async (...all) => {
    await begun(...all);
    await screen(all[0], 'unseen');
    await all[0].locator('#saw-nothing').click();
    await all[0].locator('#to-paybill').waitFor();
  }],
  number: ['071', async (page, place, phone, order, lang) => {
    await page.goto(link(place, order, { lang }));
    await pay(page, phone);
    await screen(page, 'unpaid');
  }],
  wait: ['017', (...all) => ended(...all, 'pin', 'unpaid')],
  shop: ['028', (...all) => ended(...all, 'pin', 'unpaid')],
  state: [undefined, async (...all) => {
    const [page, place] = all;
    await begun(...all);
    const code = await page.locator('#code').innerText();
    await page.goto(`${place.window}resume?lang=${all[4]}&code=${code}`);
  }],
};
