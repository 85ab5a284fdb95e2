/** `eks:call` and `eks:runJob`, against a small server in place of the Kubernetes API. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jobPermissions } from '../../src/asl/job-permissions';
import { parseResource } from '../../src/asl/resource';
import { callPermissions } from '../../src/asl/task-permissions';
import { upstreams } from '../../src/local-aws/upstream';
import { calling, statesHarness } from '../local-aws/step-functions/harness';

interface Asked {
  readonly call: string;
  readonly body: string;
}

const cluster = {
  ClusterName: 'c',
  CertificateAuthority: 'ANPAJ2UCCR6DPCEXAMPLE',
  Endpoint: 'https://0.yl4.us-east-1.eks.amazonaws.com',
};
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'pi' } };
const JOBS = '/apis/batch/v1/namespaces/math/jobs';

let server: Server;
let asked: Asked[];
/** The conditions of the job, one list for each time that it is read. */
let conditions: object[][];

beforeEach(async () => {
  asked = [];
  conditions = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const call = `${request.method} ${request.url}`;
    asked.push({ call, body });
    const [status, type, answer] = answerTo(call);
    response.writeHead(status, { 'content-type': type });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

function answerTo(call: string): readonly [status: number, type: string, answer: object | string] {
  const json = 'application/json';
  if (call === `POST ${JOBS}`) return [201, json, job];
  if (call === `GET ${JOBS}/pi`) {
    return [200, json, { ...job, status: { conditions: conditions.shift() ?? [] } }];
  }
  if (call.startsWith(`DELETE ${JOBS}/pi?`)) return [200, json, { kind: 'Status', status: 'Success' }];
  if (call === 'GET /api/v1/namespaces/math/pods?labelSelector=job-name%3Dpi') {
    return [200, json, { items: [{ metadata: { name: 'pi-1' }, spec: { containers: [{ name: 'one' }] } }] }];
  }
  if (call === 'GET /api/v1/namespaces/math/pods/pi-1/log?tailLines=6&container=one') {
    return [200, 'text/plain', '{"digits":3}'];
  }
  return [401, json, { kind: 'Status', code: 401 }];
}

const harness = () => {
  const { port } = server.address() as AddressInfo;
  const upstreamOf = upstreams({ endpoints: [`kubernetes=http://127.0.0.1:${port}`] });
  return statesHarness(undefined, {}, [], upstreamOf);
};
const runJob = (more: object = {}) =>
  calling('arn:aws:states:::eks:runJob.sync', {
    Parameters: { ...cluster, Namespace: 'math', Job: job, ...more },
  });

test('eks:call answers with the response of the cluster', async () => {
  const Parameters = { ...cluster, Method: 'POST', Path: JOBS, RequestBody: job };
  const { output } = await harness().run(calling('arn:aws:states:::eks:call', { Parameters }));
  expect(JSON.parse(output ?? '')).toEqual({ ResponseBody: job, StatusCode: 201, StatusText: 'Created' });
  expect(asked).toEqual([{ call: `POST ${JOBS}`, body: JSON.stringify(job) }]);
});

test('an error of the cluster has its status, and its response as the cause', async () => {
  const Parameters = { ...cluster, Method: 'GET', Path: '/secrets' };
  const { error, cause } = await harness().run(calling('arn:aws:states:::eks:call', { Parameters }));
  expect(error).toBe('EKS.401');
  expect(JSON.parse(cause ?? '')).toEqual({
    ResponseBody: { kind: 'Status', code: 401 },
    StatusCode: 401,
    StatusText: 'Unauthorized',
  });
});

test('eks:runJob.sync waits for the job, and reads the logs of its containers', async () => {
  conditions = [[], [{ type: 'Suspended', status: 'False' }], [{ type: 'Complete', status: 'True' }]];
  const LogOptions = { RetrieveLogs: true, LogParameters: { tailLines: ['6'] } };
  const { output } = await harness().run(runJob({ LogOptions }));
  expect(JSON.parse(output ?? '')).toMatchObject({
    metadata: { name: 'pi' },
    logs: { pods: { 'pi-1': { containers: { one: { log: { digits: 3 } } } } } },
  });
});

test('a job that fails, fails the Task with its description', async () => {
  conditions = [[{ type: 'Failed', status: 'True' }]];
  const { error, cause } = await harness().run(runJob());
  expect(error).toBe('States.TaskFailed');
  expect(JSON.parse(cause ?? '')).toMatchObject({ metadata: { name: 'pi' } });
});

test('without an endpoint of its own, the cause names the option', async () => {
  const { run } = statesHarness(undefined, {}, [], upstreams({ upstream: 'http://127.0.0.1:1' }));
  expect((await run(runJob())).cause).toContain('--endpoint kubernetes=http://127.0.0.1:8001');
});

describe('permissions', () => {
  const home = { partition: 'aws', region: 'us-east-1', accountId: '123456789012' };
  const permissions = (resource: string, request: object) => {
    const called = parseResource(`arn:aws:states:::${resource}`);
    if (called.kind !== 'integration') throw new Error(resource);
    return [...callPermissions(called, request, home), ...jobPermissions(called, request, home)].map(
      ({ action, resource }) => `${action} ${resource}`,
    );
  };
  const arn = 'arn:aws:eks:us-east-1:123456789012';

  test.each([
    ['eks:call', {}, []],
    ['eks:runJob.sync', {}, []],
    [
      'eks:createCluster.sync',
      { Name: 'c' },
      ['eks:CreateCluster *', `eks:DescribeCluster ${arn}:cluster/c`],
    ],
    [
      'eks:deleteNodegroup.sync',
      { ClusterName: 'c', NodegroupName: 'n' },
      [`eks:DeleteNodegroup ${arn}:nodegroup/c/n/*`, `eks:DescribeNodegroup ${arn}:nodegroup/c/n/*`],
    ],
    [
      'eks:createFargateProfile.sync',
      { ClusterName: 'c', FargateProfileName: 'f' },
      [`eks:CreateFargateProfile ${arn}:cluster/c`, `eks:DescribeFargateProfile ${arn}:fargateprofile/c/f/*`],
    ],
  ])('of %s', (resource, request, expected) => {
    expect(permissions(resource, request)).toEqual(expected);
  });
});
