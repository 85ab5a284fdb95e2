import { Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { Deployment } from '../../src/constructs/deployment';

/** A resource's or a data source's arguments, as the synthesized JSON holds them. */
export type Arguments = Record<string, unknown>;

export interface Synthesized {
  readonly resource: Record<string, Record<string, Arguments>>;
  readonly data: Record<string, Record<string, Arguments>>;
}

/** The Terraform JSON of what `build` makes, beside a deployment at `current`. */
export function synthesized(build: (scope: Construct, deployment: Deployment) => void): Synthesized {
  return JSON.parse(
    Testing.synthScope((scope) => build(scope, new Deployment(scope, 'current', { region: 'eu-west-1' }))),
  );
}

/** The statements of a policy that a resource holds as JSON text. */
export function statements(document: unknown): unknown[] {
  const { Version, Statement } = JSON.parse(String(document));
  expect(Version).toBe('2012-10-17');
  return Statement;
}
