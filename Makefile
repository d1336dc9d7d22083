# The fixed commands of the project. What takes more than a line is in scripts/.
SHELL := /bin/bash
python := .venv/bin/python
SECONDS ?= 300

.DEFAULT_GOAL := help
.PHONY: help run test check fuzz bench shots lock clean venv

help: ## visa den här listan
	@echo 'Skriv make och ett av orden:'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: ## starta Samverkan med demonstrationen på http://127.0.0.1:8000 (PORT=)
	@scripts/run.sh

test: ## kör alla tester, på SQLite och PostgreSQL (ARGS="-k ord")
	@scripts/test.sh $(ARGS)

check: venv ## granska stil, typer, beroenden, inställningar och låsfiler
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy .
	.venv/bin/lint-imports
	$(python) manage.py build_fonts
	$(python) manage.py check --fail-level WARNING
	$(python) manage.py makemigrations --check --dry-run
	@! grep -nE '^ *-(-index|-extra|-find|-trusted|i|f)|https?://' requirements*.txt \
	    || { echo 'En låsfil nämner en paketkällas adress; kör make lock.'; exit 1; }

fuzz: ## kör slumptesterna länge (SECONDS=)
	@scripts/fuzz.sh $(SECONDS)

bench: venv ## mät hur snabbt det går, skriv var/bench.json
	@$(python) -m tests.bench

shots: venv ## gå igenom alla sidor och skriv bildkartor
	@$(python) -m tests.browser.shots

lock: ## lås Pythonpaketen på nytt (UPGRADE=1 tar de nyaste)
	@scripts/lock.sh

clean: ## ta bort allt som kommandona har gjort, även databasen
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@scripts/venv.sh
