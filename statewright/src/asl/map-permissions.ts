/**
 * The IAM permissions that a distributed Map needs for its child executions and its objects (Step Functions Developer Guide,
 * "IAM policies for using Distributed Map states").
 */
import { objectOf, ownField } from './graph';
import { parseResource } from './resource';
import { callPermissions, type Home, type TaskPermission } from './task-permissions';

/** What ResultWriter needs: AWS writes large files in parts. */
const WRITE_ACTIONS = [
  's3:PutObject',
  's3:GetObject',
  's3:ListMultipartUploadParts',
  's3:AbortMultipartUpload',
];

/** Empty for a state that is not a distributed Map. */
export function mapPermissions(state: unknown, home: Home): TaskPermission[] {
  const config = ownField(ownField(state, 'ItemProcessor') ?? ownField(state, 'Iterator'), 'ProcessorConfig');
  if (ownField(state, 'Type') !== 'Map' || ownField(config, 'Mode') !== 'DISTRIBUTED') return [];
  return [
    ...childPermissions(home),
    ...redrivePermissions(state, ownField(config, 'ExecutionType'), home),
    ...readerPermissions(ownField(state, 'ItemReader'), home),
    ...writerPermissions(ownField(state, 'ResultWriter'), home),
  ];
}

/** The child executions are executions of the state machine itself. */
function childPermissions({ stateMachineArn }: Home): TaskPermission[] {
  const executions = stateMachineArn?.replace(':stateMachine:', ':execution:');
  const any = executions === undefined ? undefined : `${executions}:*`;
  return [
    { action: 'states:StartExecution', resource: stateMachineArn },
    ...['states:DescribeExecution', 'states:StopExecution'].map((action) => ({ action, resource: any })),
  ];
}

/** For a redrive of the Map Run, which starts Express children again (Step Functions Developer Guide, "Redriving Map Runs"). */
function redrivePermissions(state: unknown, type: unknown, { stateMachineArn }: Home): TaskPermission[] {
  if (type === 'EXPRESS') return [];
  const label = ownField(state, 'Label') ?? '*';
  const run = stateMachineArn?.replace(':stateMachine:', ':execution:');
  const resource = run === undefined ? undefined : `${run}/${label}:*`;
  return [{ action: 'states:RedriveExecution', resource }];
}

function readerPermissions(reader: unknown, home: Home): TaskPermission[] {
  const called = parseResource(String(ownField(reader, 'Resource')));
  if (called.kind !== 'integration') return [];
  const request = requestOf(reader);
  const config = ownField(reader, 'ReaderConfig');
  if (called.action === 'listObjectsV2') {
    const { bucket, folder } = placeOf(request, home);
    const list = { action: 's3:ListBucket', resource: bucket };
    const isFlattened = ownField(config, 'Transformation') === 'LOAD_AND_FLATTEN';
    const objects = folder === undefined ? undefined : `${folder}*`;
    return isFlattened ? [list, { action: 's3:GetObject', resource: objects }] : [list];
  }
  const version = ['VersionId', 'VersionId.$'].some((field) => ownField(request, field) !== undefined);
  const read = callPermissions(called, request, home).map(({ resource }) => ({
    action: version ? 's3:GetObjectVersion' : 's3:GetObject',
    resource,
  }));
  const isManifest =
    ownField(config, 'InputType') === 'MANIFEST' || ownField(config, 'ManifestType') !== undefined;
  // Only the manifest says where the data is.
  return isManifest ? [...read, { action: 's3:GetObject', resource: undefined }] : read;
}

function writerPermissions(writer: unknown, home: Home): TaskPermission[] {
  if (ownField(writer, 'Resource') === undefined) return [];
  const { folder } = placeOf(requestOf(writer), home);
  const resource = folder === undefined ? undefined : `${folder}${folder.endsWith('/') ? '' : '/'}*`;
  return WRITE_ACTIONS.map((action) => ({ action, resource }));
}

const requestOf = (part: unknown) => objectOf(ownField(part, 'Parameters') ?? ownField(part, 'Arguments'));

/** The ARNs of a request's bucket, and of what its prefix begins; undefined when only the input says it. */
function placeOf(request: unknown, home: Home) {
  const called = { kind: 'integration', sdk: false, service: 's3', pattern: 'requestResponse' } as const;
  const Bucket = ownField(request, 'Bucket');
  const [{ resource: bucket } = { resource: undefined }] = callPermissions(
    { ...called, action: 'listObjectsV2', suffix: '' },
    { Bucket },
    home,
  );
  const prefix = ownField(request, 'Prefix');
  const isKnown = typeof prefix === 'string' && !prefix.startsWith('{%');
  const folder = bucket === undefined ? undefined : `${bucket}/${isKnown ? prefix : ''}`;
  return { bucket, folder };
}
