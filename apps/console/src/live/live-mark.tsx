/** Says whether a page is kept current at this moment. */
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StreamState } from './event-stream.ts';
import classes from './live-mark.module.css';

export function LiveMark({ state }: { readonly state: StreamState }) {
  const { t } = useTranslation('shell');
  return (
    <Tooltip label={t(`live.${state}Explanation`)} multiline maw={280}>
      <span className={classes.mark} data-state={state} role="status">
        <span className={classes.dot} aria-hidden />
        {t(`live.${state}`)}
      </span>
    </Tooltip>
  );
}
