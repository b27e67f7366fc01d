import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as sdk from '@concord/sdk';
import * as testing from '@concord/testing';
import { story } from './story.mjs';

test('the four lines', async () => {
  assert.equal((await story(sdk, testing)).port, 3000);
});
