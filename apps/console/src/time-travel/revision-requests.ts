/** From a moment to the revision that everything can be read at. */
import { readDocument, type Answer } from '../api/documents.ts';

/** @throws RequestProblem where no gateway has noted a revision so early */
export const revisionAt = (moment: Date): Promise<Answer<'findRevision'>> =>
  readDocument('v1/revisions', { at: moment.toISOString() });
