import { Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { Deployment } from '../../src/constructs/deployment';

/** The arguments of a resource or a data source in the synthesized JSON. */
export type Arguments = Record<string, unknown>;

export interface Synthesized {
  readonly resource: Record<string, Record<string, Arguments>>;
  readonly data: Record<string, Record<string, Arguments>>;
}

/** The Terraform JSON of a stack with a deployment, `current`, and the constructs of `build`. */
export function synthesized(build: (scope: Construct, deployment: Deployment) => void): Synthesized {
  return JSON.parse(
    Testing.synthScope((scope) => build(scope, new Deployment(scope, 'current', { region: 'eu-west-1' }))),
  );
}

/** The statements of a policy, which is JSON text. */
export function statements(document: unknown): unknown[] {
  const { Version, Statement } = JSON.parse(String(document));
  expect(Version).toBe('2012-10-17');
  return Statement;
}
