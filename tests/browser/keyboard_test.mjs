// Without a mouse: from the shop's link to the receipt.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { DrawnPhone } from './hands.mjs';
import { startSandbox } from './programs.mjs';
import { link, screen, text } from './window.mjs';

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

/** Presses Tab until that element has the focus, which must be seen there. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 30; ++presses) {
    const [here, outline] = await page.evaluate((wanted) => {
      const now = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(now);
      return [now.matches(wanted), (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'];
    }, selector);
    if (here) {
      assert.ok(outline, `${selector} shows its focus`);
      return;
    }
    await page.keyboard.press('Tab');
  }
  assert.fail(`no Tab leads to ${selector}`);
}

for (const lang of ['en', 'sw']) {
  it(`a payer with a keyboard only pays (${lang})`, async () => {
    const context = await person(browser, { lang });
    const page = await context.newPage();
    const phone = await new DrawnPhone(place.rail).takeInHand(context, place);
    await page.bringToFront();
    await page.goto(link(place, `keyboard-${lang}`, { lang }));
    await screen(page, 'enter');
    await tabTo(page, '#phone');
    await page.keyboard.type(phone.local);
    await tabTo(page, '#submit');
    await page.keyboard.press('Enter');
    await screen(page, 'sent');

    await phone.page.bringToFront();
    await phone.page.locator(`[id="${phone.number}-pin"]`).waitFor();
    await tabTo(phone.page, 'input[type="password"]');
    await phone.page.keyboard.type('1234');
    await phone.page.keyboard.press('Enter');

    await page.bringToFront();
    await screen(page, 'paid');
    assert.match(await text(page, 'receipt'), /^[A-Z0-9]{10}$/);
    await context.close();
  });

  it(`a payer with a keyboard only tries again after he cancelled (${lang})`, async () => {
    const context = await person(browser, { lang });
    const page = await context.newPage();
    const phone = new DrawnPhone(place.rail);
    await page.goto(link(place, `again-${lang}`, { lang }));
    await tabTo(page, '#phone');
    await page.keyboard.type(phone.local);
    await page.keyboard.press('Enter');
    await phone.rings();
    await phone.act('cancel');
    await screen(page, 'unpaid');
    await tabTo(page, '#try-again');
    await page.keyboard.press('Enter');
    await page.locator('#again').waitFor();
    await context.close();
  });
}
