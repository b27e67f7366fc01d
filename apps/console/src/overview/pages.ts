/** Where the overview is. */
import { IconLayoutDashboard } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const overviewPages: readonly Page[] = [
  {
    path: '',
    name: 'page.overview',
    icon: IconLayoutDashboard,
    group: 'discover',
    routes: [
      {
        index: true,
        lazy: async () => ({ Component: (await import('./overview-page.tsx')).OverviewPage }),
      },
    ],
  },
];
