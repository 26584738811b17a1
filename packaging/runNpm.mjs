import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs the npm that runs this script, with `args` in `cwd`; whether it succeeded. */
export async function runNpm(cwd, args, stdio) {
  const npm = spawn(process.execPath, [process.env.npm_execpath, ...args], { cwd, stdio });
  const [code] = await once(npm, 'exit');
  return code === 0;
}
