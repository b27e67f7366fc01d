/**
 * Two texts and how they differ: side by side where there is room, else one below the other. Loaded by itself: import it
 * from `lazy-editor.tsx`.
 */
import { history, historyKeymap, defaultKeymap } from '@codemirror/commands';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { languageOf } from './editor-language.ts';
import { editorLook } from './editor-look.ts';
import type { TextFormat } from './text-format.ts';
import classes from './editor.module.css';

export interface DiffSide {
  readonly text: string;
  /** What it is: `Live, release 41`. */
  readonly label: string;
}

export interface DiffViewProps {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly format: TextFormat;
  /** Lets the text after be edited. */
  readonly onChange?: (text: string) => void;
  readonly maxHeight?: number;
}

/** Long texts that are mostly alike are folded to what differs, with this many lines around. */
const COLLAPSE = { margin: 3, minSize: 6 };

export function DiffView(props: DiffViewProps) {
  const { before, after, format, onChange, maxHeight = 560 } = props;
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  // `undefined` before the first measure would draw everything twice.
  const isWide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const isEditable = onChange !== undefined;
  // Whoever edits the text after is its author: it is not set again while they type.
  const afterText = isEditable ? undefined : after.text;

  useEffect(() => {
    const element = host.current!;
    const current = latest.current;
    const fixed = [
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ tabindex: '0' }),
    ];
    const right = isEditable ? typing(latest) : fixed;
    const view = isWide
      ? new MergeView({
          parent: element,
          a: {
            doc: current.before.text,
            extensions: [...shared(format, current.before.label), ...fixed],
          },
          b: {
            doc: current.after.text,
            extensions: [...shared(format, current.after.label), ...right],
          },
          collapseUnchanged: COLLAPSE,
          gutter: true,
        })
      : new EditorView({
          parent: element,
          doc: current.after.text,
          extensions: [
            ...shared(format, current.after.label),
            ...right,
            unifiedMergeView({
              original: current.before.text,
              mergeControls: false,
              collapseUnchanged: COLLAPSE,
            }),
          ],
        });
    return () => view.destroy();
  }, [isWide, isEditable, format, before.text, afterText, before.label, after.label]);

  return (
    <div className={classes.diff}>
      <div className={classes.sides} data-wide={isWide || undefined}>
        <span>{before.label}</span>
        <span>{after.label}</span>
      </div>
      <div ref={host} className={classes.differences} style={{ maxHeight }} />
    </div>
  );
}

const shared = (format: TextFormat, label: string): Extension[] => [
  lineNumbers(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label }),
  languageOf(format),
  editorLook,
];

function typing(latest: { readonly current: DiffViewProps }): Extension[] {
  return [
    history(),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
    }),
  ];
}
