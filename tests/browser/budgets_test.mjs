// What a visit costs a slow phone: 400 kbit/s, 400 ms, a processor four times slower. Bytes, requests
// and layout shift must hold; the time is printed, because it is the machine's too.
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { launch, person } from './browser.mjs';
import { Phone } from './phone.mjs';
import { startSandbox } from './programs.mjs';
import { link, pay, screen } from './window.mjs';

const kbit = 1000 / 8;

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

/** Counts what crosses the wire: the address, kind and bytes of each request. */
async function watch(session) {
  const requests = new Map();
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (request.url.startsWith('http')) requests.set(requestId, { url: request.url, type, bytes: 0 });
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes += encodedDataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  return requests;
}

async function slow(session) {
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400,
    downloadThroughput: 400 * kbit, uploadThroughput: 400 * kbit });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** In each page that is opened: how far things have moved by themselves. */
function watchShifts(context) {
  return context.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) globalThis.shift += value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

// After a frame was drawn, and told of.
const shifted = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(globalThis.shift))));
}));

it('a visit from the link to the receipt', async (t) => {
  const context = await person(browser, { viewport: { width: 360, height: 640 } });
  await watchShifts(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const requests = await watch(session);
  await slow(session);
  const phone = new Phone(place.rail);

  await page.goto(link(place, 'slow'), { waitUntil: 'load' });
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
  const shifts = [await shifted(page)];
  const [first] = requests.values();
  await pay(page, phone);
  await phone.rings();
  await screen(page, 'sent');
  await phone.act('pin', { pin: '1234' });
  await screen(page, 'paid');
  shifts.push(await shifted(page));

  const all = [...requests.values()];
  const scripts = all.filter(({ type }) => type === 'Script').reduce((sum, { bytes }) => sum + bytes, 0);
  const bytes = all.reduce((sum, request) => sum + request.bytes, 0);
  t.diagnostic(`first contentful paint ${(paint / 1000).toFixed(2)} s, first response ${first.bytes} B, ` +
    `script ${scripts} B, visit ${bytes} B in ${all.length} requests, layout shift ${Math.max(...shifts)}`);
  assert.ok(paint > 400, 'the line is slow');
  assert.ok(first.bytes <= 12 * 1024, `first response ${first.bytes} B`);
  assert.ok(scripts > 0 && scripts <= 6 * 1024, `script ${scripts} B`);
  assert.ok(bytes <= 40 * 1024, `visit ${bytes} B`);
  assert.ok(all.length <= 12, all.map(({ url }) => url).join('\n'));
  assert.deepEqual(shifts, [0, 0]);
  // The meter works.
  await page.evaluate(() => document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'Pushed' })));
  assert.ok((await shifted(page)) > 0);
  await context.close();
});
