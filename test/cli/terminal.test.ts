import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTerminal } from '../../src/cli/terminal.js';

let out = '';
let err = '';
const { isTTY } = process.stderr;
beforeEach(() => {
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  vi.spyOn(performance, 'now').mockReturnValue(0);
  process.stderr.isTTY = false;
});
afterEach(() => {
  vi.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

const after = (seconds: number) => vi.mocked(performance.now).mockReturnValue(seconds * 1000);

describe('output without a terminal', () => {
  it('writes a line with count and rate when a step ends', () => {
    const terminal = openTerminal({});
    terminal.progress('embed', 100, 2100);
    after(2);
    terminal.progress('embed', 2100, 2100);
    expect(err).toBe('');
    terminal.progress('write', 0, undefined);
    expect(err).toBe('embed: 2100 in 2.0 s (1,000/s)\n');
    terminal.settle();
    terminal.settle();
    expect(err).toBe('embed: 2100 in 2.0 s (1,000/s)\nwrite: 0 in 0.0 s (…/s)\n');
    expect(out).toBe('');
  });

  it('ends an open step before other output', () => {
    const terminal = openTerminal({});
    terminal.progress('embed', 0, 1);
    terminal.note('Look here.');
    expect(err).toBe('embed: 0 in 0.0 s (…/s)\nLook here.\n');
  });

  it('prints the result as lines, or with --json as one document and nothing else', () => {
    openTerminal({}).result({ rows: 1 }, ['One row.', 'Next: rest']);
    expect(out).toBe('One row.\nNext: rest\n');
    out = '';
    const terminal = openTerminal({ json: true });
    terminal.progress('import', 1, 1);
    terminal.result({ rows: 1 }, ['One row.']);
    expect(out).toBe('{"rows":1}\n');
    expect(err).toMatch(/^import: 1 /);
  });
});
