#pragma once
#include <string>
#include <vector>

#include "grammar.h"

namespace test {

/** Any of these phrases, words with single spaces between. */
heed::WordGraph graphOf(const std::vector<std::string> & phrases, const std::string & prompt = "");

}  // namespace test
