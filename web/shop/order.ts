// One order: the way to pay it, and whether it was paid. The browser's word counts for nothing; the
// postback's does, once its signatures hold.
import { order, type Order } from './api';
import { make, setText } from '../shared/dom';
import { addressProof, postbackProof } from './proof';
import { kes, spoken } from './words';

const pause = 700;

const standings: Record<Order['standing'], string> = {
  waiting: 'Not paid yet: no postback has come.',
  paid: 'Paid. The postback says so, and its signatures hold.',
  other_amount: 'Paid, but another amount than asked for. The signatures hold.',
};

// The page's snippet: the number against caches is set after the frame stands.
function frame(link: string): HTMLElement {
  const window = make('iframe', { id: 'kassma-plugin-frame', title: 'Payment window', width: '640',
    height: '750', frameborder: '0', src: link });
  return make('div', { class: 'frame' }, window);
}

function payment(state: Order): HTMLElement {
  const phone = make('a', { href: state.phone_url, target: 'phone' }, `the phone ${spoken(state.phone)}`);
  const hint = make('p', {}, 'Pay with ', phone, ', PIN 1234. A phone that nobody looks at pays by itself.');
  if (state.way === 'redirect') {
    return make('section', { class: 'pay' }, hint,
      make('p', {}, make('a', { class: 'button go', href: state.link }, 'Open the payment window')));
  }
  return make('section', { class: 'pay' }, hint, make('div', { class: 'beside', tabindex: '0', role: 'region', 'aria-label': 'Payment window and phone' }, frame(state.link),
    make('iframe', { class: 'handset', title: 'A phone to pay with', src: state.phone_url })));
}

function listen(state: Order, heard: HTMLElement): void {
  addEventListener('message', (event: MessageEvent) => {
    if (event.origin !== new URL(state.link).origin || event.data?.source !== 'lango') return;
    if (event.data.custom_transaction_id !== state.order) return;
    setText(heard, `The frame says: ${event.data.status}. Not believed until the postback says so.`);
  });
}

function browserWord(): string {
  const status = new URLSearchParams(location.search).get('status');
  return status ? `The browser came back with: ${status}. Not believed until the postback says so.` : '';
}

export async function showOrder(main: HTMLElement, id: string): Promise<void> {
  const standing = make('p', { class: 'standing', role: 'status' });
  const heard = make('p', { class: 'heard', role: 'status' }, browserWord());
  const proofs = make('div', { class: 'proofs' });
  let drawn = false;
  let count = 0;
  for (;;) {
    try {
      const state = await order(id);
      if (!drawn) {
        drawn = true;
        main.replaceChildren(
          make('p', {}, make('a', { href: './' }, 'Back to the shelf')),
          make('h2', { class: 'bought' }, state.good.price > 0
            ? `${state.good.name}, ${kes(state.good.price)}` : state.good.name),
          make('p', {}, 'Order ', make('code', {}, state.order)),
          standing, heard, ...(state.standing === 'waiting' ? [payment(state)] : []), proofs);
        const window = document.querySelector<HTMLIFrameElement>('#kassma-plugin-frame');
        if (window) window.src += '&' + Date.now();
        listen(state, heard);
        if (state.back) proofs.append(addressProof(state.back));
      }
      standing.dataset.standing = state.standing;
      setText(standing, standings[state.standing]);
      for (const postback of state.postbacks.slice(0, state.postbacks.length - count).reverse()) {
        proofs.prepend(postbackProof(postback));
      }
      count = state.postbacks.length;
    } catch (error) {
      setText(standing, (error as Error).message);
      if (!drawn) main.replaceChildren(make('p', {}, make('a', { href: './' }, 'Back to the shelf')), standing);
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}
