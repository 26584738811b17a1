import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const kept = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

describe('the container image', () => {
  it('is built from files that are there, and holds whatever the package holds', () => {
    expect(kept.filter((file) => !existsSync(file))).toEqual([]);
    const { files }: { files: string[] } = JSON.parse(readFileSync('package.json', 'utf8'));
    const needed = files
      .filter((file) => !file.startsWith('!') && !file.startsWith('dist/') && !file.startsWith('indexes/'))
      .concat('src', 'tsconfig.json', 'package.json', 'package-lock.json', '.npmrc');
    expect(needed.filter((file) => !kept.includes(file))).toEqual([]);
  });

  it('runs as a user without rights, and compiles every package that needs it', () => {
    expect(dockerfile.lastIndexOf('\nUSER node\n')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM '));
    const { allowScripts }: { allowScripts: Record<string, boolean> } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    );
    const compiled = Object.keys(allowScripts).filter((name) => allowScripts[name] === true);
    expect(/npm rebuild ([^\n&]*?)(?: &&|\n)/.exec(dockerfile)?.[1]?.split(' ').sort()).toEqual(
      compiled.sort(),
    );
  });

  it('installs with the stubs at hand, and holds the runtime of its own platform only', () => {
    const steps = [
      '\nCOPY packaging packaging\n',
      '\nRUN npm ci --ignore-scripts',
      'node packaging/keepThisPlatform.mjs',
      // Compiles src alone: the image has neither tests nor scripts, which import tests.
      '\nRUN npx tsc -p packaging && npx vite build web && npm prune --omit=dev',
      '\nFROM node:22-bookworm-slim\n',
    ].map((step) => dockerfile.indexOf(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it('is composed with a root file system that is not written to', () => {
    const { services } = parse(readFileSync('compose.yaml', 'utf8'));
    expect(services.shelfwright).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      ports: ['127.0.0.1:3000:3000'],
      volumes: [expect.stringMatching(/:\/var\/lib\/shelfwright$/)],
    });
    expect(dockerfile).toContain('\nWORKDIR /var/lib/shelfwright\n');
  });
});

describe('the systemd units', () => {
  it('call commands that there are, in the folder that systemd makes', () => {
    const units = readdirSync('packaging').filter((name) => name.endsWith('.service'));
    expect(units).toContain('shelfwright.service');
    for (const name of units) {
      const unit = readFileSync(`packaging/${name}`, 'utf8');
      const command = /^ExecStart=\S+\/shelfwright (\w+)$/m.exec(unit)?.[1];
      expect(existsSync(`src/cli/commands/${command}.ts`)).toBe(true);
      expect(unit).toContain('\nWorkingDirectory=/var/lib/shelfwright\n');
      expect(unit).toContain('\nStateDirectory=shelfwright\n');
    }
  });
});
