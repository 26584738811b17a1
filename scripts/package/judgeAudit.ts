import { z } from 'zod';

/** Advisories below these are listed nowhere: they come and go with packages that never see a stranger's input. */
const GRAVE: ReadonlySet<string> = new Set(['high', 'critical']);

const reportSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});
const failureSchema = z.object({ message: z.string(), statusCode: z.number().optional() });

export interface Judgement {
  /** `unreached` where the registry answers no such question. */
  readonly verdict: 'clean' | 'vulnerable' | 'unreached';
  readonly lines: readonly string[];
}

/**
 * What `npm audit --json` printed, as a verdict: vulnerable where a package has an advisory of high or critical severity.
 * @throws where it is neither a report nor npm's account of why there is none.
 */
export function judgeAudit(printed: string): Judgement {
  const told: unknown = JSON.parse(printed);
  const report = reportSchema.safeParse(told);
  if (report.success) {
    const grave = Object.entries(report.data.vulnerabilities).filter(([, { severity }]) =>
      GRAVE.has(severity),
    );
    if (grave.length === 0) return { verdict: 'clean', lines: ['No package has a grave advisory.'] };
    return {
      verdict: 'vulnerable',
      lines: grave.map(([name, { severity, range }]) => `${name} ${range}: ${severity}; see npm audit`),
    };
  }
  const { statusCode } = failureSchema.parse(told);
  const why = statusCode === undefined ? 'it could not be reached' : `it answered ${statusCode}`;
  return {
    verdict: 'unreached',
    lines: [`Not audited: the registry was asked for advisories, and ${why}.`],
  };
}
