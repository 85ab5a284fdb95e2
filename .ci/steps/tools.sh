# Installs the tools that are missing. Sourced, since it exports how terraform finds its providers.
packages=()
[ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ] || packages+=(chromium fonts-dejavu-core)
command -v aws >/dev/null || packages+=(awscli)
command -v curl >/dev/null || packages+=(curl)
command -v python3 >/dev/null || packages+=(python3)
command -v moto_server >/dev/null || packages+=(python3-venv)
command -v ruby >/dev/null || packages+=(ruby)
command -v javac >/dev/null || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
command -v go >/dev/null || packages+=(golang-go)
if [ ${#packages[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
if [ -x ../shared/terraform/offline ]; then eval "$(../shared/terraform/offline)"; else export TERRAFORM_REGISTRY_REACHABLE=1; fi
terraform version
aws --version

# Registries fail now and then: a few tries, each with more time before the next.
retry() {
  local delay
  for delay in 2 10 30; do "$@" && return; sleep "$delay"; done
  "$@"
}
# The services that the local AWS does not have. At the end of the PATH, so that python3 stays what it is.
if ! command -v moto_server >/dev/null; then
  python3 -m venv "$WORK/moto"
  retry "$WORK/moto/bin/pip" install -q --disable-pip-version-check 'moto[server]==5.2.1'
  PATH="$PATH:$WORK/moto/bin"
fi
# What Java and Go functions need. The first build fills Go's cache, which takes a minute on a busy machine.
retry mvn -q -B dependency:get -Dartifact=com.amazonaws:aws-lambda-java-runtime-interface-client:2.10.1
(
  cd statewright/__tests__/local-aws/lambda/languages/functions/go
  retry go mod download
  CGO_ENABLED=0 go build -o /dev/null .
)
python3 --version && command -v moto_server && ruby --version && javac -version && go version
