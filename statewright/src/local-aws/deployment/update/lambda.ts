import { createHash } from 'node:crypto';
import type { LambdaService } from '../../lambda/lambda-service';
import type { TargetRegion } from '../target-account';
import { type Updates, unlessMissing } from './updates';

/** What a function has without these members of CreateFunction (Lambda API Reference, CreateFunction). */
const DEFAULTS = {
  Description: '',
  Timeout: 3,
  MemorySize: 128,
  Environment: { Variables: {} },
  TracingConfig: { Mode: 'PassThrough' },
  EphemeralStorage: { Size: 512 },
  Layers: [],
} as const;

/**
 * Lambda, where creating what exists changes it.
 * @param beforeChange called with the name of a function before its code or its configuration changes
 */
export function updatingLambda(
  lambda: LambdaService,
  region: string,
  updates: Updates,
  beforeChange: (lambda: LambdaService, functionName: string) => void,
): TargetRegion['lambda'] {
  const functionKey = (name: string) => `${region}/function/${name.replace(/^arn:.*:function:/, '')}`;
  return {
    cannotRead: (arn) => lambda.cannotRead(arn),
    createFunction(request) {
      const {
        FunctionName,
        Code,
        Publish,
        Tags = {},
        Architectures,
        PackageType: _,
        ...configuration
      } = request;
      return updates.put(
        functionKey(FunctionName),
        `Lambda function ${FunctionName}`,
        { ...request, Code: Code.ZipFile ?? Code },
        {
          create: () => lambda.createFunction(request),
          update(changed) {
            beforeChange(lambda, FunctionName);
            const isChanged = (...members: string[]) =>
              changed === undefined || members.some((member) => changed.includes(member));
            if (isChanged('Tags')) retag(lambda, FunctionName, Tags);
            if (isChanged('Code', 'Architectures')) {
              lambda.updateFunctionCode({
                FunctionName,
                ...Code,
                Architectures: Architectures ?? ['x86_64'],
              });
            }
            if (
              changed?.some((member) => !['Tags', 'Code', 'Architectures', 'Publish'].includes(member)) !==
              false
            ) {
              lambda.updateFunctionConfiguration({
                ...DEFAULTS,
                LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` },
                ...configuration,
                FunctionName,
              });
            }
            if (Publish === true) lambda.publishVersion({ FunctionName });
            const { Versions } = lambda.listVersionsByFunction({ FunctionName });
            const latest = lambda.getFunctionConfiguration({ FunctionName });
            return { ...latest, Version: (Publish && Versions.at(-1)?.Version) || latest.Version };
          },
          remove: () => lambda.deleteFunction({ FunctionName }),
        },
      );
    },
    createAlias(request) {
      const { FunctionName, Name } = request;
      return updates.put(
        `${functionKey(FunctionName)}/alias/${Name}`,
        `alias ${Name} of Lambda function ${FunctionName}`,
        request,
        {
          create: () => lambda.createAlias(request),
          update: () => lambda.updateAlias({ Description: '', RoutingConfig: {}, ...request }),
          remove: () => lambda.deleteAlias({ FunctionName, Name }),
        },
      );
    },
    publishLayerVersion(request) {
      const { LayerName, Content } = request;
      // Each change is a new version. Earlier ones stay, for executions that use them.
      const publish = () => lambda.publishLayerVersion(request);
      return updates.put(
        `${region}/layer/${LayerName}`,
        `Lambda layer ${LayerName}`,
        { ...request, Content: Content.ZipFile ?? Content },
        {
          create: publish,
          exists: () => lambda.listLayerVersions({ LayerName }).LayerVersions.length > 0,
          update: (changed) => (changed === undefined && latest(lambda, request)) || publish(),
          remove() {
            for (const { Version } of lambda.listLayerVersions({ LayerName }).LayerVersions)
              lambda.deleteLayerVersion({ LayerName, VersionNumber: Version });
          },
        },
      );
    },
    createFunctionUrlConfig(request) {
      const { FunctionName, Qualifier } = request;
      const place = { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
      return updates.put(
        `${functionKey(FunctionName)}/url/${Qualifier ?? ''}`,
        `URL of Lambda function ${FunctionName}`,
        request,
        {
          create: () => lambda.createFunctionUrlConfig(request),
          update() {
            const { LastModifiedTime: _, ...changed } = lambda.updateFunctionUrlConfig({
              Cors: {},
              ...request,
            });
            return changed as ReturnType<typeof lambda.createFunctionUrlConfig>;
          },
          remove: () => lambda.deleteFunctionUrlConfig(place),
        },
      );
    },
    addPermission(request) {
      const { FunctionName, StatementId, Qualifier } = request;
      const place = { FunctionName, StatementId, ...(Qualifier !== undefined && { Qualifier }) };
      const add = () => lambda.addPermission(request);
      return updates.put(
        `${functionKey(FunctionName)}/permission/${Qualifier ?? ''}/${StatementId}`,
        `permission ${StatementId} of Lambda function ${FunctionName}`,
        request,
        {
          create: add,
          update() {
            unlessMissing(() => lambda.removePermission(place));
            return add();
          },
          remove: () => lambda.removePermission(place),
        },
      );
    },
    createEventSourceMapping(request) {
      const { EventSourceArn, FunctionName, Tags: _, StartingPosition: __, ...settings } = request;
      const uuid = () =>
        lambda.listEventSourceMappings({ EventSourceArn, FunctionName }).EventSourceMappings[0]?.UUID ?? '';
      return updates.put(
        `${functionKey(FunctionName)}/source/${EventSourceArn}`,
        `event source ${EventSourceArn.replace(/^.*:/, '')} of Lambda function ${FunctionName.replace(/^arn:.*:function:/, '')}`,
        request,
        {
          create: () => lambda.createEventSourceMapping(request),
          update: () => lambda.updateEventSourceMapping({ ...settings, UUID: uuid() }),
          remove: () => lambda.deleteEventSourceMapping({ UUID: uuid() }),
        },
      );
    },
    putFunctionEventInvokeConfig(request) {
      const { FunctionName, Qualifier } = request;
      const put = () => lambda.putFunctionEventInvokeConfig(request);
      return updates.put(
        `${functionKey(FunctionName)}/event-invoke/${Qualifier ?? ''}`,
        `asynchronous invocation of Lambda function ${FunctionName}`,
        request,
        {
          create: put,
          update: put,
          remove: () =>
            lambda.deleteFunctionEventInvokeConfig({
              FunctionName,
              ...(Qualifier !== undefined && { Qualifier }),
            }),
        },
      );
    },
  };
}

/** The latest version of a layer, if it is what a request would publish again. */
function latest(
  lambda: LambdaService,
  { LayerName, Content, ...wanted }: Parameters<LambdaService['publishLayerVersion']>[0],
): ReturnType<LambdaService['publishLayerVersion']> | undefined {
  const [last] = lambda.listLayerVersions({ LayerName }).LayerVersions;
  if (last === undefined || Content.ZipFile === undefined) return undefined;
  const version = lambda.getLayerVersion({ LayerName, VersionNumber: last.Version });
  const CodeSha256 = createHash('sha256').update(Content.ZipFile).digest('base64');
  const isSame = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) === JSON.stringify(version[name as keyof typeof version] ?? '');
  return CodeSha256 === version.Content.CodeSha256 && Object.entries(wanted).every(isSame)
    ? version
    : undefined;
}

function retag(lambda: LambdaService, FunctionName: string, Tags: Readonly<Record<string, string>>): void {
  const { FunctionArn: Resource } = lambda.getFunctionConfiguration({ FunctionName });
  const former = Object.keys(lambda.listTags({ Resource }).Tags);
  if (former.length > 0) lambda.untagResource({ Resource, TagKeys: former });
  if (Object.keys(Tags).length > 0) lambda.tagResource({ Resource, Tags });
}
