#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { join } = require('node:path');

const source = join(__dirname, '../src/cli/main.ts');

// The package has compiled files and no sources. In a checkout of the repository the sources run as they are.
if (existsSync(source)) {
  require('../source.cjs');
  require(source);
} else {
  // From Node 22.8. A folder of the project: another user can write to the temporary folder, which is Node's default.
  enableCompileCache?.(join(__dirname, '../../.cache/statewright'));
  require('../dist/cli/main.js');
}
