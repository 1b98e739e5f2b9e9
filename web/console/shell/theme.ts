// Light, dark, or as the device has it.
import { useState } from 'react';
import { keep, kept } from '../text/kept';

export type Theme = 'system' | 'light' | 'dark';
export const themes: Theme[] = ['system', 'light', 'dark'];

const chosen = (): Theme => themes.find((theme) => theme === kept('theme')) ?? 'system';
function put(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
export const putTheme = () => put(chosen());

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosen);
  return [theme, (next) => { keep('theme', next); put(next); setTheme(next); }];
}
