/** The page of what was done. */
import { IconHistoryToggle } from '@tabler/icons-react';
import type { Page } from '../app/page.ts';

export const auditPages: readonly Page[] = [
  {
    path: 'audit',
    name: 'page.audit',
    icon: IconHistoryToggle,
    group: 'govern',
    isForAdministrators: true,
    routes: [
      {
        path: 'audit',
        lazy: async () => ({ Component: (await import('./audit-page.tsx')).AuditPage }),
      },
    ],
  },
];
