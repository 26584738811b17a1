import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/domain/job.js';
import type { LiveIndex } from '../../../src/index/liveIndex.js';
import { deltaSize, scheduleReindex } from '../../../src/service/jobs/scheduleReindex.js';
import { indexOf } from '../../search/indexOf.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');

async function indexed(products: number, written: number): Promise<LiveIndex> {
  const index = await indexOf([{ id: 'a', title: 'mug' }]);
  const { generation } = index;
  return Object.create(index, {
    generation: { value: { ...generation, counts: { ...generation.counts, products } } },
    size: { value: products + written },
  });
}

function queue(...listed: Partial<Job>[]) {
  const asked: string[] = [];
  const job: Job = {
    id: 'j',
    kind: 'reindex',
    state: 'done',
    request: {},
    created: '',
    started: null,
    finished: null,
    attempts: 1,
    progress: null,
    report: null,
    error: null,
  };
  return {
    asked,
    list: () => listed.map((one) => ({ ...job, ...one })),
    submit: (kind: Job['kind']) => {
      asked.push(kind);
      return job;
    },
  };
}

describe('a delta', () => {
  it('is reindexed once it is over the limit', async () => {
    const small = await indexed(1000, 5000);
    expect(deltaSize(small)).toBe(5000);
    expect(scheduleReindex(small, queue(), NOW)).toBe(false);
    const jobs = queue();
    expect(scheduleReindex(await indexed(1000, 5001), jobs, NOW)).toBe(true);
    expect(jobs.asked).toEqual(['reindex']);
    expect(scheduleReindex(await indexed(100_000, 20_000), queue(), NOW)).toBe(false);
    expect(scheduleReindex(await indexed(100_000, 20_001), queue(), NOW)).toBe(true);
  });

  it('waits for a running reindex, and an hour after a failed one', async () => {
    const index = await indexed(10, 6000);
    expect(scheduleReindex(index, queue({ state: 'running' }), NOW)).toBe(false);
    const failed = { state: 'failed', finished: '2026-11-21T11:30:00Z' } as const;
    expect(scheduleReindex(index, queue(failed), NOW)).toBe(false);
    expect(scheduleReindex(index, queue({ ...failed, finished: '2026-11-21T10:30:00Z' }), NOW)).toBe(true);
    expect(scheduleReindex(index, queue({ state: 'done', finished: '2026-11-21T11:59:00Z' }), NOW)).toBe(
      true,
    );
    // Jobs of other kinds do not count.
    expect(scheduleReindex(index, queue({ kind: 'import', state: 'running' }), NOW)).toBe(true);
    expect(scheduleReindex(index, queue({ kind: 'import' }, failed), NOW)).toBe(false);
  });
});
