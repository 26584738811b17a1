#!/usr/bin/env node
// better-sqlite3 12 compiles itself where this fails. Only Node 20 loads it: later versions load better-sqlite3 13.
process.exit(process.versions.node.startsWith('20.') ? 1 : 0);
