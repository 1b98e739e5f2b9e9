// Every outcome, in each language, with and without a script; at every step the page is reloaded,
// gone back from, opened by the shop's link in another browser and by its code in a third.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { outcomes, titles } from './outcomes.mjs';
import { Phone } from './phone.mjs';
import { call, startGateway, until } from './programs.mjs';
import { goBack, link, message, pay, resume, screen, text } from './window.mjs';

const settings = ({ port, metrics, data, rail }) => `
[data]
directory = "${data}"
[http]
port = ${port}
[metrics]
port = ${metrics}
[rail]
base_url = "${rail}"
shortcode = 174379
consumer_key = "sandbox-key"
consumer_secret = "sandbox-secret"
passkey = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919"
callback_addresses = []
confirm_above_kes = 5000
pushes_per_second = 1000
[paybill]
register_at_start = true
nominated_number = "254722000000"
[deposits]
query_after_s = 5
[postbacks]
allow_private_addresses = true
[limits]
window_requests_per_minute = 0
`;

// No simulated payer answers before the test does, so that the endings count with the PIN only.
const nobody = 3_600_000;

let browser;
let place;
const ended = [];

before(async () => {
  browser = await launch();
  place = await startGateway(nobody, settings);
  // A query says for so long that it is being processed: what must be confirmed stays unknown.
  await call(`${place.rail}/simulator/settings`, { processing_ms: 12000 });
});

after(async () => {
  await browser?.close();
  await place?.stop();
});

async function expectScreen(page, lang, name) {
  await screen(page, name);
  assert.equal(await page.locator('html').getAttribute('lang'), lang);
  assert.equal(await page.locator('h1').innerText(), titles[name][lang]);
}

// Three people with browsers of their own: who pays, one with the shop's link, one with the code.
const idle = [];

async function people(lang, js) {
  const at = idle.findIndex((three) => three.lang === lang && three.js === js);
  if (at >= 0) return idle.splice(at, 1)[0];
  const pages = await Promise.all([lang, 'en', lang].map(async (own) =>
    (await person(browser, { lang: own, js })).newPage()));
  return { lang, js, pages };
}

async function visit({ outcome, lang, js, order }) {
  const three = await people(lang, js);
  const [page, other, third] = three.pages;
  const phone = new Phone(place.rail, outcome.ending);
  const address = link(place, order, { lang, amount: outcome.amount });
  const everywhere = (name) => Promise.all(three.pages.map((one) => expectScreen(one, lang, name)));
  let code = '';
  const openAgain = async (name) => {
    // Who has paid is shown no code any more; it opens the payment all the same.
    if (name !== 'paid') code = await text(page, 'code');
    await Promise.all([page.reload(), other.goto(address), resume(third, place, code, phone)]);
    await everywhere(name);
  };

  await page.goto(address);
  await pay(page, phone);
  if (outcome.act) {
    await phone.rings();
    await expectScreen(page, lang, outcome.before ?? 'sent');
    await goBack(page, phone);
    await openAgain(outcome.before ?? 'sent');
    await phone.act(outcome.act, outcome.pin ? { pin: outcome.pin } : {});
    if (outcome.between) {
      await everywhere(outcome.between);
      await openAgain(outcome.between);
    }
    // Of themselves; only what seems to be over is not asked for often without a script.
    if (outcome.late && !js) await paidAfterAll(page);
    else await everywhere(outcome.ends);
  }
  if (!outcome.act) await expectScreen(page, lang, outcome.ends);
  await openAgain(outcome.ends);
  await expectTold(outcome, lang, order, three.pages);
  idle.push(three);
}

async function paidAfterAll(page) {
  const { order_id: id } = await message(page);
  await until(`${id} to be paid`, async () => (await place.payment(id)).state === 'paid');
}

// What the screen says is what the books say.
async function expectTold(outcome, lang, order, pages) {
  const told = await message(pages[0]);
  assert.equal(told.custom_transaction_id, order);
  const payment = await place.payment(told.order_id);
  if (outcome.ends === 'paid') {
    assert.equal(told.status, 'success');
    assert.deepEqual([payment.state, payment.late], ['paid', outcome.late ?? false]);
    for (const page of pages) assert.equal(await text(page, 'receipt'), payment.receipt);
    assert.equal(payment.amount, outcome.amount ?? 1000);
  } else if (outcome.ends === 'unknown') {
    assert.equal(told.status, 'pending');
    assert.deepEqual([payment.state, payment.receipt], ['prompted', null]);
  } else {
    assert.equal(told.status, 'fail');
    assert.equal(payment.state, 'failed');
    assert.equal(payment.receipt, null);
    for (const page of pages) {
      assert.equal(await text(page, 'reason'), outcome.reason[lang]);
      assert.equal(await text(page, 'next-step'), outcome.step[lang]);
    }
  }
  ended.push({ order, outcome });
}

const visits = outcomes.flatMap((outcome) => ['en', 'sw'].flatMap((lang) => [true, false].map((js) =>
  ({ outcome, lang, js, order: `${outcome.name}-${lang}-${js ? 'script' : 'plain'}`.replace(/\W+/g, '-') }))));

describe('A visit', { concurrency: 5 }, () => {
  for (const one of visits) {
    const { outcome, lang, js } = one;
    it(`ends right when it is ${outcome.name} (${lang}, ${js ? 'with' : 'without'} a script)`, () => visit(one));
  }
});

describe('All visits together', () => {
  it('sent one push each', async () => {
    const metrics = await (await fetch(place.metrics)).text();
    const pushes = [...metrics.matchAll(/^lango_rail_outcomes_total\{.*operation="push".*\} (\d+)/gm)];
    assert.equal(pushes.reduce((sum, [, count]) => sum + Number(count), 0), visits.length);
  });

  it('told the shop of every payment once, and of nothing else', () => {
    const told = place.told.map(({ additional_data: [payment] }) => payment.plugin_custom_order_id);
    const paid = ended.filter(({ outcome }) => outcome.ends === 'paid').map(({ order }) => order);
    assert.deepEqual(told.sort(), paid.sort());
  });

  it('leave both ledgers equal', async () => {
    assert.match(await place.command('verify', '--against', place.rail), /both ledgers equal/);
  });
});
