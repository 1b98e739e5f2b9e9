// What went wrong: its cause and, where there is one, what to do.
import { Icon } from '../../design/icons';
import { Refused, Unreachable } from '../api/client';
import type { Words } from '../words/en';
import { useWords } from '../words/words';
import { Button } from './button';

export function sayWrong(error: unknown, w: Words, acting = false): string {
  if (error instanceof Unreachable) return acting ? w.wrong.unreachable : w.wrong.lost;
  if (!(error instanceof Refused)) return w.wrong.http;
  const said = w.wrong.codes[error.code] ?? (error.message || w.wrong.http);
  const wait = error.retryAfter > 0 ? ` ${w.wrong.wait(error.retryAfter)}` : '';
  return said + wait + (error.permission ? ` ${w.wrong.permission(error.permission)}` : '');
}

export function Problem({ error, acting = false, retry }: { error: unknown; acting?: boolean; retry?: () => void }) {
  const { w } = useWords();
  if (!error) return null;
  return (
    <div className="problem" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{w.wrong.title}</strong>
        <p>{sayWrong(error, w, acting)}</p>
        {error instanceof Refused && <code>{error.code}</code>}
      </div>
      {retry && <Button size="small" icon="refresh" onPress={retry}>{w.say.again}</Button>}
    </div>
  );
}
