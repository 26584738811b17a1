import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

// `node scripts/atOnce.mjs <npm script>...`: runs npm scripts at once, as many as there are cores, and prints what each
// printed when it has ended. Ends with 1 if one of them failed.
const waiting = process.argv.slice(2);

function run(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const written = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => written.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: String(error) }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(written).toString() }));
  });
}

async function work() {
  for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
    const { code, output } = await run(script);
    process.stdout.write(`${script}${code === 0 ? '' : ` failed with ${code}`}\n${output}`);
    if (code !== 0) process.exitCode = 1;
  }
}

await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
