/** Nothing here yet: what would be here, and how it comes. */
import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do about it: buttons, a snippet. */
  readonly actions?: ReactNode;
}

export function EmptyState({ icon: Mark, title, children, actions }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Stack align="center" gap="xs" maw={560} w="100%">
        <span className={classes.mark} aria-hidden>
          <Mark size={20} stroke={1.6} />
        </span>
        <Title order={2}>{title}</Title>
        {children !== undefined && (
          <Text c="dimmed" ta="center" fz="sm" component="div">
            {children}
          </Text>
        )}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </Stack>
    </div>
  );
}
