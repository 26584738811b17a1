import openapiTS, { astToString } from 'openapi-typescript';

const HEADER = '// Written by npm run docs from openapi.json; do not edit.\n\n';

/** The types of the operations of an OpenAPI document, for the page and for other clients. */
export async function apiTypes(openapi: string): Promise<string> {
  return HEADER + astToString(await openapiTS(openapi, { silent: true }));
}
