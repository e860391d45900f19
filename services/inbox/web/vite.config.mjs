import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** Everything in files of its own, so that the page runs under a policy without inline script or style. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact({ devToolsEnabled: false })],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
