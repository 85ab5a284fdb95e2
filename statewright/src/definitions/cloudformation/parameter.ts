import { ownField } from '../../asl/graph';
import type { Fictitious } from './fictitious';

/** The types that are lists of values. Those of Systems Manager have their type in `Value<…>`. */
const LIST = /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<.*>)>?$/;
/** The default of such a parameter is the name of a parameter in Systems Manager, which has the value. */
const IN_SYSTEMS_MANAGER = /^AWS::SSM::Parameter::Value</;

/**
 * The value of a template's parameter.
 *
 * @param given the value that the user set
 * @param fictitious gets the value of a parameter without one: the first that it allows, the smallest number, or an ARN
 */
export function parameterValue(
  name: string,
  parameter: unknown,
  given: string | undefined,
  fictitious: Fictitious,
): unknown {
  const type = String(ownField(parameter, 'Type'));
  const written = IN_SYSTEMS_MANAGER.test(type) ? undefined : ownField(parameter, 'Default');
  const value = given ?? written;
  const isList = LIST.test(type);
  if (value !== undefined) return isList ? itemsOf(String(value)) : String(value);
  const what = `the parameter ${name}`;
  const allowed = ownField(parameter, 'AllowedValues');
  const example = Array.isArray(allowed) ? allowed[0] : undefined;
  if (isList) return [fictitious.value(what, String(example ?? name))];
  if (example !== undefined) return fictitious.value(what, String(example));
  if (type === 'Number') return fictitious.value(what, String(ownField(parameter, 'MinValue') ?? 1));
  return fictitious.arn(what, name);
}

/** "Each member string is space trimmed" (CloudFormation Template Reference, "CommaDelimitedList"). */
const itemsOf = (value: string): string[] => value.split(',').map((item) => item.trim());
