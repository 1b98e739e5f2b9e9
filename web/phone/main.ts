// Phones side by side, each named in the address (?phone=..&phone=..), so that a reload shows the
// same ones; their state is the simulator's.
import { scenarios, watch, type Phones, type Scenario } from './api';
import { byId, make, setText } from '../shared/dom';
import { Handset } from './handset';
import { organisationList } from './menu';
import { msisdn, spoken } from './words';

const phonesMax = 12;
const firstPhone = '254712345678';
const pauseAfterError = 1000;

const list = byId('phones');
const note = byId('note');
const ringing = byId('ringing');
const form = byId<HTMLFormElement>('add');
const number = byId<HTMLInputElement>('number');

const handsets = new Map<string, Handset>();
let fates: Scenario[] = [];
let round = new AbortController();
let ahead = 0; // of the simulator's clock before this one's, microseconds

const now = (): number => Date.now() * 1000 + ahead;

function fromAddress(): string[] {
  const named = new URLSearchParams(location.search).getAll('phone').map(msisdn);
  const known = [...new Set(named.filter((phone): phone is string => phone !== null))];
  return known.slice(0, phonesMax);
}

function toAddress(): void {
  const query = new URLSearchParams([...handsets.keys()].map((phone) => ['phone', phone]));
  history.replaceState(null, '', handsets.size > 0 ? `?${query}` : location.pathname);
}

function take(phone: string): void {
  if (handsets.has(phone)) return;
  if (handsets.size >= phonesMax) {
    setText(note, `${phonesMax} phones at most: remove one first.`);
    return;
  }
  const handset = new Handset(phone, fates, () => takeAway(phone));
  handsets.set(phone, handset);
  list.append(handset.element);
  toAddress();
  round.abort();
}

function takeAway(phone: string): void {
  handsets.get(phone)?.element.remove();
  handsets.delete(phone);
  toAddress();
  round.abort();
  number.focus();
}

function showRinging(phones: string[]): void {
  const others = phones.filter((phone) => !handsets.has(phone));
  ringing.hidden = others.length === 0;
  if (ringing.dataset.shown === others.join()) return;
  ringing.dataset.shown = others.join();
  ringing.replaceChildren('Ringing elsewhere: ', ...others.map((phone) =>
    make('button', { type: 'button', click: () => take(phone) }, spoken(phone))));
}

function show(state: Phones): void {
  ahead = state.now - Date.now() * 1000;
  if (!document.getElementById('organisations')) {
    document.body.append(organisationList(state.organisations));
  }
  for (const phone of state.phones) handsets.get(phone.phone)?.update(phone, state.now);
  showRinging(state.ringing);
  const rings = [...handsets.values()].filter((handset) => handset.rings).length;
  document.title = rings > 0 ? `(${rings}) Phones` : 'Phones';
}

async function follow(): Promise<never> {
  let after: number | null = null;
  let lost = false;
  for (;;) {
    const asked = round = new AbortController();
    try {
      const state = await watch([...handsets.keys()], after, asked.signal);
      if (asked.signal.aborted) continue;
      if (lost) setText(note, '');
      lost = false;
      after = state.version;
      show(state);
    } catch (error) {
      after = null;
      if (asked.signal.aborted) continue;
      lost = true;
      setText(note, 'The simulator does not answer. Trying again.');
      await new Promise((done) => setTimeout(done, pauseAfterError));
    }
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const phone = msisdn(number.value);
  setText(note, phone ? '' : 'That is no Kenyan mobile number: 07.., 01.. or 254..');
  if (!phone) return;
  number.value = '';
  take(phone);
});

async function start(): Promise<void> {
  document.body.classList.toggle('framed', window.self !== window.top);
  fates = await scenarios().catch(() => []);
  const named = fromAddress();
  for (const phone of named.length > 0 ? named : [firstPhone]) take(phone);
  setInterval(() => handsets.forEach((handset) => handset.tick(now())), 500);
  await follow();
}

void start();
