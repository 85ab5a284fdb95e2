/**
 * The errors of Lambda's Invoke as a Task names them (Lambda API Reference, "Invoke", "Errors"; Step Functions Developer
 * Guide, "Handle transient Lambda service exceptions"). Lambda may have more.
 */
export const LAMBDA_ERRORS: readonly string[] = `
  AWSLambdaException ClientExecutionTimeoutException EC2AccessDeniedException EC2ThrottledException
  EC2UnexpectedException EFSIOException EFSMountConnectivityException EFSMountFailureException EFSMountTimeoutException
  ENILimitReachedException InvalidParameterValueException InvalidRequestContentException InvalidRuntimeException
  InvalidSecurityGroupIDException InvalidSubnetIDException InvalidZipFileException KMSAccessDeniedException
  KMSDisabledException KMSInvalidStateException KMSNotFoundException RecursiveInvocationException
  RequestTooLargeException ResourceConflictException ResourceNotFoundException ResourceNotReadyException
  SdkClientException ServiceException SnapStartException SnapStartNotReadyException SnapStartTimeoutException
  SubnetIPAddressLimitReachedException TooManyRequestsException Unknown UnsupportedMediaTypeException`
  .trim()
  .split(/\s+/)
  .map((name) => `Lambda.${name}`);
