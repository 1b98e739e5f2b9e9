// The places of the console: where they stand in the rail, and who reaches them.
import type { IconName } from '../../design/icons';
import type { useCases } from '../api/use_cases';
import type { Words } from '../words/en';

export interface Place {
  to: '/' | '/deposits' | '/withdrawals' | '/batches' | '/refunds' | '/approvals' | '/unmatched' | '/balances' | '/postbacks' | '/reports'
    | '/settings' | '/team' | '/trail' | '/merchants' | '/rates' | '/health';
  name: Exclude<keyof Words['rail'], 'waiting'>;
  icon: IconName;
  needs: keyof typeof useCases; // may not: the place is not there
  counts?: 'approvals' | 'unmatched';
}
export interface Group { name?: 'payments' | 'money' | 'setUp' | 'operator'; places: Place[] }

export const groups: Group[] = [
  { places: [{ to: '/', name: 'home', icon: 'home', needs: 'totals' }] },
  { name: 'payments', places: [
    { to: '/deposits', name: 'deposits', icon: 'deposits', needs: 'deposit.list' },
    { to: '/withdrawals', name: 'withdrawals', icon: 'withdrawals', needs: 'withdrawal.list' },
    { to: '/batches', name: 'batches', icon: 'batches', needs: 'batch.list' },
    { to: '/refunds', name: 'refunds', icon: 'refunds', needs: 'refund.list' },
    { to: '/approvals', name: 'approvals', icon: 'approvals', needs: 'withdrawal.list', counts: 'approvals' },
    { to: '/unmatched', name: 'unmatched', icon: 'unmatched', needs: 'suspense.review_list', counts: 'unmatched' },
  ] },
  { name: 'money', places: [
    { to: '/balances', name: 'balances', icon: 'balances', needs: 'balance.list' },
    { to: '/postbacks', name: 'postbacks', icon: 'postbacks', needs: 'postback.list' },
    { to: '/reports', name: 'reports', icon: 'reports', needs: 'totals' },
  ] },
  { name: 'setUp', places: [
    { to: '/settings', name: 'settings', icon: 'settings', needs: 'merchant.show' },
    { to: '/team', name: 'team', icon: 'team', needs: 'user.list' },
    { to: '/trail', name: 'trail', icon: 'trail', needs: 'trail.list' },
  ] },
  { name: 'operator', places: [
    { to: '/merchants', name: 'merchants', icon: 'merchants', needs: 'merchant.list' },
    { to: '/rates', name: 'rates', icon: 'rates', needs: 'rates.show' },
    { to: '/health', name: 'health', icon: 'health', needs: 'verify.last' },
  ] },
];
