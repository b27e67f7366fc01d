/**
 * A text to be read or edited, with the colours of its format. Loaded by itself: import it from `lazy-editor.tsx`.
 *
 * The document lives in CodeMirror; `value` replaces it only where it is another text, so that typing keeps its cursor.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { useEffect, useRef, type RefObject } from 'react';
import { languageOf } from './editor-language.ts';
import { editorLook } from './editor-look.ts';
import { completeBySchema } from './schema-completion.ts';
import type { JsonSchema } from './schema-hints.ts';
import type { TextFormat } from './text-format.ts';
import { markersOf, type TextIssue } from './text-markers.ts';
import classes from './editor.module.css';

export interface CodeEditorProps {
  readonly value: string;
  readonly format: TextFormat;
  /** What the text is, for those who do not see it. */
  readonly label: string;
  /** Without it the text can only be read. */
  readonly onChange?: (value: string) => void;
  readonly issues?: readonly TextIssue[];
  readonly schema?: JsonSchema | undefined;
  readonly placeholder?: string;
  /** Called by Ctrl-S, or ⌘S. */
  readonly onSave?: () => void;
  readonly minHeight?: number;
  readonly maxHeight?: number;
}

const NO_ISSUES: readonly TextIssue[] = [];

export function CodeEditor(props: CodeEditorProps) {
  const { minHeight = 160, maxHeight = 560 } = props;
  const host = useEditorView(props);
  return (
    <div
      ref={host}
      className={classes.editor}
      style={{ minHeight, maxHeight }}
      data-read-only={props.onChange === undefined || undefined}
    />
  );
}

/** The editor in the element that the reference is given to: made for a label and a use, kept current in all else. */
function useEditorView(props: CodeEditorProps): RefObject<HTMLDivElement | null> {
  const { value, format, label, onChange, issues = NO_ISSUES, schema } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const parts = useRef<Parts>({ language: new Compartment(), completion: new Compartment() });
  const callbacks = useRef(props);
  useEffect(() => {
    callbacks.current = props;
  });
  const isEditable = onChange !== undefined;

  useEffect(() => {
    const editor = new EditorView({
      parent: host.current!,
      state: startOf(label, isEditable, callbacks, parts.current),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [label, isEditable]);

  useEffect(() => {
    const editor = view.current!;
    if (editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value, label, isEditable]);

  useEffect(() => {
    const { language, completion } = parts.current;
    view.current!.dispatch({
      effects: [
        language.reconfigure(languageOf(format)),
        completion.reconfigure(schema === undefined ? [] : completeBySchema(schema, format)),
      ],
    });
  }, [format, schema, label, isEditable]);

  useEffect(() => {
    const editor = view.current!;
    const markers = markersOf(editor.state.doc.toString(), issues);
    const faults = markers.map((marker) => ({ ...marker, severity: 'error' as const }));
    editor.dispatch(setDiagnostics(editor.state, faults));
  }, [issues, label, isEditable]);
  return host;
}

/** What of the editor is exchanged while it is there. */
interface Parts {
  readonly language: Compartment;
  readonly completion: Compartment;
}

interface Callbacks {
  readonly current: CodeEditorProps;
}

const startOf = (
  label: string,
  isEditable: boolean,
  callbacks: Callbacks,
  { language, completion }: Parts,
): EditorState =>
  EditorState.create({
    doc: callbacks.current.value,
    extensions: [
      ...common(label),
      isEditable
        ? editing(callbacks)
        : [EditorState.readOnly.of(true), EditorView.editable.of(false), tabStop],
      placeholder(callbacks.current.placeholder ?? ''),
      language.of([]),
      completion.of([]),
    ],
  });

/** A text that cannot be edited is still one that can be scrolled by keys. */
const tabStop: Extension = EditorView.contentAttributes.of({ tabindex: '0' });

const common = (label: string): Extension[] => [
  lineNumbers(),
  foldGutter(),
  drawSelection(),
  bracketMatching(),
  highlightSelectionMatches(),
  lintGutter(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label }),
  editorLook,
  keymap.of([...searchKeymap, ...foldKeymap, ...lintKeymap]),
];

function editing(callbacks: Callbacks): Extension[] {
  return [
    history(),
    indentOnInput(),
    closeBrackets(),
    highlightActiveLine(),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) callbacks.current.onChange?.(update.state.doc.toString());
    }),
    keymap.of([
      {
        key: 'Mod-s',
        run: () => {
          callbacks.current.onSave?.();
          return true;
        },
      },
      // Tab leaves the editor, as it leaves every field: whoever works by keyboard is not caught in it.
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
  ];
}
