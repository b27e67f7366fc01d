/** A part of a page that most readers do not need: one line, with how much is in it, until it is unfolded. */
import { Badge, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useFormat } from '../format/use-format.ts';
import classes from './folded-panel.module.css';
import frame from './panel.module.css';

export interface FoldedPanelProps {
  readonly title: string;
  /** How many things are in it. */
  readonly count: number;
  /** What they are for: shown beside the title. */
  readonly hint: string;
  readonly children: ReactNode;
}

export function FoldedPanel({ title, count, hint, children }: FoldedPanelProps) {
  const format = useFormat();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className={frame.panel}>
      <UnstyledButton
        className={classes.head}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <IconChevronRight size={14} aria-hidden className={classes.mark} />
        <Text span fz="sm" fw={550}>
          {title}
        </Text>
        <Badge variant="default">{format.number(count)}</Badge>
        <Text span fz="xs" c="dimmed">
          {hint}
        </Text>
      </UnstyledButton>
      <div id={id}>{isOpen && children}</div>
    </section>
  );
}
