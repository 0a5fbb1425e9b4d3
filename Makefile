# Everything from a fresh checkout. `make run` and `make test` set up what they need.
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
# On a machine with little memory: make BUILD_FLAGS=-j1 ...
BUILD_FLAGS ?=

.PHONY: help setup build run test unit pytest test-all check format bench record wheel debug tsan clean

help:  ## this list
	@sed -n 's/^\([a-z -]*\):.*## \(.*\)/  make \1@\2/p' Makefile | column -t -s @

setup:
	@tools/setup

build: setup  ## the native module, in place in python/pyrite
	@[ -e build/release/build.ninja ] || cmake --preset release
	@cmake --build --preset release $(BUILD_FLAGS)

run: build  ## the main job: examples/first_job.py over TPC-H SF1, on Pyrite
	@tools/make_tpch 1
	.venv/bin/pyrite run examples/first_job.py .data/tpch-sf1 build/first_job

unit: build
	ctest --preset release

pytest: build
	@tools/setup dev rust ray
	@tools/make_tpch 1
	@tools/make_tpcds 1
	$(PYTEST)

test: unit pytest  ## all tests: C++ unit tests, then Python tests with the stock clients

test-all: test  ## the tests, older clients, mutated SQL and requests, a fresh clone's `make run`, 50 kills, 1,340 lost workers and nodes, the sources on a cluster, random queries, 100 clients
	$(PYTEST) -m clients tests/clients
	PYRITE_FUZZ_SECONDS=1800 build/release/src/passes/passes_test --gtest_filter='SqlFuzz.*'
	PYRITE_FUZZ_SECONDS=1800 $(PYTEST) -m fuzz tests/fuzz
	$(PYTEST) -m fresh tests/e2e
	PYRITE_KILLS=50 $(PYTEST) --timeout 1200 tests/sources/test_kills.py::test_kills
	PYRITE_KILLS=20 $(PYTEST) --session-timeout 7200 tests/cluster/test_faults.py
	PYRITE_KILLS=20 $(PYTEST) --session-timeout 14400 tests/cluster/test_ray.py
	PYRITE_KILLS=20 $(PYTEST) tests/cluster/test_write_faults.py
	PYRITE_CLUSTER='local[2]' PYRITE_CLUSTER_LEAST_ROWS=0 $(PYTEST) tests/sources
	PYRITE_CLUSTER='local[2]' PYRITE_CLUSTER_LEAST_ROWS=0 $(PYTEST) tests/sql tests/functions tests/dataframe tests/python_functions
	PYRITE_RESULTS_ON=flight $(PYTEST) tests/cluster/test_tpc_results.py
	PYRITE_RESULTS_ON=ray $(PYTEST) tests/cluster/test_tpc_results.py
	PYRITE_RANDOM_QUERIES=2000 $(PYTEST) --session-timeout 14400 tests/cluster/test_random_queries.py
	$(PYTHON) bench/soak.py --clients 100 --minutes 20

check: build  ## all checks: format, folder edges, file lengths, tests
	$(PYTHON) tools/check_format.py
	$(PYTHON) tools/check_folders.py
	$(PYTHON) tools/check_lengths.py
	@$(MAKE) --no-print-directory test

format:  ## rewrite the C++ files as clang-format wants them
	$(PYTHON) tools/check_format.py --fix

bench: build  ## Pyrite, DuckDB, Sail and Polars side by side into docs/benchmarks.md
	@tools/setup dev rust bench
	@tools/make_tpch 1
	@tools/make_tpch 10
	$(PYTHON) bench/run.py --scale 1 10 --client rust --write docs/benchmarks.md
	$(PYTHON) bench/run.py --scale 10 --engines pyrite,duckdb --client rust --memory-limit 400MB --repetitions 1 --write docs/benchmarks.md
	$(PYTHON) bench/run.py --scale 10 --engines pyrite,pyrite-workers,sail-workers --client rust --repetitions 1 --write docs/benchmarks.md
	@tools/make_tpcds 1
	$(PYTHON) bench/run.py --suite tpcds --engines pyrite,duckdb,sail --client rust --repetitions 1 --write docs/benchmarks.md
	$(PYTHON) bench/latency.py --write docs/benchmarks.md
	$(PYTHON) bench/transfer.py --sail --write docs/benchmarks.md
	$(PYTHON) bench/micro.py --engines pyrite,sail --repetitions 6 --write docs/benchmarks.md
	$(PYTHON) bench/micro.py --suite file_tasks --engines pyrite,duckdb,sail --write docs/benchmarks.md


record: setup  ## record the expected results again from real Spark (needs Java)
	@tools/setup dev rust spark
	@tools/make_tpch 1
	@tools/make_tpcds 1
	.venv-spark/bin/python tools/record_tpch.py
	.venv-spark/bin/python tools/record_tpcds.py
	.venv-spark/bin/python tools/record_errors.py
	.venv-spark/bin/python tools/record_wrong_queries.py
	.venv-spark/bin/python tools/record_names.py
	.venv-spark/bin/python tools/record_coercion.py
	.venv-spark/bin/python tools/record_show.py
	.venv-spark/bin/python tools/record_catalog.py
	.venv-spark/bin/python tools/record_dataframe.py
	.venv-spark/bin/python tools/record_streaming.py
	.venv-spark/bin/python tools/record_python_functions.py
	.venv-spark/bin/python tools/record_table_functions.py
	.venv-spark/bin/python tools/record_transfer.py
	.venv-spark/bin/python tools/record_functions.py
	.venv-spark/bin/python tools/record_protocol.py
	.venv-spark/bin/python tools/record_clients.py
	$(PYTHON) tools/record_api.py

wheel: setup  ## a wheel in dist/
	$(PYTHON) -m pip wheel --no-deps -w dist .

debug tsan: setup  ## all tests under ASan and UBSan (debug) or under TSan (tsan)
	cmake --preset $@
	cmake --build --preset $@ $(BUILD_FLAGS)
	ctest --preset $@
	@tools/make_tpch 1
	@tools/make_tpcds 1
	PYRITE_TEST_BUILD=$@ $(PYTEST)

clean:  ## remove what was built; keeps .venv*, .deps and .data
	rm -rf build dist python/pyrite/_native*.so
