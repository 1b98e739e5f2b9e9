// One phone: its screen, and what a hand can do with it from outside.
import { act, choose, type PhoneState, type Scenario } from './api';
import { make, setText } from '../shared/dom';
import { menuForm } from './menu';
import { PromptView } from './prompt';
import { clock, ksh, spoken } from './words';

type View = 'home' | 'paybill' | 'till' | 'balance' | 'messages';

const asItIs = 'paid';

export class Handset {
  readonly element: HTMLElement;
  private readonly note = make('p', { class: 'told', role: 'status' });
  private readonly alarm = make('p', { class: 'unseen', role: 'alert' });
  private readonly signal = make('span', { class: 'signal' });
  private readonly balance = make('p', { class: 'balance' });
  private readonly messages = make('ol', { class: 'messages' });
  private readonly latest = make('p', { class: 'latest' });
  private readonly waiting = make('button',
    { type: 'button', class: 'waiting', click: () => this.press('look') });
  private readonly reach = make('button', { type: 'button', click: () => this.press(
    this.state?.reachable ? 'out-of-reach' : 'within-reach') });
  private readonly prompt: PromptView;
  private readonly views: Record<View, HTMLElement>;
  private readonly screen: HTMLElement;
  private view: View = 'home';
  private state: PhoneState | null = null;
  private newest: number | null = null;

  constructor(readonly phone: string, fates: Scenario[], away: () => void) {
    const told = (text: string) => setText(this.note, text);
    const back = () => this.go('home');
    const paid = (text: string) => {
      told(text);
      if (text === '') this.go('messages');
    };
    this.prompt = new PromptView(phone, told);
    const item = (view: View, label: string) =>
      make('li', {}, make('button', { type: 'button', click: () => this.go(view) }, label));
    const backKey = () => make('div', { class: 'keys' },
      make('button', { type: 'button', click: back }, 'Back'));
    this.waiting.hidden = true;
    this.views = {
      home: make('div', {}, this.latest,
        make('h3', {}, 'Lipa na M-PESA'),
        make('ul', { class: 'items' }, item('paybill', 'Pay Bill'), item('till', 'Buy Goods'),
          item('balance', 'Balance'), item('messages', 'Messages'))),
      paybill: menuForm(phone, 'paybill', paid, back),
      till: menuForm(phone, 'till', paid, back),
      balance: make('div', {}, make('h3', {}, 'M-PESA balance'), this.balance, backKey()),
      messages: make('div', {}, make('h3', {}, 'Messages'), this.messages, backKey()),
    };
    this.screen = make('div', { class: 'screen' },
      make('div', { class: 'bar' }, this.signal, make('span', {}, 'M-PESA')),
      this.waiting, ...Object.values(this.views), this.prompt.element);
    const title = `${phone}-title`;
    this.element = make('article', { class: 'phone', 'data-phone': phone, 'aria-labelledby': title },
      make('h2', { id: title }, spoken(phone)),
      make('div', { class: 'case' }, this.screen),
      this.note, this.alarm,
      make('div', { class: 'hand' }, this.reach,
        make('button', { type: 'button', click: away }, 'Remove')),
      this.fate(fates));
    this.go('home', false);
  }

  update(state: PhoneState, now: number): void {
    const rings = state.prompt !== null && !state.prompt.ignored;
    const rang = this.state?.prompt != null && !this.state.prompt.ignored;
    this.state = state;
    this.element.classList.toggle('rings', rings);
    this.element.classList.toggle('away', !state.reachable);
    setText(this.signal, state.reachable ? 'Network: yes' : 'No network');
    setText(this.reach, state.reachable ? 'Out of reach' : 'Within reach');
    setText(this.balance, ksh(state.balance_minor));
    this.showMessages(state);
    const active = document.activeElement;
    this.prompt.show(state.prompt, document.hasFocus() && (active === document.body || this.element.contains(active)));
    for (const [name, view] of Object.entries(this.views)) view.hidden = rings || name !== this.view;
    this.waiting.hidden = !state.prompt?.ignored;
    if (rings && !rang) setText(this.alarm, `${spoken(this.phone)} rings: ${state.prompt?.text}`);
    if (!rings) setText(this.alarm, '');
    this.tick(now);
  }

  get rings(): boolean {
    return this.state?.prompt != null && !this.state.prompt.ignored;
  }

  tick(now: number): void {
    if (!this.state?.prompt) return;
    const seconds = Math.max(0, Math.ceil((this.state.prompt.ends - now) / 1e6));
    this.prompt.count(seconds);
    setText(this.waiting, `A payment request waits: ${seconds} s. Look at it`);
  }

  private showMessages({ messages }: PhoneState): void {
    const newest = messages[0]?.seq ?? 0;
    if (newest === this.newest) return;
    this.newest = newest;
    setText(this.latest, messages[0]?.text ?? 'No messages.');
    this.messages.replaceChildren(...messages.map(({ at, text }) =>
      make('li', {}, make('time', {}, clock(at)), ' ', text)));
  }

  private go(view: View, focus = true): void {
    this.view = view;
    this.screen.dataset.view = view;
    for (const [name, element] of Object.entries(this.views)) element.hidden = name !== view;
    if (focus) this.views[view].querySelector<HTMLElement>('input, button')?.focus();
  }

  private press(what: string): void {
    act(this.phone, what).then(() => setText(this.note, ''),
      (error: Error) => setText(this.note, error.message));
  }

  // What M-PESA will say to payment requests on this phone.
  private fate(fates: Scenario[]): HTMLElement {
    const id = `${this.phone}-fate`;
    const choice = make('select', { id },
      ...fates.map(({ scenario, what }) => make('option', { value: scenario }, `${scenario}: ${what}`)));
    choice.value = asItIs;
    // The select may be narrower than its words.
    const words = make('p', { class: 'what' });
    const spell = () => setText(words, fates.find(({ scenario }) => scenario === choice.value)?.what ?? '');
    spell();
    choice.addEventListener('change', () => {
      spell();
      choose(this.phone, choice.value).then(
        () => setText(this.note, `From the next request on: ${choice.value}`),
        (error: Error) => setText(this.note, error.message));
    });
    return make('div', { class: 'fate' }, make('label', { for: id }, 'What M-PESA will answer'), choice, words);
  }
}
