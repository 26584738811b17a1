/** Keys of the configuration that have a new name. File and environment accept the old one for one more version. */
export const RENAMED_KEYS: Readonly<Record<string, string>> = {
  'limits.requests_per_minute_per_key': 'limits.max_requests_per_minute_per_key',
  'limits.requests_per_minute_per_address': 'limits.max_requests_per_minute_per_address',
  'limits.searches_at_once': 'limits.max_concurrent_searches',
  'limits.searches_waiting': 'limits.max_waiting_searches',
  'limits.writes_at_once': 'limits.max_concurrent_writes',
  'limits.writes_waiting': 'limits.max_waiting_writes',
  'limits.event_loop_delay_ms': 'limits.max_event_loop_delay_ms',
  'limits.heap_share': 'limits.max_heap_share',
  'limits.memory_mb': 'limits.max_memory_mb',
  'limits.body_mb': 'limits.max_body_mb',
  'limits.products_body_mb': 'limits.max_products_body_mb',
  'limits.stream_mb': 'limits.max_stream_mb',
  'limits.stream_rows': 'limits.max_stream_rows',
  'limits.body_idle_seconds': 'limits.max_body_idle_seconds',
  'jobs.most_queued': 'jobs.max_queued',
  'jobs.most_attempts': 'jobs.max_attempts',
  'jobs.most_upload_mb': 'jobs.max_upload_mb',
  'jobs.uploads_at_once': 'jobs.max_concurrent_uploads',
  'jobs.writes_at_once': 'jobs.max_concurrent_embeddings',
  'jobs.delta_products': 'jobs.max_delta_products',
  'jobs.delta_share': 'jobs.max_delta_share',
  'monitoring.webhook_attempts': 'monitoring.max_webhook_attempts',
  'monitoring.least_products': 'monitoring.min_products',
  'monitoring.most_drift': 'monitoring.max_drift',
  'monitoring.most_strangers': 'monitoring.max_out_of_distribution',
  'monitoring.most_confidence_fall': 'monitoring.max_confidence_fall',
  'monitoring.most_abstention_rise': 'monitoring.max_abstention_rise',
  'monitoring.most_rejections': 'monitoring.max_rejections',
  'monitoring.least_decisions': 'monitoring.min_decisions',
  'monitoring.most_zero_hits': 'monitoring.max_zero_hits',
  'monitoring.least_searches': 'monitoring.min_searches',
  'monitoring.most_delta': 'monitoring.max_delta',
  'monitoring.most_generation_days': 'monitoring.max_generation_days',
  'monitoring.most_import_days': 'monitoring.max_import_days',
  'monitoring.most_quarantined': 'monitoring.max_quarantined',
  'monitoring.most_without_vector': 'monitoring.max_without_vector',
};

/** Variables that never followed `SHELFWRIGHT_<SECTION>_<KEY>`, and the keys that they set. */
export const RENAMED_VARIABLES: Readonly<Record<string, string>> = {
  SHELFWRIGHT_QUERY_DAYS: 'queries.retention_days',
};

/** Flags that have a new name. `command` is the name of the subcommand. */
export const RENAMED_FLAGS: readonly { command: string; from: string; to: string }[] = [
  { command: 'propose', from: '--least', to: '--min' },
];

/** The warning about an old name: where it stands, the new name, and which of the two counts if both are given. */
export function renamedWarning(place: string, from: string, to: string, bothGiven: boolean): string {
  const named = place === from ? from : `${place}: ${from}`;
  return bothGiven
    ? `${named} is now called ${to}, which is also given and counts: remove ${from}.`
    : `${named} is now called ${to}: rename it, the next version refuses the old name.`;
}
