import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pack } from './package/pack.js';

const BUSY_TIMEOUT_MS = 120_000;

/**
 * `npm run test:package`: packs the project, installs the archive in an empty folder as a stranger would (native
 * packages and all), serves the demo from there and asks it. Exit 1 where any of it fails.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-package-'));
try {
  const archive = pack(folder);
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'shop', private: true }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', archive], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  const first = await askDemo();
  console.log(`The installed package serves the demo: "rain jacket" finds ${first} first.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The title that the demo answers "rain jacket" with. */
async function askDemo(): Promise<string> {
  const command = path.join(folder, 'node_modules', '.bin', 'shelfwright');
  const served = spawn(command, ['demo', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    served.once('error', reject);
    served.once('exit', (code) => resolve(code));
  });
  const impatient = setTimeout(() => served.kill('SIGKILL'), BUSY_TIMEOUT_MS);
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    served.stdout.on('data', (chunk) => {
      said += String(chunk);
      const found = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    ended.then((code) => reject(new Error(`demo ended with ${code} before it served`)), reject);
  });
  const answer = await fetch(`${address}/v1/search?q=rain+jacket&per_page=1`);
  const { hits, mode }: { hits: { product: { title: string } }[]; mode: string } = JSON.parse(
    await answer.text(),
  );
  served.kill('SIGTERM');
  const code = await ended;
  clearTimeout(impatient);
  const title = hits[0]?.product.title;
  if (mode !== 'hybrid' || title === undefined || code !== 0) {
    throw new Error(`mode ${mode}, ${hits.length} hits, exit ${code}; expected hybrid, one hit, exit 0`);
  }
  return title;
}
