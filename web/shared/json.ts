// Calls that are answered in JSON; what is refused is thrown with its text.

async function read<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `answered ${response.status}`);
  return body as T;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return read(await fetch(path, { signal, cache: 'no-store' }));
}

export async function post<T>(path: string, body: object | string): Promise<T> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return read(await fetch(path, { method: 'POST', body: text }));
}
