/** What the API says of members. */
import { z } from 'zod';

export const memberSchema = z.object({
  id: z.string().describe('hexadecimal'),
  name: z.string(),
  peerUrls: z.array(z.string()),
  clientUrls: z.array(z.string()),
  isLearner: z.boolean(),
});

export const memberListSchema = z.object({ members: z.array(memberSchema) });

export type MemberList = z.output<typeof memberListSchema>;
