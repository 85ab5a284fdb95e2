/** The clients of the server whose waiting is measured, and what each of them can do. */
import { authorization } from './http-client';

export const ROLE = 'arn:aws:iam::000000000000:role/bench';

type Send = (service: string, target: string, members: object | string) => Promise<unknown>;

export interface Server {
  readonly url: string;
  /** The folder that is the bucket `bench`. */
  readonly bucket: string;
  readonly send: Send;
  /** Creates a state machine. */
  create(name: string, definition: object): Promise<{ readonly stateMachineArn: string }>;
  /** Runs a definition to its end. */
  execute(definition: object, input?: string): Promise<void>;
  /** The ARN of the execution that it ran last. */
  last(): string;
  page(path: string): Promise<void>;
}

export async function createRole(url: string): Promise<void> {
  const services = { Service: ['states.amazonaws.com', 'lambda.amazonaws.com'] };
  const trust = { Effect: 'Allow', Principal: services, Action: 'sts:AssumeRole' };
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const call = (members: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      headers: { authorization: authorization('iam') },
      body: new URLSearchParams({ Version: '2010-05-08', RoleName: 'bench', ...members }),
    });
  await call({ Action: 'CreateRole', AssumeRolePolicyDocument: document(trust) });
  await call({ Action: 'PutRolePolicy', PolicyName: 'all', PolicyDocument: document(everything) });
}

/** @param bucket the folder that is the bucket `bench` */
export function connect(url: string, bucket = ''): Server {
  const send: Send = async (service, target, members) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: authorization(service),
        'content-type': `application/x-amz-json-1.${service === 'logs' ? 1 : 0}`,
        'x-amz-target': target,
      },
      body: typeof members === 'string' ? members : JSON.stringify(members),
    });
    const text = await response.text();
    return text === '' ? {} : JSON.parse(text);
  };
  const create: Server['create'] = (name, definition) =>
    send('states', 'AWSStepFunctions.CreateStateMachine', {
      name,
      roleArn: ROLE,
      definition: JSON.stringify(definition),
    }) as Promise<never>;
  let machines = 0;
  let last = '';
  const execute = async (definition: object, input = '{}') => {
    const states = (operation: string, members: object) =>
      send('states', `AWSStepFunctions.${operation}`, members);
    const { stateMachineArn } = await create(`bench-${++machines}`, definition);
    const { executionArn } = (await states('StartExecution', { stateMachineArn, input })) as {
      executionArn: string;
    };
    last = executionArn;
    for (;;) {
      const { status } = (await states('DescribeExecution', { executionArn })) as { status: string };
      if (status !== 'RUNNING') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const page = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.text();
  };
  return { url, bucket, send, create, execute, last: () => last, page };
}
