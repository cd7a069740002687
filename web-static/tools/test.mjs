// Runs the unit tests for Maven.
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';

npm(fileURLToPath(new URL('..', import.meta.url)), ['test']);
