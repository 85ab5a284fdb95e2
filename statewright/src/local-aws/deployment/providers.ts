import { Arguments } from '../../terraform/arguments';
import type { Configuration, ModuleCall } from '../../terraform/configuration';
import { neededFor } from '../../terraform/dependencies';
import { LITERALS } from '../../terraform/evaluate';
import { evaluateArguments } from '../../terraform/evaluate-argument';
import { Scope, type StackInputs } from '../../terraform/scope';
import { readStackFile } from '../../terraform/stack-file';
import type { ValueMap } from '../../terraform/value';
import type { BlockContext } from './block-type';
import type { TargetAccount } from './target-account';

/** The region of a stack's AWS provider; undefined when the environment decides it. */
export function regionOf(folder: string, inputs: StackInputs = {}): string | undefined {
  const stack = readStackFile(folder);
  const scope = Scope.ofStack(stack, { ...LITERALS, folder }, inputs);
  return regionIn(evaluated(stack, scope, stack.awsProvider, 'provider.aws'));
}

const regionIn = ({ region }: ValueMap): string | undefined =>
  typeof region === 'string' ? region : undefined;

/** The AWS providers of a stack: the one without an alias, and those with one, which have a region of their own. */
export class Providers {
  readonly #stack: Configuration;
  readonly #target: TargetAccount;
  readonly #scope: Scope;
  /** The arguments by name: `aws`, or `aws.west`. */
  readonly #arguments = new Map<string, ValueMap>();

  constructor(stack: Configuration, scope: Scope, target: TargetAccount) {
    this.#stack = stack;
    this.#scope = scope;
    this.#target = target;
  }

  /**
   * Where a block is created, and with which tags.
   *
   * @param module the names of the modules around it
   * @param provider the provider that it names
   * @param region the block's own `region`
   */
  contextOf(
    module: readonly string[],
    provider = 'aws',
    region?: string,
  ): Pick<BlockContext, 'target' | 'defaultTags'> {
    const name = this.#nameInStack(module, provider);
    const values = this.#argumentsOf(name);
    return {
      target: this.#target.in(region ?? regionIn(values) ?? this.#target.region),
      defaultTags: new Arguments(values, `provider.${name}`).block('default_tags')?.textMap('tags') ?? {},
    };
  }

  /** Evaluated when a block needs it: a provider may refer to resources. */
  #argumentsOf(name: string): ValueMap {
    const known = this.#arguments.get(name);
    if (known) return known;
    const { awsProvider, aliasedAwsProviders } = this.#stack;
    const written = aliasedAwsProviders.get(name.slice('aws.'.length)) ?? awsProvider;
    const values = evaluated(this.#stack, this.#scope, written, `provider.${name}`);
    this.#arguments.set(name, values);
    return values;
  }

  /** A module's provider is one of its caller's (Terraform documentation, "Providers Within Modules"). */
  #nameInStack(module: readonly string[], provider: string): string {
    const calls: ModuleCall[] = [];
    let inside: Configuration | undefined = this.#stack;
    for (const name of module) {
      const call: ModuleCall | undefined = inside?.modules.find((each) => each.name === name);
      if (call) calls.push(call);
      inside = call?.configuration;
    }
    return calls.reduceRight((name, { providers }) => providers?.[name] ?? name, provider);
  }
}

/** The arguments of a provider that matter here, which can refer to variables and local values. */
function evaluated(stack: Configuration, scope: Scope, written: ValueMap, place: string): ValueMap {
  const { region, default_tags: defaultTags } = written;
  const used = {
    ...(region !== undefined && { region }),
    ...(defaultTags !== undefined && { default_tags: defaultTags }),
  };
  for (const node of neededFor(used, place, stack)) {
    if (node.kind === 'variable' || node.kind === 'local') scope.define(node);
  }
  return evaluateArguments(used, scope.context, place);
}
