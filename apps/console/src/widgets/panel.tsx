/** A framed part of a page, with a heading and what belongs to it. */
import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

export interface PanelProps {
  readonly title?: ReactNode;
  /** In place of a heading: fields that filter what is below. */
  readonly toolbar?: ReactNode;
  /** At the right of the heading. */
  readonly aside?: ReactNode;
  /** Content reaches the frame: tables, lists. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

export function Panel({ title, toolbar, aside, isFlush = false, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} {...(title !== undefined && { 'aria-labelledby': id })}>
      {(title ?? toolbar ?? aside) !== undefined && (
        <div className={classes.head}>
          {toolbar}
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
