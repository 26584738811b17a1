import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (place: string) => fileURLToPath(new URL(place, import.meta.url));

// Preact and uPlot are found beside Vite, so that all may also come from the cache of npm (see packaging/buildAfterInstall.mjs).
const beside = createRequire(realpathSync(process.argv[1] ?? import.meta.filename));

/** One page an entry; the service serves the files of dist/web at `/`. */
export default {
  root: at('.'),
  base: '/',
  resolve: {
    alias: [
      ...['preact', 'preact/hooks', 'preact/jsx-runtime', 'uplot/dist/uPlot.min.css'].map((name) => ({
        find: new RegExp(`^${name}$`),
        replacement: beside.resolve(name),
      })),
      // What it exports to `require` is no module.
      { find: /^uplot$/, replacement: path.join(path.dirname(beside.resolve('uplot')), 'uPlot.esm.js') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: at('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no styles or scripts in the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { storefront: at('index.html'), desk: at('desk.html'), client: at('client/client.ts') },
      // Otherwise named after one of its modules.
      output: {
        // Shops link to it by this name.
        entryFileNames: ({ name }: { name: string }) =>
          name === 'client' ? 'client.js' : 'assets/[name]-[hash].js',
        codeSplitting: { groups: [{ name: 'shared', test: /web\/shared\/|\/preact\// }] },
      },
    },
  },
};
