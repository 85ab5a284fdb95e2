import type { QueryLanguage } from '../../asl';
import { itemAt } from '../../asl/location';
import { PathEvaluationError, type Payload } from '../data';
import { compileDataFlow } from '../data-flow/compile';
import type { DataFlow, Evaluate } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { CompiledState, StateOutcome, Visit } from '../execution/state';
import { isPromise, type MaybePromise, then } from '../maybe-promise';
import { compileRule } from './choice-rule';

interface Rule {
  readonly matches: Evaluate<boolean>;
  readonly next: string;
  readonly output: ReturnType<DataFlow['compileRule']>;
}

/** Transitions to the Next of the first rule that is true (Amazon States Language, "Choice State"). */
export function compileChoice(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const rules = fields
    .list('Choices')
    .map((rule, index) =>
      fields.compileLater('Choices', () => compileChoiceRule(rule, itemAt('Choices', index), flow)),
    );
  const otherwise = fields.text('Default');

  const leaveByDefault = (visit: Visit, effective: Payload): MaybePromise<StateOutcome> => {
    if (otherwise === undefined) {
      throw new PathEvaluationError(
        'Failed to transition out of the state. The state does not point to a next state.',
      );
    }
    return then(flow.outputOfInput(visit, effective), (output) => visit.exit(output, otherwise));
  };

  return {
    name,
    type: 'Choice',
    retries: false,
    run: (visit) => {
      const effective = flow.effectiveInput(visit);
      return then(firstMatch(rules, visit, effective), (rule) =>
        rule
          ? then(rule.output(visit, effective), (output) => visit.exit(output, rule.next))
          : leaveByDefault(visit, effective),
      );
    },
  };
}

/** The first rule that matches. A Choice may have thousands: others have their turn in between. */
function firstMatch(
  rules: readonly (() => Rule)[],
  visit: Visit,
  effective: Payload,
  from = 0,
): MaybePromise<Rule | undefined> {
  const { clock } = visit.thread.execution.services;
  for (let index = from; index < rules.length; index++) {
    const rule = rules[index]?.() as Rule;
    const matched = then(clock.nextTurn?.(), () => rule.matches(visit, effective));
    if (isPromise(matched))
      return matched.then((matches) => (matches ? rule : firstMatch(rules, visit, effective, index + 1)));
    if (matched) return rule;
  }
  return undefined;
}

function compileChoiceRule(rule: Fields, location: string, flow: DataFlow): Rule {
  return {
    matches: flow.language === 'JSONata' ? compileCondition(rule, location, flow) : compileRule(rule),
    next: rule.needText('Next'),
    output: flow.compileRule(rule, location),
  };
}

function compileCondition(rule: Fields, location: string, flow: DataFlow): Evaluate<boolean> {
  const condition = flow.compileValue(rule, 'Condition', 'boolean', location);
  return condition
    ? (visit, effective) => then(condition(visit, effective), (value) => value === true)
    : () => false;
}
