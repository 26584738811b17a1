import { expect, test } from 'vitest';
import { monitoringSchema } from '../../src/configuration/monitoring.js';

test('the webhook uses TLS or stays on this machine', () => {
  const accepts = (webhook_url: string) => monitoringSchema.safeParse({ webhook_url }).success;
  for (const url of [
    'https://alerts.example/x',
    'http://localhost:9093/x',
    'http://127.0.0.1/',
    'http://[::1]:1/',
  ]) {
    expect(accepts(url)).toBe(true);
  }
  for (const url of [
    'http://alerts.example/x',
    'http://127.0.0.1.example/',
    'ftp://localhost/',
    'file:///etc',
    'x',
    '',
  ]) {
    expect(accepts(url)).toBe(false);
  }
  expect(monitoringSchema.parse({}).webhook_url).toBeNull();
});

test('every key has a default and a description', () => {
  for (const [name, schema] of Object.entries(monitoringSchema.shape)) {
    expect(monitoringSchema.parse({})).toHaveProperty(name);
    expect(schema.description).toMatch(/\.$/);
  }
});
