/** Adds a member: announces it to the cluster, then shows what to type on the new machine. */
import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { addMember } from './cluster-requests.ts';
import classes from './cluster.module.css';
import { isMemberUrl, likelyClientUrl, startCommand } from './member-command.ts';
import { Notice } from '../widgets/notice.tsx';

export function AddMemberDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['cluster', 'shell']);
  const { cluster } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [peerUrl, setPeerUrl] = useState('');
  const [isLearner, setLearner] = useState(true);
  const addition = useMutation({
    mutationFn: () => addMember([peerUrl], isLearner),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cluster'] }),
  });
  const isUrl = isMemberUrl(peerUrl);
  const command =
    addition.data === undefined
      ? undefined
      : startCommand(
          cluster.kind,
          { name, peerUrl, clientUrl: likelyClientUrl(peerUrl) },
          addition.data.initialCluster,
        );
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('add.title')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {command === undefined ? (
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
            <TextInput
              data-autofocus
              label={t('column.name')}
              description={t('add.nameHint')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              autoComplete="off"
            />
            <TextInput
              label={t('add.peerUrl')}
              description={t('add.peerUrlHint')}
              placeholder="http://10.0.0.5:2380"
              value={peerUrl}
              onChange={(event) => setPeerUrl(event.currentTarget.value)}
              error={peerUrl !== '' && !isUrl && t('add.badUrl')}
              autoComplete="off"
              spellCheck={false}
            />
            <Switch
              label={t('add.learner')}
              description={t('add.learnerHint')}
              checked={isLearner}
              onChange={(event) => setLearner(event.currentTarget.checked)}
            />
            <ProblemNote error={addition.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('shell:action.cancel')}
              </Button>
              <Button
                type="submit"
                disabled={!isUrl || !/^[\w.-]+$/.test(name)}
                loading={addition.isPending}
              >
                {t('add.verb')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
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
      )}
    </Modal>
  );
}
