# shellcheck shell=bash
# Reads how many tests passed and failed from what test runners print. Sourced, never run.

# count_results LOG: sets COUNTED_PASSED and COUNTED_FAILED. Knows nextest, `cargo test`, Python's unittest
# and Node's own runner; what none of them printed counts nothing.
count_results() {
	local counts
	counts="$(sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
		# nextest:  Summary [ 1.2s] 10 tests run: 9 passed (1 slow), 1 failed, 1 timed out, 2 skipped
		/^ *Summary \[.*tests? run:/ {
			split($0, halves, "run:"); n = split(halves[2], parts, ",")
			for (i = 1; i <= n; i++) {
				if (parts[i] ~ /passed/) passed += parts[i] + 0
				if (parts[i] ~ /failed|timed out/) failed += parts[i] + 0
			}
		}
		# cargo test:  test result: ok. 9 passed; 1 failed; 0 ignored; ...
		/^test result: / {
			for (i = 2; i <= NF; i++) {
				if ($i ~ /^passed/) passed += $(i - 1)
				if ($i ~ /^failed/) failed += $(i - 1)
			}
		}
		# unittest:  Ran 46 tests in 1.2s, then OK (skipped=1) or FAILED (failures=1, errors=2)
		/^Ran [0-9]+ tests? in / { ran = $2; python = 1 }
		python && /^(OK|FAILED)/ {
			bad = 0; skipped = 0; line = $0; gsub(/[(),]/, " ", line); n = split(line, words, " ")
			for (i = 1; i <= n; i++) {
				split(words[i], pair, "=")
				if (pair[1] == "failures" || pair[1] == "errors") bad += pair[2]
				if (pair[1] == "skipped") skipped += pair[2]
			}
			passed += ran - bad - skipped; failed += bad; python = 0
		}
		# node --test, TAP and spec reporters:  # pass 9   or   (i) pass 9
		$2 == "pass" && NF == 3 && $1 !~ /[a-z]/ && $3 ~ /^[0-9]+$/ { passed += $3 }
		($2 == "fail" || $2 == "cancelled") && NF == 3 && $1 !~ /[a-z]/ && $3 ~ /^[0-9]+$/ { failed += $3 }
		END { print passed + 0, failed + 0 }
	')"
	COUNTED_PASSED="${counts% *}"
	COUNTED_FAILED="${counts#* }"
	export COUNTED_PASSED COUNTED_FAILED
}
