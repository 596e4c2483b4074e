// what the definitions are made from --(freshness)--> whether those made earlier still hold
#pragma once

#include "tool/record.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// Everything but the headers that decides what the definitions say, as one text.
std::string ingredients_of(const std::vector<Record> &records, const std::vector<std::string> &words,
                           const std::string &prelude, const config::Configuration &configuration);

/// Whether \p object exists, was made from \p ingredients, and is newer than every header in its depfile.
bool is_fresh(const std::string &object, const std::string &ingredients);

/// Notes that \p object is made from \p ingredients.
llvm::Error remember_ingredients(const std::string &object, const std::string &ingredients);

} // namespace tripwire::tool
