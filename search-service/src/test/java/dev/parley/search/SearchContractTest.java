package dev.parley.search;

import dev.parley.chassis.ContractRules;

class SearchContractTest extends ContractRules {
  SearchContractTest() {
    super("dev.parley.search");
  }
}
