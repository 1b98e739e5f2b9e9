// Which language the console speaks: what was chosen on this device, else the browser's.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { kept, keep } from '../text/kept';
import { en, type Words } from './en';

export type Language = 'en' | 'sw';
export const languages: Record<Language, string> = { en: 'English', sw: 'Kiswahili' };

const chosen = (): Language => {
  const stored = kept('language') ?? navigator.language;
  return stored.startsWith('sw') ? 'sw' : 'en';
};
const load = async (language: Language): Promise<Words> => (language === 'sw' ? (await import('./sw')).sw : en);

interface Speaking { w: Words; language: Language; speak: (language: Language) => void }
const Context = createContext<Speaking>({ w: en, language: 'en', speak: () => {} });

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(chosen);
  const [w, setWords] = useState<Words | null>(language === 'en' ? en : null);
  useEffect(() => {
    document.documentElement.lang = language;
    let stale = false;
    void load(language).then((words) => { if (!stale) setWords(words); });
    return () => { stale = true; };
  }, [language]);
  const value = useMemo(() => ({
    w: w ?? en, language, speak: (next: Language) => { keep('language', next); setLanguage(next); },
  }), [w, language]);
  if (!w) return null;
  return <I18nProvider locale={language === 'sw' ? 'sw-KE' : 'en-KE'}><Context.Provider value={value}>{children}</Context.Provider></I18nProvider>;
}

export const useWords = () => useContext(Context);
