import type { Answer, Page } from './aws-services';
import { allPages } from './aws-source';
import { qualifierIn } from './execution-arn';
import type { Qualifier } from './qualifiers';

type Paged<T> = Answer<T & { readonly nextToken?: string }>;
type Request = Page & { readonly stateMachineArn: string };

/** The operations behind the versions and aliases, with AWS's names and shapes. */
interface QualifierServices {
  readonly states: {
    listStateMachineVersions(request: Request): Paged<{
      readonly stateMachineVersions: readonly {
        readonly stateMachineVersionArn: string;
        readonly creationDate: Date;
      }[];
    }>;
    listStateMachineAliases(request: Request): Paged<{
      readonly stateMachineAliases: readonly { readonly stateMachineAliasArn: string }[];
    }>;
    describeStateMachineAlias(request: { readonly stateMachineAliasArn: string }): Answer<{
      readonly name: string;
      readonly creationDate: Date;
      readonly routingConfiguration: readonly {
        readonly stateMachineVersionArn: string;
        readonly weight: number;
      }[];
    }>;
  };
}

/** Reads the aliases of a state machine and then its versions, the newest first, with AWS operations. */
export const awsQualifiers =
  ({ states }: QualifierServices) =>
  async (stateMachineArn: string): Promise<readonly Qualifier[]> => {
    const aliases = await allPages(
      (page) => states.listStateMachineAliases({ stateMachineArn, ...page }),
      ({ stateMachineAliases }) => stateMachineAliases,
    );
    const versions = await allPages(
      (page) => states.listStateMachineVersions({ stateMachineArn, ...page }),
      ({ stateMachineVersions }) => stateMachineVersions,
    );
    const described = aliases.map(async ({ stateMachineAliasArn }) => {
      const { name, creationDate, routingConfiguration } = await states.describeStateMachineAlias({
        stateMachineAliasArn,
      });
      const routes = routingConfiguration.map(({ stateMachineVersionArn, weight }) => ({
        version: qualifierIn(stateMachineVersionArn),
        weight,
      }));
      return { name, creationDate, routes };
    });
    return [
      ...(await Promise.all(described)),
      ...versions.map(({ stateMachineVersionArn, creationDate }) => ({
        name: qualifierIn(stateMachineVersionArn),
        creationDate,
      })),
    ];
  };
