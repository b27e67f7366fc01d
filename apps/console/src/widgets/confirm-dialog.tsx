/** Asks before something is done that others feel: says whom it reaches, and has the name typed where it cannot be undone. */
import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and who will notice. */
  readonly children: ReactNode;
  /** The verb on the button: "Remove member". */
  readonly verb: string;
  /** Has to be typed first: for what cannot be undone. */
  readonly typedName?: string;
  /** Red, for what takes something away; the accent for what only changes it. */
  readonly isDestructive?: boolean;
  /** A form is not filled in yet. */
  readonly isBlocked?: boolean;
  /** Does it; a failure is shown in the dialog, which stays open. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Mount it to open it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, verb, typedName, isDestructive = true, onConfirm, onClose } = props;
  const { t } = useTranslation('shell');
  const [typed, setTyped] = useState('');
  const action = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const isReady = (typedName === undefined || typed === typedName) && props.isBlocked !== true;
  return (
    <Dialog onClose={onClose} title={title} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) action.mutate();
        }}
      >
        <Stack gap="md">
          {children}
          {typedName !== undefined && (
            <TextInput
              data-autofocus
              label={
                <Text span fz="sm">
                  <Trans t={t} i18nKey="confirm.typeName" values={{ name: typedName }}>
                    <Code />
                  </Trans>
                </Text>
              }
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
          <ProblemNote error={action.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button
              type="submit"
              color={isDestructive ? 'red.8' : 'accent'}
              disabled={!isReady}
              loading={action.isPending}
            >
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
