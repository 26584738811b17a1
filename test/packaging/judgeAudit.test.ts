import { describe, expect, it } from 'vitest';
import { judgeAudit } from '../../scripts/package/judgeAudit.js';

const reportOf = (vulnerabilities: Record<string, { severity: string; range: string }>) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities });

describe('judgeAudit', () => {
  it('passes a report without grave advisories', () => {
    expect(judgeAudit(reportOf({})).verdict).toBe('clean');
    expect(judgeAudit(reportOf({ toy: { severity: 'moderate', range: '<2' } })).verdict).toBe('clean');
  });

  it('names the packages whose advisories are grave', () => {
    const { verdict, lines } = judgeAudit(
      reportOf({
        toy: { severity: 'high', range: '<2' },
        doll: { severity: 'critical', range: '*' },
        ball: { severity: 'low', range: '1' },
      }),
    );
    expect(verdict).toBe('vulnerable');
    expect(lines).toEqual(['toy <2: high; see npm audit', 'doll *: critical; see npm audit']);
  });

  it('says so where the registry has no advisories, and takes nothing else for an answer', () => {
    const refused = judgeAudit(JSON.stringify({ message: 'Method Not Allowed', statusCode: 405 }));
    expect(refused.verdict).toBe('unreached');
    expect(refused.lines).toEqual([expect.stringContaining('it answered 405')]);
    expect(judgeAudit(JSON.stringify({ message: 'no route' })).lines[0]).toContain('could not be reached');
    expect(() => judgeAudit('{}')).toThrow();
    expect(() => judgeAudit('')).toThrow();
  });
});
