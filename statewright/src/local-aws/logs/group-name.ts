import { AwsError } from '../aws-error';
import { validationErrors, violationText } from '../request-error';
import { invalidParameter } from './errors';
import { type GroupRequest, logGroupName } from './requests';

/** The group's name, from the request's name or its identifier (a name or an ARN). */
export function groupNameIn(request: GroupRequest): string {
  const { logGroupName: given, logGroupIdentifier: identifier } = request;
  if (given !== undefined && identifier !== undefined) {
    throw new AwsError(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  }
  const name = identifier === undefined ? given : groupNameOf(identifier);
  const place = 'logGroupName';
  const violation =
    name === undefined
      ? violationText('null', place, 'Member must not be null')
      : logGroupName.violation(name, place);
  if (name === undefined || violation !== undefined)
    throw invalidParameter(validationErrors([`${violation}`]));
  return name;
}

/** A group's name from its ARN, with or without the `:*` that some services add; a name is returned unchanged. */
export const groupNameOf = (identifier: string) =>
  /^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:([^:*]+)(?::\*)?$/.exec(identifier)?.[1] ?? identifier;
