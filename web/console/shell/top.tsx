// The bar over every place: finding, whose payments, the sandbox's badge, and who you are.
import { useNavigate } from '@tanstack/react-router';
import { Button as AriaButton, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Icon } from '../../design/icons';
import { Button } from '../parts/button';
import { Choose } from '../parts/field';
import { useSession } from '../session/session';
import { languages, useWords, type Language } from '../words/words';
import { useChooseMerchant, useMerchant, useMerchants } from './merchant';
import { themes, useTheme, type Theme } from './theme';

export function Top({ onFind, onPlaces, onOut }: { onFind: () => void; onPlaces: () => void; onOut: () => void }) {
  const { w } = useWords();
  const { sandbox } = useSession();
  return (
    <header className="top">
      <span className="narrow-only"><Button kind="quiet" icon="menu" aria-label={w.rail.open} onPress={onPlaces} /></span>
      <button type="button" className="find" onClick={onFind} aria-keyshortcuts="Control+K">
        <Icon name="search" /><span className="find-hint">{w.top.find}</span><kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      {sandbox && <span className="sandbox" title={w.top.sandboxMeans}>{w.top.sandbox}</span>}
      <div className="top-end"><MerchantSwitcher /><PersonMenu onOut={onOut} /></div>
    </header>
  );
}

function MerchantSwitcher() {
  const { w } = useWords();
  const { merchant: own } = useSession();
  const chosen = useMerchant();
  const choose = useChooseMerchant();
  const { data } = useMerchants();
  if (own) return <span className="own-merchant"><Icon name="merchants" />{own}</span>;
  if (!data) return null;
  const choices = [{ id: '*', text: w.top.allMerchants }, ...data.merchants.map(({ slug, name }) => ({ id: slug, text: name || slug }))];
  return (
    <div className="switcher">
      <Choose label={w.top.merchant} hideLabel size="small" value={chosen ?? '*'} choices={choices} onChange={(id) => choose(id === '*' ? '' : id)} />
    </div>
  );
}

const initials = (name: string) => name.split(/[^a-z0-9]+/i).filter(Boolean).map((part) => part[0]).join('').slice(0, 2).toUpperCase();

function PersonMenu({ onOut }: { onOut: () => void }) {
  const { w, language, speak } = useWords();
  const { name, role, version } = useSession();
  const [theme, setTheme] = useTheme();
  const navigate = useNavigate();
  return (
    <MenuTrigger>
      <AriaButton className="avatar" aria-label={`${w.top.person}: ${name}`}>{initials(name)}</AriaButton>
      <Popover className="popover" placement="bottom end">
        <p className="who"><strong>{name}</strong><span>{w.team.roles[role] ?? role}</span></p>
        <Menu className="listbox" aria-label={w.top.person} onAction={(key) => (key === 'out' ? onOut() : key === 'security' ? void navigate({ to: '/security' }) : undefined)}>
          <MenuItem id="security" className="option"><Icon name="key" />{w.top.security}</MenuItem>
          <Separator className="rule" />
          <MenuSection selectionMode="single" selectedKeys={[language]} onSelectionChange={(keys) => { const [key] = keys; if (key) speak(key as Language); }}>
            <Header className="menu-head">{w.top.language}</Header>
            {Object.entries(languages).map(([id, text]) => <MenuItem key={id} id={id} className="option"><span className="tick"><Icon name="check" size={16} /></span>{text}</MenuItem>)}
          </MenuSection>
          <MenuSection selectionMode="single" selectedKeys={[theme]} onSelectionChange={(keys) => { const [key] = keys; if (key) setTheme(key as Theme); }}>
            <Header className="menu-head">{w.top.theme}</Header>
            {themes.map((id) => <MenuItem key={id} id={id} className="option"><span className="tick"><Icon name="check" size={16} /></span>{w.top.themes[id]}</MenuItem>)}
          </MenuSection>
          <Separator className="rule" />
          <MenuItem id="out" className="option"><Icon name="external" />{w.top.out}</MenuItem>
        </Menu>
        {version && <p className="version">{w.top.version(version)}</p>}
      </Popover>
    </MenuTrigger>
  );
}
