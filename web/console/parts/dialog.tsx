import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../words/words';
import { Button } from './button';

/** A dialog over the page; Esc and the cross close it. */
export function Dialog({ open, onClose, title, about, children, wide = false }: {
  open: boolean; onClose: () => void; title: string; about?: ReactNode; children: ReactNode; wide?: boolean;
}) {
  const { w } = useWords();
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={(next) => { if (!next) onClose(); }} isDismissable>
      <Modal className={`modal${wide ? ' wide' : ''}`}>
        <AriaDialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>{title}</Heading>
            <Button kind="quiet" size="small" icon="close" aria-label={w.say.close} onPress={onClose} />
          </div>
          {about && <p className="about">{about}</p>}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export const DialogActions = ({ children }: { children: ReactNode }) => <div className="dialog-actions">{children}</div>;
