// Who is it? Until that is known nothing else is shown; the address stays, and is where they go on.
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { hold, Refused, session as calls } from './api/client';
import { Bones } from './parts/page';
import { Problem } from './parts/problem';
import { TellProvider } from './parts/tell';
import { router } from './router';
import { Enroll, Invitation } from './session/enroll';
import { Login, SecondFactor } from './session/login';
import { SessionContext, signedOf, type Session } from './session/session';
import { StepUpProvider } from './session/step_up';
import { useWords, WordsProvider } from './words/words';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000, refetchOnWindowFocus: false,
      // What was refused is refused again.
      retry: (times, error) => times < 2 && !(error instanceof Refused),
    },
  },
});

const invited = /^\/invitation\/([^/]+)$/.exec(window.location.pathname)?.[1];

function Door() {
  const { w } = useWords();
  const [over, setOver] = useState(false);
  const [token, setToken] = useState(invited);
  const { data, error, refetch } = useQuery({
    queryKey: ['session'], staleTime: Infinity,
    queryFn: () => calls.get<Session>(),
  });
  useEffect(() => { hold({ over: () => { setOver(true); void refetch(); } }); }, [refetch]);
  const signed = useMemo(() => (data?.state === 'in' ? signedOf(data) : null), [data]);
  const onSession = (next: Session) => {
    if (token) {
      setToken(undefined);
      window.history.replaceState(null, '', '/');
    }
    if (next.state === 'in') setOver(false);
    // Nothing of somebody else's is left.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    client.setQueryData(['session'], next);
  };
  if (error && !data) return <main className="door-card alone"><Problem error={error} retry={() => void refetch()} /></main>;
  if (!data) return <main className="door-card alone"><Bones label={w.say.loading} /></main>;
  if (token && data.state !== 'enroll') return <Invitation token={token} onSession={onSession} />;
  if (data.state === 'none') return <Login onSession={onSession} over={over} passkeys={data.passkeys ?? false} />;
  if (data.state === 'second_factor') return <SecondFactor onSession={onSession} factors={data.factors ?? []} />;
  if (data.state === 'enroll') return <Enroll onDone={() => void refetch()} passkeys={data.passkeys ?? false} />;
  if (!signed) return null;
  return (
    <SessionContext.Provider value={signed}>
      <StepUpProvider><RouterProvider router={router} /></StepUpProvider>
    </SessionContext.Provider>
  );
}

export const App = () => (
  <QueryClientProvider client={client}>
    <WordsProvider><TellProvider><Door /></TellProvider></WordsProvider>
  </QueryClientProvider>
);
