// News of the gateway by server-sent events: counts for the rail, and which story has changed. One
// stream a page, and only while the page is seen: a browser has few connections to one host.
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

export type Counts = Partial<Record<string, number>>;

/** What is listened for, and the stream that tells it. */
class Listening {
  private readonly topics = new Map<string, number>();
  private source: EventSource | undefined;
  private asked = '';

  constructor(private readonly client: QueryClient) {
    document.addEventListener('visibilitychange', this.put);
  }

  add(topic: string): () => void {
    this.topics.set(topic, (this.topics.get(topic) ?? 0) + 1);
    this.put();
    return () => {
      const left = (this.topics.get(topic) ?? 1) - 1;
      if (left > 0) this.topics.set(topic, left);
      else this.topics.delete(topic);
      this.put();
    };
  }

  private readonly put = () => {
    // What follows in the same moment belongs to the same stream.
    queueMicrotask(() => {
      const wanted = document.visibilityState === 'visible' ? [...this.topics.keys()].sort().join(',') : '';
      if (wanted === this.asked) return;
      this.asked = wanted;
      this.source?.close();
      this.source = wanted ? this.open(wanted) : undefined;
    });
  };

  private open(topics: string): EventSource {
    const source = new EventSource(`/live?topics=${encodeURIComponent(topics)}`);
    source.addEventListener('counts', (event: MessageEvent<string>) => {
      const counts = read<Counts>(event.data);
      if (counts) this.client.setQueryData(['counts'], counts);
    });
    source.addEventListener('changed', (event: MessageEvent<string>) => {
      const { topic } = read<{ topic: string }>(event.data) ?? {};
      if (topic) this.readAnew(topic);
    });
    // What changed while nobody listened is read now.
    source.addEventListener('open', () => { for (const topic of this.topics.keys()) this.readAnew(topic); });
    return source;
  }

  private readAnew(topic: string): void {
    if (topic !== 'counts') void this.client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === topic });
  }
}

// Nothing of what cannot be read: the next news is whole again.
function read<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

const listenings = new WeakMap<QueryClient, Listening>();

/** topic: "counts", "inbox", "deposit:ID", "withdrawal:ID", "batch:N". Queries whose key begins with it are read anew when it changes. */
export function useLive(topic: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const listening = listenings.get(client) ?? new Listening(client);
    listenings.set(client, listening);
    return listening.add(topic);
  }, [client, topic]);
}

export function useCounts(): Counts {
  const { data } = useQuery<Counts>({ queryKey: ['counts'], queryFn: () => ({}), staleTime: Infinity });
  return data ?? {};
}
