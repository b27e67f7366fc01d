/** What a page is to the shell: where it is, how it is called, and what draws it. Each subject's folder has a table of its own. */
import type { Icon } from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import type { RouteObject } from 'react-router';

/** Groups of the navigation, in their order. */
export const pageGroups = ['discover', 'data', 'operate', 'govern'] as const;
export type PageGroup = (typeof pageGroups)[number];

export interface Page {
  /** Its path below the console's root, without slashes at the ends: `services`; empty for the overview. */
  readonly path: string;
  /** Its name in the catalogue `shell`: `page.services`. */
  readonly name: ParseKeys & `page.${string}`;
  readonly icon: Icon;
  readonly group: PageGroup;
  /** Only administrators see it. */
  readonly isForAdministrators?: boolean;
  /** What draws it and the pages below it; each is loaded when it is opened. */
  readonly routes: readonly RouteObject[];
}
