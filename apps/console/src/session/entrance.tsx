/** What one sees before one is in: the mark, a form, and where one is. */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import mark from '../app/mark.svg';
import { ColourSchemeMenu } from '../app/colour-scheme-menu.tsx';
import { LanguageMenu } from '../app/language-menu.tsx';
import classes from './entrance.module.css';

export interface EntranceProps {
  readonly title: string;
  readonly explanation: ReactNode;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

export function Entrance({ title, explanation, children, foot }: EntranceProps) {
  return (
    <main className={classes.entrance}>
      <Group className={classes.settings} gap={6}>
        <LanguageMenu />
        <ColourSchemeMenu />
      </Group>
      <Stack w="100%" maw={400} gap="lg">
        <Stack gap={6} align="center">
          <img src={mark} width={40} height={40} alt="" />
          <Title order={1} mt="xs">
            {title}
          </Title>
          <Text c="dimmed" fz="sm" ta="center">
            {explanation}
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="md" bg="var(--surface)">
          {children}
        </Paper>
        {foot !== undefined && (
          <Text c="dimmed" fz="xs" ta="center">
            {foot}
          </Text>
        )}
      </Stack>
    </main>
  );
}
