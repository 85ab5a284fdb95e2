import { isNumber, isObject, type Json, parseJson } from '../../../engine/data';
import { AwsError } from '../../aws-error';

type Check = (value: Json, place: string) => void;

const text: Check = (value, place) => {
  if (typeof value !== 'string') throw invalid(`${place} must be a string`);
};
const number: Check = (value, place) => {
  if (!isNumber(value)) throw invalid(`${place} must be a number`);
};
const anything: Check = () => {};

const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, place) => {
    if (!isObject(value)) throw invalid(`${place || 'Context object'} must be an object`);
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
      if (!check) throw invalid(`Field '${name}' is not allowed`);
      check(member, place === '' ? name : `${place}.${name}`);
    }
  };

/** Developer Guide, "Accessing execution data from the Context object". */
const context = fields({
  Execution: fields({
    Id: text,
    Input: anything,
    Name: text,
    RoleArn: text,
    StartTime: text,
    RedriveCount: number,
    RedriveTime: text,
  }),
  State: fields({ EnteredTime: text, Name: text, RetryCount: number }),
  StateMachine: fields({ Id: text, Name: text }),
  Task: fields({ Token: text }),
  Map: fields({ Item: fields({ Index: number, Key: text, Source: text, Value: anything }) }),
});

/** Refuses a context object that no execution could have. @throws ValidationException */
export function checkContext(json: string): void {
  let value: Json;
  try {
    value = parseJson(json);
  } catch {
    throw invalid('Context object must be valid JSON');
  }
  context(value, '');
}

const invalid = (reason: string) =>
  new AwsError('ValidationException', `Invalid Context object provided: ${reason}`);
