/**
 * The first thing that the single-file executable runs. Node reads only what is built in from inside of an executable, and
 * worker threads and native code come from files: so what the executable carries is written out once, into a directory of
 * its user's alone, and run from there.
 *
 * Invariant: a directory that another user could have written into is never run from.
 */
'use strict';
const { createRequire } = require('node:module');
const { closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { basename, dirname, join } = require('node:path');
const { getAsset } = require('node:sea');
const { gunzipSync } = require('node:zlib');

const PROGRAMS = { concord: 'server/dist/main.js', concordctl: 'ctl/dist/concordctl.js', concordutl: 'ctl/dist/concordutl.js' };

/** By the name that it was called by, or by the first word; a member otherwise. */
function programOf(argv0, words) {
  const called = basename(argv0).replace(/\.exe$/, '');
  if (called !== 'concord' && Object.hasOwn(PROGRAMS, called)) return { name: called, rest: words };
  const [first = '', ...rest] = words;
  if (Object.hasOwn(PROGRAMS, first)) return { name: first, rest };
  return { name: 'concord', rest: words };
}

/** Where the files may be: a place that is kept, or, where the user has none, one for this run alone. */
function candidates() {
  const { CONCORD_CACHE_DIRECTORY: own, CACHE_DIRECTORY: unit, XDG_CACHE_HOME: xdg, HOME: home } = process.env;
  if (own) return [own];
  return [unit, xdg && join(xdg, 'concord'), home && home !== '/' && join(home, '.cache/concord')].filter(Boolean);
}

/** Whether nobody else can write there. */
function isOurs(directory) {
  if (process.platform === 'win32') return true;
  const { uid, mode } = lstatSync(directory);
  return uid === process.getuid() && (mode & 0o022) === 0 && lstatSync(directory).isDirectory();
}

function unpacked(id) {
  const reasons = [];
  for (const parent of candidates()) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o700 });
      if (!isOurs(parent)) throw new Error('another user may write there');
      const target = join(parent, id);
      if (existsSync(target)) {
        if (!isOurs(target)) throw new Error(`another user may write into ${target}`);
        return target;
      }
      const part = mkdtempSync(join(parent, `.${id}-`));
      write(part);
      try {
        renameSync(part, target);
      } catch (error) {
        // Another process was faster; what it wrote is the same.
        rmSync(part, { recursive: true, force: true });
        if (!existsSync(target) || !isOurs(target)) throw error;
      }
      return target;
    } catch (error) {
      reasons.push(`${parent}: ${error.message}`);
    }
  }
  if (process.env.CONCORD_CACHE_DIRECTORY) fail(`CONCORD_CACHE_DIRECTORY ${reasons.join('; ')}`);
  try {
    const once = mkdtempSync(join(tmpdir(), 'concord-'));
    process.once('exit', () => rmSync(once, { recursive: true, force: true }));
    write(once);
    return once;
  } catch (error) {
    fail(`there is no place for the files that this program brings (${[...reasons, error.message].join('; ')}); name one in CONCORD_CACHE_DIRECTORY`);
  }
}

/** The archive is JSON of `[path, length]` pairs, its own length before it, and the files one after the other. */
function write(directory) {
  const archive = gunzipSync(Buffer.from(getAsset('files')));
  const indexBytes = archive.readUInt32BE(0);
  let at = 4 + indexBytes;
  for (const [path, length] of JSON.parse(archive.toString('utf8', 4, at))) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(file, 'w', 0o600);
    writeFileSync(descriptor, archive.subarray(at, at + length));
    fsyncSync(descriptor);
    closeSync(descriptor);
    at += length;
  }
}

function fail(message) {
  process.stderr.write(`concord: ${message}\n`);
  process.exit(1);
}

const { name, rest } = programOf(process.argv0, process.argv.slice(2));
// As apps/server/bin/concord does it: the proxies are a program of their own.
const isProxy = name === 'concord' && ['gateway', 'grpc-proxy'].includes(rest[0]);
const directory = unpacked(getAsset('id', 'utf8'));
const entry = join(directory, isProxy ? 'server/dist/proxy.js' : PROGRAMS[name]);
if (!existsSync(entry)) fail(`this executable was built without ${name}`);
process.argv = [process.execPath, entry, ...rest];
createRequire(join(directory, 'run.cjs'))('./run.cjs')(entry);
