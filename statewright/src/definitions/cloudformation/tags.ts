/** The intrinsic functions that have a short form, `!Sub` for `Fn::Sub` (CloudFormation User Guide, "Intrinsic functions"). */
const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

/** The long form of a YAML tag with its value; undefined for a tag that CloudFormation does not have. */
export function intrinsicOf(tag: string, value: unknown): object | undefined {
  if (tag === 'Ref' || tag === 'Condition') return { [tag]: value };
  if (!FUNCTIONS.includes(tag)) return undefined;
  if (tag !== 'GetAtt' || typeof value !== 'string') return { [`Fn::${tag}`]: value };
  const [resource, ...attribute] = value.split('.');
  return { 'Fn::GetAtt': attribute.length > 0 ? [resource, attribute.join('.')] : [resource] };
}
