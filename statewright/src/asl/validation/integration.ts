/** Service integrations (Developer Guide, "Integrating services"). */
import { isObject } from '../../is-object';
import { INTEGRATIONS } from '../integrations';
import { type IntegrationResource, parseResource } from '../resource';
import { isToken } from '../token';
import { type Fields, has } from './object';
import { hint, type Place } from './place';

/** Examples of what a Task can call, for editors: every action of the table with its patterns. */
export const INTEGRATION_ARNS = Object.entries(INTEGRATIONS).flatMap(([service, { waits, actions = {} }]) =>
  Object.keys(actions).flatMap((action) =>
    ['', ...waits.map((pattern) => `.${pattern}`)].map(
      (suffix) => `arn:aws:states:::${service}:${action}${suffix}`,
    ),
  ),
);

/** The API's message for a Resource that a Task cannot call. */
const notRecognized = (arn: string): string =>
  `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, ` +
  'or the resource is not available in this region.';

/** The same, with what was probably meant. */
export function notCallable(arn: string): string {
  const message = notRecognized(arn);
  if (/^arn:[^:]+:states::+[a-z]/.test(arn))
    return `${message}${hint(arn, INTEGRATION_ARNS).replace(/^\./, '')}`;
  if (arn.includes(':stateMachine:')) {
    return `${message} To start a state machine, use "arn:aws:states:::states:startExecution"`;
  }
  if (/^arn:[^:]+:lambda:/.test(arn))
    return `${message} The ARN of a function has ":function:" before its name`;
  return `${message} A Task calls a Lambda function, an activity or a service integration`;
}

/** Checks that the integration exists and supports the pattern. */
export function checkIntegration(called: IntegrationResource, arn: string, at: Place): void {
  const fault = misnamed(called) ?? wrongPattern(called);
  if (fault !== undefined) at.error(`${notRecognized(arn)}${fault}`);
  if (at.type === 'EXPRESS' && called.pattern !== 'requestResponse') {
    at.error(`Express state machine does not support '.${called.pattern}' service integration `);
  }
}

/** The patterns as they are written after an action. */
const PATTERNS = ['.sync', '.sync:2', '.waitForTaskToken'];

/**
 * A hint, perhaps empty, when the action does not exist. A service that is missing in the table may be newer than the
 * table; it counts as misspelt only when its name is close to a known one.
 */
function misnamed({ sdk, service, action }: IntegrationResource): string | undefined {
  const guess = (word: string, known: Iterable<string>) => hint(word, known).replace(/^\./, '');
  // An AWS SDK integration that names no action.
  if (!sdk && service === 'aws-sdk') return '';
  const dot = action.indexOf('.');
  if (dot >= 0) return guess(action.slice(dot), PATTERNS);
  if (sdk) return misnamedInSdk(service, action);
  if (!Object.hasOwn(INTEGRATIONS, service)) return guess(service, Object.keys(INTEGRATIONS)) || undefined;
  const actions = INTEGRATIONS[service]?.actions;
  if (actions === undefined || Object.hasOwn(actions, action)) return undefined;
  const known = Object.keys(actions);
  return (
    guess(action, known) ||
    ` The optimized integration of ${service} has: ${known.join(', ')}. Other actions are arn:aws:states:::aws-sdk:SERVICE:ACTION`
  );
}

/** Actions are in camel case (Developer Guide, "Learning to use AWS service SDK integrations"). */
function misnamedInSdk(service: string, action: string): string | undefined {
  if (/^[A-Z]\w*$/.test(action))
    return ` Did you mean "${action.charAt(0).toLowerCase()}${action.slice(1)}"?`;
  return /^[a-z0-9]+$/i.test(service) && /^[a-z]\w*$/.test(action) ? undefined : '';
}

/** The patterns that the integration supports, when it does not support this one. */
function wrongPattern(called: IntegrationResource): string | undefined {
  if (canWait(called)) return undefined;
  const { sdk, service } = called;
  const waits = sdk ? ['waitForTaskToken'] : (INTEGRATIONS[service]?.waits ?? []);
  const name = sdk ? 'an AWS SDK integration' : service;
  return waits.length === 0
    ? ` The only pattern of ${name} is Request Response: without a suffix`
    : ` The suffixes of ${name} are: ${waits.map((pattern) => `.${pattern}`).join(', ')}`;
}

function canWait({ sdk, service, pattern, suffix }: IntegrationResource): boolean {
  if (pattern === 'requestResponse') return true;
  if (sdk) return pattern === 'waitForTaskToken';
  if (!Object.hasOwn(INTEGRATIONS, service)) return true;
  if (suffix.startsWith('.sync:')) return service === 'states' && suffix === '.sync:2';
  return INTEGRATIONS[service]?.waits.includes(pattern) ?? true;
}

/** An integration needs a request: the Parameters, or the Arguments of a JSONata state. */
export function checkRequest(task: Fields, at: Place): void {
  const arn = task.Resource;
  const called = typeof arn === 'string' ? parseResource(arn) : undefined;
  if (called?.kind !== 'integration') return;
  const field = at.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const request = task[field];
  if (request === undefined)
    at.field('Resource').error(`${field} field is required for resource ARN: ${arn}`);
  if (request === undefined || isToken(request)) return;
  if (!isObject(request)) {
    // In JSONata it may also be an expression for an object.
    if (at.language === 'JSONPath') at.field(field).error('Expected value of type Object');
    return;
  }
  const { required = [], optional } = actionOf(called) ?? {};
  checkRequired(request, required, at.field(field));
  const faultOf = called.sdk ? faultOfSdkField : optional && faultOfField([...required, ...optional]);
  if (faultOf !== undefined) checkFields(request, faultOf, at.field(field));
}

function checkRequired(request: Fields, required: readonly string[], at: Place): void {
  for (const name of required) {
    if (has(request, name) || has(request, `${name}.$`)) continue;
    at.error(`The field '${name}' is required but was missing`);
  }
}

/** A hint, perhaps empty, for a field that does not exist; undefined for one that does. */
type FaultOfField = (name: string) => string | undefined;

const faultOfField =
  (known: readonly string[]): FaultOfField =>
  (name) =>
    known.includes(name) ? undefined : hint(name, known);

/** Fields are in Pascal case, also where the service's own API has another one (see `misnamedInSdk`). */
const faultOfSdkField: FaultOfField = (name) =>
  /^[a-z]/.test(name) ? `. Did you mean "${name.charAt(0).toUpperCase()}${name.slice(1)}"?` : undefined;

function checkFields(request: Fields, faultOf: FaultOfField, at: Place): void {
  const unsupported = (name: string, fault: string) =>
    at.error(`The field "${name}" is not supported by Step Functions${fault}`);
  for (const name of Object.keys(request)) {
    if (isToken(name)) continue;
    const plain = name.replace(/\.\$$/, '');
    if (at.language === 'JSONata' && plain !== name) {
      unsupported(name, `. A JSONata state has "${plain}" with an expression: {% … %}`);
    } else {
      const fault = faultOf(plain);
      if (fault !== undefined) unsupported(plain, fault);
    }
  }
}

function actionOf({ sdk, service, action }: IntegrationResource) {
  if (sdk || !Object.hasOwn(INTEGRATIONS, service)) return undefined;
  const { actions = {} } = INTEGRATIONS[service] ?? {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}
