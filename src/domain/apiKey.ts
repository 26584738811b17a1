import { z } from 'zod';

/** What a key may do; each takes in those before it. */
export const scopes = ['search', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A key as it is listed: never its secret. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  /** Only products that pass are seen with it. */
  filter: z.string().nullable(),
  created: z.string(),
  revoked: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Whether a key of one scope may do what needs another. */
export function allows(held: Scope, needed: Scope): boolean {
  return scopes.indexOf(held) >= scopes.indexOf(needed);
}
