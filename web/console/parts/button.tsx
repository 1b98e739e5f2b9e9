import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import { Icon, type IconName } from '../../design/icons';

interface Props extends Omit<ButtonProps, 'children' | 'className' | 'style'> {
  kind?: 'go' | 'plain' | 'quiet' | 'bad';
  size?: 'small' | 'usual' | 'wide';
  icon?: IconName;
  busy?: boolean;
  children?: ReactNode;
}

/** kind: `go` is the one thing to do; `bad` is what cannot be taken back. Without text it needs an aria-label. */
export function Button({ kind = 'plain', size = 'usual', icon, busy = false, children, isDisabled, ...more }: Props) {
  const bare = children === undefined ? ' bare' : '';
  return (
    <AriaButton {...more} isDisabled={(isDisabled ?? false) || busy} className={`button ${kind} ${size}${bare}`}>
      {icon && <Icon name={icon} size={size === 'small' ? 16 : 18} />}
      {children}
      {busy && <span className="busy" aria-hidden="true" />}
    </AriaButton>
  );
}
