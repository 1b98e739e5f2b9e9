// bundle(app): web/APP built by Vite, as files with their names, bytes and what they import.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

// The one application: it is served at every path, so its files are named from the root.
const applications = new Set(['console']);

// react-aria brings its few words in thirty languages. The console's own words are in two, of which
// it has English; the others are left out.
const ariaInEnglish = {
  name: 'react-aria-in-english',
  enforce: 'pre',
  load(id) {
    const found = /[\\/](?:@?react-aria|@?react-stately|@adobe|@react-spectrum)\b.*[\\/]([a-z]{2}-[A-Z]{2})\.m?js(?:\?|$)/.exec(id);
    return found && found[1] !== 'en-US' ? 'export default {};' : null;
  },
};

// An app with an index.html is a page, whose files carry a hash in their names; one without is a
// script and a sheet for a page that a server writes: APP.js and APP.css, from main.ts.
export async function bundle(app) {
  const root = join(here, app);
  const page = existsSync(join(root, 'index.html'));
  const script = {
    lib: { entry: join(root, 'main.ts'), formats: ['iife'], name: app, fileName: () => `${app}.js`, cssFileName: app },
  };
  const application = applications.has(app);
  const { output } = [await build({
    root,
    base: application ? '/' : './',
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ...(application ? { plugins: [ariaInEnglish], esbuild: { jsx: 'automatic', legalComments: 'none' } } : {}),
    build: {
      target: application ? 'es2022' : 'es2020',
      write: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      minify: 'esbuild',
      ...(page ? {} : script),
      // "use client" is for servers that render, of which there is none.
      rollupOptions: { onwarn: (warning, warn) => { if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning); } },
    },
  })].flat()[0];
  return output.map((file) => ({
    name: file.fileName,
    bytes: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    // Of a script: what is loaded with it, what is loaded later, and which place it is.
    with: file.type === 'chunk' ? [...file.imports, ...file.viteMetadata?.importedCss ?? []] : [],
    later: file.type === 'chunk' ? file.dynamicImports : [],
    isEntry: file.type === 'chunk' && file.isEntry,
    source: (file.type === 'chunk' && file.facadeModuleId) || '',
  })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
