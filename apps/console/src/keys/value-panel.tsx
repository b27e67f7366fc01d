/** A value to be read, in the format that shows most of it, or in any other. */
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '../editor/lazy-editor.tsx';
import { CopyButton } from '../widgets/copy-button.tsx';
import { Panel } from '../widgets/panel.tsx';
import type { Entry } from './key-requests.ts';
import classes from './keys.module.css';
import { bestFormat, show, VALUE_FORMATS, type ValueFormat } from './value-formats.ts';
import { bytesOf } from './wire-bytes.ts';
import { Notice } from '../widgets/notice.tsx';

/** The editor is for texts that have a grammar; it would be slow with longer ones than anybody reads. */
const COLOURED_MAX = 200_000;

export function ValuePanel({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation('keys');
  const [chosen, choose] = useState<ValueFormat>();
  if (entry.isProtected === true || entry.value === undefined) {
    return (
      <Panel title={t('column.value')}>
        <Notice tone="quiet">{t('protectedExplanation')}</Notice>
      </Panel>
    );
  }
  const bytes = bytesOf(entry.value);
  const format = chosen ?? bestFormat(bytes);
  const shown = show(bytes, format);
  return (
    <Panel
      title={t('column.value')}
      aside={
        <>
          <SegmentedControl
            aria-label={t('format.label')}
            value={format}
            onChange={(next) => choose(next)}
            data={VALUE_FORMATS.map((value) => ({ value, label: t(`format.${value}`) }))}
          />
          {shown.fits && <CopyButton text={shown.text} />}
        </>
      }
    >
      {!shown.fits ? (
        <Notice tone="warning">
          {t(`misfit.${shown.reason}`, { detail: shown.detail ?? '' })}
        </Notice>
      ) : bytes.length === 0 ? (
        <Notice tone="quiet">{t('emptyValue')}</Notice>
      ) : (format === 'json' || format === 'yaml') && shown.text.length < COLOURED_MAX ? (
        <CodeEditor value={shown.text} format={format} label={t('column.value')} />
      ) : (
        <pre className={classes.value} tabIndex={0} data-raw={format === 'hex' || undefined}>
          {shown.text}
        </pre>
      )}
    </Panel>
  );
}
