/**
 * Loaded into test files that are ended by force (`--test-force-exit`). They tell the runner of their tests through a pipe, and
 * what it has not read when they end would be lost; so they wait for it at every write.
 */
interface PipeHandle {
  setBlocking?(isBlocking: boolean): void;
}

// Node has no public name for it.
(process.stdout as unknown as { readonly _handle?: PipeHandle })._handle?.setBlocking?.(true);
