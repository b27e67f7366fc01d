/** Where in a document of JSON or YAML the cursor stands: the names and list places above it. */
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

export interface DocumentPlace {
  readonly path: readonly (string | number)[];
  /** A name of a field is being written, or its value. */
  readonly kind: 'name' | 'value';
  /** Names that the object has already. */
  readonly taken: readonly string[];
}

/** Read from the lines rather than from the tree where the document is YAML: half a line is no tree yet. */
export function placeAt(
  state: EditorState,
  position: number,
  format: 'json' | 'yaml',
): DocumentPlace {
  return format === 'json'
    ? placeInJson(state, position)
    : placeInYaml(state.doc.toString(), position);
}

function placeInJson(state: EditorState, position: number): DocumentPlace {
  const text = (from: number, to: number): string => state.doc.sliceString(from, to);
  const path: (string | number)[] = [];
  let kind: DocumentPlace['kind'] = 'value';
  let taken: string[] = [];
  let isInnermost = true;
  for (let node = syntaxTree(state).resolveInner(position, -1); ;) {
    if (node.name === 'PropertyName') kind = 'name';
    if (node.name === 'Object' && isInnermost) {
      if (kind !== 'name' && !/:\s*("[^"]*)?$/.test(text(node.from, position))) kind = 'name';
      taken = node.getChildren('Property').flatMap((property) => {
        const name = property.getChild('PropertyName');
        return name === null || (name.from <= position && position <= name.to)
          ? []
          : [unquoted(text(name.from, name.to))];
      });
      isInnermost = false;
    }
    if (node.name === 'Property') {
      const name = node.getChild('PropertyName');
      const isOwnName = name !== null && name.from <= position && position <= name.to;
      if (name !== null && !isOwnName) path.unshift(unquoted(text(name.from, name.to)));
      if (isInnermost && !isOwnName) isInnermost = false;
    }
    if (node.name === 'Array') {
      if (isInnermost) isInnermost = false;
      path.unshift(0);
    }
    const { parent } = node;
    if (parent === null) return { path, kind, taken };
    node = parent;
  }
}

const unquoted = (name: string): string => name.replace(/^"|"$/g, '');

/** By indentation: the names on lines above that are indented less and less. */
export function placeInYaml(text: string, position: number): DocumentPlace {
  const lines = text.slice(0, position).split('\n');
  const own = lines.at(-1) ?? '';
  const value = /^(\s*(?:- )*)([\w."'/-]+):\s+\S*$/.exec(own);
  let indent = /^\s*(- )*/.exec(own)![0].length;
  const path: (string | number)[] = value === null ? [] : [unquoted(value[2]!)];
  const taken: string[] = [];
  const ownIndent = indent;
  let isOwnObject = true;
  if (/^\s*- /.test(own)) {
    path.unshift(0);
    indent = /^\s*/.exec(own)![0].length + 1;
    isOwnObject = false;
  }
  for (const line of lines.slice(0, -1).reverse()) {
    const entry = /^(\s*)((?:- )*)([\w."'/-]+):/.exec(line);
    if (entry === null) continue;
    const depth = entry[1]!.length + entry[2]!.length;
    if (depth === ownIndent && isOwnObject) taken.push(unquoted(entry[3]!));
    if (depth < indent) {
      path.unshift(unquoted(entry[3]!));
      isOwnObject = false;
      indent = depth;
    }
    if (entry[2] !== '' && entry[1]!.length < indent) {
      path.unshift(0);
      isOwnObject = false;
      indent = entry[1]!.length + 1;
    }
  }
  return { path, kind: value === null ? 'name' : 'value', taken };
}
