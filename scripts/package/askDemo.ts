import { spawn } from 'node:child_process';

const BUSY_TIMEOUT_MS = 120_000;

/**
 * Serves the demo catalog with `command` in `folder`, and stops it again.
 * @returns the title that it finds first for "rain jacket".
 * @throws where it does not serve within two minutes, searches without the model, or does not exit with 0.
 */
export async function askDemo(command: string, folder: string): Promise<string> {
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
