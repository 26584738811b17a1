import { z } from 'zod';

/** The scopes of an API key. Each includes those before it. */
export const scopes = ['search', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** An API key without its secret. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  scope: z.enum(scopes),
  /** A filter expression: requests with this key see only products that match it. */
  filter: z.string().nullable(),
  created: z.string(),
  revoked: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Whether a key with scope `held` may call a route that needs `needed`. */
export function allows(held: Scope, needed: Scope): boolean {
  return scopes.indexOf(held) >= scopes.indexOf(needed);
}
