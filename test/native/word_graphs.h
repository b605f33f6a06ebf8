#pragma once
#include <string>
#include <vector>

#include "grammar.h"

namespace test {

/** A graph that accepts any of these phrases, whose words have single spaces between them. */
heed::WordGraph graphOf(const std::vector<std::string> & phrases, const std::string & prompt = "");

}  // namespace test
