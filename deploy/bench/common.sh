# What all measurements have in common; to be sourced. Sets here, root, java, work, and cleans up at the end.
# BENCH_ANONYMOUS=1 measures a hub that does not ask who its clients are; otherwise clients are required and each request bears a token.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
say() { echo "bench: $*"; }
fail() {
  echo "bench: $*" >&2
  [ -z "${work:-}" ] || cat "$work"/*.log >&2 2>/dev/null || true
  exit 1
}

"$root/hutong" --version >/dev/null # builds what is missing
jdk=$("$root/hutong" --jdk)
built=$root/deploy/target/$(cat "$root/deploy/target/hutong.built")
java=("$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xms512m -Xmx512m
  -cp "$built/lib/*" -DHUTONG_LOG=WARN)
work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT

limit_port=18181
hub_port=18180
management_port=18190
scheme=http
at_once=64
TOKEN=""
data=$work/data

# issuer ALG ID [--platform URL]: a key of its own in $work/key.jwk, registered.
issuer() {
  "$root/hutong" keys generate --alg "$1" --out "$work/key.jwk" >/dev/null
  "$root/hutong" issuer add --id "$2" --name bench --jwk "$work/key.jwk.pub.json" --data "$data" "${@:3}" >/dev/null
}

# config TEXT: adds to the hub's configuration, which is the default one but for clients.
config() { printf '%s\n' "$*" >>"$work/hub.yaml"; }

client() {
  [ -z "${BENCH_ANONYMOUS:-}" ] || return 0
  config "clients: { required: true }"
  "$root/hutong" keys generate --alg ES256 --out "$work/client.jwk" >/dev/null
  "$root/hutong" client add --id bench --role verifier --jwk "$work/client.jwk.pub.json" --data "$data" >/dev/null
}

# A token lives for ten minutes: a new one before each measurement.
token() {
  [ -z "${BENCH_ANONYMOUS:-}" ] || return 0
  TOKEN=$("$root/hutong" token --hub "$scheme://127.0.0.1:$hub_port" --client bench --key "$work/client.jwk")
  export TOKEN
}

await() { # PORT
  local _
  for _ in $(seq 300); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.1
  done
  fail "nothing answers on port $1"
}

start_limit() {
  taskset -c 0 "${java[@]}" "$here/LimitServer.java" $limit_port "$work/key.jwk.pub.json" >"$work/limit.log" 2>&1 &
  pids+=($!)
  await $limit_port
}

start_hub() {
  touch "$work/hub.yaml"
  taskset -c "${hub_cores:-0}" "${java[@]}" "-XX:AOTCache=$built/hutong.aot" "$@" dev.hutong.cli.Hutong serve --config "$work/hub.yaml" --data "$data" \
    --port $hub_port --management-port $management_port >"$work/hub.log" 2>&1 &
  hub_pid=$!
  pids+=($hub_pid)
  await $hub_port
}

# jmh CLASS ARGUMENTS…: runs the JMH benchmark of that name in this folder; what it printed is in $work/log, its figures in $work/figures.
jmh() {
  local path="$built/lib/*:$work/jmh/*"
  JAVA_HOME=$jdk mvn -B -q -f "$root/pom.xml" -N -P bench dependency:copy-dependencies -DincludeScope=compile -DoutputDirectory="$work/jmh"
  mkdir "$work/classes"
  "$jdk/bin/javac" -nowarn -proc:full -d "$work/classes" -cp "$path" "$here/$1.java"
  "$jdk/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xmx512m -cp "$work/classes:$path" \
    "dev.hutong.bench.$1" "${@:2}" | tee "$work/log"
  sed -n 's/^RESULT //p' "$work/log" >"$work/figures"
}

mint() { "${java[@]}" "$here/MintCodes.java" "$work/key.jwk" "$@"; } # FILE COUNT [OCTETS]

# ask PORT SECONDS CONNECTIONS: sends $work/codes; "requests/s p50 p99 wrong-answers transport-errors times-that-the-codes-ran-out".
ask() {
  CODES=$work/codes taskset -c 1 wrk -t1 -c"$3" -d"${2}s" -s "$here/codes.lua" "$scheme://127.0.0.1:$1" | sed -n 's/^RESULT //p' | grep . \
    || fail "wrk failed; the servers said:"
}

# load PORT SECONDS [CONNECTIONS]: the same; "requests/s p50 p99". One wrong answer makes it no measurement. Called in an assignment of its own,
# whose failure ends the script.
load() {
  local result rate p50 p99 wrong faults ran_out
  result=$(ask "$1" "$2" "${3:-$at_once}") || exit 1
  read -r rate p50 p99 wrong faults ran_out <<<"$result"
  [ "$wrong" -eq 0 ] && [ "$faults" -eq 0 ] && [ "$ran_out" -eq 0 ] \
    || fail "not a valid run: $wrong wrong answers, $faults transport errors, ran out of fresh codes $ran_out times"
  echo "$rate $p50 $p99"
}

# measure PORT SECONDS [OCTETS]: the same with codes minted for this run alone.
measure() {
  mint "$work/codes" $(($2 * 25000)) "${3:-0}"
  load "$1" "$2"
}

# warm PORT SECONDS [OCTETS]: lets a server be compiled, by the same codes again and again; a cold hub may refuse some.
warm() {
  mint "$work/codes" 200000 "${3:-0}"
  AGAIN=1 ask "$1" "$2" $at_once >/dev/null
}

# fewest: of lines with connections, from few to many, and their rates, the fewest connections that come within a tenth of the best rate.
fewest() { awk '{ c[NR] = $1; r[NR] = $2; if ($2 > best) best = $2 } END { for (i = 1; i <= NR; i++) if (r[i] >= 0.9 * best) { print c[i]; exit } }'; }

# choose [OCTETS]: sets $at_once to the fewest connections on which a warm hub comes within a tenth of its most without leaving anything out. On few it
# waits for its ledger; on many it is hard pressed and abridges what it answers, which makes a measurement invalid.
choose() {
  local connections result rate wrong faults tried=""
  for connections in 16 32 48 64 96 128; do
    mint "$work/codes" 75000 "${1:-0}"
    result=$(ask $hub_port 3 $connections)
    read -r rate _ _ wrong faults _ <<<"$result"
    [ $((wrong + faults)) -eq 0 ] || continue
    tried+="$connections $rate"$'\n'
  done
  [ -n "$tried" ] || fail "the hub leaves something out on as few as 16 connections"
  at_once=$(fewest <<<"${tried%$'\n'}")
  say "$at_once connections, of these with their codes/s:" $tried
}

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
ratio() { awk "BEGIN { printf \"%.3f\", $1 / $2 }"; }
resident() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"; }              # PID, in MB
heap() {                                                                             # PID, in MB, after a collection
  "$jdk/bin/jcmd" "$1" GC.run >/dev/null
  "$jdk/bin/jcmd" "$1" GC.heap_info | sed -n '/DefNew\|Tenured\|garbage-first heap/s/.*used \([0-9]*\)K.*/\1/p' | awk '{ used += $1 } END { printf "%d", used / 1024 }'
}

