/** How a member's state is coloured, on every page that shows it. */
import type { Tone } from '../widgets/status-dot.tsx';
import type { MemberStatus } from './cluster-status.ts';

export const memberTones: Readonly<Record<MemberStatus['state'], Tone>> = {
  healthy: 'good',
  leaderless: 'bad',
  unreachable: 'bad',
  'not-started': 'quiet',
};
