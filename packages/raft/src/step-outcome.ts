/**
 * What became of a message. Nothing here is an error: networks repeat, delay and misdeliver, and
 * the caller may count the outcomes but need not act on them.
 *
 * - `handled`: it was taken into account, be it by a refusal.
 * - `misaddressed`: it is for another member; a replica that was rebuilt under a new id must not act
 *   on what was promised to the old one.
 * - `stale-term`: it comes from a term that is over.
 * - `leader-lease`: a candidate is ignored because a leader is alive (thesis §4.2.3).
 * - `unknown-member`: it answers for a member that is no longer in the configuration.
 * - `unexpected`: it means nothing in the present role, for instance a vote that came too late.
 */
export type StepOutcome =
  'handled' | 'misaddressed' | 'stale-term' | 'leader-lease' | 'unknown-member' | 'unexpected';
