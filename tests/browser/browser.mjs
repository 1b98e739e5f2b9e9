// Debian's Chromium, and browsers of different people in it.
import { chromium } from './packages.mjs';

const patience = 80_000; // until something that must happen counts as not happening

export function launch() {
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

/** A browser that nobody has used. lang: its own language; js: whether it runs scripts. */
export async function person(browser, { lang = 'en', js = true, ...more } = {}) {
  const context = await browser.newContext({ locale: `${lang}-KE`, javaScriptEnabled: js,
    timezoneId: 'Africa/Nairobi', ...more });
  context.setDefaultTimeout(patience);
  context.setDefaultNavigationTimeout(patience);
  return context;
}
