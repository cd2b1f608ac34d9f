# `make run` on a fresh machine does everything. `make help` lists the rest.

.PHONY: help run test bench screenshots screens fmt openapi setup clean-data

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

run: ## build what changed and run the service with demo data on http://127.0.0.1:8080
	@exec scripts/run.sh

test: ## everything CI checks; one step: make test STEP=rust
	@scripts/test.sh $(STEP)

bench: ## measure an optimised build; figures to compare, nothing passes or fails
	@scripts/bench.sh

screenshots: ## take the README's pictures anew
	@scripts/setup.sh --tests
	@scripts/e2e.sh screenshots

screens: ## take pictures of the national page to look at, with 14 and 514 districts; BOUNDARIES_FILE=… for the map
	@scripts/setup.sh --tests
	@scripts/e2e.sh screens

fmt: ## format all code
	@cargo fmt --all
	@scripts/frontend.sh packages
	@cd frontend && npm run --silent format

openapi: ## write openapi.json and the SPA's types from the code
	@scripts/openapi.sh

setup: ## install what running and testing need
	@scripts/setup.sh --tests

clean-data: ## delete the data of `make run`; asks first
	@scripts/clean-data.sh
