# What the scripts of this folder have in common: Debian's Docker Engine, and a base made of Debian's packages. To be read by
# them (.), with $name, $work and $fresh set; makes the image $base.

base=points-test-base
socket=${DOCKER_HOST:-unix:///var/run/docker.sock}

say() {
  echo "$name: $1"
}

fail() {
  echo "$name: $1" >&2
  exit 1
}

# Runs a command with its output in a log, whose end is shown if it fails.
logged() {
  log=$work/$1.log
  shift
  "$@" >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    fail "this failed: $* (its whole log is $log)"
  }
}

install_missing() {
  missing=
  # dockerd, because a machine may have Docker's client alone.
  command -v dockerd >/dev/null || engine_answers || missing="$missing docker.io"
  command -v docker >/dev/null || missing="$missing docker.io"
  command -v mmdebstrap >/dev/null || missing="$missing mmdebstrap"
  command -v xz >/dev/null || missing="$missing xz-utils"
  [ -n "$missing" ] || return 0
  say "installing$missing ..."
  logged apt-update apt-get update
  # shellcheck disable=SC2086 # several words on purpose
  logged apt-install env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
}

engine_answers() {
  command -v docker >/dev/null && timeout 10 docker version >/dev/null 2>&1
}

start_engine() {
  if engine_answers; then
    say "a Docker engine answers."
    return 0
  fi
  case $socket in
    unix://*) ;;
    *) fail "no Docker engine answers on DOCKER_HOST=$socket, and only one on a unix:// socket can be started here." ;;
  esac
  say "starting dockerd on $socket (log: $work/dockerd.log) ..."
  rm -f "$work/dockerd.pid"
  setsid nohup dockerd --host "$socket" --pidfile "$work/dockerd.pid" \
    >"$work/dockerd.log" 2>&1 </dev/null &
  started=$!
  waited=0
  until engine_answers; do
    kill -0 "$started" 2>/dev/null || engine_failed "dockerd ended at once"
    [ "$waited" -lt 60 ] || {
      kill "$started"
      engine_failed "dockerd did not answer within $waited s"
    }
    sleep 1
    waited=$((waited + 1))
  done
}

engine_failed() {
  tail -n 15 "$work/dockerd.log" >&2
  fail "$1: see $work/dockerd.log."
}

has_image() {
  docker image inspect "$1" >/dev/null 2>&1
}

# The lines that this machine's apt reads Debian from, without whatever else it reads.
debian_sources() {
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keys" ] && signed=" [signed-by=$keys]" || signed=
  apt-get indextargets --format "deb$signed \$(REPO_URI) \$(RELEASE) \$(COMPONENT)" \
    'Created-By: Packages' 'Origin: Debian' | sort -u
}

build_base() {
  if has_image "$base" && [ "$fresh" = no ]; then
    say "$base is there (--fresh makes it again)."
  else
    say "making $base from this machine's Debian packages (about a minute) ..."
    debian_sources >"$work/base.list"
    [ -s "$work/base.list" ] || logged apt-update apt-get update
    [ -s "$work/base.list" ] || debian_sources >"$work/base.list"
    [ -s "$work/base.list" ] || fail "this machine's apt knows no Debian package source."
    # How far apt trusts an old mirror, and the way out to it, are the machine's business too.
    apt-config dump | grep -E '^Acquire::(Check-|https?::Proxy)' >"$work/base.apt.conf" || true
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    rm -f "$work/base.tar"
    logged base mmdebstrap --variant=minbase --mode=root --include=default-jre-headless,ca-certificates \
      --aptopt="$work/base.apt.conf" "$codename" "$work/base.tar" "$work/base.list"
    logged import docker import "$work/base.tar" "$base"
    rm -f "$work/base.tar"
  fi
  # Testcontainers looks at Docker through these before it starts anything; a real one is left alone.
  for probe in alpine:3.17 alpine:latest; do
    has_image "$probe" || docker tag "$base" "$probe"
  done
}

engine_notice() {
  if pid=$(cat "$work/dockerd.pid" 2>/dev/null) && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; then
    echo
    echo "dockerd goes on running. Stop it with: kill $pid"
  fi
}

require_debian() {
  [ "$(id -u)" = 0 ] || fail "run it as root: it installs packages and talks to Docker."
  [ -f /etc/debian_version ] || fail "this is not Debian: $1"
  command -v mvn >/dev/null || fail "Maven was not found: install Maven 3.8.6 or newer and put mvn on the PATH."
}
