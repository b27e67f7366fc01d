import * as sdk from '@concord/sdk';
import * as testing from '@concord/testing';
import { story } from './story.mjs';

test('the four lines', async () => {
  expect(await story(sdk, testing)).toMatchObject({ port: 3000, isHeld: true });
}, 60_000);
