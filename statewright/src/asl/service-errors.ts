/** The names of services in errors, if they differ from those in resources. */
const SERVICES: Readonly<Record<string, string>> = { eventbridge: 'events', stepfunctions: 'states' };

/**
 * The service that an error names, as a `Resource` writes it: `sqs` of `SQS.QueueDoesNotExist` (Step Functions Developer
 * Guide, "Handling errors in Step Functions workflows"). Undefined for a name without a dot.
 */
export function serviceOfError(error: string): string | undefined {
  if (!error.includes('.')) return undefined;
  const [prefix = ''] = error.split('.');
  const service = prefix.toLowerCase().replace(/^(amazon|aws)/, '');
  return SERVICES[service] ?? service;
}
