// Whose payments are looked at: all merchants', or one's, which stands in the address of every place.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ask } from '../api/client';
import { useSession } from '../session/session';

/** The chosen merchant's slug; undefined: all. Of a merchant's own person always that. */
export function useMerchant(): string | undefined {
  const search = useSearch({ strict: false });
  const { merchant } = useSession();
  return merchant ?? search.merchant ?? undefined;
}

export function useMerchants() {
  const { merchant } = useSession();
  return useQuery({ queryKey: ['merchants'], queryFn: () => ask('merchant.list'), enabled: merchant === null, staleTime: 60_000 });
}

export function useChooseMerchant(): (slug: string) => void {
  const navigate = useNavigate();
  return (slug) => void navigate({ to: '.', search: (all) => ({ ...all, merchant: slug || undefined }) });
}
