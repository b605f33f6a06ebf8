#pragma once
// Texts compared by their letters.
#include <string>
#include <vector>

namespace heed {

/** A token's letters and digits, lower case: what is compared between two spellings of the same words. */
void appendLetters(const std::string & token, std::string & letters);

/** Whether the tokens end by repeating themselves. */
bool isLoop(const std::vector<int> & tokens);

/** Whether the whole text is one phrase twice over, which a window that is too short makes of it. */
bool isTwice(const std::string & letters);

}  // namespace heed
