import type { DescribedSettings } from '../configuration/describeSettings.js';
import type { Fact } from '../domain/fact.js';
import type { Product } from '../domain/product.js';
import type { ApiKeys, KeyBook } from './apiKeys.js';
import type { AuditBook } from './audits.js';
import type { Experiments } from './experiments.js';
import type { Insights } from './insights/openInsights.js';
import type { JobQueue } from './jobs/jobQueue.js';
import type { Imports } from './jobs/openImports.js';
import type { LearnedBook } from './learning/openLearned.js';
import type { Mappings } from './mappings.js';
import type { Monitor } from './monitor/monitor.js';
import type { Reader } from './reader.js';
import type { Review } from './review/review.js';
import type { RuleBook } from './rules/ruleBook.js';
import type { ShopEvents } from './shopEvents.js';
import type { SpellingBook } from './spellings.js';
import type { Taxonomies } from './taxonomies.js';
import type { Webhooks } from './webhooks/webhooks.js';
import type { Writes } from './writes/openWrites.js';

/** The measured quality of the catalog, and who is alerted when it falls. */
export type Monitoring = Pick<Monitor, 'state' | 'onAlert' | 'onProblem'>;

/** Who is told of finished jobs and changed products, and whether that works. */
export type WebhookNotices = Pick<Webhooks, 'state' | 'onReport'>;

export type Jobs = Pick<JobQueue, 'submit' | 'get' | 'list' | 'cancel' | 'standDown'>;

/** `content` is a change of the product or its facts. */
export interface ProductChange {
  readonly sequence: number;
  readonly id: string;
  readonly kind: 'content' | 'live' | 'delete';
}

/** The service in numbers; NaN for a number that cannot be read. */
export interface ServiceFigures {
  readonly products: number;
  /** Products written since the current generation was built. */
  readonly delta: number;
  /** Age of the current generation in seconds. */
  readonly generationAge: number;
  readonly jobsQueued: number;
  /** Queries that needed a vector, and those answered from the cache of vectors. */
  readonly vectorsAsked: number;
  readonly vectorsRemembered: number;
  /** Searches, and those answered from the cache of answers. */
  readonly answersAsked: number;
  readonly answersRemembered: number;
  /** Threads that answer searches; 0 where the main thread does. */
  readonly searchThreads: number;
  /** Rows of all imports since the store was made, and those that went to quarantine. */
  readonly importedRows: number;
  readonly quarantinedRows: number;
}

/** A running service: a reader that also writes, runs jobs, records queries and monitors quality. */
export interface Service extends Reader, Writes {
  /** At most `limit` changes of products after this number, in order, and the number of the last of all. */
  changesSince(sequence: number, limit: number): { readonly changes: ProductChange[]; readonly last: number };
  /** Facts for products that are not stored. */
  enrich(products: readonly Product[]): Promise<{ id: string; facts: Fact[] }[]>;
  /** Suggested values and people's decisions about them. */
  readonly review: Review;
  /** Who may use the service. */
  readonly access: ApiKeys;
  readonly keys: KeyBook;
  /** Long work, done by processes beside the service. */
  readonly jobs: Jobs;
  readonly imports: Imports;
  readonly mappings: Mappings;
  readonly monitor: Monitoring;
  readonly insights: Insights;
  /** What was learned from shoppers. */
  readonly learned: Omit<LearnedBook, 'close'>;
  readonly webhooks: WebhookNotices;
  /** Which configuration is better, by what shoppers do. */
  readonly experiments: Experiments;
  /** What shoppers do with results. */
  readonly events: ShopEvents;
  readonly rules: RuleBook;
  readonly spellings: SpellingBook;
  readonly audits: AuditBook;
  readonly taxonomies: Taxonomies;
  /** Every setting in effect, and where it comes from. */
  settings(): DescribedSettings;
  figures(): ServiceFigures;
  activate(id: string): Promise<void>;
}
