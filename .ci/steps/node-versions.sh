#!/usr/bin/env bash
# On each version of Node: npm start, the tests, and the commands of CDKTF against the local AWS.
#   node-versions.sh VERSION…
set -euo pipefail
. .ci/functions.sh

# Runs in a copy of the repository, with this version of Node first on the PATH.
deploy_and_destroy() {
  local port server exports
  port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  npx statewright local --port "$port" --quiet >"$WORK/local.txt" 2>&1 &
  server=$!
  trap "kill $server 2>/dev/null || true" EXIT
  for _ in $(seq 300); do
    # Without its key the console answers 403.
    curl -s -o /dev/null "http://127.0.0.1:$port/console" && break
    kill -0 "$server" || { cat "$WORK/local.txt"; return 1; }
    sleep 0.2
  done
  exports=$(npm -s run local:env -- --port "$port")
  eval "$exports"
  export CHECKPOINT_DISABLE=1

  quietly npx cdktf synth
  # Without a registry, this pins the versions of a mirror.
  [ -z "${TERRAFORM_OVERRIDE:-}" ] || cp "$TERRAFORM_OVERRIDE" cdktf.out/stacks/error-handling/override.tf.json
  quietly npx cdktf deploy --auto-approve
  state_machines 'state'
  quietly npx cdktf destroy --auto-approve
  state_machines ''
  echo 'npx cdktf synth, deploy and destroy: passed'
}

# Compares the names of the state machines in the local AWS with the expected ones.
state_machines() {
  local names
  names=$(aws stepfunctions list-state-machines --query 'stateMachines[].name' --output text)
  [ "$names" = "$1" ] || { echo "state machines: \"$names\" instead of \"$1\""; return 1; }
}

here=$(node -p 'process.versions.node.split(".")[0]')
newest=${*: -1}
for version in "$@"; do
  folder=$(node_folder "$version")
  copy_repository "$WORK/node-$version"
  (
    export PATH=$folder:$PATH
    node --version
    quietly npm start
    # All tests have already run on this machine's own version, and run again on the newest one. On those between, the
    # tests of what depends on Node: processes, sockets, threads, files and modules.
    if [ "$version" != "$here" ]; then
      tests=(local-aws/lambda/ local-aws/persistence/ local-aws/http/sdk testing/ constructs/ cli/start '^__tests__/')
      [ "$version" != "$newest" ] || tests=(.)
      npx jest --ci --silent --testPathPatterns "${tests[@]}" \
        --testPathIgnorePatterns /node_modules/ foreign /end-to-end/ 'browser\.test' cli/local >"$WORK/jest.txt" 2>&1 ||
        { cat "$WORK/jest.txt"; exit 1; }
      grep '^Tests:' "$WORK/jest.txt"
    fi
    cd "$WORK/node-$version"
    deploy_and_destroy
  )
done
