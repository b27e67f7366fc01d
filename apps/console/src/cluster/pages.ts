/** The page of the cluster itself. */
import { IconServerCog } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const clusterPages: readonly Page[] = [
  {
    path: 'cluster',
    name: 'page.cluster',
    icon: IconServerCog,
    group: 'operate',
    routes: [
      {
        path: 'cluster',
        lazy: async () => ({ Component: (await import('./cluster-page.tsx')).ClusterPage }),
      },
    ],
  },
];
