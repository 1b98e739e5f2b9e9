// What happened to a payment, step by step: when, what, and by whom or from where it was known.
import { Icon, type IconName } from '../../design/icons';
import { show } from '../text/time';
import { useWords } from '../words/words';
import { useZone } from '../session/session';
import type { ReactNode } from 'react';

export interface Step { at: string; title: ReactNode; detail?: ReactNode; tone: 'good' | 'warn' | 'calm' | 'bad' | 'plain'; icon: IconName }

export function Timeline({ steps }: { steps: Step[] }) {
  const { language } = useWords();
  const zone = useZone();
  let day = '';
  return (
    <ol className="timeline">
      {steps.map((step, i) => {
        const here = show(step.at, 'date', zone, language);
        const isNew = here !== day;
        day = here;
        return (
          <li key={i} className={step.tone}>
            <time dateTime={step.at}>{isNew && i > 0 && <small>{here}</small>}{show(step.at, 'time', zone, language)}</time>
            <span className="dot"><Icon name={step.icon} size={13} /></span>
            <div><strong>{step.title}</strong>{step.detail && <p>{step.detail}</p>}</div>
          </li>
        );
      })}
    </ol>
  );
}
