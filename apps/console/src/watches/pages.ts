/** The page of who follows what. */
import { IconEye } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const watchesPages: readonly Page[] = [
  {
    path: 'watches',
    name: 'page.watches',
    icon: IconEye,
    group: 'data',
    routes: [
      {
        path: 'watches',
        lazy: async () => ({ Component: (await import('./watches-page.tsx')).WatchesPage }),
      },
    ],
  },
];
