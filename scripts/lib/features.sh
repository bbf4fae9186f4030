# shellcheck shell=bash
# The crates and features of the second target directory. Sourced, never run. scripts/test and
# scripts/weights must agree on them to share what is compiled.

PALLET_CRATES=(-p pallet-benchmark-oracle -p pallet-content-directory -p pallet-proposals -p pallet-storage-tranches -p rome-primitives -p rome-runtime -p rome-runtime-fuzz
	--features "pallet-benchmark-oracle/runtime-benchmarks,pallet-benchmark-oracle/try-runtime"
	--features "pallet-content-directory/runtime-benchmarks,pallet-content-directory/try-runtime"
	--features "pallet-proposals/runtime-benchmarks,pallet-proposals/try-runtime"
	--features "pallet-storage-tranches/runtime-benchmarks,pallet-storage-tranches/try-runtime"
	--features "rome-runtime/runtime-benchmarks,rome-runtime/try-runtime")
export PALLET_CRATES
