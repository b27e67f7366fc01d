/** The same thing done elsewhere: as curl, in the SDK, by a command; one of them shown, each ready to be copied. */
import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from './copy-button.tsx';
import classes from './snippet.module.css';

export interface SnippetForm {
  /** A proper name, the same in every language: `curl`, `SDK`. */
  readonly name: string;
  readonly code: string;
}

export function Snippet({ forms }: { readonly forms: readonly SnippetForm[] }) {
  const [chosen, choose] = useState(forms[0]?.name ?? '');
  const form = forms.find(({ name }) => name === chosen) ?? forms[0];
  if (form === undefined) return null;
  return (
    <div className={classes.snippet}>
      <div className={classes.bar}>
        {forms.length > 1 ? (
          <SegmentedControl
            value={form.name}
            onChange={choose}
            data={forms.map(({ name }) => name)}
          />
        ) : (
          <span className={classes.name}>{form.name}</span>
        )}
        <CopyButton text={form.code} />
      </div>
      <pre className={classes.code} tabIndex={0}>
        {form.code}
      </pre>
    </div>
  );
}
