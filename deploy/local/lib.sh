# For the scripts beside it: finds Java, says in one line what is wrong, runs our classes.
# Assumes a JDK 17 and, to build, Maven. Nothing else.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
home=${PARLEY_LOCAL_HOME:-$here} # its folders data and run: what a stack makes

die() {
  echo "$*" >&2
  exit 1
}

find_java() {
  local version
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null 2>&1 || die "Parley needs a JDK 17 or newer: there is no $java."
  # 17.0.1, or 1.8.0_392 as the old ones say it.
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] || die "Parley needs a JDK 17 or newer: $java is ${version:-none that tells its version}."
}

is_built() {
  [ -f "$here/target/classes/dev/parley/local/stack/Up.class" ] && [ -d "$here/target/lib" ]
}

# run CLASS ARGUMENT…: one of our small tools, quick to start.
run() {
  find_java
  is_built || die "Nothing is built yet; deploy/local/up builds and starts it."
  exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m \
    -cp "$here/target/classes" "dev.parley.local.stack.$@"
}
