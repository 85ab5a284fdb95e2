/** What to do with a project of the Serverless Framework, whose plugin makes a template of its definitions. */
export const SERVERLESS_FRAMEWORK =
  'Package the project (npx serverless package), and use the template that this writes: .serverless/cloudformation-template-update-stack.json';
