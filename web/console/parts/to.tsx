// Links to one thing of many: an address that is put together.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The router knows the addresses by their patterns; what is put together is one of them. */
export const toPath = (href: string) => href as '/';

export const Go = ({ to, children, className, search }: { to: string; children: ReactNode; className?: string; search?: Record<string, string> }) => (
  <Link to={toPath(to)} className={className} {...(search ? { search } : {})}>{children}</Link>
);
