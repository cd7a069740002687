// Runs npm in a folder; ends this process with npm's exit code if it fails.
import { spawnSync } from 'node:child_process';

export function npm(folder, args) {
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: folder, stdio: 'inherit', shell: windows });
  if (result.error) {
    console.error(`npm could not be started (${result.error.message}). Install Node.js 22.12 or later, or 20.19 or later of version 20, with npm.`);
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}
