package dev.parley.search;

import dev.parley.chassis.StructureRules;

class SearchStructureTest extends StructureRules {
  SearchStructureTest() {
    super("dev.parley.search");
  }
}
