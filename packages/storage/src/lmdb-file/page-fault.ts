/** What is wrong with a page of LMDB's file. */
export class PageFault extends Error {
  readonly page: number;
  readonly found: string;

  constructor(page: number, found: string) {
    super(`page ${page} has ${found}`);
    this.page = page;
    this.found = found;
  }
}
