# Every target, in a line each: make help
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/bash

# One target folder for the workspace and all contracts: std and ink! are compiled once.
export CARGO_TARGET_DIR := $(abspath $(or $(CARGO_TARGET_DIR),target))
# Errors say what went wrong by themselves.
export RUST_BACKTRACE := 0

# Targets are chosen by their names and not by package: a package alone asks for other features of
# its dependencies, and hundreds of crates would be compiled once more.

# Finds or gets the pinned Rust, and exports RUSTUP_TOOLCHAIN (and PATH, where needed) to what follows.
WITH := scripts/toolchain run

.PHONY: help demo test soak mutants test-node build node snapshot lint locks fhir did epcis labels clean

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

demo: build ## Play the main story: records sold, tokens bought, holders made whole
	@$(WITH) cargo run --locked -q --bin allive -- demo

test: ## Run every check and every test; the last line is the verdict
	@scripts/test

soak: build ## Random actions against a model, as many as asked: STEPS=200000 SEED=1 NAMES=provenance
	@$(WITH) scripts/soak $(NAMES)

mutants: build ## Change one rule at a time and see a test fail, for hours: NAMES="alv math" PART=1/4
	@$(WITH) scripts/mutants --part $(or $(PART),1/1) $(NAMES)

test-node: ## Prove what only a real node can: deployments, upgrades, clients (builds the node the first time)
	@scripts/test-node

build: ## Build the contracts to release Wasm, with metadata, in target/ink
	@$(WITH) scripts/compile build --locked --bin allive
	@$(WITH) cargo run --locked -q --bin allive -- build

node: ## Run a development node on port 9944; the first time it is built, for 15 minutes or more
	@scripts/node run

snapshot: build ## Write snapshots/ (costs, shapes) and clients/metadata/ anew
	@$(WITH) scripts/compile build --locked --bin allive --bin snapshot
	@$(WITH) $(CARGO_TARGET_DIR)/debug/snapshot --write

lint: ## Check the formatting of everything and run clippy on all but the node
	@$(WITH) scripts/lint

locks: ## Make the contracts' lock files from the one of the workspace
	@$(WITH) scripts/compile build --locked --bin allive
	@$(WITH) cargo run --locked -q --bin allive -- locks

fhir: ## Check the sample FHIR bundles with the pinned public validator
	@scripts/validate fhir

did: ## Check the sample DID documents with pinned public validators
	@scripts/validate did

epcis: ## Check the hashes of the sample EPCIS documents with the pinned reference
	@scripts/validate epcis

labels: ## Read the sample pictures of labels with a pinned decoder
	@scripts/validate labels

clean: ## Remove the target folder of this checkout
	rm -rf -- target
