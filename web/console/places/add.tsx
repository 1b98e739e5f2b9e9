// Payments, Withdrawals, "Add withdrawal request": select the payment system, fill the fields; the state then changes by itself.
import { useRef, useState, type FormEvent } from 'react';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Choose, Field } from '../parts/field';
import { Card, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Money } from '../parts/show';
import { Go } from '../parts/to';
import { useSession } from '../session/session';
import { useMerchant, useMerchants } from '../shell/merchant';
import { toMinor } from '../text/money';
import { useWords } from '../words/words';

const isPhone = (text: string) => /^(\+?254|0)?[17]\d{8}$/.test(text.replace(/[\s-]/g, ''));
const isAmount = (text: string) => (toMinor(text) ?? 0n) > 0n;

interface Made { id: string; state: string; amount: string }

export function AddWithdrawal() {
  const { w } = useWords();
  useTitle(w.add.title);
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Page title={w.add.title} about={w.add.about} trail={<Go to="/withdrawals">{w.withdrawal.title}</Go>}>
      {made ? <Added made={made} onAnother={() => setMade(null)} /> : <AddForm onMade={setMade} />}
    </Page>
  );
}

function Added({ made, onAnother }: { made: Made; onAnother: () => void }) {
  const { w } = useWords();
  return (
    <Card className="narrow-card">
      <Empty icon="check" title={w.add.done} hint={made.state === 'waiting' ? w.add.doneWaits : w.add.doneGoes}>
        <p><Money text={made.amount} currency="KES" big /></p>
        <div className="row"><Go to={`/withdrawals/${made.id}`} className="button go usual">{w.add.see}</Go><Button onPress={onAnother}>{w.add.another}</Button></div>
      </Empty>
    </Card>
  );
}

function AddForm({ onMade }: { onMade: (made: Made) => void }) {
  const { w } = useWords();
  const { merchant: own } = useSession();
  const chosen = useMerchant();
  const { data } = useMerchants();
  const merchants = own ? [{ slug: own, name: own }] : data?.merchants ?? [];
  const [picked, setPicked] = useState('');
  const merchant = picked || chosen || (merchants.length === 1 ? merchants[0]?.slug ?? '' : '');
  const [phone, setPhone] = useState('');
  const [amount, setAmount] = useState('');
  const [label, setLabel] = useState('');
  const [comment, setComment] = useState('');
  const [theirId, setTheirId] = useState('');
  const [asked, setAsked] = useState(false);
  // Sent twice, because an answer was lost, it is one withdrawal.
  const ownId = useRef(`by-hand-${crypto.randomUUID().slice(0, 13)}`);
  const create = useAct('withdrawal.create', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!merchant || !isPhone(phone) || !isAmount(amount) || !label.trim()) return;
    const answer = await create.run({ body: { merchant, account_number: phone, amount: amount.replace(/[,\s]/g, ''), currency_code: 'KES',
      label: label.trim(), ...(comment ? { comment } : {}), withdrawal_id: theirId || ownId.current } });
    if (answer?.id) onMade({ id: answer.id, state: answer.state, amount: amount.replace(/[,\s]/g, '') });
  };
  return (
    <Card className="narrow-card">
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Choose label={w.add.system} value="mpesa" onChange={() => {}} choices={[{ id: 'mpesa', text: 'M-PESA' }]} hint={w.add.systemHint} />
        {!own && <Choose label={w.add.merchant} value={merchant} onChange={setPicked} choices={merchants.map(({ slug, name }) => ({ id: slug, text: name || slug }))} hint={asked && !merchant ? w.say.required : undefined} />}
        <div className="two">
          <Field label={w.add.phone} value={phone} onChange={setPhone} type="tel" hint={w.add.phoneHint} autoFocus wrong={asked && !isPhone(phone) ? w.add.badPhone : undefined} />
          <Field label={w.add.amount} value={amount} onChange={setAmount} numeric prefix="KES" wrong={asked && !isAmount(amount) ? w.add.badAmount : undefined} />
        </div>
        <div className="two">
          <Field label={w.add.label} value={label} onChange={setLabel} hint={w.add.labelHint} wrong={asked && !label.trim() ? w.say.required : undefined} />
          <Field label={w.add.id} value={theirId} onChange={setTheirId} needed={false} hint={w.add.idHint} />
        </div>
        <Field label={w.add.comment} value={comment} onChange={setComment} needed={false} hint={w.add.commentHint} />
        <Problem error={create.problem} acting />
        <div className="row"><Button kind="go" type="submit" busy={create.busy}>{w.add.submit}</Button><Go to="/withdrawals" className="button quiet usual">{w.say.cancel}</Go></div>
      </form>
    </Card>
  );
}
