// The storefront, and below it all that the gateway told this shop.
import { buy, shelf, type Good, type Shelf, type Way } from './api';
import { make, setText } from '../shared/dom';
import { drawing } from './drawings';
import { clock, holds, kes } from './words';

const pause = 1500;

function languages(): HTMLSelectElement {
  const choice = make('select', { id: 'lang' },
    make('option', { value: 'en' }, 'English'), make('option', { value: 'sw' }, 'Kiswahili'));
  if (navigator.language.startsWith('sw')) choice.value = 'sw';
  return choice;
}

function card(good: Good, take: (way: Way) => void): HTMLElement {
  const title = `good-${good.id}`;
  return make('li', { class: 'good', 'data-good': good.id, 'aria-labelledby': title },
    drawing(good.id),
    make('h2', { id: title }, good.name),
    make('p', {}, good.what),
    make('p', { class: 'price' }, good.price > 0 ? kes(good.price) : 'Any amount'),
    make('button', { type: 'button', class: 'go', 'aria-describedby': title, click: () => take('redirect') },
      'Pay with M-PESA'),
    make('button', { type: 'button', 'aria-describedby': title, click: () => take('frame') },
      'Pay in a frame here'));
}

function rows(state: Shelf): HTMLElement[] {
  return state.postbacks.map(({ at, order, amount, receipt, verified, known }) => make('tr', {},
    make('td', { 'data-name': 'At' }, clock(at)),
    make('td', { 'data-name': 'Order' }, known ? make('a', { href: `?order=${encodeURIComponent(order)}` }, order) : order),
    make('td', { 'data-name': 'Amount' }, kes(amount)),
    make('td', { 'data-name': 'Receipt' }, receipt),
    make('td', { 'data-name': 'Signatures', class: verified ? 'yes' : 'no' }, holds(verified))));
}

export async function showShelf(main: HTMLElement): Promise<void> {
  const note = make('p', { class: 'note', role: 'status' });
  const lang = languages();
  const goods = make('ul', { class: 'goods' });
  const table = make('tbody');
  const none = make('p', {}, 'Nothing yet: buy something, and pay it on a phone.');
  const told = make('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Postbacks' },
    make('table', {}, make('thead', {}, make('tr', {},
      ...['At', 'Order', 'Amount', 'Receipt', 'Signatures'].map((name) => make('th', { scope: 'col' }, name)))),
    table));
  const take = (good: Good) => (way: Way) => {
    buy(good.id, way, lang.value).then(({ order, link }) => {
      location.assign(way === 'redirect' ? link : `?order=${order}`);
    }, (error: Error) => setText(note, error.message));
  };
  main.replaceChildren(
    make('p', { class: 'choose' }, make('label', { for: 'lang' }, 'Language of the payment window'), lang),
    note, goods,
    make('section', {}, make('h2', {}, 'What the gateway told this shop'), none, told));
  let shown = '';
  for (;;) {
    try {
      const state = await shelf();
      setText(note, '');
      if (goods.childElementCount === 0) goods.append(...state.goods.map((good) => card(good, take(good))));
      const now = JSON.stringify(state.postbacks);
      if (now !== shown) table.replaceChildren(...rows(state));
      shown = now;
      none.hidden = state.postbacks.length > 0;
      told.hidden = state.postbacks.length === 0;
    } catch {
      setText(note, 'The shop does not answer. Trying again.');
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
