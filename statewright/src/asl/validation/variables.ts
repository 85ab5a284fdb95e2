/** The names of variables in Assign (States Language specification, "Variables"). */
import { isObject } from '../../is-object';
import { type Check, described, schemaOf } from './checks';

const NAME = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;
const MAX_LENGTH = 80;

/** The names that a schema accepts: not `states`, which is reserved; in JSONPath a name may end in `.$`. */
const VARIABLE = `^(?!states$)[\\p{ID_Start}_]\\p{ID_Continue}{0,${MAX_LENGTH - 1}}$`;
const ASSIGNED = VARIABLE.replace('states$', 'states(\\.\\$)?$').replace(/\$$/, '(\\.\\$)?$');

/** Checks the names of the variables in an Assign; `values` checks their values. */
export function assign(values: Check): Check {
  return described(
    (at) => ({
      type: 'object',
      allOf: [schemaOf(values, at)],
      propertyNames: { pattern: at.language === 'JSONPath' ? ASSIGNED : VARIABLE },
    }),
    (value, at) => {
      if (!isObject(value)) {
        at.error('Expected value of type Object');
        return;
      }
      for (const field of Object.keys(value)) {
        const name = at.language === 'JSONPath' && field.endsWith('.$') ? field.slice(0, -2) : field;
        if (name === 'states') {
          at.error("Cannot assign to reserved variable '$states'.", 'RESERVED_VARIABLE_NAME');
        } else if (!NAME.test(name)) {
          at.error(
            `Invalid variable name '${name}': the variable name contains invalid characters.`,
            'INVALID_VARIABLE_NAME',
          );
        } else if (name.length > MAX_LENGTH) {
          at.error(
            `Invalid variable name '${name}': the variable name exceeds the ${MAX_LENGTH}-character limit.`,
            'INVALID_VARIABLE_NAME',
          );
        }
      }
      values(value, at);
    },
  );
}
