# Functions of .ci/run and its steps. WORK is a temporary folder that .ci/run makes and removes.

# Starts a part of the run, and prints the time so far.
step() { printf '\n── %s (after %d min %02d s)\n' "$*" $((SECONDS / 60)) $((SECONDS % 60)); }

# Copies the repository's files to a folder. Its node_modules are those of this clone.
copy_repository() {
  mkdir -p "$1"
  git ls-files -z | xargs -0 cp --parents -t "$1"
  ln -s "$PWD/node_modules" "$1/node_modules"
}

# Prints the folder of this version of Node, for the PATH. It comes from the npm package `node`.
node_folder() { npx -y -p "node@$1" -c 'dirname "$(command -v node)"'; }

# Runs a command, and shows its output only if it fails.
quietly() {
  if ! "$@" >"$WORK/output.txt" 2>&1; then
    cat "$WORK/output.txt"
    echo "failed: $*"
    return 1
  fi
}
