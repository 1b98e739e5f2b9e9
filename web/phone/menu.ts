// The M-PESA menu of a phone: pay bill and buy goods.
import { act, type Organisation } from './api';
import { make } from '../shared/dom';

type Kind = 'paybill' | 'till';

function field(phone: string, name: string, label: string, extra: Record<string, string>) {
  const id = `${phone}-${name}`;
  const input = make('input', { id, name, required: true, autocomplete: 'off', ...extra });
  return [make('label', { for: id }, label), input] as const;
}

/** A form whose answer comes as a message to the phone. told: what to say, "" when it went out. */
export function menuForm(phone: string, kind: Kind, told: (text: string) => void, back: () => void):
    HTMLFormElement {
  const number = kind === 'paybill' ? 'Business no.' : 'Till no.';
  const digits = { inputmode: 'numeric', pattern: '[0-9]*' };
  const form = make('form', { class: 'menu', 'data-menu': kind },
    make('h3', {}, kind === 'paybill' ? 'Pay Bill' : 'Buy Goods'),
    ...field(phone, `${kind}-number`, number, { ...digits, maxlength: '7', list: 'organisations' }),
    ...(kind === 'paybill'
      ? field(phone, 'paybill-account', 'Account no.', { maxlength: '20', autocapitalize: 'characters' })
      : []),
    ...field(phone, `${kind}-amount`, 'Amount, KES', { ...digits, maxlength: '6' }),
    ...field(phone, `${kind}-pin`, 'M-PESA PIN', { ...digits, type: 'password', maxlength: '4' }),
    make('div', { class: 'keys' },
      make('button', { type: 'button', click: back }, 'Back'),
      make('button', { class: 'go' }, 'Send')));
  const value = (name: string) =>
    (form.elements.namedItem(`${kind}-${name}`) as HTMLInputElement).value.trim();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const order = { [kind]: value('number'), amount: value('amount'), pin: value('pin'),
      ...(kind === 'paybill' ? { account: value('account') } : {}) };
    act(phone, 'pay', order).then(() => {
      form.reset();
      told('');
    }, (error: Error) => told(error.message));
  });
  return form;
}

/** What the number fields suggest. */
export function organisationList(organisations: Organisation[]): HTMLDataListElement {
  return make('datalist', { id: 'organisations' },
    ...organisations.map(({ number, name }) => make('option', { value: String(number) }, name)));
}
