/** Something to know before going on, inside of a page: by tone and by words, in the colours of states. */
import { Alert, type AlertProps } from '@mantine/core';
import classes from './notice.module.css';

export interface NoticeProps extends Omit<AlertProps, 'variant' | 'color'> {
  readonly tone: 'quiet' | 'warning' | 'bad';
}

export function Notice({ tone, ...rest }: NoticeProps) {
  return (
    <Alert
      {...rest}
      data-tone={tone}
      classNames={{
        root: classes.notice ?? '',
        title: classes.title ?? '',
        icon: classes.icon ?? '',
        message: classes.message ?? '',
      }}
    />
  );
}
