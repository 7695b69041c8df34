# For the scripts that look for what a build needs, and install it where they may. Sourced, not run.
#
# ALLIVE_INSTALL=0 keeps them from installing anything; ALLIVE_INSTALL=1 lets them add missing Debian
# packages outside a container too (as root; without it that happens in containers only).
# shellcheck shell=bash

script=${0##*/}
# The script may change the folder.
self=$(cd -- "$(dirname -- "$0")" && pwd)/$script

say() { printf '%s: %s\n' "$script" "$*" >&2; }
usage() { sed -n '2,/^set -/{/^set -/d;s/^# \{0,1\}//p;}' "$self"; }
have() { command -v "$1" >/dev/null 2>&1; }

die() {
  say "$1"
  shift
  (($# == 0)) || printf '  %s\n' "$@" >&2
  exit 1
}

# Runs a command that takes long and says much: its output goes to a file, which is shown if it fails.
quietly() {
  local what=$1 log child status=0 start=$SECONDS
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  # A background job of a script does not hear Ctrl-C by itself.
  # shellcheck disable=SC2064 # the child of now
  trap "kill $child 2>/dev/null; exit 130" INT TERM
  if [[ -t 2 ]]; then
    while kill -0 "$child" 2>/dev/null; do
      printf '\r%s: %s, %d s ' "$script" "$what" "$((SECONDS - start))" >&2
      sleep 1
    done
    printf '\r\033[K' >&2
  else
    say "$what"
  fi
  wait "$child" || status=$?
  trap - INT TERM
  if ((status == 0)); then
    say "$what: done, $((SECONDS - start)) s"
  else
    say "$what: failed, $((SECONDS - start)) s; it said:"
    tail -n 8 "$log" | sed 's/^/  | /' >&2
  fi
  rm -f -- "$log"
  return "$status"
}

within() { # SECONDS COMMAND ...
  if have timeout; then timeout "$@"; else "${@:2}"; fi
}

may_install() { [[ ${ALLIVE_INSTALL:-} != 0 ]]; }

in_container() {
  [[ -e /.dockerenv || -e /run/.containerenv || -n ${container:-} ]] && return
  grep -qsE 'docker|containerd|kubepods|lxc' /proc/1/cgroup
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

can_be_root() { ((EUID == 0)) || { have sudo && sudo -n true 2>/dev/null; }; }

apt_install() { # WHAT PACKAGE ...
  quietly "installing $1 with apt-get" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=120 "${@:2}"
}

# Sees to it that everything is there for which the script's own `missing WHAT` prints a line,
# `PACKAGE REASON`, or says how to install it.
prerequisites() { # WHAT
  local package reason packages=() reasons=()
  while read -r package reason; do
    packages+=("$package")
    reasons+=("$reason")
  done < <(missing "$1")
  ((${#packages[@]})) || return 0

  if have apt-get && may_install && ((EUID == 0)) && { in_container || [[ ${ALLIVE_INSTALL:-} == 1 ]]; }; then
    apt_update_once || true
    apt_install "${packages[*]}" "${packages[@]}" || true
    [[ -z $(missing "$1") ]] && return
  fi
  local lines=() i
  for i in "${!packages[@]}"; do
    lines+=("missing: ${reasons[i]}; install it with: $(install_line "${packages[i]}")")
  done
  die "what a build needs is not all there" "${lines[@]}"
}

install_line() { # DEBIAN-PACKAGE
  if have apt-get || ! [[ $(uname -s) == Darwin ]]; then
    echo "apt-get install -y $1"
    return
  fi
  case $1 in
    python*) echo "brew install python3" ;;
    protobuf-compiler) echo "brew install protobuf" ;;
    libssl-dev) echo "brew install openssl" ;;
    pkg-config) echo "brew install pkg-config" ;;
    *) echo "xcode-select --install" ;;
  esac
}

updated=
apt_update_once() {
  [[ -n $updated ]] && return
  updated=yes
  quietly "reading the package lists (apt-get update)" as_root apt-get update
}
