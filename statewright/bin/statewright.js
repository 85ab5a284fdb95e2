#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '../src/cli/main.ts');

// The package has compiled files and no sources. In a checkout of the repository the sources run as they are.
if (existsSync(source)) {
  require('../source.cjs');
  require(source);
} else require('../dist/cli/main.js');
