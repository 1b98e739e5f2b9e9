import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import type { Merchant } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Field } from '../parts/field';
import { Bones, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Chip, Time } from '../parts/show';
import { ShownOnce } from '../parts/shown_once';
import { SimpleTable } from '../parts/simple_table';
import { Go } from '../parts/to';
import { useMay } from '../session/session';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const isDisabled = (merchant: Merchant) => merchant.state.startsWith('disabled');

function columnsIn(w: Words, steer: ((merchant: Merchant) => void) | undefined): Column<Merchant>[] {
  return [
    { id: 'name', name: w.field.name, narrow: 'lead', cell: (one) => <Go to="/settings" search={{ merchant: one.slug }} className="row-link"><strong>{one.name || one.slug}</strong></Go> },
    { id: 'slug', name: w.merchants.slug, cell: (one) => <code>{one.slug}</code>, narrow: 'line' },
    { id: 'state', name: w.field.state, narrow: 'end', cell: (one) => <Chip tone={isDisabled(one) ? 'no' : 'paid'}>{isDisabled(one) ? w.merchants.states['disabled'] : w.merchants.states['active']}</Chip> },
    { id: 'zone', name: w.field.time, cell: (one) => one.time_zone, narrow: 'line' },
    { id: 'fee', name: w.field.fee, cell: (one) => `${one.fee_percent} % + ${one.fee_fixed}`, end: true, narrow: 'line' },
    { id: 'added', name: w.field.added, cell: (one) => <Time at={one.created_at} form="date" />, narrow: 'off' },
    ...(steer ? [{ id: 'steer', name: w.story.actions, end: true, narrow: 'under' as const,
      cell: (one: Merchant) => <Button size="small" kind="quiet" onPress={() => steer(one)}>{isDisabled(one) ? w.merchants.enable : w.merchants.disable}</Button> }] : []),
  ];
}

export function Merchants() {
  const { w } = useWords();
  const may = useMay();
  useTitle(w.merchants.title);
  const [adding, setAdding] = useState(false);
  const [steering, setSteering] = useState<Merchant | null>(null);
  const [keys, setKeys] = useState<Record<string, string> | null>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['merchants'], queryFn: () => ask('merchant.list') });
  const maySteer = may('merchant.disable');
  const columns = useMemo(() => columnsIn(w, maySteer ? setSteering : undefined), [w, maySteer]);
  return (
    <Page title={w.merchants.title} about={w.merchants.about} actions={may('merchant.create') && <Button kind="go" icon="plus" onPress={() => setAdding(true)}>{w.merchants.add}</Button>}>
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={4} label={w.say.loading} /></div> : (
        <div className="card flush">
          {data.merchants.length === 0 ? <Empty icon="merchants" title={w.merchants.empty} hint={w.merchants.emptyHint} />
            : <SimpleTable rows={data.merchants} columns={columns} keyOf={({ slug }) => slug} label={w.merchants.title} />}
        </div>
      )}
      {adding && <AddMerchant onClose={() => setAdding(false)} onKeys={setKeys} />}
      {steering && <Steer merchant={steering} onClose={() => setSteering(null)} />}
      {keys && <ShownOnce title={w.merchants.credentials} values={keys} onClose={() => setKeys(null)} />}
    </Page>
  );
}

function AddMerchant({ onClose, onKeys }: { onClose: () => void; onKeys: (keys: Record<string, string>) => void }) {
  const { w } = useWords();
  const [slug, setSlug] = useState('');
  const [name, setName] = useState('');
  const create = useAct('merchant.create', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await create.run({ body: { slug: slug.trim(), name: name.trim() } });
    if (!answer) return;
    if (answer.secret) {
      onKeys(Object.fromEntries(Object.entries(answer).filter((entry): entry is [string, string] => entry[0] in w.settings.credentials)));
    }
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={w.merchants.add}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.merchants.slug} value={slug} onChange={setSlug} hint={w.merchants.slugHint} autoFocus mono />
        <Field label={w.merchants.name} value={name} onChange={setName} hint={w.merchants.nameHint} />
        <Problem error={create.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={create.busy} isDisabled={!slug.trim() || !name.trim()}>{w.merchants.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}

function Steer({ merchant, onClose }: { merchant: Merchant; onClose: () => void }) {
  const { w } = useWords();
  const [reason, setReason] = useState('');
  const disable = useAct('merchant.disable', { silent: true });
  const enable = useAct('merchant.enable', { silent: true });
  const enables = isDisabled(merchant);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const given = { path: { slug: merchant.slug }, body: { reason } };
    if (enables ? await enable.run(given, w.merchants.enabled) : await disable.run(given, w.merchants.disabled)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`${enables ? w.merchants.enable : w.merchants.disable} ${merchant.name}`} about={enables ? undefined : w.merchants.disableAbout(merchant.name || merchant.slug)}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.merchants.reason} value={reason} onChange={setReason} needed={false} autoFocus maxLength={200} />
        <Problem error={disable.problem ?? enable.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind={enables ? 'go' : 'bad'} type="submit" busy={disable.busy || enable.busy}>{enables ? w.merchants.enable : w.merchants.disable}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
