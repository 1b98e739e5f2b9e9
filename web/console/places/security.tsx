// One's own: where one is logged in, the password, and the second factors.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { session as calls, ThoughtBetter } from '../api/client';
import { Button } from '../parts/button';
import { Dialog, DialogActions } from '../parts/dialog';
import { Field } from '../parts/field';
import { Bones, Card, Page, useTitle } from '../parts/page';
import { Problem, sayWrong } from '../parts/problem';
import { Chip, Time } from '../parts/show';
import { useTell } from '../parts/tell';
import { AddPasskey, RecoveryCodes, SetUpApp } from '../session/factors';
import { hasPasskeys } from '../session/passkey';
import { useSession } from '../session/session';
import { useWords } from '../words/words';

interface Begun { id: string; began_at: string; seen_at: string; address: string; browser: string; current: boolean }
interface Passkey { id: string; label: string; added_at: string; used_at: string | null }

export function Security() {
  const { w } = useWords();
  useTitle(w.security.title);
  return (
    <Page title={w.security.title}>
      <div className="settings"><Sessions /><Factors /><Password /></div>
    </Page>
  );
}

/** One call of the session, said as done or as refused. */
function useCall() {
  const { w } = useWords();
  const tell = useTell();
  const client = useQueryClient();
  return async (call: () => Promise<unknown>, done = w.say.done) => {
    try {
      await call();
      tell(done);
      await client.invalidateQueries({ queryKey: ['own'] });
      await client.invalidateQueries({ queryKey: ['session'] });
      return true;
    } catch (error) {
      if (error instanceof ThoughtBetter) return false;
      tell(sayWrong(error, w, true), 'bad');
      return false;
    }
  };
}

function Sessions() {
  const { w } = useWords();
  const call = useCall();
  const { data, error, refetch } = useQuery({ queryKey: ['own', 'sessions'], queryFn: () => calls.get<{ sessions: Begun[] }>('/list') });
  return (
    <Card title={w.security.sessions}>
      <p className="about">{w.security.sessionsAbout}</p>
      {error ? <Problem error={error} retry={() => void refetch()} /> : !data ? <Bones label={w.say.loading} /> : (
        <ul className="plain-list">{data.sessions.map((one) => (
          <li key={one.id}><span><strong>{one.browser}</strong> {one.current && <Chip tone="paid">{w.security.here}</Chip>}<br /><span className="about">{one.address} · {w.security.begun} <Time at={one.began_at} /> · {w.security.used} <Time at={one.seen_at} /></span></span>
            {!one.current && <Button size="small" onPress={() => void call(() => calls.post('/list/end', { id: one.id }))}>{w.security.end}</Button>}</li>
        ))}</ul>
      )}
    </Card>
  );
}

function Factors() {
  const { w } = useWords();
  const { factors, recoveryLeft, passkeys } = useSession();
  const client = useQueryClient();
  const call = useCall();
  const [adding, setAdding] = useState<'' | 'app' | 'passkey'>('');
  const [codes, setCodes] = useState<string[]>([]);
  const { data } = useQuery({ queryKey: ['own', 'passkeys'], queryFn: () => calls.get<{ passkeys: Passkey[] }>('/passkeys'), enabled: passkeys });
  const added = (made: string[]) => {
    setAdding('');
    setCodes(made);
    void client.invalidateQueries({ queryKey: ['own'] });
    void client.invalidateQueries({ queryKey: ['session'] });
  };
  const hasApp = factors.includes('totp');
  const renew = () => call(async () => {
    const { recovery_codes: made } = await calls.post<{ recovery_codes: string[] }>('/recovery');
    setCodes(made);
  });
  return (
    <Card title={w.enroll.title}>
      <ul className="plain-list">
        <li><span><strong>{w.security.totp}</strong><br /><span className="about">{hasApp ? w.security.totpOn : w.security.totpOff} {recoveryLeft > 0 && w.recovery.left(recoveryLeft)}</span></span>
          <Button size="small" onPress={() => setAdding('app')}>{hasApp ? w.security.totpNew : w.enroll.begin}</Button></li>
        {(data?.passkeys ?? []).map((one) => (
          <li key={one.id}><span><strong>{one.label}</strong><br /><span className="about">{w.security.added} <Time at={one.added_at} form="date" />{one.used_at && <> · {w.security.used} <Time at={one.used_at} /></>}</span></span>
            <Button size="small" aria-label={`${w.security.remove}: ${one.label}`} onPress={() => void call(() => calls.post('/passkeys/remove', { id: one.id }))}>{w.security.remove}</Button></li>
        ))}
      </ul>
      <div className="row">
        {hasApp && <Button icon="key" onPress={() => void renew()}>{w.security.newRecovery}</Button>}
        {passkeys && hasPasskeys() && <Button icon="passkey" onPress={() => setAdding('passkey')}>{w.security.addPasskey}</Button>}
      </div>
      <Dialog open={adding !== ''} onClose={() => setAdding('')} title={adding === 'app' ? w.enroll.app : w.enroll.passkey}>
        {adding === 'app' ? <SetUpApp onDone={added} /> : <AddPasskey onDone={added} />}
      </Dialog>
      <Dialog open={codes.length > 0} onClose={() => {}} title={w.recovery.title} about={w.recovery.about}><RecoveryCodes codes={codes} onDone={() => setCodes([])} /></Dialog>
    </Card>
  );
}

function Password() {
  const { w } = useWords();
  const call = useCall();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await call(() => calls.post('/password', { old, new: next }), w.security.changed)) { setOld(''); setNext(''); }
  };
  return (
    <Card title={w.security.password}>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <Field label={w.security.oldPassword} value={old} onChange={setOld} type="password" autoComplete="current-password" />
        <Field label={w.security.newPassword} value={next} onChange={setNext} type="password" autoComplete="new-password" hint={w.invitation.short} />
        <DialogActions><Button kind="go" type="submit" isDisabled={!old || [...next].length < 12}>{w.say.change}</Button></DialogActions>
      </form>
    </Card>
  );
}
