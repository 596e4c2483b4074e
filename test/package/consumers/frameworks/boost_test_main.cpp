#define BOOST_TEST_MODULE today
#include <boost/test/included/unit_test.hpp>
