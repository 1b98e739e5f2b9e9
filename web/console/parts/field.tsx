// Fields of forms, with their label, hint and what is wrong with them.
import type { ReactNode } from 'react';
import {
  Button as AriaButton, Checkbox as AriaCheckbox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect,
  SelectValue, Text, TextArea, TextField,
} from 'react-aria-components';
import { Icon } from '../../design/icons';
import { useWords } from '../words/words';

interface Props {
  label: string; value: string; onChange: (value: string) => void; hint?: string | undefined; wrong?: string | undefined;
  needed?: boolean; type?: 'text' | 'password' | 'email' | 'tel' | 'date' | 'search'; numeric?: boolean; lines?: number;
  autoComplete?: string; autoFocus?: boolean; mono?: boolean; name?: string; maxLength?: number; prefix?: string;
}

export function Field({ label, value, onChange, hint, wrong, needed = true, type = 'text', numeric, lines, autoComplete = 'off',
  autoFocus = false, mono, name, maxLength, prefix }: Props) {
  const { w } = useWords();
  const shared = { className: `input${mono ? ' mono' : ''}`, inputMode: numeric ? 'decimal' as const : undefined };
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={Boolean(wrong)} type={type} autoComplete={autoComplete}
      autoFocus={autoFocus} isRequired={needed} validationBehavior="aria" {...(name ? { name } : {})} {...(maxLength ? { maxLength } : {})}>
      <Label className="label">{label}{!needed && <span className="aside"> · {w.say.optional}</span>}</Label>
      <span className={prefix ? 'prefixed' : 'whole'}>
        {prefix && <span className="prefix" aria-hidden="true">{prefix}</span>}
        {lines ? <TextArea {...shared} rows={lines} /> : <Input {...shared} />}
      </span>
      {hint && <Text slot="description" className="hint">{hint}</Text>}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
}

export interface Choice { id: string; text: string; icon?: ReactNode; hint?: string }

export function Choose({ label, value, onChange, choices, hideLabel = false, hint, size = 'usual' }: {
  label: string; value: string; onChange: (value: string) => void; choices: Choice[]; hideLabel?: boolean; hint?: string | undefined;
  size?: 'usual' | 'small';
}) {
  const { w } = useWords();
  return (
    <AriaSelect className={`field ${size}`} selectedKey={value} onSelectionChange={(key) => onChange(String(key))} {...(hideLabel ? { 'aria-label': label } : {})}>
      {!hideLabel && <Label className="label">{label}</Label>}
      <AriaButton className="input chooser">
        <SelectValue className="chosen">{({ selectedText }) => selectedText || w.list.own}</SelectValue>
        <Icon name="down" size={16} />
      </AriaButton>
      {hint && <Text slot="description" className="hint">{hint}</Text>}
      <Popover className="popover">
        <ListBox className="listbox" items={choices}>
          {(choice) => (
            <ListBoxItem className="option" id={choice.id} textValue={choice.text}>
              <span className="tick"><Icon name="check" size={16} /></span>
              <span>{choice.icon}{choice.text}{choice.hint && <small>{choice.hint}</small>}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export function Tick({ children, value, onChange }: { children: ReactNode; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <AriaCheckbox className="tickbox" isSelected={value} onChange={onChange}>
      <span className="box" aria-hidden="true"><svg viewBox="0 0 16 16" width="14" height="14"><path d="m3 8.5 3.2 3.2L13 4.8" /></svg></span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
