// The back office in a browser: whoever logs in, and what they show of themselves.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { person } from './browser.mjs';
import { axe } from './packages.mjs';

const checker = readFileSync(axe, 'utf8');
const step = 30_000;

/** The codes of an authenticator app. Each is good once; the gateway takes the next one before its time, too. */
export class Authenticator {
  constructor(secret) {
    const bits = [...secret.replace(/=+$/, '')].map((one) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(one).toString(2).padStart(5, '0')).join('');
    this.key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    this.last = 0;
  }

  at(count) {
    const message = Buffer.alloc(8);
    message.writeBigUInt64BE(BigInt(count));
    const hash = createHmac('sha1', this.key).update(message).digest();
    const from = hash[hash.length - 1] & 15;
    return String((hash.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  }

  async code() {
    const now = () => Math.floor(Date.now() / step);
    const wanted = Math.max(now(), this.last + 1);
    while (now() + 1 < wanted) await new Promise((done) => setTimeout(done, (wanted - 1) * step - Date.now()));
    this.last = wanted;
    return this.at(wanted);
  }
}

const authenticators = new Map();
export function authenticatorOf({ name, totp_secret: secret }) {
  if (!authenticators.has(name)) authenticators.set(name, new Authenticator(secret));
  return authenticators.get(name);
}

/** A page of the console with somebody logged in. What its scripts and its policy complain of is kept in `page.complaints`. */
export async function logIn(browser, place, who = place.people[0], more = {}) {
  const context = await person(browser, more);
  const page = await context.newPage();
  page.complaints = [];
  // Chromium notes each refusal of the gateway by itself; that is no complaint of the page.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/^Failed to load resource: .* status of 40[13]/.test(message.text())) page.complaints.push(message.text());
  });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await page.goto(place.backoffice);
  await page.locator('input[name="username"]').fill(who.name);
  await page.locator('input[name="password"]').fill(who.password);
  await page.locator('button[type="submit"]').click();
  await page.locator('input[name="code"]').fill(await authenticatorOf(who).code());
  await page.locator('button[type="submit"]').click();
  await page.locator('nav.rail .place').first().waitFor({ state: 'attached' });
  return page;
}

/** Shows the second factor that an act asks for. */
export async function confirm(page, who) {
  const dialog = page.getByRole('dialog').filter({ has: page.locator('input[autocomplete="one-time-code"]') });
  await dialog.locator('input').fill(await authenticatorOf(who).code());
  await dialog.locator('button[type="submit"]').click();
  await dialog.waitFor({ state: 'detached' });
}

export async function expectAccessible(page, where) {
  await page.evaluate(checker);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`), [], where);
}

/** Until nothing is being loaded any more. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main .page') && !document.querySelector('main .bones'));
}

/** A deposit that the demo shop asks for by its API; its order id. */
export async function askForPayment(place, { amount, phone, id, label }) {
  const answer = await fetch(`${place.api}/api/v1/payment/create/mpesa?secret=${place.secret}`, { method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ amount, phone_number: phone, currency: 'KES', label, custom_transaction_id: id }) });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return JSON.parse(text).data.order_id;
}

export const places = ['/', '/deposits', '/withdrawals', '/withdrawals/add', '/batches', '/refunds', '/approvals', '/unmatched', '/balances', '/postbacks',
  '/reports', '/settings?merchant=demo', '/team', '/trail', '/merchants', '/rates', '/health', '/security'];
