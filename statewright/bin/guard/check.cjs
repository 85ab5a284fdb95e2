// The sources in a checkout, the compiled files in an installed package.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../../src/cli/terraform-guard/main.ts');
if (existsSync(main)) require('../../source.cjs');
require(existsSync(main) ? main : join(__dirname, '../../dist/cli/terraform-guard/main.js'));
