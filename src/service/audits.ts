import { readFileSync } from 'node:fs';
import type { Duplicate, Finding, FindingKind } from '../audit/report.js';
import { type ChangeOptions, changeValues, type ValueChanges } from '../catalog/spellings/changeValues.js';
import { fieldValue } from '../domain/field.js';
import type { Job } from '../domain/job.js';
import type { Product } from '../domain/product.js';
import type { Store } from '../store/open.js';
import { auditFile, type KeptAudit } from './jobs/auditJob.js';

/** A finding, with the product as it is now. */
export interface OpenFinding extends Finding {
  /** Undefined if it was deleted since. */
  readonly product: Product | undefined;
  /** Whether its value was changed since the audit. */
  readonly changed: boolean;
}

/** Two products that are probably the same thing, as they are now. */
export interface OpenDuplicate extends Duplicate {
  readonly products: readonly (Product | undefined)[];
}

interface Page {
  /** Counted from 1. */
  readonly page: number;
  readonly per_page: number;
}

/** What the last audit of the store found, and corrections of it. */
export interface AuditBook {
  /** The last audit that is done and whose findings are kept. */
  latest(): Job | undefined;
  /** Whether an audit waits or runs. */
  running(): Job | undefined;
  findings(kind: FindingKind, page: Page): { readonly total: number; readonly findings: OpenFinding[] };
  duplicates(page: Page): { readonly total: number; readonly duplicates: OpenDuplicate[] };
  /** Gives products other categories, as a run of spellings, which can be undone. */
  correctCategories(
    corrections: readonly { readonly id: string; readonly category: string }[],
    how: ChangeOptions,
  ): Promise<ValueChanges>;
}

const KEPT_JOBS = 200;

/** Calls `onChanged`, and waits for it, after each change of products. */
export function openAudits(store: Store, dataDir: string, onChanged: () => Promise<void>): AuditBook {
  /** The findings of one audit; a large catalog has megabytes of them. */
  let read: { readonly job: string; readonly audit: KeptAudit } | undefined;
  const auditOf = (job: string): KeptAudit | undefined => {
    if (read?.job === job) return read.audit;
    try {
      const audit: KeptAudit = JSON.parse(readFileSync(auditFile(dataDir, job), 'utf8'));
      read = { job, audit };
      return audit;
    } catch {
      return undefined;
    }
  };
  const jobs = (): Job[] => store.jobs.list(KEPT_JOBS).filter(({ kind }) => kind === 'audit');
  const latest = (): Job | undefined =>
    jobs().find(({ id, state }) => state === 'done' && auditOf(id) !== undefined);
  const current = (): KeptAudit => {
    const job = latest();
    return (job === undefined ? undefined : auditOf(job.id)) ?? { findings: [], duplicates: [] };
  };
  const pageOf = <T>(all: readonly T[], { page, per_page }: Page): T[] =>
    all.slice((page - 1) * per_page, page * per_page);
  return {
    latest,
    running: () => jobs().find(({ finished }) => finished === null),
    findings(kind, page) {
      const all = current().findings.filter((finding) => finding.kind === kind);
      return {
        total: all.length,
        findings: pageOf(all, page).map((finding) => {
          const product = store.products.get(finding.id);
          const { field, value } = finding;
          const changed =
            product === undefined ||
            (field !== undefined && JSON.stringify(fieldValue(product, field)) !== JSON.stringify(value));
          return { ...finding, product, changed };
        }),
      };
    },
    duplicates(page) {
      const all = current().duplicates;
      return {
        total: all.length,
        duplicates: pageOf(all, page).map((duplicate) => ({
          ...duplicate,
          products: duplicate.ids.map((id) => store.products.get(id)),
        })),
      };
    },
    async correctCategories(corrections, how) {
      const wanted = new Map(corrections.map(({ id, category }) => [id, category]));
      const products = [...wanted.keys()]
        .map((id) => store.products.get(id))
        .filter((product) => product !== undefined);
      try {
        return await changeValues(
          store,
          ({ id, category }) => {
            const after = wanted.get(id);
            if (after === undefined || category === undefined || after === category) return [];
            return [{ field: 'category', before: category, after }];
          },
          how,
          products,
        );
      } finally {
        if (!how.preview) await onChanged();
      }
    },
  };
}
