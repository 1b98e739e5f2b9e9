// What can be done about a payout and asks for more than a press.
import { useState, type FormEvent } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Field } from '../parts/field';
import { Problem } from '../parts/problem';
import { useTell } from '../parts/tell';
import { useWords } from '../words/words';

export function RejectForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { w } = useWords();
  const [reason, setReason] = useState('');
  const reject = useAct('withdrawal.reject', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await reject.run({ path: { id }, body: { reason } }, w.act.rejected)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.rejectForm.title} about={w.rejectForm.about}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.rejectForm.reason} value={reason} onChange={setReason} needed={false} autoFocus maxLength={200} />
        <Problem error={reject.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="bad" type="submit" busy={reject.busy}>{w.rejectForm.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}

export function ResolvePayoutForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { w } = useWords();
  const tell = useTell();
  const [verdict, setVerdict] = useState('');
  const [receipt, setReceipt] = useState('');
  const [reason, setReason] = useState('');
  const resolve = useAct('withdrawal.resolve', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await resolve.run({ path: { id }, body: { verdict, reason, ...(verdict === 'paid' ? { receipt } : {}) } });
    if (!answer) return;
    tell(answer.outcome === 'first' ? w.resolvePayout.first : w.resolvePayout.done);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.resolvePayout.title} about={w.resolvePayout.about}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <RadioGroup className="radios" aria-label={w.resolvePayout.title} value={verdict} onChange={setVerdict}>
          <Radio className="radio" value="paid"><span className="round" aria-hidden="true" />{w.resolvePayout.paid}</Radio>
          <Radio className="radio" value="failed"><span className="round" aria-hidden="true" />{w.resolvePayout.failed}</Radio>
        </RadioGroup>
        {verdict === 'paid' && <Field label={w.resolvePayout.receipt} value={receipt} onChange={setReceipt} mono maxLength={20} />}
        <Field label={w.resolvePayout.reason} value={reason} onChange={setReason} />
        <Problem error={resolve.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={resolve.busy} isDisabled={!verdict || !reason.trim() || (verdict === 'paid' && !receipt.trim())}>{w.resolvePayout.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
