/** The formats that the editor colours; those of configuration. */
export const TEXT_FORMATS = ['json', 'yaml', 'toml', 'text'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** The format of a text of which nothing else is known, by the ending of its name. */
export function formatOfName(name: string): TextFormat {
  const [, ending = ''] = /\.([a-z]+)$/i.exec(name) ?? [];
  const formats: Readonly<Record<string, TextFormat>> = {
    json: 'json',
    yaml: 'yaml',
    yml: 'yaml',
    toml: 'toml',
  };
  return formats[ending.toLowerCase()] ?? 'text';
}
