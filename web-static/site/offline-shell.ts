import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build, type Plugin } from 'vite';

/**
 * Builds `service-worker.js` after everything else, with the lists of files to keep: those of the pages
 * at once, the large ones for playing when they are first heard.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    async writeBundle(options, bundle) {
      const names = Object.keys(bundle).filter((name) => !/\.(map|txt)$/.test(name));
      const forPlaying = (name: string) => /\.sf3$|spessasynth|sound-/.test(name);
      const paths = (names: string[]) => names.map((name) => `/${name}`).sort();
      const files = paths([...names.filter((name) => !forPlaying(name)), 'icon.svg', 'site.webmanifest']);
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(`${options.dir}${file}`));
      const shell = { version: hash.digest('hex').slice(0, 12), files, sound: paths(names.filter(forPlaying)) };
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
