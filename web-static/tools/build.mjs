// Builds the site for Maven: installs the locked packages when the lock file has changed, builds
// when anything the site is made of has changed, and otherwise returns at once.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inputs = [
  'package-lock.json', 'package.json', 'tsconfig.json', 'vite.config.ts', 'index.html', 'about.html',
  '404.html', 'instruments', 'offline', 'public', 'site', 'src', 'tools',
  '../generator-worker/models/piano/manifest.json', '../generator-worker/models/piano/MODEL_CARD.md',
];

function fingerprint(paths) {
  const hash = createHash('sha256').update(`${process.version} ${process.env.PARTITA_SITE_URL ?? ''}`);
  const visit = (path) => {
    const file = join(root, path);
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) visit(join(path, name));
    } else {
      hash.update(`\0${path}\0`).update(readFileSync(file));
    }
  };
  paths.forEach(visit);
  return hash.digest('hex');
}

function unlessStamped(stamp, fingerprintNow, work) {
  const file = join(root, stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === fingerprintNow) return;
  work();
  writeFileSync(file, fingerprintNow);
}

unlessStamped('node_modules/.partita-lock', fingerprint(['package-lock.json']), () => npm(root, ['ci']));
unlessStamped('dist/.stamp', fingerprint(inputs), () => npm(root, ['run', 'build']));
