import { readFileSync } from 'node:fs';
import { clusterPairs, type DuplicateCluster } from '../audit/duplicates/clusterPairs.js';
import type { Duplicate, Finding, FindingKind } from '../audit/report.js';
import { type ChangeOptions, changeValues, type ValueChanges } from '../catalog/spellings/changeValues.js';
import { type RemoveOptions, removeProducts } from '../catalog/spellings/removeProducts.js';
import { UserError } from '../domain/errors.js';
import { fieldValue } from '../domain/field.js';
import { isBlank } from '../domain/isBlank.js';
import type { Job } from '../domain/job.js';
import type { Product } from '../domain/product.js';
import { statusOf } from '../domain/productStatus.js';
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

/** Products that are probably the same thing, as they are now. */
export interface OpenCluster extends DuplicateCluster {
  /** The one with the most values; undefined if fewer than two are left on sale. */
  readonly keep: string | undefined;
}

/** The product of a cluster that stays, and those that go. */
export interface Removal {
  readonly keep: string;
  readonly remove: readonly string[];
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
  clusters(page: Page): { readonly total: number; readonly clusters: OpenCluster[] };
  /**
   * Archives or deletes duplicates, as a run of spellings, which can be undone.
   * @throws UserError where `keep` is no product on sale, or a product to remove is not of its cluster.
   */
  removeDuplicates(removals: readonly Removal[], how: RemoveOptions): Promise<ValueChanges>;
  /** Gives products other categories, as a run of spellings, which can be undone. */
  correctCategories(
    corrections: readonly { readonly id: string; readonly category: string }[],
    how: ChangeOptions,
  ): Promise<ValueChanges>;
}

const KEPT_JOBS = 200;
const NOTHING: KeptAudit = { findings: [], duplicates: [] };

/** Calls `onChanged`, and waits for it, after each change of products. */
export function openAudits(store: Store, dataDir: string, onChanged: () => Promise<void>): AuditBook {
  /** The findings of one audit; a large catalog has megabytes of them. */
  let read: { readonly job: string; readonly audit: KeptAudit } | undefined;
  let clustered: { readonly audit: KeptAudit; readonly clusters: readonly DuplicateCluster[] } | undefined;
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
    return (job === undefined ? undefined : auditOf(job.id)) ?? NOTHING;
  };
  const clusters = (): readonly DuplicateCluster[] => {
    const audit = current();
    if (clustered?.audit !== audit) clustered = { audit, clusters: clusterPairs(audit.duplicates) };
    return clustered.clusters;
  };
  const onSale = (id: string): Product | undefined => {
    const product = store.products.get(id);
    return product === undefined || statusOf(product) === 'archived' ? undefined : product;
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
    clusters(page) {
      const all = clusters();
      return {
        total: all.length,
        clusters: pageOf(all, page).map((cluster) => ({
          ...cluster,
          keep: fullest(cluster.ids.map(onSale)),
        })),
      };
    },
    async removeDuplicates(removals, how) {
      const all = clusters();
      const clusterOf = new Map(all.flatMap((cluster) => cluster.ids.map((id) => [id, cluster] as const)));
      const removed = new Set(removals.flatMap(({ remove }) => remove));
      for (const { keep, remove } of removals) {
        if (removed.has(keep)) throw refused(keep, 'is to be kept and to be removed: do one of both');
        if (onSale(keep) === undefined)
          throw refused(keep, 'is archived or deleted, so it cannot be the one to keep: choose another');
        const stranger = remove.find((id) => clusterOf.get(id) !== clusterOf.get(keep));
        if (stranger !== undefined || clusterOf.get(keep) === undefined)
          throw refused(stranger ?? keep, `is no duplicate of ${keep} in the last check of the catalog`);
      }
      try {
        return await removeProducts(store, [...removed], how);
      } finally {
        if (!how.preview) await onChanged();
      }
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

/** The product with the most values, of several that are there. */
function fullest(products: readonly (Product | undefined)[]): string | undefined {
  const there = products.filter((product) => product !== undefined);
  if (there.length < 2) return undefined;
  const values = ({ attributes, ...fields }: Product): number =>
    [...Object.values(fields), ...Object.values(attributes ?? {})].filter((value) => !isBlank(value)).length;
  return there.reduce((best, product) => (values(product) > values(best) ? product : best)).id;
}

function refused(id: string, reason: string): UserError {
  return new UserError(`Product ${JSON.stringify(id)} ${reason}.`, { field: 'removals' });
}
