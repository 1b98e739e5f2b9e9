// The card in the middle of an otherwise empty page, on which people log in.
import type { ReactNode } from 'react';
import { Mark } from '../../design/icons';
import { Button } from '../parts/button';
import { useTitle } from '../parts/page';
import { languages, useWords, type Language } from '../words/words';

export function Frame({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  const { w, language, speak } = useWords();
  useTitle(title);
  const other: Language = language === 'en' ? 'sw' : 'en';
  return (
    <div className="door">
      <header><span className="logo"><Mark size={30} /> Lango</span><Button kind="quiet" onPress={() => speak(other)}>{languages[other]}</Button></header>
      <main className="door-card">
        <h1>{title}</h1>
        {about && <p className="about">{about}</p>}
        {children}
      </main>
      <footer>{w.login.secured(window.location.host)}</footer>
    </div>
  );
}
