/** Around a control that is out of reach: who points at it, focuses it or touches it is told why. */
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What it would take: a role that covers the keys in question, or that of administrators. */
export type Demand = 'role' | 'administrator';

export interface RefusalProps {
  readonly takes: Demand;
  /** Not `disabled`: what cannot get the focus cannot tell why. */
  readonly children: ReactElement;
}

export function Refusal({ takes, children }: RefusalProps) {
  const { t } = useTranslation('shell');
  return (
    <Tooltip
      label={t(`refusal.${takes}`)}
      multiline
      maw={300}
      events={{ hover: true, focus: true, touch: true }}
    >
      {children}
    </Tooltip>
  );
}
