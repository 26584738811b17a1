import { z } from 'zod';
import type { Store } from '../../store/open.js';

const SETTING = 'last_backup';

const backupSchema = z.object({
  format: z.literal(1),
  /** When it started, as ISO 8601 in UTC. */
  at: z.string(),
  products: z.number().int(),
});

/** Records that a backup was made. */
export function noteBackup({ settings }: Pick<Store, 'settings'>, at: string, products: number): void {
  settings.set(SETTING, { format: 1, at, products } satisfies z.infer<typeof backupSchema>);
}

/** Undefined where none is recorded; a backup may have been made by other means. */
export function lastBackup({
  settings,
}: Pick<Store, 'settings'>): { at: string; products: number } | undefined {
  const { data } = backupSchema.safeParse(settings.get(SETTING));
  return data === undefined ? undefined : { at: data.at, products: data.products };
}
