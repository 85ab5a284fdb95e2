import { objectOf, ownField } from '../../asl/graph';
import { nearest } from '../../did-you-mean';
import { type Owner, ownerIn, PSEUDO_PARAMETERS, pseudoParameters } from '../fictitious-values';
import type { ValuePath } from '../source-text';
import { list, needs, text, textOf } from './arguments';
import { holds } from './conditions';
import { Fictitious } from './fictitious';
import { fieldsOf } from './for-each';
import { call, resolved } from './functions';
import { atKey } from './intrinsic-error';
import { nestedFile, nestedTemplate, nestedValues } from './nested-stack';
import { parameterValue } from './parameter';
import { resourceValues, type TemplateResource } from './resource-values';
import { hasFile, localPath, type Template, valueOfFile } from './template';

/** A resource, with the path to it in the template, which has a loop around it if `Fn::ForEach` makes it. */
export interface Resource {
  readonly value: unknown;
  readonly path: ValuePath;
}

/** Types whose attributes only a deployment knows. */
const UNKNOWN_ATTRIBUTES = /^(?:Custom::|AWS::CloudFormation::|AWS::Serverless::Application$)/;

/** Each makes further resources, such as `ChargeRole` for `Charge`. */
const SERVERLESS = /^AWS::Serverless::/;

/** Resources that SAM makes without the name of another one in front of their own. */
const MADE_BY_SAM = /^Serverless(?:RestApi|HttpApi|DeploymentApplication)/;

/**
 * Evaluates the intrinsic functions of a CloudFormation or SAM template without deploying anything: resources have the
 * names and ARNs that they would have in a local account. Values that only a deployment knows are fictitious, and reported.
 */
export class Intrinsics {
  readonly fictitious: Fictitious;
  /** By logical id. */
  readonly resources: ReadonlyMap<string, Resource> = new Map();
  readonly #conditions: Readonly<Record<string, unknown>> = {};
  /** Resources whose name is being evaluated: one that refers to itself gets its logical id. */
  readonly #open = new Set<string>();
  readonly #template: Template;
  readonly #given: Readonly<Record<string, string>>;
  readonly #around: readonly string[];

