/** Builds the console into the gateway's `dist`, which serves it; `base` is relative, so that it works under any path. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const output = join(import.meta.dirname, '../gateway/dist/console');

/** Smaller ones fit into a packet as they are. */
const COMPRESSED_BYTES_MIN = 1_024;

/** Puts a brotli and a gzip beside each file of text, so that the gateway compresses nothing while it serves. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  closeBundle: () => {
    const directory = join(output, 'assets');
    for (const name of readdirSync(directory)) {
      if (!/\.(?:js|css|svg)$/.test(name)) continue;
      const content = readFileSync(join(directory, name));
      if (content.length < COMPRESSED_BYTES_MIN) continue;
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
      writeFileSync(join(directory, `${name}.br`), brotliCompressSync(content, quality));
      writeFileSync(join(directory, `${name}.gz`), gzipSync(content, { level: 9 }));
    }
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), compressed()],
  build: {
    outDir: output,
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
    // The page's own CSP allows no `data:` scripts, and hashes in names make each file worth keeping.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '^/(v1|docs|openapi.json|health|metrics)': 'http://127.0.0.1:7379' },
  },
});
