// Who is logged in, and what they may: the document of GET /session.
import { createContext, useContext } from 'react';
import { useCases } from '../api/use_cases';

export interface Session {
  state: 'none' | 'second_factor' | 'enroll' | 'in'; csrf: string; name?: string; role?: string; merchant?: string | null;
  permissions?: string[]; zone?: string; sandbox?: boolean; version?: string; factors?: string[]; recovery_left?: number;
  passkeys?: boolean; // the gateway takes them
}
export interface Signed {
  name: string; role: string; merchant: string | null; permissions: string[]; zone: string; sandbox: boolean; version: string;
  factors: string[]; recoveryLeft: number; passkeys: boolean;
}
export const signedOf = (session: Session): Signed => ({
  name: session.name ?? '', role: session.role ?? '', merchant: session.merchant || null, permissions: session.permissions ?? [],
  zone: session.zone ?? 'Africa/Nairobi', sandbox: session.sandbox ?? false, version: session.version ?? '', factors: session.factors ?? [],
  recoveryLeft: session.recovery_left ?? 0, passkeys: session.passkeys ?? false,
});

const nobody = signedOf({ state: 'none', csrf: '' });
export const SessionContext = createContext<Signed>(nobody);
export const useSession = () => useContext(SessionContext);

/** Whether this person may do that, by the table of use cases. The gateway asks again. */
export function useMay(): (name: keyof typeof useCases) => boolean {
  const { permissions, merchant } = useSession();
  return (name) => permissions.includes(useCases[name].permission) && (merchant === null || useCases[name].merchants);
}

/** By which clock times are shown: the chosen merchant's, else the person's. */
export const ZoneContext = createContext<string | null>(null);
export function useZone(): string {
  const chosen = useContext(ZoneContext);
  const { zone } = useSession();
  return chosen ?? zone;
}
