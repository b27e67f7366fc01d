/** The pages of who may do what. */
import { IconTicket, IconUsers } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const accessPages: readonly Page[] = [
  {
    path: 'users',
    name: 'page.users',
    icon: IconUsers,
    group: 'govern',
    isForAdministrators: true,
    routes: [
      {
        path: 'users',
        lazy: async () => ({ Component: (await import('./users-page.tsx')).UsersPage }),
      },
    ],
  },
  {
    path: 'tokens',
    name: 'page.tokens',
    icon: IconTicket,
    group: 'govern',
    routes: [
      {
        path: 'tokens',
        lazy: async () => ({ Component: (await import('./tokens-page.tsx')).TokensPage }),
      },
    ],
  },
];
