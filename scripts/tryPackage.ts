import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askDemo } from './package/askDemo.js';
import { measureInstalled } from './package/measureInstalled.js';
import { pack } from './package/pack.js';

/** What the smaller installation may take, in megabytes. */
const MAX_UNPACKED = 330;

/**
 * `npm run test:package`: packs the project and installs the archive in both ways of docs/install.md, each in an empty
 * folder, native packages and all; serves the demo from there and asks it. Exit 1 where any of it fails.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-package-'));
try {
  const archive = pack(folder);
  await installInProject(archive);
  await installUnpacked(archive);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As a dependency of another project, which has to allow the install scripts of the native packages itself. */
async function installInProject(archive: string): Promise<void> {
  const shop = path.join(folder, 'shop');
  mkdirSync(shop);
  const allowScripts = {
    'better-sqlite3': true,
    'hnswlib-node': true,
    'onnxruntime-node': false,
    protobufjs: false,
  };
  writeFileSync(
    path.join(shop, 'package.json'),
    JSON.stringify({ name: 'shop', private: true, allowScripts }),
  );
  run(shop, 'npm', 'install', archive);
  const whole = measureInstalled(shop);
  run(shop, process.execPath, 'node_modules/shelfwright/packaging/keepThisPlatform.mjs', '.');
  const runtime = path.join(
    shop,
    'node_modules/onnxruntime-node/bin/napi-v6',
    process.platform,
    process.arch,
  );
  if (existsSync(path.join(runtime, 'libonnxruntime_providers_cuda.so'))) {
    throw new Error('onnxruntime-node downloaded its GPU libraries; expected its install script not to run');
  }
  const first = await askDemo(path.join(shop, 'node_modules/.bin/shelfwright'), shop);
  console.log(
    `In a project (${whole} MB, ${measureInstalled(shop)} MB for this platform): "rain jacket" finds ${first} first.`,
  );
  rmSync(shop, { recursive: true });
}

/** On its own, as the root package: its overrides and allowScripts count. */
async function installUnpacked(archive: string): Promise<void> {
  run(folder, 'tar', 'xzf', archive);
  const unpacked = path.join(folder, 'package');
  run(unpacked, 'npm', 'install', '--omit=dev');
  const size = measureInstalled(unpacked);
  if (size > MAX_UNPACKED) throw new Error(`node_modules takes ${size} MB; expected ${MAX_UNPACKED} at most`);
  const first = await askDemo(path.join(unpacked, 'bin/shelfwright'), folder);
  console.log(`Unpacked (${size} MB): "rain jacket" finds ${first} first.`);
}

function run(cwd: string, command: string, ...args: string[]): void {
  const { npm_config_omit: _, ...inherited } = process.env;
  execFileSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { ...inherited, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
}
