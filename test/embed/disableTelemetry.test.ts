import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileOf, temporaryFolder } from '../support/temporaryFolder.js';

describe('embedding', () => {
  it('leaves no trace of telemetry if the environment does not disable it', () => {
    const home = temporaryFolder();
    const embed = (name: string) => pathToFileURL(path.resolve('dist/src/embed', `${name}.js`)).href;
    const program = `
      const { startEmbedder } = await import('${embed('embedder')}');
      const { openModel } = await import('${embed('model')}');
      const embedder = await startEmbedder(await openModel(process.argv[2]), 1);
      const [vector] = await embedder.embed(['a lamp']);
      await embedder.close();
      console.log(vector.length);`;
    const model = path.resolve('models/all-MiniLM-L6-v2');
    const printed = execFileSync(process.execPath, [fileOf('.mjs', program), model], {
      cwd: home,
      encoding: 'utf8',
      // Without CI too, which silences the runtime by itself.
      env: { PATH: process.env.PATH, HOME: home },
    });
    expect(printed.trim()).toBe('384');
    expect(readdirSync(home)).toEqual([]);
  });
});
