/** The editor and the difference of two texts, loaded when one is shown: CodeMirror is larger than all other pages. */
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor.tsx';
import type { DiffViewProps } from './diff-view.tsx';
import classes from './editor.module.css';

const LoadedEditor = lazy(async () => ({
  default: (await import('./code-editor.tsx')).CodeEditor,
}));
const LoadedDiff = lazy(async () => ({ default: (await import('./diff-view.tsx')).DiffView }));

/** Holds the place, so that nothing jumps. */
const Waiting = ({ height }: { readonly height: number }) => (
  <div className={classes.waiting} style={{ height }} aria-busy />
);

export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Waiting height={props.minHeight ?? 160} />}>
      <LoadedEditor {...props} />
    </Suspense>
  );
}

export function DiffView(props: DiffViewProps) {
  return (
    <Suspense fallback={<Waiting height={200} />}>
      <LoadedDiff {...props} />
    </Suspense>
  );
}
