/** Builds the console into the gateway's `dist`, which serves it; `base` is relative, so that it works under any path. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../gateway/dist/console',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2023',
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:7379' } },
});
