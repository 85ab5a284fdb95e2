import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesizeTemplate } from '../../src/cloudformation';

/** Terraform JSON: resources or data sources by type and name. */
type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** What a template becomes. */
export interface Synthesized {
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly provider: unknown;
  readonly notices: readonly string[];
}

/** A folder with a template and its files, for one test. */
export class TemplateProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'template-'));

  /** Writes files by their paths: texts, or values as JSON. @returns the path of the first */
  write(files: Readonly<Record<string, unknown>>): string {
    const paths = Object.entries(files).map(([name, content]) => {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    });
    return String(paths[0]);
  }

  /** @param files the template, then what it names */
  synthesize(files: Readonly<Record<string, unknown>>, parameters?: Record<string, string>): Synthesized {
    const target = join(this.folder, 'out');
    const { notices } = synthesizeTemplate(this.write(files), target, parameters);
    return { notices, ...JSON.parse(readFileSync(join(target, 'cdk.tf.json'), 'utf8')) };
  }

  /** The content of a file that was written next to cdk.tf.json. */
  output(path: unknown): string {
    return readFileSync(join(this.folder, 'out', String(path)), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** A function of SAM with its properties; its code is in `src`. */
export const samFunction = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::Serverless::Function',
  Properties: { CodeUri: 'src', Handler: 'app.handler', Runtime: 'nodejs24.x', ...properties },
  ...more,
});

/** A state machine of SAM that calls nothing. */
export const samStateMachine = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::Serverless::StateMachine',
  Properties: { Definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, ...properties },
  ...more,
});

/** The code of such functions. */
export const CODE = { 'src/app.js': 'exports.handler = async () => 1;' };
