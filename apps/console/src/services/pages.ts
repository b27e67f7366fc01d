/** Where the services are, and one of them. */
import { IconTopologyStar3 } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const servicesPages: readonly Page[] = [
  {
    path: 'services',
    name: 'page.services',
    icon: IconTopologyStar3,
    group: 'discover',
    routes: [
      {
        path: 'services',
        lazy: async () => ({ Component: (await import('./services-page.tsx')).ServicesPage }),
      },
      {
        path: 'services/:service',
        lazy: async () => ({ Component: (await import('./service-page.tsx')).ServicePage }),
      },
    ],
  },
];
