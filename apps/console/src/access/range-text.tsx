/** A range of keys in words. */
import { Code } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { PermissionRange } from './permission-range.ts';

export function RangeText({ range }: { readonly range: PermissionRange }) {
  const { t } = useTranslation('access');
  return (
    <span>
      <Trans t={t} i18nKey={`range.${range.kind}`} values={{ ...range }}>
        <Code />
        <Code />
      </Trans>
    </span>
  );
}
