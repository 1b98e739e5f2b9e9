import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import type { Person } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Choose, Field } from '../parts/field';
import { Bones, Card, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Chip, Time } from '../parts/show';
import { ShownOnce } from '../parts/shown_once';
import { SimpleTable } from '../parts/simple_table';
import { Go } from '../parts/to';
import { useMay, useSession } from '../session/session';
import { useMerchants } from '../shell/merchant';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

interface Steering { onRemove?: ((name: string) => void) | undefined; onInvite?: ((name: string) => void) | undefined }

function columnsIn(w: Words, me: string, { onRemove, onInvite }: Steering): Column<Person>[] {
  return [
    { id: 'name', name: w.field.name, narrow: 'lead', cell: (person) => <><strong>{person.name}</strong>{person.name === me && <span className="about"> · {w.team.you}</span>}</> },
    { id: 'role', name: w.field.role, cell: (person) => w.team.roles[person.role] ?? person.role, narrow: 'line' },
    { id: 'merchant', name: w.field.merchant, cell: (person) => person.merchant || w.team.operators, narrow: 'line' },
    { id: 'key', name: w.field.state, cell: (person) => (person.key_is_own ? '' : <Chip tone="waiting">{w.team.keyNotOwn}</Chip>), narrow: 'line' },
    { id: 'added', name: w.field.added, cell: (person) => <Time at={person.added_at} form="date" />, narrow: 'under' },
    ...(onRemove || onInvite ? [{ id: 'steer', name: w.story.actions, end: true, narrow: 'end' as const,
      cell: (person: Person) => (person.name === me ? '' : (
        <span className="row">
          {onInvite && !person.key_is_own && <Button size="small" onPress={() => onInvite(person.name)} aria-label={`${w.team.invite}: ${person.name}`}>{w.team.invite}</Button>}
          {onRemove && <Button size="small" kind="quiet" onPress={() => onRemove(person.name)} aria-label={`${w.team.remove}: ${person.name}`}>{w.team.remove}</Button>}
        </span>
      )) }] : []),
  ];
}

export function Team() {
  const { w } = useWords();
  const may = useMay();
  const { name: me } = useSession();
  useTitle(w.team.title);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState('');
  const [key, setKey] = useState('');
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['user.list'], queryFn: () => ask('user.list') });
  const mayRemove = may('user.remove');
  const mayInvite = may('user.invite');
  const invite = useAct('user.invite');
  const [invitation, setInvitation] = useState('');
  const columns = useMemo(() => {
    const onInvite = (name: string) => void invite.run({ path: { name } }).then((answer) => { if (answer?.url) setInvitation(answer.url); });
    return columnsIn(w, me, { onRemove: mayRemove ? setRemoving : undefined, onInvite: mayInvite ? onInvite : undefined });
  }, [w, me, mayRemove, mayInvite]);
  return (
    <Page title={w.team.title} about={w.team.about} actions={<><Go to="/trail" className="button plain usual">{w.team.trail}</Go>{may('user.add') && <Button kind="go" icon="plus" onPress={() => setAdding(true)}>{w.team.add}</Button>}</>}>
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={5} label={w.say.loading} /></div> : (
        <>
          <div className="card flush"><SimpleTable rows={data.people} columns={columns} keyOf={({ name }) => name} label={w.team.title} /></div>
          {data.refused_keys.length > 0 && (
            <Card title={w.team.refused}>
              <ul className="plain-list">{data.refused_keys.map((one) => <li key={one.name}><strong>{one.name}</strong> {w.team.refusedTimes(one.count)} <span className="about"><Time at={one.last_at} /></span></li>)}</ul>
            </Card>
          )}
        </>
      )}
      {adding && <AddPerson onClose={() => setAdding(false)} onKey={setKey} />}
      {removing && <RemovePerson name={removing} onClose={() => setRemoving('')} />}
      {invitation && <ShownOnce title={w.team.invitation} about={w.team.invitationAbout} values={{ url: invitation }} onClose={() => setInvitation('')} />}
      {key && <ShownOnce title={w.team.key} about={w.team.keyAbout} values={{ key }} onClose={() => setKey('')} />}
    </Page>
  );
}

function AddPerson({ onClose, onKey }: { onClose: () => void; onKey: (key: string) => void }) {
  const { w } = useWords();
  const { data } = useMerchants();
  const [name, setName] = useState('');
  const [role, setRole] = useState('operator');
  const [merchant, setMerchant] = useState('*');
  const roles = useQuery({ queryKey: ['role.list'], queryFn: () => ask('role.list') });
  const offered = (roles.data?.roles ?? []).filter((one) => (merchant === '*' ? one.for_operators : one.for_merchants && (!one.is_custom || one.merchant === merchant)));
  const chosen = offered.some((one) => one.name === role) ? role : '';
  const add = useAct('user.add', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await add.run({ body: { name: name.trim(), role: chosen, ...(merchant === '*' ? {} : { merchant }) } });
    if (!answer) return;
    if (answer.key) onKey(answer.key);
    onClose();
  };
  const merchants = [{ id: '*', text: w.team.operators }, ...(data?.merchants ?? []).map((one) => ({ id: one.slug, text: one.name || one.slug }))];
  return (
    <Dialog open onClose={onClose} title={w.team.add}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.team.name} value={name} onChange={setName} hint={w.team.nameHint} autoFocus maxLength={40} />
        <Choose label={w.team.merchant} value={merchant} onChange={setMerchant} choices={merchants} />
        <Choose label={w.team.role} value={chosen} onChange={setRole} choices={offered.map((one) => ({ id: one.name, text: w.team.roles[one.name] ?? one.name }))} />
        <Problem error={add.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="go" type="submit" busy={add.busy} isDisabled={!name.trim() || !chosen}>{w.team.submit}</Button></DialogActions>
      </form>
    </Dialog>
  );
}

function RemovePerson({ name, onClose }: { name: string; onClose: () => void }) {
  const { w } = useWords();
  const [typed, setTyped] = useState('');
  const remove = useAct('user.remove', { silent: true });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await remove.run({ path: { name } }, w.team.removed)) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`${w.team.remove}: ${name}`} about={w.team.removeAbout(name)}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.team.name} value={typed} onChange={setTyped} hint={name} autoFocus />
        <Problem error={remove.problem} acting />
        <DialogActions><Button onPress={onClose}>{w.say.cancel}</Button><Button kind="bad" type="submit" busy={remove.busy} isDisabled={typed !== name}>{w.team.remove}</Button></DialogActions>
      </form>
    </Dialog>
  );
}
