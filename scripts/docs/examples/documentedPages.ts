import { readdirSync } from 'node:fs';

/** The pages whose commands are checked: README.md and those directly in `docs`. Paths from the repository's root. */
export function documentedPages(): string[] {
  const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));
  return ['README.md', ...pages.sort().map((name) => `docs/${name}`)];
}
