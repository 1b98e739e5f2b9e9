// A simulated phone in the hand of a test, by the simulator's admin API (simulator/README.md).
import { call, until } from './programs.mjs';

let count = 0;

export class Phone {
  /** ending: what M-PESA will answer; "321" pays. */
  constructor(rail, ending = '321') {
    this.rail = rail;
    this.number = `25471${String(++count).padStart(4, '0')}${ending}`;
  }

  get local() {
    return `0${this.number.slice(3)}`;
  }

  rings() {
    return until(`${this.number} to ring`, async () =>
      (await call(`${this.rail}/simulator/phones/${this.number}`)).prompt);
  }

  /** "pin", "cancel", "offline", "ignore" */
  act(what, body = {}) {
    return call(`${this.rail}/simulator/phones/${this.number}/${what}`, body);
  }
}
