import type { Owner } from '../definitions/fictitious-values';
import { UserError } from '../user-error';
import type { StackResource } from './stack-resource';
import { Reference, TerraformJson } from './terraform-json';

/** Writes a resource of one type as Terraform JSON. */
export type Translate = (resource: StackResource, stack: Stack) => void;

/** The stack of a template and of its nested stacks, while it is being written. */
export class Stack {
  readonly json = new TerraformJson();
  /** What the user has to know: whole sentences. */
  readonly notices: string[] = [];
  /** Whether fictitious values take the place of what only a deployment knows. */
  hasFictitious = false;
  /** The labels of the functions that run, by their names. */
  readonly functions = new Map<string, string>();
  readonly #references = new Map<string, Reference>();
  /** The ARNs of the managed policies of the template. */
  readonly policies = new Set<string>();
  readonly #published = new Set<string>();
  readonly #roles = new Set<string>();
  readonly #usedRoles = new Set<string>();

  /** @param folder gets cdk.tf.json, and the code that is built */
  constructor(
    readonly folder: string,
    readonly owner: Owner,
  ) {}

  /** Uses a reference wherever this value is used: its parts, such as a version's number, may change. */
  refer(value: string, expression: string): void {
    this.#references.set(value, new Reference(expression));
  }

  /** The value, or a reference to the resource that has it. */
  known(value: unknown): unknown {
    return (typeof value === 'string' ? this.#references.get(value) : undefined) ?? value;
  }

  /** The versions of a function or a state machine are used. @param name its name or its ARN */
  publish(name: string): void {
    this.#published.add(lastWord(name));
  }

  isPublished({ name }: StackResource): boolean {
    return this.#published.has(name);
  }

  addRole(arn: string): void {
    this.#roles.add(arn);
  }

  /** Whether the template has a role. @param role its name or its ARN */
  hasRole(role: string): boolean {
    return [...this.#roles].some((arn) => nameOfRole(arn) === nameOfRole(role));
  }

  /**
   * The role that a function or a state machine assumes. One that is not in the template may do everything.
   * @throws UserError when it has none
   */
  roleArn({ logicalId, type, properties, template }: StackResource): string {
    // SAM makes a role also where only a condition leaves out `Role`. Its policies are not evaluated here.
    const ofSam = type.startsWith('AWS::Serverless::') ? `${logicalId}Role` : undefined;
    const value = properties.Role ?? properties.RoleArn ?? ofSam;
    if (value === undefined) throw new UserError(`${template.file}: ${logicalId} has no role.`);
    const written = String(value);
    const [, path] = /^arn:[\w-]+:iam::\d*:role\/(.+)$/.exec(written) ?? [];
    const arn = `arn:aws:iam::${this.owner.accountId}:role/${path ?? lastWord(written)}`;
    this.#usedRoles.add(arn);
    return arn;
  }

  /** The ARNs of the roles that are used, and not in the template: they exist already in the user's account. */
  get otherRoles(): readonly string[] {
    return [...this.#usedRoles].filter((arn) => !this.#roles.has(arn));
  }
}

/** The name of a role, which is the end of its ARN. */
export const nameOfRole = (role: string): string => role.slice(role.lastIndexOf('/') + 1);

/** The name in an ARN; a name alone stays. */
const lastWord = (value: string): string => value.slice(value.lastIndexOf(':') + 1);
