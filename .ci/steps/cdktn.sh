#!/usr/bin/env bash
# The example in a copy, moved to cdktn: its tests pass, and cdk.tf.json is the same except for versions.
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
# All tests except the one that runs the command of CDKTF, and those of a page whose examples import CDKTF.
npx jest --ci --silent --coverage=false --testPathPatterns '^__tests__/|statewright/__tests__/constructs/' --rootDir . \
  --testPathIgnorePatterns /node_modules/ constructs/docs --testNamePattern '^(?!npx cdktf )'
quietly npx cdktn synth
node .ci/steps/same-stack.mjs "$WORK/cdktf/cdktf.out/stacks/error-handling/cdk.tf.json" cdktf.out/stacks/error-handling/cdk.tf.json
