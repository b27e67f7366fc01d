/** A state by colour and by word: never by colour alone. */
import type { ReactNode } from 'react';
import classes from './status-dot.module.css';

export type Tone = 'good' | 'warning' | 'bad' | 'quiet' | 'accent';

export function StatusDot({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes.status} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      <span className={classes.text}>{children}</span>
    </span>
  );
}
