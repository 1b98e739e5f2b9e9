// The frame around every place.
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { session as calls } from '../api/client';
import { Bones, Empty, Page, useTitle } from '../parts/page';
import { ZoneContext } from '../session/session';
import { keep, kept } from '../text/kept';
import { useWords } from '../words/words';
import { useLive } from './live';
import { useMerchant, useMerchants } from './merchant';
import { Palette } from './palette';
import { Rail } from './rail';
import { Top } from './top';

export function Shell() {
  const { w } = useWords();
  const client = useQueryClient();
  const [folded, setFolded] = useState(() => kept('rail') === 'folded');
  const [drawer, setDrawer] = useState(false);
  const [finding, setFinding] = useState(false);
  const merchant = useMerchant();
  const { data } = useMerchants();
  const zone = useMemo(() => data?.merchants.find(({ slug }) => slug === merchant)?.time_zone ?? null, [data, merchant]);
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isFirst = useRef(true);
  useLive('counts');
  // A new place is told to who cannot see it: its content has the focus.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [path]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setFinding(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const fold = () => { keep('rail', folded ? 'open' : 'folded'); setFolded(!folded); };
  const out = () => void calls.post('/end').finally(() => { client.clear(); window.location.assign('/'); });
  return (
    <ZoneContext.Provider value={zone}>
      <a className="skip" href="#content">{w.rail.skip}</a>
      <div className={`app${folded ? ' folded' : ''}`}>
        <Rail folded={folded} onFold={fold} onGo={() => {}} />
        <div className="beside">
          <Top onFind={() => setFinding(true)} onPlaces={() => setDrawer(true)} onOut={out} />
          <main id="content" ref={main} tabIndex={-1}>
            <Suspense fallback={<Bones lines={6} label={w.say.loading} />}><Outlet /></Suspense>
          </main>
        </div>
      </div>
      <ModalOverlay className="veil drawer-veil" isOpen={drawer} onOpenChange={setDrawer} isDismissable>
        <Modal className="drawer"><Dialog className="drawer-dialog" aria-label={w.rail.label}><Rail folded={false} onFold={() => setDrawer(false)} onGo={() => setDrawer(false)} /></Dialog></Modal>
      </ModalOverlay>
      <Palette open={finding} onClose={() => setFinding(false)} />
    </ZoneContext.Provider>
  );
}

export function NotThere() {
  const { w } = useWords();
  useTitle(w.say.notThere);
  return <Page title={w.say.notThere}><Empty icon="search" title={w.say.notThere}><Link to="/">{w.say.toHome}</Link></Empty></Page>;
}
