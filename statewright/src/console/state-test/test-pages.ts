import { type Context, Hono } from 'hono';
import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import { acceptForm, readForm } from '../form';
import type { Markup } from '../markup';
import { testPage } from '../pages/test';
import { expressionForm } from '../parts/expression-form';
import { testForm } from '../parts/test-form';
import { queryOf } from '../parts/test-subject';
import { evaluated, failure, testedState } from '../parts/tested-state';
import { pathsAt, type TestKind } from '../paths';
import { missing, show } from '../respond';
import type { ConsoleSource, ExecutionDetails, StateMachineDetails } from '../source';
import { isRefusal } from '../start-input';
import {
  type ExpressionForm,
  evaluate,
  newExpressionForm,
  problemOfExpression,
  VISIT_PAYLOADS,
} from './expression';
import type { StateTest } from './state-test';
import { entered, newTestForm, problemOfTest, stateTestOf } from './test-form';
import { type TestSubject, testSubject } from './test-subject';

/** The size of the largest form in bytes: some payloads and a state, with every character percent-encoded. */
const FORM_LIMIT = 3 * (5 * MAX_PAYLOAD_BYTES + 1_048_576);

interface Finders {
  readonly machine: (name: string) => Promise<StateMachineDetails | undefined>;
  readonly execution: (machine: string, id: string) => Promise<ExecutionDetails | undefined>;
}

/** The pages that test a state, and an expression, alone. Forms of other sites do nothing. */
export function testPages(
  source: ConsoleSource,
  testState: NonNullable<ConsoleSource['testState']>,
  find: Finders,
): Hono {
  const app = new Hono({ strict: false });
  const paths = pathsAt(source.base);
  const accept = acceptForm(FORM_LIMIT, 'form');

  /** The page of a kind, by GET and by POST. */
  const route = (
    kind: TestKind,
    page: (
      subject: TestSubject,
      address: string,
      posted: Readonly<Record<string, unknown>> | undefined,
      query: Readonly<Record<string, string>>,
    ) => Promise<{ readonly form: Markup; readonly result?: Markup; readonly isRefused?: boolean }>,
  ) => {
    const answer = async (c: Context, posted?: Readonly<Record<string, unknown>>) => {
      const subject = await subjectOf(c);
      if (!subject)
        return missing(c, source, 'state or visit', c.req.query('state') ?? c.req.query('visit') ?? '');
      const address = paths.test(kind, subject.machineName, queryOf(subject));
      const { form, result, isRefused } = await page(subject, address, posted, c.req.query());
      return show(c, source, await testPage(source, kind, subject, form, result), isRefused ? 422 : 200);
    };
    const path = `/state-machines/:machine/test-${kind}`;
    app.get(path, (c) => answer(c));
    app.post(path, ...accept, async (c) => answer(c, await readForm(c)));
  };

  const runIn =
    ({ machine }: TestSubject) =>
    (test: StateTest) =>
      testState(machine.stateMachineArn, test);

  const subjectOf = async (c: Context): Promise<TestSubject | undefined> => {
    const name = c.req.param('machine') ?? '';
    const { state, execution: id, visit } = c.req.query();
    const machine = await find.machine(name.split('/')[0] ?? '');
    const execution = id === undefined ? undefined : await find.execution(name, id);
    if (!machine || (id !== undefined && !execution)) return undefined;
    return testSubject(source, machine, name, { state, execution, visit });
  };

  route('state', async (subject, address, posted) => {
    const form = entered(newTestForm(subject), posted);
    const problem = posted && problemOfTest(form);
    const markup = testForm(address, subject, form, problem);
    if (!posted || problem) return { form: markup, isRefused: problem !== undefined };
    return {
      form: markup,
      ...(await refusable(async () =>
        testedState(await runIn(subject)(stateTestOf(subject, form)), subject.visited?.visit.output),
      )),
    };
  });

  route('expression', async (subject, address, posted, query) => {
    const payload = VISIT_PAYLOADS.find((name) => name === query.payload);
    const form = entered<ExpressionForm>(newExpressionForm(subject, payload), posted);
    const problem = posted && problemOfExpression(form);
    const markup = expressionForm(address, subject, form, problem);
    if (!posted || problem) return { form: markup, isRefused: problem !== undefined };
    return {
      form: markup,
      ...(await refusable(async () => evaluated(await evaluate(runIn(subject), form)))),
    };
  });
  return app;
}

/** A result, or what AWS refuses. */
async function refusable(
  run: () => Promise<Markup>,
): Promise<{ readonly result: Markup; readonly isRefused: boolean }> {
  try {
    return { result: await run(), isRefused: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { result: failure(error.code, error.message), isRefused: true };
  }
}
