/**
 * The Chromium of this machine, driven by playwright-core against a gateway that serves the built console.
 *
 *     describe('services', { skip: noBrowser }, () => {
 *       const target = consoleTarget();
 *       test('…', async () => { const page = await target.open('/services'); … });
 *     });
 *
 * Each page has a context of its own: no cookies, no storage of another test. A defect in the page (an exception, an
 * error on its console) fails the test that opened it.
 */
import { existsSync } from 'node:fs';
import { after, afterEach, before } from 'node:test';
import assert from 'node:assert/strict';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { startCluster, type TestCluster } from '@concord/testing';
import { GatewayProcess } from '../../harness/gateway-process.ts';

/** Debian's, macOS's Chrome, or what the variable says. */
const programs = [
  process.env['CONCORD_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const program = programs.find((path) => path !== undefined && existsSync(path));

/** Why tests of the console are skipped; `false` where a browser is. */
export const noBrowser: string | false =
  program === undefined && 'there is no Chromium here: install one, or name it in CONCORD_CHROMIUM';

/** A slow machine draws a page in a few seconds; what takes longer is stuck. */
const WAIT_MS_MAX = 20_000;

/** One is enough to test with, mostly; pictures show a cluster. */
const MEMBERS = process.env['CONCORD_SCREENSHOTS'] === '1' ? 3 : 1;

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
}

/** Errors on the page's console that are not of the page: what a test breaks on purpose. */
type Expected = RegExp;

export class ConsoleTarget {
  #browser: Browser | undefined;
  #cluster: TestCluster | undefined;
  #gateway: GatewayProcess | undefined;
  readonly #contexts: BrowserContext[] = [];
  readonly #defects: string[] = [];
  #expected: Expected[] = [];
  readonly #flags: readonly string[];
  readonly #members: number;

  constructor(flags: readonly string[], members: number) {
    this.#flags = flags;
    this.#members = members;
  }

  get gateway(): GatewayProcess {
    if (this.#gateway === undefined) throw new Error('the gateway runs while a test runs');
    return this.#gateway;
  }

  get cluster(): TestCluster {
    if (this.#cluster === undefined) throw new Error('the members run while a test runs');
    return this.#cluster;
  }

  async start(): Promise<void> {
    this.#cluster = await startCluster({ members: this.#members });
    // Each is known as soon as it runs, so that it is stopped when the other does not start.
    const gateway = GatewayProcess.start(this.#cluster.endpoints, { flags: this.#flags });
    const browser = chromium.launch({ executablePath: program ?? '', args: ['--no-sandbox'] });
    await Promise.all([
      gateway.then((started) => (this.#gateway = started)),
      browser.then((started) => (this.#browser = started)),
    ]);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#gateway?.stop();
    await this.#cluster?.stop();
  }

  /** Opens a page of the console; `path` is below its root, or a whole address. */
  async open(path: string, look: Look = {}): Promise<Page> {
    if (this.#browser === undefined) throw new Error('the browser runs while a test runs');
    const context = await this.#browser.newContext({
      viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
      colorScheme: look.scheme ?? 'light',
      locale: look.language ?? 'en',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(WAIT_MS_MAX);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#defects.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#defects.push(message.text());
    });
    await page.goto(new URL(path, this.gateway.url).href);
    return page;
  }

  /** The test in hand provokes such errors. */
  expect(error: RegExp): void {
    this.#expected.push(error);
  }

  /** After each test: closes its pages, and fails for what went wrong in them. */
  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    const expected = this.#expected;
    this.#expected = [];
    const defects = this.#defects
      .splice(0)
      .filter((defect) => !expected.some((pattern) => pattern.test(defect)));
    assert.deepEqual(defects, [], 'errors within the page');
  }
}

/** Members, a gateway and a browser for the tests of a suite. */
export function consoleTarget(
  flags: readonly string[] = ['--mode', 'development'],
  { members = MEMBERS }: { readonly members?: number } = {},
): ConsoleTarget {
  const target = new ConsoleTarget(flags, members);
  before(() => target.start());
  after(() => target.stop());
  afterEach(() => target.closePages());
  return target;
}
