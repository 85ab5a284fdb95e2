/**
 * Checks a mocked result against the model of the service's API: the schemas of the AWS SDK's packages, and the enums
 * of their types. They hold no ranges of numbers and no lengths.
 */
import type { IntegrationResource } from '../asl/resource';
import { isArray, isNumber, isObject, type Json } from '../engine/data';
import { javaName } from './java-names';
import { JOBS } from './jobs';
import { changeOf } from './optimized-requests';
import type { EnumOf } from './sdk-enums';
import { loadSdkPackage } from './sdk-package';
import { OPTIMIZED_FORM, type Schema, SDK_FORM, type Shape, shapeOf } from './sdk-schema';
import { packageOf } from './sdk-services';

/** STRICT: all required fields are present. In both modes the fields that are present have the model's types. */
export type ResponseCheck = 'STRICT' | 'PRESENT';

/** A result that the API could not have returned; the message is AWS's. */
export class ResponseFieldError extends Error {
  override readonly name = 'ResponseFieldError';
}

/** Integrations whose results AWS does not check (Developer Guide, "Mock validation modes"). */
const UNCHECKED: readonly string[] = ['http', 'apigateway', 'eks'];

/**
 * Checks the result of a Task. Fields that the model does not have are ignored.
 * @throws ResponseFieldError, SdkPackageError when the package of the service's client is missing
 */
export function checkResponse(called: IntegrationResource, value: Json, mode: ResponseCheck): void {
  if (!called.sdk && UNCHECKED.includes(called.service)) return;
  const operation = operationOf(called);
  if (operation === undefined) return;
  const { output, enumOf } = modelOf(called, operation);
  if (output === undefined) return;
  if (!isObject(value)) throw new ResponseFieldError('Mock result must be a valid JSON object');
  new ResponseChecker(called.sdk, enumOf, mode).check(output, value, '');
}

class ResponseChecker {
  readonly #isSdk: boolean;
  readonly #enumOf: EnumOf;
  readonly #mode: ResponseCheck;

  constructor(isSdk: boolean, enumOf: EnumOf, mode: ResponseCheck) {
    this.#isSdk = isSdk;
    this.#enumOf = enumOf;
    this.#mode = mode;
  }

  /** @param allowed the values of an enum @throws ResponseFieldError */
  check(schema: Schema, item: Json, field: string, allowed?: readonly string[]): void {
    const shape = shapeOf(schema);
    switch (shape.kind) {
      case 'structure':
        this.#checkMembers(shape, expectType(isObject, item, field, 'an object'));
        return;
      case 'list':
        for (const each of expectType(isArray, item, field, 'an array')) {
          this.check(shape.item, each, field, allowed);
        }
        return;
      case 'map':
        for (const each of Object.values(expectType(isObject, item, field, 'an object'))) {
          this.check(shape.item, each, field, allowed);
        }
        return;
      case 'number':
        expectType(isNumber, item, field, 'a number');
        return;
      case 'boolean':
        expectType(isBoolean, item, field, 'a boolean');
        return;
      case 'document':
        return;
      case 'blob':
      case 'stream':
        // The payload of a function is JSON in the result of an optimized integration.
        if (this.#isSdk) expectType(isString, item, field, 'a string');
        return;
      default: {
        const text = expectType(isString, item, field, 'a string');
        if (allowed && !allowed.includes(text)) {
          throw new ResponseFieldError(`Field '${field}' is not an expected value`);
        }
      }
    }
  }

  #checkMembers({ name: structure, members, required }: Structure, item: Readonly<Record<string, Json>>) {
    const nameOf = this.#isSdk ? SDK_FORM.name : OPTIMIZED_FORM.name;
    const requiredNames = members.slice(0, required).map(([member]) => nameOf(member));
    const missing = requiredNames.find((name) => item[name] === undefined);
    if (this.#mode === 'STRICT' && missing !== undefined) {
      throw new ResponseFieldError(`Required field '${missing}' is missing`);
    }
    const known = new Map(
      members.flatMap((member) => {
        const [name] = member;
        return [nameOf(name), javaName(name)].map((text) => [text, member] as const);
      }),
    );
    for (const [field, each] of Object.entries(item)) {
      const member = known.get(field);
      if (member) this.check(member[1], each, field, this.#enumOf(structure, member[0]));
    }
  }
}

/** @throws ResponseFieldError for a value of another type */
function expectType<T extends Json>(
  is: (value: Json) => value is T,
  item: Json,
  field: string,
  type: string,
): T {
  if (is(item)) return item;
  throw new ResponseFieldError(`Field '${field}' must be ${type}`);
}

const isBoolean = (value: Json): value is boolean => typeof value === 'boolean';
const isString = (value: Json): value is string => typeof value === 'string';

/** The response of Lambda's Invoke. The most usual Task needs no package of the SDK. */
const INVOCATION_RESPONSE: Schema = [
  ...[3, 'com.amazonaws.lambda', 'InvocationResponse', 0],
  ['StatusCode', 'FunctionError', 'LogResult', 'Payload', 'ExecutedVersion'],
  [1, 0, 0, 21, 0],
];

interface ResponseModel {
  /** Undefined for an operation that the service does not have. */
  readonly output: Schema | undefined;
  readonly enumOf: EnumOf;
}

function modelOf(called: IntegrationResource, operation: string): ResponseModel {
  if (called.service === 'lambda' && operation === 'invoke') {
    return { output: INVOCATION_RESPONSE, enumOf: () => undefined };
  }
  const { operation: find, enumOf } = loadSdkPackage(changeOf(called).client ?? packageOf(called.service));
  return { output: find(operation)?.output, enumOf };
}

type Structure = Extract<Shape, { readonly kind: 'structure' }>;

/** The operation whose response is the result: for a job, the one that asks for its state. */
function operationOf(called: IntegrationResource): string | undefined {
  const { service, action, pattern } = called;
  if (pattern !== 'sync') return changeOf(called).operation ?? action;
  if (service === 'states') return 'DescribeExecution';
  return JOBS[`${service}:${action}`]?.ask({}, {}).operation;
}
