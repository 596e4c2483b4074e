#ifndef BOOKSHOP_HPP
#define BOOKSHOP_HPP

#include <string>

namespace bookshop {

/// Sells one copy of a book out of the shop's database.
/// \return what to tell the customer.
std::string sell(const std::string &database, const std::string &title);

} // namespace bookshop

#endif