  /**
   * @param given values of parameters, by name (default: the parameters' own defaults)
   * @param around the files that this one is a part of: nested stacks and included files do not end where one is in itself
   * @throws IntrinsicError for a loop that CloudFormation would refuse
   */
  constructor(
    template: Template,
    given: Readonly<Record<string, string>> = {},
    around: readonly string[] = [],
  ) {
    this.#template = template;
    this.#given = given;
    this.fictitious = new Fictitious(this.#owner);
    this.#around = [...around, template.file];
    this.resources = new Map(
      this.#section('Resources').map(({ name, value, path }) => [
        name,
        { value, path: ['Resources', ...path] },
      ]),
    );
    this.#conditions = Object.fromEntries(
      this.#section('Conditions').map(({ name, value }) => [name, value]),
    );
  }

  /** Whether a resource is created: a condition that it names is true. @throws IntrinsicError */
  isCreated(resource: unknown): boolean {
    const condition = ownField(resource, 'Condition');
    return condition === undefined || this.#holds(condition);
  }

  #holds(condition: unknown): boolean {
    return holds({ Condition: condition }, this.#conditions, (each) => this.evaluate(each));
  }

  /** The name and the ARN of a resource. @throws IntrinsicError */
  valuesOf(logicalId: string): TemplateResource | undefined {
    return this.#resource(logicalId);
  }

  get #owner(): Owner {
    return ownerIn(this.#given);
  }

  #section(name: string) {
    const fields = objectOf(ownField(this.#template.value, name)) ?? {};
    return atKey(name, () => fieldsOf(fields, (value) => this.evaluate(value)));
  }

  /** The value with every function in it evaluated, at any depth. @throws IntrinsicError */
  evaluate(value: unknown): unknown {
    if (typeof value === 'string') return resolved(value, this.fictitious);
    if (Array.isArray(value)) {
      return value
        .map((item, index) => atKey(index, () => this.evaluate(item)))
        .filter((item) => item !== undefined);
    }
    const fields = objectOf(value);
    if (!fields) return value;
    const [[name, argument] = ['', undefined], ...more] = Object.entries(fields);
    const isLoop = name.startsWith('Fn::ForEach::');
    if (more.length === 0 && (name === 'Ref' || (name.startsWith('Fn::') && !isLoop))) {
      return this.#call(name, argument);
    }
    return Object.fromEntries(
      fieldsOf(fields, (each) => this.evaluate(each))
        .flatMap(({ name, value }) => this.#entries(name, value))
        .filter(([, inner]) => inner !== undefined),
    );
  }

  /** A field with its value evaluated; for `Fn::Transform` among other fields, those that the macro makes. */
  #entries(name: string, value: unknown): [name: string, value: unknown][] {
    if (name === 'Fn::Transform') return Object.entries(objectOf(this.#transform(value)) ?? {});
    return [[name, atKey(name, () => this.evaluate(value))]];
  }

  #call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#ref(textOf(name, 'the name of a resource or a parameter', this.evaluate(argument)));
      case 'Fn::GetAtt':
        return this.#attribute(...attributePath(this.evaluate(argument)));
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::If': {
        const [condition, yes, no] = list(name, 'a condition and two values', argument, 3);
        return this.evaluate(this.#holds(condition) ? yes : no);
      }
      case 'Fn::Transform':
        return this.#transform(argument);
    }
    const mappings = objectOf(ownField(this.#template.value, 'Mappings')) ?? {};
    return call(name, this.evaluate(argument), {
      mappings,
      region: this.#owner.region,
      fictitious: this.fictitious,
    });
  }

  #ref(name: string): unknown {
    if (Object.hasOwn(PSEUDO_PARAMETERS, name)) return this.#given[name] ?? PSEUDO_PARAMETERS[name];
    // AWS::NoValue removes its property.
    if (name.startsWith('AWS::')) return undefined;
    const parameter = ownField(ownField(this.#template.value, 'Parameters'), name);
    if (parameter !== undefined) return parameterValue(name, parameter, this.#given[name], this.fictitious);
    return this.#resource(name)?.ref ?? this.#published(name) ?? this.#missing(name, name);
  }

  /** A name that the template does not have: a resource that SAM makes, or a mistake. */
  #missing(what: string, name: string): string {
    const isMade = [...this.resources].some(
      ([id, { value }]) => name.startsWith(id) && SERVERLESS.test(String(ownField(value, 'Type'))),
    );
    if (isMade || MADE_BY_SAM.test(name)) return this.fictitious.arn(`"${what}"`, name);
    const parameters = Object.keys(objectOf(ownField(this.#template.value, 'Parameters')) ?? {});
    const meant = nearest(name, [...this.resources.keys(), ...parameters]);
    const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
    return this.fictitious.arn(`"${what}"`, name, `is not in the template${hint}`);
  }

  /** What SAM's `AutoPublishAlias` publishes: `Function.Alias` and `Function.Version`. */
  #published(name: string): string | undefined {
    const [, logicalId = '', kind] = /^(.+)\.(Alias|Version)$/.exec(name) ?? [];
    const resource = this.resources.get(logicalId)?.value;
    const globals = ownField(ownField(this.#template.value, 'Globals'), 'Function');
    const alias =
      ownField(ownField(resource, 'Properties'), 'AutoPublishAlias') ?? ownField(globals, 'AutoPublishAlias');
    if (ownField(resource, 'Type') !== 'AWS::Serverless::Function' || alias === undefined) return undefined;
    return `${this.#resource(logicalId)?.arn}:${kind === 'Alias' ? text(this.evaluate(alias)) : '1'}`;
  }

  #resource(name: string) {
    const resource = this.resources.get(name)?.value;
    if (resource === undefined) return undefined;
    const isOpen = this.#open.has(name);
    this.#open.add(name);
    try {
      const evaluate = (value: unknown) => (isOpen ? undefined : this.evaluate(value));
      const { namePrefix = '' } = this.#template;
      return resourceValues(name, resource, evaluate, { ...this.#owner, namePrefix });
    } finally {
      if (!isOpen) this.#open.delete(name);
    }
  }

  #attribute(name: string, attribute: string): unknown {
    const resource = this.#resource(name);
    if (!resource) return this.#missing(`${name}.${attribute}`, name);
    if (UNKNOWN_ATTRIBUTES.test(resource.type)) {
      return (
        this.#output(name, attribute) ??
        this.fictitious.arn(`"${name}.${attribute}"`, attribute.replace(/^Outputs\./, ''))
      );
    }
    if (/arn$/i.test(attribute)) return resource.arn;
    if (attribute === 'QueueUrl') return resource.ref;
    if (resource.type === 'AWS::Lambda::Version' && attribute === 'Version') return '1';
    return resource.name;
  }

  /** An output of a nested stack whose template is a local file. */
  #output(logicalId: string, attribute: string): unknown {
    const resource = this.resources.get(logicalId)?.value;
    const isOpen = this.#open.has(logicalId);
    if (isOpen || !attribute.startsWith('Outputs.')) return undefined;
    this.#open.add(logicalId);
    try {
      const evaluate = (value: unknown) => this.evaluate(value);
      const file = nestedFile(this.#template, resource, evaluate);
      if (file === undefined || this.#around.includes(file) || !hasFile(file)) return undefined;
      const template = nestedTemplate(this.#template, logicalId, file);
      const output = ownField(ownField(template.value, 'Outputs'), attribute.slice('Outputs.'.length));
      if (output === undefined) return undefined;
      const values = { ...pseudoParameters(this.#given), ...nestedValues(resource, evaluate) };
      const nested = new Intrinsics(template, values, this.#around);
      const value = nested.evaluate(ownField(output, 'Value'));
      this.fictitious.add(nested.fictitious);
      return value;
    } finally {
      this.#open.delete(logicalId);
    }
  }

  #substitute(argument: unknown): string {
    const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
    const written = textOf('Fn::Sub', 'a text', template);
    const filled = written.replace(/\$\{([^{}]+)\}/g, (whole: string, inner: string, offset: number) => {
      const name = inner.trim();
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const value = text(this.#substitution(name, values));
      return this.fictitious.inText(value, written.slice(0, offset), written.slice(offset + whole.length));
    });
    return resolved(filled, this.fictitious);
  }

  #substitution(name: string, values: unknown): unknown {
    const own = ownField(values, name);
    if (own !== undefined) return this.evaluate(own);
    if (!name.includes('.')) return this.#ref(name);
    return this.#published(name) ?? this.#attribute(...attributePath(name));
  }

  /** Only the macro `AWS::Include` with a local file can be run here. */
  #transform(argument: unknown): unknown {
    const macro = text(ownField(argument, 'Name'));
    const location = this.evaluate(ownField(ownField(argument, 'Parameters'), 'Location'));
    const file = macro === 'AWS::Include' ? localPath(this.#template, location) : undefined;
    if (file !== undefined && !this.#around.includes(file)) {
      const included = new Intrinsics(this.#template, this.#given, [...this.#around, file]);
      const value = included.evaluate(valueOfFile(file));
      this.fictitious.add(included.fictitious);
      return value;
    }
    return this.fictitious.arn(
      macro === 'AWS::Include' ? `the included file ${text(location)}` : `the result of the macro ${macro}`,
    );
  }
}

/** @throws IntrinsicError for an attribute without its resource, or the other way round */
function attributePath(argument: unknown): [resource: string, attribute: string] {
  const [resource = '', ...attribute] = Array.isArray(argument)
    ? argument.map(text)
    : text(argument).split('.');
  if (resource !== '' && attribute.length > 0) return [resource, attribute.join('.')];
  throw needs('Fn::GetAtt', 'a resource and an attribute', argument);
}
