/** All that runs a stack, as one module: it is loaded while the app is being synthesized. */
export { Account } from '../local-aws/account';
export { deployTerraformJson, regionOf, variablesOf } from '../local-aws/deployment';
export { deployDefinition } from '../testing/deploy';
export { lambdaFunctions } from '../testing/lambda-logs';
export { otherResources } from '../testing/other-resources';
export { isAnsweredByAccount, isAnsweredByService } from '../testing/own-calls';
export { ownRoles } from '../testing/permissions';
export { Run, Runs } from '../testing/run';
export { StandIns } from '../testing/stand-ins';
export { Names } from '../testing/targets';
export { returnToken } from '../testing/task-token';
