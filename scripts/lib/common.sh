# shellcheck shell=bash
# Small helpers that the scripts share. Sourced, never run.

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
	BOLD=$'\e[1m' RED=$'\e[31m' GREEN=$'\e[32m' DIM=$'\e[2m' PLAIN=$'\e[0m'
else
	BOLD='' RED='' GREEN='' DIM='' PLAIN=''
fi
export BOLD RED GREEN DIM PLAIN

say() { printf '%s\n' "$*" >&2; }
step() { printf '%s==>%s %s\n' "$BOLD" "$PLAIN" "$*" >&2; }
die() {
	printf '%serror:%s %s\n' "$RED" "$PLAIN" "$*" >&2
	exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# Root's rights for one command. Without a terminal sudo must not wait for a password.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif ! have sudo; then
		die "this needs root's rights and sudo is not installed: run scripts/setup as root first"
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@" || die "sudo wants a password and there is no terminal: run scripts/setup in one first"
	fi
}

# logged FILE COMMAND...: output goes to the file; on failure its end is shown with the file's name.
logged() {
	local log="$1"
	shift
	mkdir -p "$(dirname "$log")"
	if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
	say "${RED}failed:${PLAIN} $*"
	tail -n 25 "$log" | sed 's/^/    /' >&2
	say "the whole log: $log"
	return 1
}

# minutes SECONDS: 'M:SS'
minutes() { printf '%d:%02d' "$(($1 / 60))" "$(($1 % 60))"; }

# version_at_least HAVE WANT
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
