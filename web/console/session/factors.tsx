// Setting up a second factor: the authenticator app, a passkey, and the recovery codes that follow.
import { useState, type FormEvent } from 'react';
import { session } from '../api/client';
import { Button } from '../parts/button';
import { Field, Tick } from '../parts/field';
import { Copy } from '../parts/show';
import { download } from '../text/csv';
import { useWords } from '../words/words';
import { useStep } from './login';
import { makePasskey } from './passkey';
import { Qr } from './qr';

interface Begun { secret: string; uri: string; qr: string }

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** onDone is told the recovery codes; there are none where there were some before. */
export function SetUpApp({ onDone }: { onDone: (codes: string[]) => void }) {
  const { w } = useWords();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [code, setCode] = useState('');
  const { run, busy, shown } = useStep();
  const begin = () => run(async () => setBegun(await session.post('/totp/begin')));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { recovery_codes: codes } = await session.post<{ recovery_codes?: string[] }>('/totp', { code: code.trim() });
      onDone(codes ?? []);
    });
  };
  if (!begun) return <>{shown}<Button kind="go" busy={busy} onPress={begin}>{w.enroll.begin}</Button></>;
  return (
    <form onSubmit={confirm} className="form">
      <p>{w.enroll.scan}</p>
      <Qr data={begun.qr} label={w.enroll.qr} />
      <p className="about">{w.enroll.secret}<br /><Copy text={begun.secret}>{inFours(begun.secret)}</Copy></p>
      <Field label={w.enroll.code} value={code} onChange={setCode} numeric autoComplete="one-time-code" mono />
      {shown}
      <Button kind="go" type="submit" busy={busy} isDisabled={!code.trim()}>{w.enroll.confirm}</Button>
    </form>
  );
}

export function AddPasskey({ onDone }: { onDone: (codes: string[]) => void }) {
  const { w } = useWords();
  const [label, setLabel] = useState<string>(w.enroll.labelUsual);
  const { run, busy, shown } = useStep();
  const make = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const credential = await makePasskey(await session.post('/passkeys/begin'));
      const { recovery_codes: codes } = await session.post<{ recovery_codes?: string[] }>('/passkeys', { credential, label });
      onDone(codes ?? []);
    }, w.enroll.wrong);
  };
  return (
    <form onSubmit={make} className="form">
      <Field label={w.enroll.label} value={label} onChange={setLabel} maxLength={40} />
      {shown}
      <Button kind="go" type="submit" icon="passkey" busy={busy} isDisabled={!label.trim()}>{w.enroll.create}</Button>
    </form>
  );
}

/** Shown once: going on asks whether they were kept. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { w } = useWords();
  const [kept, setKept] = useState(false);
  const text = codes.join('\n');
  return (
    <div className="form">
      <ul className="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div className="row">
        <Button icon="copy" onPress={() => void navigator.clipboard.writeText(text)}>{w.recovery.copyAll}</Button>
        <Button icon="download" onPress={() => download('lango-recovery-codes.txt', [`${text}\n`], 'text/plain')}>{w.recovery.download}</Button>
      </div>
      <Tick value={kept} onChange={setKept}>{w.recovery.kept}</Tick>
      <Button kind="go" size="wide" isDisabled={!kept} onPress={onDone}>{w.recovery.goOn}</Button>
    </div>
  );
}
