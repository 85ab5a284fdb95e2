/** A rule that passed through to the upstream, with those of its targets that are in this account. */
export interface EventRule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  /** JSON text; missing for a rule that has only a schedule. */
  readonly pattern?: string;
  readonly enabled: boolean;
  readonly targets: readonly EventTarget[];
}

/** A target as PutTargets has it. */
export interface EventTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

/** The name of a bus, from its name or its ARN. */
export const busName = (nameOrArn: unknown): string =>
  typeof nameOrArn === 'string' && nameOrArn !== ''
    ? nameOrArn.replace(/^arn:.*:event-bus\//, '')
    : 'default';

/** The key of a rule's record. */
export const ruleKey = ({ bus, name }: Pick<EventRule, 'bus' | 'name'>): string => `${bus}/${name}`;
