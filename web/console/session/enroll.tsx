import { useState, type FormEvent } from 'react';
import { Icon } from '../../design/icons';
import { Refused, session } from '../api/client';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Note } from '../parts/page';
import { useWords } from '../words/words';
import { AddPasskey, RecoveryCodes, SetUpApp } from './factors';
import { Frame } from './frame';
import { useStep } from './login';
import { hasPasskeys } from './passkey';
import type { Session } from './session';

/** Of a person without a second factor: nothing else is shown until there is one. */
export function Enroll({ onDone, passkeys }: { onDone: () => void; passkeys: boolean }) {
  const { w } = useWords();
  const [way, setWay] = useState<'' | 'app' | 'passkey'>('');
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes && codes.length > 0) {
    return <Frame title={w.recovery.title} about={w.recovery.about}><RecoveryCodes codes={codes} onDone={onDone} /></Frame>;
  }
  const done = (made: string[]) => (made.length > 0 ? setCodes(made) : onDone());
  const ways = [
    { id: 'app' as const, icon: 'key' as const, title: w.enroll.app, about: w.enroll.appAbout },
    ...(passkeys && hasPasskeys() ? [{ id: 'passkey' as const, icon: 'passkey' as const, title: w.enroll.passkey, about: w.enroll.passkeyAbout }] : []),
  ];
  return (
    <Frame title={w.enroll.title} about={w.enroll.about}>
      {way === '' && (
        <div className="ways">
          {ways.map(({ id, icon, title, about }) => (
            <button type="button" key={id} className="way" onClick={() => setWay(id)}>
              <Icon name={icon} size={24} /><span><strong>{title}</strong><small>{about}</small></span><Icon name="right" />
            </button>
          ))}
        </div>
      )}
      {way === 'app' && <SetUpApp onDone={done} />}
      {way === 'passkey' && <AddPasskey onDone={done} />}
      {way !== '' && <Button kind="quiet" size="wide" onPress={() => setWay('')}>{w.say.back}</Button>}
    </Frame>
  );
}

const shortest = 12;

/** Who was invited by a link chooses a password, and goes on to the second factor. */
export function Invitation({ token, onSession }: { token: string; onSession: (next: Session) => void }) {
  const { w } = useWords();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const { run, busy, shown } = useStep();
  const [isBad, setBad] = useState(false);
  const short = [...password].length < shortest;
  const enter = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (short || password !== again) return;
    void run(async () => {
      try {
        onSession(await session.post('/invitation', { token, password }));
      } catch (error) {
        if (error instanceof Refused && error.code === 'invitation_over') setBad(true);
        else throw error;
      }
    });
  };
  return (
    <Frame title={w.invitation.title} about={w.invitation.about}>
      {isBad ? <Note tone="warn" icon="warning">{w.invitation.bad}</Note> : (
        <form onSubmit={enter} className="form">
          <Field label={w.invitation.password} value={password} onChange={setPassword} type="password" autoComplete="new-password" autoFocus
            wrong={asked && short ? w.invitation.short : undefined} />
          <Field label={w.invitation.again} value={again} onChange={setAgain} type="password" autoComplete="new-password"
            wrong={asked && !short && password !== again ? w.invitation.different : undefined} />
          {shown}
          <Button kind="go" size="wide" type="submit" busy={busy}>{w.invitation.submit}</Button>
        </form>
      )}
    </Frame>
  );
}
