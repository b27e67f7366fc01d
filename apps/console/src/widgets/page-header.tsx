/** The head of a page: where it is, what it is, and what can be done there. */
import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

export interface PageHeaderProps {
  readonly title: string;
  /** Beside the title: a state, a mark. */
  readonly mark?: ReactNode;
  readonly description?: ReactNode;
  /** The pages above this one. */
  readonly above?: readonly Crumb[];
  readonly actions?: ReactNode;
  /** The title is a name that people type: shown in the face of code. */
  readonly isName?: boolean;
}

export function PageHeader(props: PageHeaderProps) {
  const { title, mark, description, above = [], actions, isName = false } = props;
  useEffect(() => {
    document.title = `${title} · Concord`;
  }, [title]);
  return (
    <Stack gap={4} mb="lg" component="header">
      {above.length > 0 && (
        <Breadcrumbs fz="xs" separatorMargin={6}>
          {above.map(({ label, to }) => (
            <Anchor key={to} component={Link} to={to} fz="xs" c="dimmed">
              {label}
            </Anchor>
          ))}
          <Text fz="xs" c="dimmed" lh={1.5} truncate maw={320} title={title}>
            {title}
          </Text>
        </Breadcrumbs>
      )}
      <Group justify="space-between" gap="sm" align="center">
        <Group gap="sm" miw={0} style={{ flexShrink: 1 }}>
          <Title
            order={1}
            {...(isName && { ff: 'monospace', fz: '1.125rem' })}
            style={{ overflowWrap: 'anywhere' }}
          >
            {title}
          </Title>
          {mark}
        </Group>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {description !== undefined && (
        <Text c="dimmed" fz="sm" maw={720}>
          {description}
        </Text>
      )}
    </Stack>
  );
}
