/**
 * The pattern of a region's name. A pattern, not a list, so that a new region works here on its first day. (The AWS SDKs
 * have such a pattern for each partition.)
 */
const REGION =
  /^(?:af|ap|ca|cn|eu|eu-isoe|eusc-de|il|me|mx|sa|us|us-gov|us-iso[a-z]?)-(?:north|south|east|west|central|(?:north|south)(?:east|west))-\d{1,2}$/;

/** Whether a name can be that of an AWS region. */
export const isRegionName = (name: string): boolean => REGION.test(name);

export const DEFAULT_REGION = 'us-east-1';
