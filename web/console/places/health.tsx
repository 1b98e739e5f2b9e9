// Whether every shilling is explained: the laws, when they were proved last, and what breaks them.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Proof } from '../api/answers';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Bones, Card, Note, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import type { Column } from '../parts/rows';
import { Chip, Fact, Facts, Time } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { useMay, useSession } from '../session/session';
import { count } from '../text/money';
import { useWords } from '../words/words';

type Law = Proof['laws'][number];

export function Health() {
  const { w } = useWords();
  const may = useMay();
  const { version } = useSession();
  useTitle(w.health.title);
  const last = useQuery({ queryKey: ['verify.last'], queryFn: () => ask('verify.last') });
  const [proving, setProving] = useState(false);
  const proof = useQuery({ queryKey: ['verify.run'], queryFn: () => ask('verify.run'), enabled: proving, staleTime: Infinity });
  const acknowledge = useAct('verify.acknowledge');
  const prove = () => { if (proving) void proof.refetch(); else setProving(true); };
  const columns = useMemo<Column<Law>[]>(() => [
    { id: 'law', name: w.health.laws, cell: ({ law, what }) => <><strong>{law}</strong><small className="why">{what}</small></>, narrow: 'lead' },
    { id: 'checked', name: w.field.count, cell: ({ checked }) => count(checked), end: true, narrow: 'line' },
    { id: 'state', name: w.field.state, narrow: 'end', cell: ({ findings }) => <><Chip tone={findings.length === 0 ? 'paid' : 'review'}>{findings.length === 0 ? w.health.holds : w.health.broken}</Chip>{findings.slice(0, 3).map((text) => <small key={text} className="why">{text}</small>)}</> },
  ], [w]);
  const breaches = last.data?.breaches ?? [];
  return (
    <Page title={w.health.title} about={w.health.about} actions={<Button kind="go" busy={proof.isFetching} onPress={prove}>{w.health.prove}</Button>}>
      {last.error ? <Problem error={last.error} retry={() => void last.refetch()} /> : last.isPending ? <div className="card"><Bones lines={3} label={w.say.loading} /></div> : (
        <>
          {breaches.length === 0 ? <Note tone="good" icon="check"><strong>{w.health.none}</strong> {last.data.ended_at && <>{w.health.last} <Time at={last.data.ended_at} /></>}</Note> : (
            <Card title={w.health.breaches} aside={may('verify.acknowledge') && <Button size="small" busy={acknowledge.busy} onPress={() => void acknowledge.run({ body: { seen: last.data.seen } }, w.health.acknowledged)}>{w.health.acknowledge}</Button>}>
              <p className="about">{w.health.acknowledgeAbout}</p>
              <ul className="plain-list">{breaches.map((breach) => (
                <li key={`${breach.law} ${breach.said}`}><Chip tone="review">{breach.law}</Chip> {breach.said} <span className="about"><Time at={breach.found_at} />{breach.known_by && `, ${w.health.knownBy(breach.known_by)}`}</span></li>
              ))}</ul>
            </Card>
          )}
          <Card><Facts>
            <Fact name={w.health.last}>{last.data.ended_at ? <Time at={last.data.ended_at} /> : w.home.notProved}</Fact>
            <Fact name={w.health.payments}>{last.data.payments === undefined ? '' : count(last.data.payments)}</Fact>
            <Fact name="Lango">{version}</Fact>
          </Facts></Card>
        </>
      )}
      {proof.isFetching && <Card><p role="status">{w.health.proving}</p></Card>}
      {proof.error && <Problem error={proof.error} retry={() => void proof.refetch()} />}
      {proof.data && !proof.isFetching && (
        <Card title={w.health.laws} aside={<>{w.health.checked(count(proof.data.payments))} {w.health.took(count(proof.data.took_ms))}</>} className="flush-table">
          <div className="in-card"><SimpleTable rows={proof.data.laws} columns={columns} keyOf={({ law }) => law} label={w.health.laws} /></div>
        </Card>
      )}
    </Page>
  );
}
