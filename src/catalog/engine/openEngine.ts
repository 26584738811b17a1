import { readFile } from 'node:fs/promises';
import { ENGINE_PASSWORD_VARIABLE, type EngineSettings } from '../../configuration/engine.js';
import { sentenceOf, UserError } from '../../domain/errors.js';
import { Engine } from '../../opensearch/engine.js';

/**
 * Opens the cluster that the configuration names; undefined where products are searched in this process. The password is
 * read from its file or its variable now, and kept nowhere else.
 * @throws UserError where a file cannot be read or the password is missing.
 */
export async function openEngine(settings: EngineSettings | undefined): Promise<Engine | undefined> {
  if (settings === undefined || settings.kind === 'embedded') return undefined;
  const { urls, user, certificate_file, timeout_seconds, index_prefix, shards, replicas } = settings;
  return Engine.open({
    urls,
    user: user === null ? undefined : { name: user, password: await readPassword(settings) },
    certificate:
      certificate_file === null ? undefined : await readSetting('engine.certificate_file', certificate_file),
    timeoutSeconds: timeout_seconds,
    prefix: index_prefix,
    layout: { shards, replicas },
  });
}

async function readPassword({ password_file }: EngineSettings): Promise<string> {
  const given =
    password_file === null
      ? process.env[ENGINE_PASSWORD_VARIABLE]
      : await readSetting('engine.password_file', password_file);
  const password = given?.replace(/\r?\n$/, '') ?? '';
  if (password !== '') return password;
  throw new UserError(
    `engine.user has no password: expected one in ${password_file ?? `the variable ${ENGINE_PASSWORD_VARIABLE}, or a file named by engine.password_file`}, found nothing.`,
    { field: 'engine.user' },
  );
}

async function readSetting(setting: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`${setting}: ${file} cannot be read (${sentenceOf(cause)}).`, {
      field: setting,
      cause,
    });
  });
}
