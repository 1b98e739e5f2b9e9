// What is wrong, and what to do about it.
import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/client';
import { useAct } from '../parts/act';
import { Button } from '../parts/button';
import { Note } from '../parts/page';
import { Go } from '../parts/to';
import { useMay, useZone } from '../session/session';
import { show } from '../text/time';
import { useWords } from '../words/words';

const often = 15_000;

export function Alarms() {
  const { w, language } = useWords();
  const zone = useZone();
  const may = useMay();
  const resume = useAct('payouts.resume');
  const payouts = useQuery({ queryKey: ['payouts.show'], queryFn: () => ask('payouts.show'), enabled: may('payouts.show'), refetchInterval: often });
  const restored = useQuery({ queryKey: ['restore.show'], queryFn: () => ask('restore.show'), enabled: may('restore.show'), refetchInterval: 4 * often });
  const aside = useQuery({ queryKey: ['set_aside.list'], queryFn: () => ask('set_aside.list'), enabled: may('set_aside.list'), refetchInterval: 4 * often });
  const unreadable = useQuery({ queryKey: ['unreadable.list'], queryFn: () => ask('unreadable.list', { query: { limit: '1' } as never }), enabled: may('unreadable.list'), refetchInterval: 4 * often });
  const { alarms } = w.home;
  const { halt, law_halt: law, questions_halt: questions, seen = '', attention = 0 } = payouts.data ?? {};
  const since = (at: string) => w.say.since(show(at, 'full', zone, language));
  const mayResume = may('payouts.resume');
  return (
    <div className="alarms" role="region" aria-label={w.home.review}>
      {halt && !halt.lifted_at && (
        <Note tone="bad" icon="pause" action={mayResume && <Button busy={resume.busy} onPress={() => void resume.run({ body: { seen } }, alarms.resumed)}>{alarms.resume}</Button>}>
          <strong>{alarms.halt(halt.description || halt.code)}</strong> {since(halt.since)}. {alarms.haltDo}
        </Note>
      )}
      {halt && halt.lifted_at && <Note tone="warn" icon="waiting"><strong>{alarms.resumed}</strong></Note>}
      {law && <Note tone="bad" icon="flag" action={<Go to="/health" className="button plain small">{alarms.lawDo}</Go>}><strong>{alarms.law}</strong> {since(law.since)}</Note>}
      {questions && <Note tone="warn" icon="warning"><strong>{alarms.questions(questions.description || questions.code)}</strong> {since(questions.since)}</Note>}
      {restored.data?.restored && <Note tone="bad" icon="warning"><strong>{alarms.restored}</strong> {alarms.restoredDo}</Note>}
      {attention > 0 && <Note tone="warn" icon="flag" action={<Go to="/withdrawals" search={{ state: 'attention' }} className="button plain small">{w.say.open}</Go>}><strong>{alarms.review(attention)}</strong></Note>}
      {(aside.data?.set_aside.length ?? 0) > 0 && <Note tone="warn" icon="warning"><strong>{alarms.setAside(aside.data?.set_aside.length ?? 0)}</strong> {alarms.onMachine('lango set-aside list')}</Note>}
      {(unreadable.data?.count ?? 0) > 0 && <Note tone="warn" icon="warning"><strong>{alarms.unreadable(unreadable.data?.count ?? 0)}</strong> {alarms.onMachine('lango unreadable list')}</Note>}
    </div>
  );
}
