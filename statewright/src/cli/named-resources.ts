import { otherResources } from '../testing/other-resources';
import { withOtherRoles } from './permissive-role';

/** The resources of a deployment that exist by name only, and why; and the roles that are not in the stack. */
export class NamedResources {
  readonly #addresses: string[] = [];
  readonly #reasons = new Map<string, string>();
  readonly #roles: string[] = [];

  readonly otherTypes = withOtherRoles(
    (block, context, reason) => {
      this.#addresses.push(block.place);
      if (reason !== undefined) this.#reasons.set(block.place, reason);
      return otherResources(block, context);
    },
    (address) => this.#roles.push(address),
  );

  has(address: string): boolean {
    return this.#addresses.includes(address);
  }

  /** Why resources that this AWS has exist by name only, and which roles may do everything: a sentence for each. */
  get reasons(): readonly string[] {
    return [
      ...[...this.#reasons].map(([address, reason]) => `${address} exists by name only. ${reason}`),
      ...this.#roles.map((address) => `${address} is not in the stack: here, it may do everything.`),
    ];
  }

  /** About all of them. */
  get notes(): readonly string[] {
    const others = this.#addresses.filter((address) => !this.#reasons.has(address));
    return [
      ...listed(
        'By name only, since this AWS does not have them',
        others.filter((address) => !MODULE.test(address)),
      ),
      ...listed(
        'By name only, until terraform init downloads them',
        others.filter((address) => MODULE.test(address)),
      ),
      ...this.reasons,
    ];
  }
}

/** The address of a module, also of an instance of it. */
const MODULE = /(?:^|\.)module\.[\w-]+(?:\[.*\])?$/;

const listed = (title: string, addresses: readonly string[]): string[] =>
  addresses.length > 0 ? [`${title}: ${addresses.join(', ')}`] : [];
