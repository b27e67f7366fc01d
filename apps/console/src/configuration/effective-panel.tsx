/** What a given program would get: by its id, name, version and labels. */
import { Badge, Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '../editor/lazy-editor.tsx';
import { useFormat } from '../format/use-format.ts';
import { ErrorState } from '../widgets/error-state.tsx';
import { Loading } from '../widgets/loading.tsx';
import { Panel } from '../widgets/panel.tsx';
import { StatusDot } from '../widgets/status-dot.tsx';
import { effectiveFor } from './config-requests.ts';
import type { ItemAddress } from './item-address.ts';
import { Notice } from '../widgets/notice.tsx';

export function EffectivePanel({ address }: { readonly address: ItemAddress }) {
  const { t } = useTranslation('configuration');
  const [typed, setTyped] = useState({ id: '', app: '', version: '' });
  const [labels, setLabels] = useState<string[]>([]);
  const [asked, setAsked] = useState<{
    readonly who: Readonly<Record<string, string>>;
    readonly labels: readonly string[];
  }>();
  return (
    <Stack gap="md">
      <Panel title={t('effective.who')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsked({ who: { ...typed }, labels });
          }}
        >
          <Stack gap="md">
            <Text fz="sm" c="dimmed">
              {t('effective.explanation')}
            </Text>
            <Group gap="sm" align="flex-start">
              {(['id', 'app', 'version'] as const).map((name) => (
                <TextInput
                  key={name}
                  label={t(`effective.${name}`)}
                  w={180}
                  value={typed[name]}
                  onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
                  autoComplete="off"
                />
              ))}
              <TagsInput
                label={t('effective.labels')}
                w={260}
                value={labels}
                onChange={setLabels}
                placeholder="zone=a"
                size="sm"
              />
            </Group>
            <Group>
              <Button type="submit">{t('effective.verb')}</Button>
            </Group>
          </Stack>
        </form>
      </Panel>
      {asked !== undefined && <Answered address={address} {...asked} />}
    </Stack>
  );
}

interface AnsweredProps {
  readonly address: ItemAddress;
  readonly who: Readonly<Record<string, string>>;
  readonly labels: readonly string[];
}

function Answered({ address, who, labels }: AnsweredProps) {
  const { t } = useTranslation('configuration');
  const format = useFormat();
  const effective = useQuery(effectiveFor(address, who, labels));
  if (effective.isPending) return <Loading lines={3} />;
  if (effective.isError)
    return <ErrorState error={effective.error} onRetry={() => void effective.refetch()} />;
  const {
    release,
    track,
    content,
    isMasked,
    format: written = 'text',
    why,
    tracks,
  } = effective.data;
  return (
    <Panel
      title={t('effective.gets', { release: format.number(release) })}
      aside={<Badge color={track === 'base' ? 'gray' : 'grape'}>{track}</Badge>}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {why}
        </Text>
        {content === undefined ? (
          <Notice tone="quiet">{t(isMasked ? 'masked' : 'live.none')}</Notice>
        ) : (
          <CodeEditor value={content} format={written} label={t('tab.effective')} />
        )}
        {tracks.map(({ name, isOn, why: because }) => (
          <StatusDot key={name} tone={isOn ? 'accent' : 'quiet'}>
            {name}: {because}
          </StatusDot>
        ))}
      </Stack>
    </Panel>
  );
}
