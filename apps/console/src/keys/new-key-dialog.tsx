/** Makes a key that is not there yet: one that is meanwhile is never written over. */
import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { RequestProblem } from '../api/problem.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { keyPageOf, writeKey } from './key-requests.ts';

export function NewKeyDialog(props: { readonly prefix: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['keys', 'shell']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState(props.prefix);
  const [value, setValue] = useState('');
  const [lease, setLease] = useState('');
  const creation = useMutation({
    mutationFn: () =>
      writeKey({ text: name }, { text: value }, { seenRevision: 0, lease: lease.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keys'] });
      await navigate(keyPageOf({ text: name }));
    },
  });
  const isTaken = creation.error instanceof RequestProblem && creation.error.status === 412;
  return (
    <Dialog onClose={props.onClose} title={t('newKey')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          creation.mutate();
        }}
      >
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={t('column.key')}
            description={t('create.keyHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            error={isTaken ? t('create.taken') : undefined}
            autoComplete="off"
            spellCheck={false}
          />
          <Textarea
            label={t('column.value')}
            autosize
            minRows={4}
            maxRows={14}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            spellCheck={false}
          />
          <LeaseField value={lease} onChange={setLease} />
          {!isTaken && <ProblemNote error={creation.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {t('shell:action.cancel')}
            </Button>
            <Button type="submit" disabled={name === ''} loading={creation.isPending}>
              {t('create.verb')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** The lease that a key goes with; empty: it stays. */
export function LeaseField(props: {
  readonly value: string;
  readonly onChange: (lease: string) => void;
}) {
  const { t } = useTranslation('keys');
  return (
    <TextInput
      label={t('column.lease')}
      description={t('create.leaseHint')}
      placeholder="694d7550f3a1c01"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
