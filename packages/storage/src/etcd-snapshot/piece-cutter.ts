/** Cuts pages that come one behind the other into pieces of one size, the last excepted. */
export const pieceBytes = 32 * 1024;

export class PieceCutter {
  #piece = Buffer.allocUnsafeSlow(pieceBytes);
  #filledBytes = 0;
  #ready: Buffer[] = [];

  /** Copies. */
  add(pages: Buffer): void {
    for (let at = 0; at < pages.length;) {
      const taken = pages.copy(this.#piece, this.#filledBytes, at);
      at += taken;
      this.#filledBytes += taken;
      if (this.#filledBytes === pieceBytes) this.#end();
    }
  }

  /** The pieces that are whole, handed over. */
  take(): Buffer[] {
    const pieces = this.#ready;
    this.#ready = [];
    return pieces;
  }

  /** The rest. */
  finish(): Buffer[] {
    if (this.#filledBytes > 0) this.#end();
    return this.take();
  }

  #end(): void {
    this.#ready.push(this.#piece.subarray(0, this.#filledBytes));
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes);
    this.#filledBytes = 0;
  }
}
