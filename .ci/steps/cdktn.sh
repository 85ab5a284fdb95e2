#!/usr/bin/env bash
# The example in a copy, moved to cdktn: its tests pass, and cdk.tf.json is the same but for versions.
set -euo pipefail
. .ci/functions.sh

copy_repository "$WORK/cdktf"
copy_repository "$WORK/cdktn"
rm "$WORK/cdktn/node_modules"
folder=$(node_folder 24)
export PATH=$folder:$PATH CHECKPOINT_DISABLE=1

(cd "$WORK/cdktf" && quietly npx cdktf synth)
cd "$WORK/cdktn"
node statewright/move-to-cdktn.mjs .
quietly npm install --no-audit --no-fund
if [ -e node_modules/cdktf ]; then echo 'cdktf is still installed'; exit 1; fi
quietly npm run -s typecheck
npx jest --ci --silent --coverage=false --testPathPatterns '^__tests__/|statewright/__tests__/constructs/' --rootDir .
quietly npx cdktn synth
node -e '
  const { readFileSync } = require("node:fs");
  const { deepStrictEqual } = require("node:assert");
  const [one, other] = process.argv.slice(1).map((file) => {
    const stack = JSON.parse(readFileSync(file, "utf8"));
    delete stack["//"].metadata.version;
    for (const provider of Object.values(stack.terraform.required_providers)) delete provider.version;
    return stack;
  });
  deepStrictEqual(other, one);
  console.log("cdk.tf.json: identical but for versions");' \
  "$WORK/cdktf/cdktf.out/stacks/error-handling/cdk.tf.json" cdktf.out/stacks/error-handling/cdk.tf.json
