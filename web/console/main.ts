// Who is here, as the gateway tells it: the least that a console shows.
interface Session {
  state: string;
  name?: string;
}

async function show(): Promise<void> {
  const session = (await (await fetch('/session')).json()) as Session;
  const place = document.querySelector('#main');
  if (place) place.textContent = session.name ? `${session.name}: ${session.state}` : session.state;
}

void show();
export {};
