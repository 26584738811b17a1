#!/usr/bin/env node
// The install script of better-sqlite3 12 compiles it where this fails, and downloads nothing.
process.exit(1);
