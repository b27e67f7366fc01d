/** Time travel: which revision a view is of, and the reminder that it is not of now. */
import { Button, Group, NumberInput, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';
import { Notice } from '../widgets/notice.tsx';
import { revisionAt } from './revision-requests.ts';

export interface RevisionFieldProps {
  /** Undefined: now. */
  readonly revision: number | undefined;
  readonly onChange: (revision: number | undefined) => void;
}

export function RevisionField({ revision, onChange }: RevisionFieldProps) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      position="bottom-end"
      shadow="md"
      width={280}
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconHistory size={14} />}
          onClick={() => setOpen(!isOpen)}
        >
          {revision === undefined
            ? t('revision.now')
            : t('revision.at', { revision: format.number(revision) })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <RevisionForm
          revision={revision}
          onGo={(next) => {
            onChange(next);
            setOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface RevisionFormProps {
  readonly revision: number | undefined;
  readonly onGo: (revision: number | undefined) => void;
}

/** By its number, or by a moment that it was the newest at. */
function RevisionForm({ revision, onGo }: RevisionFormProps) {
  const { t } = useTranslation('keys');
  const [typed, setTyped] = useState<string | number>(revision ?? '');
  const [moment, setMoment] = useState('');
  const found = useMutation({
    mutationFn: revisionAt,
    onSuccess: (answer) => onGo(answer.revision),
  });
  const go = () => {
    if (moment !== '') found.mutate(new Date(moment));
    else onGo(typeof typed === 'number' && typed > 0 ? typed : undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <Stack gap="sm">
        <NumberInput
          data-autofocus
          label={t('revision.field')}
          min={1}
          allowDecimal={false}
          value={typed}
          onChange={setTyped}
        />
        <TextInput
          type="datetime-local"
          step={1}
          label={t('revision.time')}
          value={moment}
          onChange={({ currentTarget }) => setMoment(currentTarget.value)}
          error={found.error === null ? undefined : found.error.message}
        />
        <Text fz="xs" c="dimmed">
          {t('revision.explanation')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => onGo(undefined)}>
            {t('revision.now')}
          </Button>
          <Button type="submit" loading={found.isPending}>
            {t('revision.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Says that what is shown is past; nothing where it is of now. */
export function RevisionBanner(props: {
  readonly revision: number | undefined;
  readonly onNow: () => void;
}) {
  const { t } = useTranslation('keys');
  const format = useFormat();
  if (props.revision === undefined) return null;
  return (
    <Notice tone="warning" icon={<IconHistory size={16} />} py="xs" role="status">
      <Group justify="space-between" gap="xs">
        <Text fz="sm">{t('revision.banner', { revision: format.number(props.revision) })}</Text>
        <Button variant="default" size="compact-xs" onClick={props.onNow}>
          {t('revision.backToNow')}
        </Button>
      </Group>
    </Notice>
  );
}
