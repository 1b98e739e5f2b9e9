// What can be done about a deposit and asks for more than a press.
import { useRef, useState, type FormEvent } from 'react';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Choose, Field } from '../parts/field';
import { Problem } from '../parts/problem';
import { amount as shown } from '../text/money';
import { useWords } from '../words/words';

/** of: the deposit, or the receipt of money that has none. */
export function RefundForm({ of, most, onClose }: { of: { order_id: string } | { receipt: string }; most: string; onClose: () => void }) {
  const { w } = useWords();
  const [amount, setAmount] = useState('');
  const [method, setMethod] = useState('any');
  const [phone, setPhone] = useState('');
  const [reason, setReason] = useState('');
  // Sent twice it is one refund.
  const retryKey = useRef(crypto.randomUUID());
  const refund = useAct('refund.create', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { ...of, reason, retry_key: retryKey.current, ...(amount ? { amount } : {}), ...(phone ? { phone } : {}), ...(method === 'any' ? {} : { method }) };
    if (await refund.run({ body }, w.refundForm.done)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.refundForm.title} about={w.refundForm.about(shown(most))}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.refundForm.amount} value={amount} onChange={setAmount} numeric needed={false} hint={w.refundForm.whole} prefix="KES" autoFocus />
        <Field label={w.refundForm.reason} value={reason} onChange={setReason} />
        <Choose label={w.refundForm.method} value={method} onChange={setMethod} choices={[{ id: 'any', text: w.refundForm.methodAny }, ...Object.entries(w.payout.methods).map(([id, text]) => ({ id, text }))]} />
        <Field label={w.refundForm.phone} value={phone} onChange={setPhone} needed={false} type="tel" hint={w.refundForm.phoneHint} />
        <Problem error={refund.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={refund.busy} isDisabled={!reason.trim()}>{w.refundForm.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}

export function ResolveDepositForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { w } = useWords();
  const [receipt, setReceipt] = useState('');
  const resolve = useAct('deposit.resolve', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await resolve.run({ path: { order_id: id }, body: { receipt: receipt.trim() } }, w.resolveDeposit.done)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.resolveDeposit.title} about={w.resolveDeposit.about}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.resolveDeposit.receipt} value={receipt} onChange={setReceipt} mono autoFocus maxLength={20} />
        <Problem error={resolve.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={resolve.busy} isDisabled={!receipt.trim()}>{w.resolveDeposit.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
