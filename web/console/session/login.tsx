import { useState, type FormEvent } from 'react';
import { session, ThoughtBetter } from '../api/client';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Note } from '../parts/page';
import { Problem } from '../parts/problem';
import { useWords } from '../words/words';
import { Frame } from './frame';
import { hasPasskeys, NoPasskey, usePasskey } from './passkey';
import type { Session } from './session';

interface Props { onSession: (next: Session) => void; over?: boolean }

/** One call of the session, with what went wrong with it. */
export function useStep() {
  const { w } = useWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  async function run(step: () => Promise<void>, noPasskey: string = w.login.passkeyWrong) {
    setBusy(true);
    setWrong(null);
    setSaid('');
    try {
      await step();
    } catch (error) {
      if (error instanceof NoPasskey) setSaid(noPasskey);
      else if (!(error instanceof ThoughtBetter)) setWrong(error);
    } finally {
      setBusy(false);
    }
  }
  const shown = said ? <Note tone="warn" icon="warning">{said}</Note> : <Problem error={wrong} />;
  return { run, busy, shown };
}

export function PasskeyButton({ onSession, text }: { onSession: (next: Session) => void; text: string }) {
  const { run, busy, shown } = useStep();
  if (!hasPasskeys()) return null;
  const enter = () => run(async () => {
    const credential = await usePasskey(await session.post('/passkey/begin'));
    onSession(await session.post('/passkey', { credential }));
  });
  return <>{shown}<Button size="wide" icon="passkey" busy={busy} onPress={enter}>{text}</Button></>;
}

export const Or = () => {
  const { w } = useWords();
  return <p className="or"><span>{w.login.or}</span></p>;
};

/** passkeys: the gateway takes them. */
export function Login({ onSession, over = false, passkeys }: Props & { passkeys: boolean }) {
  const { w } = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { run, busy, shown } = useStep();
  const enter = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onSession(await session.post('', { name, password })));
  };
  return (
    <Frame title={w.login.title} about={w.login.about}>
      {over && <Note>{w.login.over}</Note>}
      <form onSubmit={enter} className="form">
        <Field label={w.login.name} value={name} onChange={setName} autoComplete="username webauthn" name="username" autoFocus />
        <Field label={w.login.password} value={password} onChange={setPassword} type="password" autoComplete="current-password" name="password" />
        {shown}
        <Button kind="go" size="wide" type="submit" busy={busy} isDisabled={!name || !password}>{w.login.submit}</Button>
      </form>
      {passkeys && hasPasskeys() && <><Or /><PasskeyButton onSession={onSession} text={w.login.passkey} /></>}
    </Frame>
  );
}

export function SecondFactor({ onSession, factors }: Props & { factors: string[] }) {
  const { w } = useWords();
  const [code, setCode] = useState('');
  const { run, busy, shown } = useStep();
  const enter = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => onSession(await session.post('/code', { code: code.trim() })));
  };
  const leave = () => run(async () => onSession(await session.post('/end')));
  return (
    <Frame title={w.login.codeTitle} about={w.login.codeAbout}>
      <form onSubmit={enter} className="form">
        <Field label={w.login.code} value={code} onChange={setCode} numeric autoComplete="one-time-code" name="code" autoFocus mono />
        {shown}
        <Button kind="go" size="wide" type="submit" busy={busy} isDisabled={!code.trim()}>{w.login.codeSubmit}</Button>
      </form>
      {factors.includes('passkey') && hasPasskeys() && <><Or /><PasskeyButton onSession={onSession} text={w.login.usePasskey} /></>}
      <Button kind="quiet" size="wide" onPress={leave}>{w.login.other}</Button>
    </Frame>
  );
}
