#!/usr/bin/env bash
# The promises of the example: a history that other programs can read, the same cdk.tf.json everywhere, compile errors.
set -euo pipefail
. .ci/functions.sh

echo 'One execution as JSON, read by another program'
npm -s start -- --input '{"fail":true}' --json >"$WORK/history.json"
node -e '
  const { events } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  const seen = events.slice(-2).map((e) => [e.id, e.previousEventId, e.type, (e.stateExitedEventDetails ?? e.executionSucceededEventDetails).output].join(" "));
  const due = ["13 12 PassStateExited \"handled error\"", "14 13 ExecutionSucceeded \"handled error\""];
  if (JSON.stringify(seen) !== JSON.stringify(due)) throw new Error(`got ${seen}`);
  console.log(seen.join("\n"));' "$WORK/history.json"

echo 'The same cdk.tf.json from two folders'
for copy in one two/deeper; do
  copy_repository "$WORK/$copy"
  (cd "$WORK/$copy" && env -u AWS_PROFILE -u AWS_ACCESS_KEY_ID npx cdktf synth)
done
cmp "$WORK/one/cdktf.out/stacks/error-handling/cdk.tf.json" "$WORK/two/deeper/cdktf.out/stacks/error-handling/cdk.tf.json"
echo identical

echo 'terraform init and validate on the stack folder alone'
cp -r "$WORK/one/cdktf.out/stacks/error-handling" "$WORK/stack"
[ -z "${TERRAFORM_OVERRIDE:-}" ] || cp "$TERRAFORM_OVERRIDE" "$WORK/stack/"
terraform -chdir="$WORK/stack" init -backend=false -input=false -no-color
terraform -chdir="$WORK/stack" validate -no-color

echo 'A misspelt Next is a compile error that names the right state'
cd "$WORK/one"
sed -i "0,/Next: '/s//Next: 'X/" src/definition.ts
if npm run -s typecheck >"$WORK/typecheck.txt"; then echo 'the misspelt Next compiled'; exit 1; fi
grep 'Did you mean' "$WORK/typecheck.txt"
