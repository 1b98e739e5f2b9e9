// The prompt that covers a phone's screen while a payment asks for the PIN.
import { act, type Prompt } from './api';
import { make, setText } from '../shared/dom';

export class PromptView {
  readonly element: HTMLElement;
  private readonly text: HTMLParagraphElement;
  private readonly left = make('p', { class: 'left' });
  private readonly pin: HTMLInputElement;
  private shown = '';

  constructor(private readonly phone: string, private readonly told: (text: string) => void) {
    const id = `${phone}-pin`;
    this.text = make('p', { id: `${phone}-prompt`, class: 'prompt-text' });
    this.pin = make('input', { id, type: 'password', inputmode: 'numeric', pattern: '[0-9]*',
      maxlength: '4', autocomplete: 'off', required: true, 'aria-describedby': this.text.id });
    const form = make('form', { submit: (event) => this.send(event) },
      this.text,
      make('label', { for: id }, 'M-PESA PIN'),
      this.pin,
      make('div', { class: 'keys' },
        make('button', { type: 'button', click: () => this.press('cancel') }, 'Cancel'),
        make('button', { class: 'go' }, 'Send')));
    this.element = make('section', { class: 'prompt', role: 'group', 'aria-label': 'Payment request' },
      form, this.left,
      make('button', { type: 'button', class: 'quiet', click: () => this.press('ignore') },
        'Put the phone away'));
    this.element.hidden = true;
  }

  /** takeFocus: nobody is typing elsewhere. */
  show(prompt: Prompt | null, takeFocus: boolean): void {
    const hidden = prompt === null || prompt.ignored;
    const id = prompt?.checkout_request_id ?? '';
    if (id !== this.shown) this.pin.value = '';
    const rings = !hidden && (this.element.hidden || id !== this.shown);
    this.shown = id;
    this.element.hidden = hidden;
    if (!prompt) return;
    setText(this.text, prompt.text);
    if (rings && takeFocus) this.pin.focus();
  }

  count(seconds: number): void {
    setText(this.left, `${seconds} s left`);
  }

  private send(event: Event): void {
    event.preventDefault();
    const pin = this.pin.value;
    this.pin.value = '';
    act(this.phone, 'pin', { pin }).then(() => this.told(''), (error: Error) => this.told(error.message));
  }

  private press(what: string): void {
    act(this.phone, what).then(() => this.told(''), (error: Error) => this.told(error.message));
  }
}
