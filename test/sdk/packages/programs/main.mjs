import * as sdk from '@concord/sdk';
import * as testing from '@concord/testing';
import { story } from './story.mjs';

console.log(JSON.stringify(await story(sdk, testing)));
