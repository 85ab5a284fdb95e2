import { objectOf, ownField } from '../../asl/graph';
import { fictitiousArn, PSEUDO_PARAMETERS, REGION } from '../fictitious-values';
import { resourceValues } from './resource-values';

/**
 * Evaluates the intrinsic functions of a CloudFormation or SAM template without deploying anything: resources have the
 * names and ARNs that they would have in a local account. Values that only a deployment knows are fictitious, and reported.
 */
export class Intrinsics {
  /** What has a fictitious value, such as `the parameter Stage`, with that value: an ARN. */
  readonly fictitious = new Map<string, string>();
  /** Resources whose name is being evaluated: one that refers to itself gets its logical id. */
  readonly #open = new Set<string>();

  /** @param given values of parameters, by name (default: the parameters' own defaults) */
  constructor(
    private readonly template: unknown,
    private readonly given: Readonly<Record<string, string>> = {},
  ) {}

  /** The value with every function in it evaluated, at any depth. */
  evaluate(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.evaluate(item)).filter((item) => item !== undefined);
    }
    const fields = objectOf(value);
    if (!fields) return value;
    const [[name, argument] = ['', undefined], ...more] = Object.entries(fields);
    if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return this.#call(name, argument);
    return Object.fromEntries(
      Object.entries(fields)
        .map(([key, inner]) => [key, this.evaluate(inner)] as const)
        .filter(([, inner]) => inner !== undefined),
    );
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument));
      case 'Fn::GetAtt':
        return this.#attribute(...this.#attributePath(argument));
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::If': {
        const [condition, yes, no] = argument as unknown[];
        return this.evaluate(this.#holds({ Condition: condition }) ? yes : no);
      }
      case 'Fn::Transform':
        return this.#unknown('Fn::Transform');
      case 'Fn::ImportValue':
        return this.#unknown(`the import ${text(this.evaluate(argument))}`, text(this.evaluate(argument)));
    }
    const value = this.evaluate(argument);
    const [first, second, third] = Array.isArray(value) ? value : [];
    switch (name) {
      case 'Fn::Join':
        return (second as unknown[]).map(text).join(text(first));
      case 'Fn::Split':
        return text(second).split(text(first));
      case 'Fn::Select':
        return (second as unknown[])[Number(first)];
      case 'Fn::FindInMap':
        return ownField(ownField(ownField(ownField(this.template, 'Mappings'), first), second), third);
      case 'Fn::Base64':
        return Buffer.from(text(value)).toString('base64');
      case 'Fn::ToJsonString':
        return JSON.stringify(value);
      case 'Fn::GetAZs':
        return ['a', 'b', 'c'].map((zone) => REGION + zone);
      default:
        return this.#unknown(name);
    }
  }

  #ref(name: string): unknown {
    if (Object.hasOwn(PSEUDO_PARAMETERS, name)) return PSEUDO_PARAMETERS[name];
    // AWS::NoValue removes its property.
    if (name.startsWith('AWS::')) return undefined;
    const parameter = ownField(ownField(this.template, 'Parameters'), name);
    if (parameter !== undefined) return this.#parameter(name, parameter);
    return this.#resource(name)?.ref ?? this.#published(name) ?? this.#unknown(`"${name}"`, name);
  }

  /** What SAM's `AutoPublishAlias` publishes: `Function.Alias` and `Function.Version`. */
  #published(name: string): string | undefined {
    const [, logicalId = '', kind] = /^(.+)\.(Alias|Version)$/.exec(name) ?? [];
    const resource = ownField(ownField(this.template, 'Resources'), logicalId);
    const globals = ownField(ownField(this.template, 'Globals'), 'Function');
    const alias =
      ownField(ownField(resource, 'Properties'), 'AutoPublishAlias') ?? ownField(globals, 'AutoPublishAlias');
    if (ownField(resource, 'Type') !== 'AWS::Serverless::Function' || alias === undefined) return undefined;
    return `${this.#resource(logicalId)?.arn}:${kind === 'Alias' ? text(this.evaluate(alias)) : '1'}`;
  }

  #parameter(name: string, parameter: unknown): unknown {
    const value = this.given[name] ?? ownField(parameter, 'Default');
    if (value === undefined) return this.#unknown(`the parameter ${name}`, name);
    const isList = /^(?:CommaDelimitedList|List<.*>)$/.test(String(ownField(parameter, 'Type')));
    return isList ? String(value).split(',') : String(value);
  }

  #resource(name: string) {
    const resource = ownField(ownField(this.template, 'Resources'), name);
    if (resource === undefined) return undefined;
    const isOpen = this.#open.has(name);
    this.#open.add(name);
    try {
      return resourceValues(name, resource, (value) => (isOpen ? undefined : this.evaluate(value)));
    } finally {
      if (!isOpen) this.#open.delete(name);
    }
  }

  #attributePath(argument: unknown): [resource: string, attribute: string] {
    const [resource = '', ...attribute] = Array.isArray(argument)
      ? argument.map(text)
      : text(argument).split('.');
    return [resource, attribute.join('.')];
  }

  #attribute(name: string, attribute: string): unknown {
    const resource = this.#resource(name);
    if (!resource) return this.#unknown(`"${name}.${attribute}"`, name);
    if (/arn$/i.test(attribute)) return resource.arn;
    if (attribute === 'QueueUrl') return resource.ref;
    return resource.name;
  }

  #substitute(argument: unknown): string {
    const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
    return text(template).replace(/\$\{([^{}]+)\}/g, (_, written: string) => {
      const name = written.trim();
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const own = ownField(values, name);
      if (own !== undefined) return text(this.evaluate(own));
      if (!name.includes('.')) return text(this.#ref(name));
      return text(this.#published(name) ?? this.#attribute(...this.#attributePath(name)));
    });
  }

  /** Whether a condition is true: one of the template, or a condition function. */
  #holds(condition: unknown): boolean {
    const [[name, argument] = ['', undefined]] = Object.entries(objectOf(condition) ?? {});
    const parts = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Condition':
        return this.#holds(ownField(ownField(this.template, 'Conditions'), String(argument)));
      case 'Fn::Equals':
        return text(this.evaluate(parts[0])) === text(this.evaluate(parts[1]));
      case 'Fn::And':
        return parts.every((part) => this.#holds(part));
      case 'Fn::Or':
        return parts.some((part) => this.#holds(part));
      case 'Fn::Not':
        return !this.#holds(parts[0]);
      default:
        return false;
    }
  }

  #unknown(what: string, name = what): string {
    const arn = fictitiousArn(name);
    this.fictitious.set(what, arn);
    return arn;
  }
}

const text = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
