/** `…/acknowledgements` and `…/effective`: what clients made of an item, and what one of them sees. */
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '../access/actor.ts';
import { CurrentActor, SignedIn } from '../access/permission.ts';
import { ApiProblems } from '../http/api-problems.ts';
import { FeedbackDesk } from './feedback-desk.ts';
import * as schemas from './feedback-schemas.ts';
import { ItemDesk } from './item-desk.ts';
import { addressOf } from './item-path.ts';
import * as items from './item-schemas.ts';

@ApiTags('configuration')
@ApiProblems(404)
@SignedIn()
@Controller('v1/configs')
export class FeedbackController {
  constructor(
    @Inject(FeedbackDesk) private readonly feedback: FeedbackDesk,
    @Inject(ItemDesk) private readonly desk: ItemDesk,
  ) {}

  @Get(':namespace/:path/acknowledgements')
  @ApiOperation({ summary: 'What each client made of the release meant for it; rejections first' })
  @ApiOkResponse({ standardSchema: schemas.acknowledgementListSchema })
  listConfigAcknowledgements(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Query({ schema: schemas.acknowledgementQuery })
    { expected, ...query }: z.output<typeof schemas.acknowledgementQuery>,
  ): Promise<schemas.AcknowledgementList> {
    return this.feedback.acknowledgements(actor, addressOf({ namespace, path }), {
      ...query,
      expected: expected?.split(',').filter((client) => client !== ''),
    });
  }

  @Get(':namespace/:path/effective')
  @ApiOperation({ summary: 'What a client sees: the value, its layer and track, and why' })
  @ApiOkResponse({ standardSchema: schemas.effectiveSchema })
  getEffectiveConfig(
    @CurrentActor() actor: Actor,
    @Param('namespace', { schema: items.namespacePath }) namespace: string,
    @Param('path', { schema: items.itemPath }) path: string,
    @Query({ schema: schemas.effectiveQuery })
    { label, reveal, ...asker }: z.output<typeof schemas.effectiveQuery>,
  ): Promise<schemas.EffectiveDocument> {
    const labels = label === undefined ? undefined : Object.fromEntries(label.map(parted));
    const sight = this.desk.sight(actor, reveal);
    return this.feedback.effective(
      actor,
      addressOf({ namespace, path }),
      { ...asker, labels },
      sight,
    );
  }
}

const parted = (label: string): [string, string] => {
  const cut = label.indexOf('=');
  return [label.slice(0, cut), label.slice(cut + 1)];
};
