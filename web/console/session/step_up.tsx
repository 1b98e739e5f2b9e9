// Asks for the second factor that one act needs, and hands it to the call, which is made again with it.
import { useCallback, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { hold, session, type Asked, type SecondFactor } from '../api/client';
import { Button } from '../parts/button';
import { Dialog } from '../parts/dialog';
import { Field } from '../parts/field';
import { Note } from '../parts/page';
import { useWords } from '../words/words';
import { Or } from './login';
import { base64url, hasPasskeys, NoPasskey, sha256, usePasskey } from './passkey';
import { useSession } from './session';

export function StepUpProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const answer = useRef<(factor: SecondFactor | null) => void>(() => {});
  useEffect(() => {
    hold({ stepUp: (next) => new Promise((done) => { answer.current = done; setAsked(next); }) });
    return () => { hold({ stepUp: async () => null }); };
  }, []);
  const end = useCallback((factor: SecondFactor | null) => { setAsked(null); answer.current(factor); }, []);
  return <>{children}{asked && <StepUpDialog asked={asked} onEnd={end} />}</>;
}

function StepUpDialog({ asked, onEnd }: { asked: Asked; onEnd: (factor: SecondFactor | null) => void }) {
  const { w } = useWords();
  const { factors } = useSession();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(w.wrong.codes[asked.wrong] ?? asked.wrong);
  const byPasskey = factors.includes('passkey') && hasPasskeys();
  const byCode = factors.includes('totp') || !byPasskey;
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    onEnd({ header: 'Lango-Code', value: code.replace(/\s/g, '') });
  };
  // The passkey signs this call alone: its method, its path and what it says.
  const sign = async () => {
    setWrong('');
    try {
      const [path = ''] = asked.path.split('?');
      const { options } = await session.post<{ options: PublicKeyCredentialRequestOptionsJSON }>('/challenge',
        { method: asked.method, path, body_sha256: await sha256(asked.body) });
      onEnd({ header: 'Lango-Passkey', value: base64url(JSON.stringify(await usePasskey(options))) });
    } catch (error) {
      setWrong(error instanceof NoPasskey ? w.stepUp.passkeyWrong : w.wrong.lost);
    }
  };
  return (
    <Dialog open onClose={() => onEnd(null)} title={w.stepUp.title} about={w.stepUp.about}>
      <div className="form">
        {wrong && <Note tone="warn" icon="warning">{wrong}</Note>}
        {byPasskey && <Button kind={byCode ? 'plain' : 'go'} size="wide" icon="passkey" onPress={sign} autoFocus={!byCode}>{w.stepUp.passkey}</Button>}
        {byPasskey && byCode && <Or />}
        {byCode && (
          <form onSubmit={confirm} className="form">
            <Field label={w.stepUp.code} value={code} onChange={setCode} numeric autoComplete="one-time-code" mono autoFocus maxLength={12} hint={w.stepUp.once} />
            <Button kind="go" size="wide" type="submit" isDisabled={code.trim().length < 6}>{w.stepUp.submit}</Button>
          </form>
        )}
      </div>
    </Dialog>
  );
}
