// The addresses of the console. Each place comes with its own script, when it is gone to.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, retainSearchParams } from '@tanstack/react-router';
import { readSearch, parseSearch, stringifySearch, type Search } from './shell/search';
import { NotThere, Shell } from './shell/shell';

const root = createRootRoute({
  component: Shell,
  notFoundComponent: NotThere,
  validateSearch: (search): Search => readSearch(search),
  // Whose payments are looked at goes along from place to place.
  search: { middlewares: [retainSearchParams<Search>(['merchant'])] },
});
const getParentRoute = () => root;

const routes = [
  createRoute({ getParentRoute, path: '/', component: lazyRouteComponent(() => import('./places/home'), 'Home') }),
  createRoute({ getParentRoute, path: '/deposits', component: lazyRouteComponent(() => import('./places/deposits'), 'Deposits') }),
  createRoute({ getParentRoute, path: '/deposits/$id', component: lazyRouteComponent(() => import('./places/deposit'), 'Deposit') }),
  createRoute({ getParentRoute, path: '/withdrawals', component: lazyRouteComponent(() => import('./places/withdrawals'), 'Withdrawals') }),
  createRoute({ getParentRoute, path: '/withdrawals/add', component: lazyRouteComponent(() => import('./places/add'), 'AddWithdrawal') }),
  createRoute({ getParentRoute, path: '/withdrawals/$id', component: lazyRouteComponent(() => import('./places/withdrawal'), 'WithdrawalStory') }),
  createRoute({ getParentRoute, path: '/refunds', component: lazyRouteComponent(() => import('./places/refunds'), 'Refunds') }),
  createRoute({ getParentRoute, path: '/refunds/$id', component: lazyRouteComponent(() => import('./places/withdrawal'), 'RefundStory') }),
  createRoute({ getParentRoute, path: '/batches', component: lazyRouteComponent(() => import('./places/batches'), 'Batches') }),
  createRoute({ getParentRoute, path: '/batches/$number', component: lazyRouteComponent(() => import('./places/batch'), 'BatchStory') }),
  createRoute({ getParentRoute, path: '/approvals', component: lazyRouteComponent(() => import('./places/approvals'), 'Approvals') }),
  createRoute({ getParentRoute, path: '/unmatched', component: lazyRouteComponent(() => import('./places/unmatched'), 'Unmatched') }),
  createRoute({ getParentRoute, path: '/balances', component: lazyRouteComponent(() => import('./places/balances'), 'Balances') }),
  createRoute({ getParentRoute, path: '/postbacks', component: lazyRouteComponent(() => import('./places/postbacks'), 'Postbacks') }),
  createRoute({ getParentRoute, path: '/reports', component: lazyRouteComponent(() => import('./places/reports'), 'Reports') }),
  createRoute({ getParentRoute, path: '/settings', component: lazyRouteComponent(() => import('./places/settings'), 'Settings') }),
  createRoute({ getParentRoute, path: '/team', component: lazyRouteComponent(() => import('./places/team'), 'Team') }),
  createRoute({ getParentRoute, path: '/trail', component: lazyRouteComponent(() => import('./places/trail'), 'Trail') }),
  createRoute({ getParentRoute, path: '/merchants', component: lazyRouteComponent(() => import('./places/merchants'), 'Merchants') }),
  createRoute({ getParentRoute, path: '/rates', component: lazyRouteComponent(() => import('./places/rates'), 'Rates') }),
  createRoute({ getParentRoute, path: '/health', component: lazyRouteComponent(() => import('./places/health'), 'Health') }),
  createRoute({ getParentRoute, path: '/security', component: lazyRouteComponent(() => import('./places/security'), 'Security') }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes), parseSearch, stringifySearch, defaultPreload: 'intent', scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register { router: typeof router }
}
