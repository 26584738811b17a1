import { spawnSync } from 'node:child_process';
import { judgeAudit } from './package/judgeAudit.js';

/**
 * `npm run audit:dependencies`: whether a package that ships has a grave advisory (exit 1). A registry without
 * advisories is told and let pass, unless `--require` is said.
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const { verdict, lines } = judgeAudit(stdout);
for (const line of lines) console.log(line);
if (verdict === 'vulnerable' || (verdict === 'unreached' && process.argv.includes('--require'))) {
  process.exitCode = 1;
}
