/** The page of leases. */
import { IconHourglass } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const leasesPages: readonly Page[] = [
  {
    path: 'leases',
    name: 'page.leases',
    icon: IconHourglass,
    group: 'data',
    isForAdministrators: true,
    routes: [
      {
        path: 'leases',
        lazy: async () => ({ Component: (await import('./leases-page.tsx')).LeasesPage }),
      },
    ],
  },
];
