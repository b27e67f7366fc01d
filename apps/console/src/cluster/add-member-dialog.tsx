/** Adds a member: announces it to the cluster, then shows what to type on the new machine. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { Notice } from '../widgets/notice.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { addMember } from './cluster-requests.ts';
import classes from './cluster.module.css';
import { HealthWait } from './health-wait.tsx';
import { likelyClientUrl, startCommand } from './member-command.ts';
import { isWholeMember, MemberFields, newMember } from './member-fields.tsx';
import { useMembershipChange } from './use-membership-change.ts';

export function AddMemberDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['cluster', 'shell']);
  const { cluster } = useSession();
  const queries = useQueryClient();
  const [member, setMember] = useState(newMember);
  const { name, peerUrl, isLearner } = member;
  const change = useMembershipChange();
  const addition = useMutation({
    mutationFn: () => change.make(() => addMember([peerUrl], isLearner)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cluster'] }),
  });
  return (
    <Dialog onClose={onClose} size="lg" title={t('add.title')}>
      {addition.data === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            addition.mutate();
          }}
        >
          <Stack gap="md">
            <Text fz="sm" c="dimmed">
              {t('add.explanation')}
            </Text>
            <MemberFields member={member} onChange={setMember} />
            <HealthWait isWaiting={change.isWaiting} />
            <ProblemNote error={addition.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('shell:action.cancel')}
              </Button>
              <Button type="submit" disabled={!isWholeMember(member)} loading={addition.isPending}>
                {t('add.verb')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <StartInstructions
          name={name}
          isLearner={isLearner}
          command={startCommand(
            cluster.kind,
            { name, peerUrl, clientUrl: likelyClientUrl(peerUrl) },
            addition.data.initialCluster,
          )}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

interface StartInstructionsProps {
  readonly name: string;
  readonly isLearner: boolean;
  readonly command: string;
  readonly onClose: () => void;
}

/** What is left to do, at the new member's machine. */
function StartInstructions({ name, isLearner, command, onClose }: StartInstructionsProps) {
  const { t } = useTranslation(['cluster', 'shell']);
  return (
    <Stack gap="md">
      <Text fz="sm">{t('add.now', { name })}</Text>
      <div style={{ position: 'relative' }}>
        <pre className={classes.command} tabIndex={0}>
          {command}
        </pre>
        <div style={{ position: 'absolute', top: 8, right: 8 }}>
          <CopyButton text={command} />
        </div>
      </div>
      <Notice tone="quiet">{t(isLearner ? 'add.thenPromote' : 'add.countsNow')}</Notice>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('shell:action.close')}</Button>
      </Group>
    </Stack>
  );
}
