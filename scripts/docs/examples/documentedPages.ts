import { readdirSync } from 'node:fs';

const FOLDERS = ['docs', 'docs/how-to'];

/** The pages whose commands are checked: README.md, and those in `docs` and `docs/how-to`. Paths from the repository's root. */
export function documentedPages(): string[] {
  const pages = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  return ['README.md', ...pages];
}
