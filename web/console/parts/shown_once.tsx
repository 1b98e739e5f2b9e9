// Secrets that are shown this one time: closing asks for the button, not for a press beside the dialog.
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../words/words';
import { Button } from './button';
import { DialogActions } from './dialog';
import { Note } from './page';
import { Copy } from './show';

export function ShownOnce({ title, values, about, onClose }: { title: string; values: Record<string, string>; about?: string; onClose: () => void }) {
  const { w } = useWords();
  const names: Record<string, string> = w.settings.credentials;
  return (
    <ModalOverlay className="veil" isOpen isKeyboardDismissDisabled>
      <Modal className="modal wide">
        <AriaDialog className="dialog">
          <Heading slot="title" level={2}>{title}</Heading>
          <Note tone="warn" icon="warning">{about ?? w.settings.shownOnce}</Note>
          <dl className="facts secrets">{Object.entries(values).map(([name, value]) => <div key={name}><dt>{names[name] ?? (name === 'url' ? w.team.link : w.team.key)}</dt><dd><Copy text={value} /></dd></div>)}</dl>
          <DialogActions><Button kind="go" onPress={onClose}>{w.recovery.goOn}</Button></DialogActions>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
