// The frame of every place: its title, what may be done, and what stands there until the rows have come.
import { useEffect, type ReactNode } from 'react';
import { Icon, type IconName } from '../../design/icons';

export function Page({ title, about, actions, trail, children }: {
  title: ReactNode; about?: ReactNode; actions?: ReactNode; trail?: ReactNode; children: ReactNode;
}) {
  return (
    <div className="page">
      <header className="page-head">
        <div>{trail && <p className="trail">{trail}</p>}<h1>{title}</h1>{about && <p className="about">{about}</p>}</div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => { document.title = title ? `${title} · Lango` : 'Lango'; }, [title]);
}

export const Card = ({ title, aside, children, className = '', label }: {
  title?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string; label?: string;
}) => (
  <section className={`card ${className}`} aria-label={label}>
    {title && <div className="card-head"><h2>{title}</h2>{aside && <div className="aside">{aside}</div>}</div>}
    {children}
  </section>
);

export const Empty = ({ icon, title, hint, children }: { icon: IconName; title: string; hint?: string; children?: ReactNode }) => (
  <div className="empty"><span className="empty-icon"><Icon name={icon} size={26} /></span><strong>{title}</strong>{hint && <p>{hint}</p>}{children}</div>
);

export const Bones = ({ lines = 3, label }: { lines?: number; label: string }) => (
  <div className="bones" role="status" aria-label={label}>{Array.from({ length: lines }, (_, i) => <span key={i} />)}</div>
);

export const Note = ({ tone = 'calm', icon = 'info', children, action }: {
  tone?: 'calm' | 'warn' | 'bad' | 'good'; icon?: IconName; children: ReactNode; action?: ReactNode;
}) => (
  <div className={`note ${tone}`}><Icon name={icon} size={20} /><div>{children}</div>{action}</div>
);
