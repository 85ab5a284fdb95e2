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
export const notRecognized = (arn: string): string =>
  `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, ` +
  'or the resource is not available in this region.';

/** Checks that the integration exists and supports the pattern. */
export function checkIntegration(called: IntegrationResource, arn: string, at: Place): void {
  const unknown = misnamed(called);
  if (unknown !== undefined || !canWait(called)) at.error(`${notRecognized(arn)}${unknown ?? ''}`);
  if (at.type === 'EXPRESS' && called.pattern !== 'requestResponse') {
    at.error(`Express state machine does not support '.${called.pattern}' service integration `);
  }
}

/**
 * A hint, perhaps empty, when the action does not exist. A service that is missing in the table may be newer than the
 * table; it counts as misspelt only when its name is close to a known one.
 */
function misnamed({ sdk, service, action }: IntegrationResource): string | undefined {
  const guess = (word: string, known: object) => hint(word, Object.keys(known)).replace(/^\./, '');
  if (sdk) return /^[a-z0-9]+$/i.test(service) && /^[a-z]\w*$/i.test(action) ? undefined : '';
  // An AWS SDK integration that names no action.
  if (service === 'aws-sdk') return '';
  if (!Object.hasOwn(INTEGRATIONS, service)) return guess(service, INTEGRATIONS) || undefined;
  const actions = INTEGRATIONS[service]?.actions;
  return actions === undefined || Object.hasOwn(actions, action) ? undefined : guess(action, actions);
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
  if (optional !== undefined) checkKnown(request, [...required, ...optional], at.field(field));
}

function checkRequired(request: Fields, required: readonly string[], at: Place): void {
  for (const name of required) {
    if (has(request, name) || has(request, `${name}.$`)) continue;
    at.error(`The field '${name}' is required but was missing`);
  }
}

function checkKnown(request: Fields, known: readonly string[], at: Place): void {
  for (const name of Object.keys(request)) {
    const plain = at.language === 'JSONPath' ? name.replace(/\.\$$/, '') : name;
    if (known.includes(plain) || isToken(name)) continue;
    at.error(`The field "${plain}" is not supported by Step Functions${hint(plain, known)}`);
  }
}

function actionOf({ sdk, service, action }: IntegrationResource) {
  if (sdk || !Object.hasOwn(INTEGRATIONS, service)) return undefined;
  const { actions = {} } = INTEGRATIONS[service] ?? {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}
