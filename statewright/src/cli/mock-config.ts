import type { Account, AccountOptions } from '../local-aws/account';
import { readMockConfig } from '../testing/mock-config';
import { Runs } from '../testing/run';
import { StandIns } from '../testing/stand-ins';
import { Names } from '../testing/targets';
import { returnToken } from '../testing/task-token';
import { type Option, textOf, type Values } from './command';

export const mockConfigOption: Option = {
  type: 'string',
  value: 'FILE',
  description:
    "Step Functions Local's MockConfigFile.json: start an execution of ARN#TestCase to use a test case",
};

/**
 * What `--mock-config` sets.
 *
 * @param account called when a task token has to be returned
 * @throws MockConfigError
 */
export function testCasesOf(values: Values, account: () => Account): Pick<AccountOptions, 'testCases'> {
  const file = textOf(values['mock-config']);
  if (file === undefined) return {};
  const config = readMockConfig(file);
  return {
    testCases: {
      begin: ({ name, definition }, testCase) => {
        // Its own for each execution: it counts the calls.
        const standIns = new StandIns(
          new Runs(),
          (...sent) => returnToken(account(), ...sent),
          () => true,
        );
        const names = new Names(JSON.parse(definition));
        for (const mocked of config.testCase(name, testCase, names)) standIns.replace(...mocked);
        return standIns.service;
      },
    },
  };
}
