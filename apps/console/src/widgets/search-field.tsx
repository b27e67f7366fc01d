/** A search whose words are part of the page's address, so that it survives navigation and can be sent to others. */
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Between the last key and the search. */
const DEBOUNCE_MS = 200;

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly width?: number | string;
}

export function SearchField({ label, value, onChange, width = 280 }: SearchFieldProps) {
  const { t } = useTranslation('shell');
  const [text, setText] = useState(value);
  // What comes back of our own words is old when the next letter has been typed meanwhile.
  const told = useRef(value);
  const tell = useDebouncedCallback((words: string) => {
    told.current = words;
    onChange(words);
  }, DEBOUNCE_MS);
  useEffect(() => {
    if (value !== told.current) setText(value);
    told.current = value;
  }, [value]);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      w={width}
      maw="100%"
      leftSection={<IconSearch size={14} />}
      rightSection={
        text === '' ? undefined : (
          <CloseButton size="sm" aria-label={t('action.clear')} onClick={() => onChange('')} />
        )
      }
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
