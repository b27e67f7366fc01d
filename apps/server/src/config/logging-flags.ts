/** The flags of the member's log. */
import { list, oneOf, toggle } from './flag.ts';
import { logRotation } from './log-rotation.ts';

export const loggingFlags = {
  'log-level': oneOf(
    'Logging',
    ['info', 'debug', 'warn', 'error', 'panic', 'fatal'],
    'Least severe level that is logged.',
  ),
  'log-format': oneOf('Logging', ['json', 'console'], 'JSON lines, or lines for people.'),
  'log-outputs': list(
    'Logging',
    'default',
    'OUTPUT',
    'Each is stderr (or default), stdout, systemd/journal, or the path of a file.',
  ),
  'enable-log-rotation': toggle('Logging', false, 'Rotate the one file of --log-outputs.'),
  'log-rotation-config-json': logRotation,
} as const;
