import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packagePaths } from '../../src/configuration/packagePaths.js';
import { buildApp } from '../../src/http/app.js';
import { openService } from '../../src/service/openService.js';

/** The OpenAPI document of the service with default settings, as text. */
export async function openApiDocument(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shelfwright-docs-'));
  try {
    const service = await openService({
      dataDir: path.join(folder, 'data'),
      indexesDir: path.join(folder, 'indexes'),
      modelDir: packagePaths.model,
    });
    try {
      const app = await buildApp({ service, webDir: packagePaths.web, logger: false });
      await app.ready();
      const document = app.swagger();
      await app.close();
      return `${JSON.stringify(document, null, 2)}\n`;
    } finally {
      await service.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
