/** Where in the key space one is: each piece of the prefix leads back to it. */
import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { trailOf } from './key-trail.ts';

export function PrefixTrail(props: {
  readonly prefix: string;
  readonly onGo: (prefix: string) => void;
}) {
  const { t } = useTranslation('keys');
  const { prefix, onGo } = props;
  return (
    <Group gap={2} component="span" style={{ overflowWrap: 'anywhere' }}>
      <Step label={t('allKeys')} isLast={prefix === ''} onClick={() => onGo('')} />
      {trailOf(prefix).map((step) => (
        <Group key={step.prefix} gap={2} component="span">
          <Text span c="dimmed" aria-hidden>
            ›
          </Text>
          <Step
            isCode
            label={step.label}
            isLast={step.prefix === prefix}
            onClick={() => onGo(step.prefix)}
          />
        </Group>
      ))}
    </Group>
  );
}

function Step(props: {
  readonly label: string;
  readonly isLast: boolean;
  readonly isCode?: boolean;
  readonly onClick: () => void;
}) {
  const face = props.isCode === true ? { ff: 'monospace' } : {};
  if (props.isLast) {
    return (
      <Text span fz="sm" fw={600} px={4} {...face}>
        {props.label}
      </Text>
    );
  }
  return (
    <Anchor component="button" type="button" fz="sm" px={4} {...face} onClick={props.onClick}>
      {props.label}
    </Anchor>
  );
}
