/** What people type as it stands: names, keys, addresses; small and grey where it is only in addition. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface CodeTextProps {
  readonly isQuiet?: boolean;
  readonly children: ReactNode;
}

export const CodeText = ({ isQuiet = false, children }: CodeTextProps) => (
  <Text span ff="monospace" fz={isQuiet ? 'xs' : 'sm'} {...(isQuiet && { c: 'dimmed' })}>
    {children}
  </Text>
);