# in_turn NAME ROUNDS SECONDS WARM-UP [OCTETS]: limit and hub in turn, once they are warm; adds rows to $rows and ratios to $work/ratios.
in_turn() {
  local round limit hub l l50 l99 h h50 h99
  say "warming up …"
  token
  warm $limit_port "$4" "${5:-0}"
  warm $hub_port "$4" "${5:-0}"
  choose "${5:-0}"
  rm -f "$work/ratios"
  for round in $(seq "$2"); do
    token
    limit=$(measure $limit_port "$3" "${5:-0}")
    hub=$(measure $hub_port "$3" "${5:-0}")
    read -r l l50 l99 <<<"$limit"
    read -r h h50 h99 <<<"$hub"
    ratio "$h" "$l" >>"$work/ratios"
    echo >>"$work/ratios"
    row="| $1$round | $l | $l50 / $l99 | $h | $h50 / $h99 | $(ratio "$h" "$l") |"
    echo "$row"
    rows+="$row"$'\n'
  done
}
rows=""
table_head="| round | limit, codes/s | p50 / p99 ms | hub, codes/s | p50 / p99 ms | hub / limit |
|---|---|---|---|---|---|"

measured() { # COMMAND…
  echo "Measured $(date -u +%Y-%m-%d) by \`deploy/bench/${0##*/}${*:+ $*}\`${BENCH_ANONYMOUS:+, clients not authenticated,} on" \
    "$(awk -F': ' '/^cpu family/ { family = $2 } /^model\t/ { model = $2 } /^model name/ { name = $2 } END { printf "%s (family %s, model %s)", name, family, model }' /proc/cpuinfo), $(nproc) cores," \
    "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r | cut -d- -f1)," \
    "JDK $("$jdk/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p'), 512 MB heap, commit $(git -C "$root" rev-parse --short HEAD)."
}

# publish NAME: puts what comes in into the block of that name in docs/performance.md (BENCH_REPORT writes to another file instead).
publish() {
  local report=${BENCH_REPORT:-$root/docs/performance.md}
  cat >"$work/block"
  grep -q "<!-- $1:begin -->" "$report" 2>/dev/null || printf '\n<!-- %s:begin -->\n<!-- %s:end -->\n' "$1" "$1" >>"$report"
  {
    sed "/<!-- $1:begin -->/q" "$report"
    echo
    cat "$work/block"
    echo
    sed -n "/<!-- $1:end -->/,\$p" "$report"
  } >"$work/report.md"
  cp "$work/report.md" "$report"
  say "written to ${report#"$root"/}"
}
