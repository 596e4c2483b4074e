#ifndef PROMPT_HPP
#define PROMPT_HPP

#include <string>

namespace prompt {

/// `main> ` where a branch is checked out, else `> `.
std::string text();

/// Puts the text onto the clipboard. \return whether that went well.
bool copy(const std::string &text);

} // namespace prompt

#endif
