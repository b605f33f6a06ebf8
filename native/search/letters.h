#pragma once
// Compares texts by their letters.
#include <string>
#include <vector>

namespace heed {

/** Appends a token's letters and digits in lower case, by which two spellings of the same words are the same. */
void appendLetters(const std::string & token, std::string & letters);

/** Whether the tokens repeat themselves at the end. */
bool isLoop(const std::vector<int> & tokens);

/** Whether the whole text is one phrase said twice, which the model writes if its window is too short. */
bool isTwice(const std::string & letters);

}  // namespace heed
