/** Above every page while what it shows may be old: the cluster is away, and the gateway answers from memory. */
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStaleSeconds } from '../api/freshness.ts';
import { formatDuration } from '../format/times.ts';
import classes from './header.module.css';

export function StaleBanner() {
  const { t } = useTranslation('shell');
  const seconds = useStaleSeconds();
  if (seconds === undefined) return null;
  return (
    <div className={classes.banner} role="alert">
      <IconPlugConnectedX size={16} aria-hidden />
      <span>{t('stale', { age: formatDuration(seconds * 1000) })}</span>
    </div>
  );
}
