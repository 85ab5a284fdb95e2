/** Options that do not exist, as a test in JavaScript can pass them. */
import {
  definitionFile,
  deployDefinition,
  deployStack,
  explore,
  replay,
  returns,
  takes,
  testState,
  type Workflow,
} from '../../src/testing';

const pass = { Type: 'Pass', End: true };
const definition = { StartAt: 'A', States: { A: pass } };

let workflow: Workflow;
beforeAll(async () => {
  workflow = await deployDefinition(definition);
});

/** What TypeScript would refuse. */
const options = (wrong: object) => wrong as never;

test.each<[string, string, () => unknown]>([
  [
    'deployStack has no option "statemachine". Did you mean "stateMachine"?',
    'deployStack',
    () => deployStack('.', options({ statemachine: 'orders' })),
  ],
  [
    'deployDefinition has no option "typ". Did you mean "type"?',
    'deployDefinition',
    () => deployDefinition(definition, options({ typ: 'EXPRESS' })),
  ],
  [
    'testState has no option "inputs". Did you mean "input"?',
    'testState',
    () => testState(pass, options({ inputs: {} })),
  ],
  [
    'The mock of testState has no option "results". Did you mean "result"?',
    'a mock',
    () => testState(pass, options({ mock: { results: 1 } })),
  ],
  [
    'The errorOutput of a mock has no option "errors". Did you mean "error"?',
    'an errorOutput',
    () => testState(pass, options({ mock: { errorOutput: { errors: 'Busy' } } })),
  ],
  [
    'The errorOutput of a mock takes an object, not "Busy".',
    'an errorOutput that is a text',
    () => testState(pass, options({ mock: { errorOutput: 'Busy' } })),
  ],
  [
    'The mock of testState takes an object, not 5.',
    'a mock that is a number',
    () => testState(pass, options({ mock: 5 })),
  ],
  [
    'deployStack takes an object, not "orders".',
    'options that are a text',
    () => deployStack('.', 'orders' as never),
  ],
  [
    'The stateConfiguration of testState has no option "retrierRetryCounts". Did you mean "retrierRetryCount"?',
    'a stateConfiguration',
    () => testState(pass, options({ stateConfiguration: { retrierRetryCounts: 1 } })),
  ],
  [
    'explore has no option "input". Did you mean "inputs"?',
    'explore',
    () => explore(workflow, options({ input: [] })),
  ],
  [
    'replay has no option "standins". Did you mean "standIns"?',
    'replay',
    () => replay([], options({ definition, standins: {} })),
  ],
  [
    'definitionFile has no option "machine". The only one is "stateMachine".',
    'definitionFile',
    () => definitionFile('states.json', {}, options({ machine: 'orders' })),
  ],
  [
    'useTestCase has no option "name". The only one is "stateMachine".',
    'useTestCase',
    () => workflow.useTestCase('MockConfigFile.json', 'Happy', options({ name: 'orders' })),
  ],
  [
    'takes has no option "heartbeats". Did you mean "heartbeat"?',
    'takes',
    () => takes(1, returns(1), options({ heartbeats: 1 })),
  ],
])('%s', async (message, _, act) => {
  await expect((async () => act())()).rejects.toMatchObject({ name: 'UnknownOptionError', message });
});
