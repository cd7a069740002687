import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';

/**
 * Builds `service-worker.js` after everything else, with the list of files to keep. Large files for
 * playing are left to be kept when they are first heard.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    async writeBundle(options, bundle) {
      const names = Object.keys(bundle).filter((name) => !/\.(sf3|map|txt)$/.test(name) && !/spessasynth|sound-/.test(name));
      const files = [...names, 'icon.svg', 'site.webmanifest'].map((name) => `/${name}`).sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(`${options.dir}${file}`));
      const shell = { version: hash.digest('hex').slice(0, 12), files };
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { __SHELL__: JSON.stringify(shell) },
        build: {
          outDir: options.dir!,
          emptyOutDir: false,
          target: 'es2022',
          rollupOptions: {
            input: 'offline/service-worker.ts',
            output: { entryFileNames: 'service-worker.js', format: 'iife' },
          },
        },
      });
    },
  };
}
