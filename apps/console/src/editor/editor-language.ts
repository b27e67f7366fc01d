/** What the editor knows of each format: its grammar, for colours, folding and indentation. */
import { json } from '@codemirror/lang-json';
import { yaml } from '@codemirror/lang-yaml';
import { StreamLanguage } from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import type { Extension } from '@codemirror/state';
import type { TextFormat } from './text-format.ts';

export function languageOf(format: TextFormat): Extension {
  switch (format) {
    case 'json':
      return json();
    case 'yaml':
      return yaml();
    case 'toml':
      return StreamLanguage.define(toml);
    case 'text':
      return [];
  }
}
