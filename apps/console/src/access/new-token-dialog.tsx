/** Makes an API token, then shows its text: once, since only a hash of it is kept. */
import {
  Button,
  Checkbox,
  Code,
  Group,
  Modal,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { CopyButton } from '../widgets/copy-button.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { createToken, type TokenScope } from './access-requests.ts';
import { Notice } from '../widgets/notice.tsx';

type Verb = TokenScope['verbs'][number];

const DAYS = ['7', '30', '90', '365', '731'] as const;

export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['access', 'shell']);
  const { actor } = useSession();
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [verbs, setVerbs] = useState<Verb[]>(['read']);
  const [prefixes, setPrefixes] = useState<string[]>([]);
  const [services, setServices] = useState<string[]>([]);
  const [days, setDays] = useState<string>('90');
  const creation = useMutation({
    mutationFn: () =>
      createToken(
        label.trim(),
        {
          verbs,
          ...(prefixes.length > 0 && { prefixes }),
          ...(services.length > 0 && { services }),
        },
        Number(days),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['access', 'tokens'] }),
  });
  const created = creation.data;
  return (
    <Modal
      opened
      onClose={onClose}
      // Whoever clicks beside it would lose the text.
      closeOnClickOutside={created === undefined}
      title={t(created === undefined ? 'tokens.new' : 'tokens.created')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      {created === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            creation.mutate();
          }}
        >
          <Stack gap="md">
            <TextInput
              data-autofocus
              label={t('column.label')}
              description={t('tokens.labelHint')}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
              autoComplete="off"
            />
            <Checkbox.Group
              label={t('tokens.verbs')}
              value={verbs}
              onChange={(next) => setVerbs(next)}
            >
              <Group gap="md" mt={6}>
                <Checkbox value="read" label={t('verb.read')} />
                <Checkbox value="write" label={t('verb.write')} />
                {actor?.isAdministrator === true && (
                  <Checkbox value="administer" label={t('verb.administer')} />
                )}
              </Group>
            </Checkbox.Group>
            <TagsInput
              label={t('tokens.prefixes')}
              description={t('tokens.prefixesHint')}
              value={prefixes}
              onChange={setPrefixes}
              placeholder="/concord/config/"
              size="sm"
            />
            <TagsInput
              label={t('tokens.services')}
              description={t('tokens.servicesHint')}
              value={services}
              onChange={setServices}
              size="sm"
            />
            <Select
              label={t('tokens.expiry')}
              value={days}
              onChange={(next) => setDays(next ?? '90')}
              data={DAYS.map((value) => ({
                value,
                label: t('tokens.days', { count: Number(value) }),
              }))}
              allowDeselect={false}
            />
            <ProblemNote error={creation.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('shell:action.cancel')}
              </Button>
              <Button
                type="submit"
                disabled={label.trim() === '' || verbs.length === 0}
                loading={creation.isPending}
              >
                {t('tokens.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <CreatedToken text={created.token} onClose={onClose} />
      )}
    </Modal>
  );
}

function CreatedToken({ text, onClose }: { readonly text: string; readonly onClose: () => void }) {
  const { t } = useTranslation('access');
  return (
    <Stack gap="md">
      <Notice tone="warning">{t('tokens.once')}</Notice>
      <Group gap="xs" wrap="nowrap">
        <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'normal' }} data-token>
          {text}
        </Code>
        <CopyButton text={text} />
      </Group>
      <Text fz="xs" c="dimmed">
        {t('tokens.use')}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('tokens.kept')}</Button>
      </Group>
    </Stack>
  );
}
