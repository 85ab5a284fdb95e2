# Installs the tools that are missing. Sourced, since it exports how terraform finds its providers.
packages=()
[ -x "${CHROMIUM_PATH:-/usr/bin/chromium}" ] || packages+=(chromium fonts-dejavu-core)
command -v aws >/dev/null || packages+=(awscli)
if [ ${#packages[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
if [ -x ../shared/terraform/offline ]; then eval "$(../shared/terraform/offline)"; else export TERRAFORM_REGISTRY_REACHABLE=1; fi
terraform version
aws --version
