import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// onnxruntime-node ships the libraries of six platforms, 290 MB in all. This removes those that the running Node cannot
// load. `node packaging/keepThisPlatform.mjs [folder]`: the folder that holds node_modules, by default this project's.
const root = realpathSync(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
const installed = path.join(root, 'node_modules', 'onnxruntime-node');
const versions = path.join(installed, 'bin');

// A linked package belongs to another installation.
if (existsSync(versions) && realpathSync(installed) === installed) {
  for (const version of readdirSync(versions)) keepPlatform(path.join(versions, version));
}

/** Leaves `platforms/<platform>/<arch>` of this machine alone; removes nothing where the package lacks this machine's. */
function keepPlatform(platforms) {
  if (!existsSync(path.join(platforms, process.platform, process.arch))) return;
  for (const platform of readdirSync(platforms)) {
    const folder = path.join(platforms, platform);
    if (platform !== process.platform) rmSync(folder, { recursive: true });
    else {
      for (const arch of readdirSync(folder)) {
        if (arch !== process.arch) rmSync(path.join(folder, arch), { recursive: true });
      }
    }
  }
}
