/** Completion from a JSON Schema: names of fields where a name may stand, values where the schema lists them. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { placeAt } from './document-path.ts';
import { fieldHints, valueHints, type Hint, type JsonSchema } from './schema-hints.ts';
import type { TextFormat } from './text-format.ts';

export function completeBySchema(schema: JsonSchema, format: TextFormat): Extension {
  if (format !== 'json' && format !== 'yaml') return [];
  return autocompletion({ override: [(context) => complete(context, schema, format)] });
}

function complete(
  context: CompletionContext,
  schema: JsonSchema,
  format: 'json' | 'yaml',
): CompletionResult | null {
  const word = context.matchBefore(/"?[\w.-]*/);
  if (word === null || (word.from === word.to && !context.explicit)) return null;
  const { path, kind, taken } = placeAt(context.state, context.pos, format);
  const hints =
    kind === 'name'
      ? fieldHints(schema, path).filter(({ label }) => !taken.includes(label))
      : valueHints(schema, path);
  return hints.length === 0
    ? null
    : {
        from: word.from,
        options: hints.map((hint) => optionOf(hint, kind, format)),
        validFor: /^"?[\w.-]*$/,
      };
}

/** JSON puts names in quotation marks; both formats write a colon behind them. */
function optionOf(
  { label, detail, info }: Hint,
  kind: 'name' | 'value',
  format: 'json' | 'yaml',
): Completion {
  const text =
    kind === 'value'
      ? format === 'yaml'
        ? label.replace(/^"(.*)"$/, '$1')
        : label
      : format === 'json'
        ? `"${label}": `
        : `${label}: `;
  return {
    label: format === 'json' && kind === 'name' ? `"${label}"` : text.trim().replace(/:$/, ''),
    displayLabel: label,
    detail,
    ...(info !== undefined && { info }),
    apply: text,
    type: kind === 'name' ? 'property' : 'constant',
  };
}
