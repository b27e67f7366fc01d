/**
 * Loaded before a test or a simulation (`--import`): hands out the sources with one breakage in them. The files stay
 * as they are, so nothing has to be copied or put back, and nothing broken can be committed.
 */
import { registerHooks } from 'node:module';
import { BREAKAGE, breakSource, urlOf } from './breakage.ts';
import { breakages } from './breakages.ts';

const planted = breakages.find(({ broken }) => broken === process.env[BREAKAGE]);
if (planted === undefined) throw new Error(`no breakage ${process.env[BREAKAGE]}`);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const edits = planted.edits.filter((edit) => urlOf(edit) === url);
    if (edits.length === 0) return loaded;
    if (loaded.source === undefined) throw new Error(`${url} was loaded without a source`);
    const source = Buffer.from(loaded.source as Uint8Array).toString();
    return { ...loaded, source: breakSource(source, edits) };
  },
});
