// A drawn phone (web/phone) in another window of the browser, or in a frame of the shop.
import { Phone } from './phone.mjs';

export class DrawnPhone extends Phone {
  /** Opens the page of phones with this one in view. */
  async takeInHand(context, place) {
    this.page = await context.newPage();
    await this.page.goto(`${place.phones}?phone=${this.number}`);
    return this;
  }

  async enterPin(view = this.page, pin = '1234') {
    const field = view.locator(`[id="${this.number}-pin"]`);
    await field.waitFor();
    await field.fill(pin);
    await view.getByRole('group', { name: 'Payment request' }).getByRole('button', { name: 'Send' }).click();
  }

  /** By the M-PESA menu. */
  async payBill({ number, account, amount, pin = '1234' }) {
    const phone = this.page.locator(`[data-phone="${this.number}"]`);
    await phone.getByRole('button', { name: 'Pay Bill', exact: true }).click();
    const fields = { 'paybill-number': number, 'paybill-account': account, 'paybill-amount': amount,
      'paybill-pin': pin };
    for (const [name, value] of Object.entries(fields)) {
      await phone.locator(`[id="${this.number}-${name}"]`).fill(String(value));
    }
    await phone.locator('form[data-menu="paybill"]').getByRole('button', { name: 'Send' }).click();
  }
}
