/** Says that consumers hold on to instances that expired together: why, what it means, and until when. */
import { Group, Text } from '@mantine/core';
import { IconShieldHalf } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../format/times.ts';
import { useNow } from '../format/use-now.ts';
import { useMayWrite } from '../session/use-may.ts';
import { GuardedButton } from '../widgets/guarded-button.tsx';
import { HoldDialog, type HoldAction } from './hold-dialog.tsx';
import classes from './hold-banner.module.css';
import { protectionHold } from './protection-hold.ts';
import { holdKey } from './service-keys.ts';
import { useTimeline } from './service-queries.ts';

interface Props {
  readonly service: string;
  /** How many instances there are now. */
  readonly present: number;
}

export function HoldBanner({ service, present }: Props) {
  const { t } = useTranslation('services');
  const now = useNow();
  const { data } = useTimeline(service);
  const [asked, ask] = useState<HoldAction>();
  const mayDecide = useMayWrite(holdKey(service));
  const hold = protectionHold(data?.items ?? [], present, now);
  if (hold === undefined) return null;
  return (
    <div className={classes.hold} role="alert">
      <IconShieldHalf size={18} aria-hidden className={classes.mark} />
      <div>
        <Text fw={600} fz="sm">
          {t('hold.title')} · {t('hold.left', { left: formatDuration(hold.endsAtMs - now) })}
        </Text>
        <Text fz="sm">
          {t('hold.cause', {
            expired: hold.expired,
            total: hold.total,
            span: formatDuration(Math.max(1_000, hold.spanMs)),
          })}{' '}
          {t('hold.meaning')}
        </Text>
        <Text fz="sm" c="dimmed">
          {t('hold.ends')}
        </Text>
        <Group gap="xs" mt="xs">
          {(['extend', 'release'] as const).map((action) => (
            <GuardedButton
              key={action}
              isPermitted={mayDecide}
              size="compact-sm"
              variant="default"
              onClick={() => ask(action)}
            >
              {t(`hold.${action}`)}
            </GuardedButton>
          ))}
        </Group>
        {asked !== undefined && (
          <HoldDialog
            service={service}
            action={asked}
            expired={hold.expired}
            onClose={() => ask(undefined)}
          />
        )}
      </div>
    </div>
  );
}
