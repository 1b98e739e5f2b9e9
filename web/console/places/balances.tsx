import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Account } from '../api/answers';
import { ask } from '../api/client';
import { Button } from '../parts/button';
import { Bones, Empty, Page, useTitle } from '../parts/page';
import { Problem } from '../parts/problem';
import { Money } from '../parts/show';
import { SimpleTable } from '../parts/simple_table';
import { useMerchant } from '../shell/merchant';
import { download, line } from '../text/csv';
import { fromMinor } from '../text/money';
import type { Column } from '../parts/rows';
import type { Words } from '../words/en';
import { useWords } from '../words/words';

const owned = new Set(['merchant', 'receivable']);
const nameOf = (account: Account, w: Words) => (account.kind === 'rail' ? `${w.story.accounts['rail']} ${account.owner}` : w.story.accounts[account.kind] ?? account.kind);

const columnsIn = (w: Words): Column<Account>[] => [
  { id: 'account', name: w.field.account, cell: (account) => <strong>{nameOf(account, w)}</strong>, narrow: 'lead' },
  { id: 'merchant', name: w.field.merchant, cell: (account) => account.name || account.merchant, narrow: 'line' },
  { id: 'held', name: w.field.held, cell: (account) => (owned.has(account.kind) ? <Money minor={account.held_minor} /> : ''), end: true, narrow: 'off' },
  { id: 'free', name: w.field.free, cell: (account) => (owned.has(account.kind) ? <Money minor={account.balance_minor - account.held_minor} /> : ''), end: true, narrow: 'under' },
  { id: 'balance', name: w.field.balance, cell: (account) => <strong><Money minor={account.balance_minor} currency={account.currency} /></strong>, end: true, narrow: 'end' },
];

export function Balances() {
  const { w } = useWords();
  const merchant = useMerchant();
  useTitle(w.balances.title);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['balance.list'], queryFn: () => ask('balance.list') });
  const columns = useMemo(() => columnsIn(w), [w]);
  const accounts = (data?.accounts ?? []).filter((account) => !merchant || account.merchant === merchant);
  const sheet = () => download('balances.csv', ['\uFEFF', line(['account', 'merchant', 'currency', 'balance', 'held']),
    ...accounts.map((account) => line([nameOf(account, w), account.merchant, account.currency, fromMinor(account.balance_minor), fromMinor(account.held_minor)]))]);
  return (
    <Page title={w.balances.title} about={w.balances.about} actions={<><Button size="small" icon="download" onPress={sheet}>{w.list.export}</Button><Button size="small" icon="file" onPress={() => window.print()}>{w.say.print}</Button></>}>
      {error ? <Problem error={error} retry={() => void refetch()} /> : isPending ? <div className="card"><Bones lines={5} label={w.say.loading} /></div> : (
        <div className="card flush">
          {accounts.length === 0 ? <Empty icon="balances" title={w.balances.empty} hint={w.balances.emptyHint} />
            : <SimpleTable rows={accounts} columns={columns} keyOf={(account) => `${account.kind} ${account.owner} ${account.currency}`} label={w.balances.title} />}
        </div>
      )}
    </Page>
  );
}
