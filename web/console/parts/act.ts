// One act behind one button: whether it is under way, what was refused, and what it changed is read anew.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { act, ThoughtBetter, type Act, type UseCase } from '../api/client';
import { useWords } from '../words/words';
import { sayWrong } from './problem';
import { useTell } from './tell';

type Given<U extends Act & UseCase> = Parameters<typeof act<U>>[1];
type Answered<U extends Act & UseCase> = ReturnType<typeof act<U>> extends Promise<infer A> ? A : never;

/** silent: what is refused is shown by the form itself, as `problem`. */
export function useAct<U extends Act & UseCase>(name: U, { silent = false } = {}) {
  const { w } = useWords();
  const tell = useTell();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  /** What was answered, also where it is only proposed; nothing where it was refused. done: said when it was done. */
  async function run(given: Given<U>, done = ''): Promise<Answered<U> | undefined> {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await act(name, given);
      void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      if (answer.outcome === 'proposed') tell(w.say.proposed(answer.proposal ?? 0));
      else if (done) tell(done);
      return answer as Answered<U>;
    } catch (error) {
      if (error instanceof ThoughtBetter) return undefined;
      if (silent) setProblem(error);
      else tell(sayWrong(error, w, true), 'bad');
    } finally {
      setBusy(false);
    }
    return undefined;
  }
  return { run, busy, problem, forget: () => setProblem(null) };
}
