/** What of the audit is looked at: who, what, of what, and when. */
import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './audit.module.css';
import { fromLocal, toLocal, type AuditFilter } from './audit-filter.ts';

const DEBOUNCE_MS = 300;

export interface AuditFilterFieldsProps {
  readonly filter: AuditFilter;
  readonly onChange: (filter: AuditFilter) => void;
}

export function AuditFilterFields({ filter, onChange }: AuditFilterFieldsProps) {
  const { t } = useTranslation('audit');
  const [typed, setTyped] = useState(filter);
  const tell = useDebouncedCallback(onChange, DEBOUNCE_MS);
  const given = JSON.stringify(filter);
  useEffect(() => setTyped(JSON.parse(given) as AuditFilter), [given]);
  const change = (changes: { readonly [Name in keyof AuditFilter]?: string | undefined }) => {
    const next = Object.fromEntries(
      Object.entries({ ...typed, ...changes }).filter(
        ([, value]) => value !== undefined && value !== '',
      ),
    ) as AuditFilter;
    setTyped(next);
    tell(next);
  };
  return (
    <div className={classes.filter}>
      <TextInput
        label={t('column.actor')}
        w={{ base: '100%', xs: 140 }}
        value={typed.actor ?? ''}
        onChange={(event) => change({ actor: event.currentTarget.value })}
      />
      <TextInput
        label={t('column.action')}
        w={{ base: '100%', xs: 150 }}
        placeholder="putConfig"
        value={typed.action ?? ''}
        onChange={(event) => change({ action: event.currentTarget.value })}
      />
      <TextInput
        label={t('column.subject')}
        w={{ base: '100%', xs: 180 }}
        value={typed.subject ?? ''}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t('from')}
        w={{ base: '100%', xs: 200 }}
        value={toLocal(typed.from)}
        onChange={(event) => change({ from: fromLocal(event.currentTarget.value) })}
      />
      <TextInput
        type="datetime-local"
        step={1}
        label={t('to')}
        w={{ base: '100%', xs: 200 }}
        value={toLocal(typed.to)}
        onChange={(event) => change({ to: fromLocal(event.currentTarget.value) })}
      />
      {Object.keys(filter).length > 0 && (
        <Button variant="default" size="sm" onClick={() => onChange({})}>
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
