/** A framed part of a page, with a heading and what belongs to it. */
import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

export interface PanelProps {
  readonly title?: ReactNode;
  /** At the right of the heading. */
  readonly aside?: ReactNode;
  /** Content reaches the frame: tables, lists. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, aside, isFlush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} {...(title !== undefined && { 'aria-labelledby': id })}>
      {(title !== undefined || aside !== undefined) && (
        <div className={classes.head}>
          {title !== undefined && (
            <Title order={2} id={id}>
              {title}
            </Title>
          )}
          {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        </div>
      )}
      <div className={isFlush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
