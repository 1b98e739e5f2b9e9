// What was done, said at the edge of the page and to a screen reader.
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { Icon } from '../../design/icons';
import { useWords } from '../words/words';
import { Button } from './button';

type Kind = 'good' | 'bad';
interface Said { id: number; text: string; kind: Kind }
const Context = createContext<(text: string, kind?: Kind) => void>(() => {});
const stays = 7_000;

export function TellProvider({ children }: { children: ReactNode }) {
  const { w } = useWords();
  const [said, setSaid] = useState<Said[]>([]);
  const next = useRef(0);
  const remove = useCallback((id: number) => setSaid((all) => all.filter((one) => one.id !== id)), []);
  const tell = useCallback((text: string, kind: Kind = 'good') => {
    next.current += 1;
    const id = next.current;
    setSaid((all) => [...all.slice(-2), { id, text, kind }]);
    // What went wrong stays until it is closed.
    if (kind === 'good') setTimeout(() => remove(id), stays);
  }, [remove]);
  const shown = useMemo(() => said.map(({ id, text, kind }) => (
    <div key={id} className={`told ${kind}`}>
      <Icon name={kind === 'good' ? 'check' : 'warning'} />
      <span>{text}</span>
      <Button kind="quiet" size="small" icon="close" aria-label={w.say.close} onPress={() => remove(id)} />
    </div>
  )), [said, remove, w]);
  return <Context.Provider value={tell}>{children}<div className="tellings" role="status">{shown}</div></Context.Provider>;
}

export const useTell = () => useContext(Context);
