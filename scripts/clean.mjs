import { rmSync } from 'node:fs';

// Tests run from dist: what a deleted source left there must not run on.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
