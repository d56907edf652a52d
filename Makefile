# Each target is a script of infra/scripts, which CI calls too.
.DEFAULT_GOAL := help
.PHONY: help demo test faults bench up down clean

help: ## This list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## The whole pipeline against simulated vendors, live (ONCE=1: until it has settled; KEEP=1: with the data of the last run)
	@ONCE=$(ONCE) KEEP=$(KEEP) infra/scripts/demo

test: ## All tests, with a real broker and database
	@infra/scripts/test

faults: ## Kills, cuts, fills and floods the whole pipeline under load, and compares by id (FAULTS=long: for hours)
	@FAULTS=$(FAULTS) infra/scripts/faults

bench: ## Throughput and latency beside peers that do the same job (W=W1,W2 and P=pipeline,raw choose; SMALL=1: the small sizes, once)
	@W=$(W) P=$(P) SMALL=$(SMALL) infra/scripts/bench

up: ## Broker, database and the four services, without demo data
	@infra/scripts/up

down: ## Stops what `make up` started; the data stay
	@infra/scripts/pipeline-down && infra/scripts/services-down

clean: down ## Stops all, removes the data under .run and what was built
	@infra/scripts/services-down --purge && rm -rf .run artifacts
