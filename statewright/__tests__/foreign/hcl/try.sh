#!/usr/bin/env bash
# What a Terraform user does in two shells: start the local AWS in one, deploy, run and destroy in the other.
set -euo pipefail

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
npx statewright local --port "$port" --quiet >local.txt 2>&1 &
trap 'kill $! 2>/dev/null' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/console"; do
  kill -0 $! || { cat local.txt; exit 1; }
  sleep 0.2
done

echo 'the state of real resources' >terraform.tfstate
eval "$(npx statewright env --port "$port")"
terraform init -input=false -no-color
terraform test -no-color
terraform apply -auto-approve -input=false -no-color
arn=$(terraform output -raw state_machine_arn)
# The region of the provider: as on AWS, a state machine is only found in its own.
export AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1
execution=$(aws stepfunctions start-execution --state-machine-arn "$arn" --input '{"amount": 5}' --query executionArn --output text)
until [ "$(aws stepfunctions describe-execution --execution-arn "$execution" --query status --output text)" != RUNNING ]; do sleep 0.2; done
aws stepfunctions get-execution-history --execution-arn "$execution" | grep ExecutionSucceeded
terraform destroy -auto-approve -input=false -no-color
[ "$(cat terraform.tfstate)" = 'the state of real resources' ]
