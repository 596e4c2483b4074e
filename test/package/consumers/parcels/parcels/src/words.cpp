// what a test writes behind tripwire::parcels --> mocks of the current test, and fields of an assertion
#include "parcels.hpp"

#include <memory>

namespace tripwire::plugins {

ParcelAnswer::ParcelAnswer(ParcelMock &mock) : MockWords(mock), mock_(&mock) {}

ParcelAnswer &ParcelAnswer::refused() {
  mock_->is_taken = false;
  return *this;
}

ParcelAnswer &Parcels::answer(Matcher address, Place place) const {
  return plugin::add(parcels_plugin(), std::make_unique<ParcelMock>(false, std::move(address)), place).answer;
}

void Parcels::let_pass(Matcher address, Place place) const {
  plugin::add(parcels_plugin(), std::make_unique<ParcelMock>(true, std::move(address)), place);
}

void Parcels::check_taken(Matcher address, Place place) const {
  plugin::Assertion(parcels_plugin(), "tripwire::parcels.assert_parcel(...)", place)
      .field("address", std::move(address))
      .check();
}

void Parcels::check_refused(Matcher address, Place place) const {
  plugin::Assertion(parcels_plugin(), "tripwire::parcels.assert_refused(...)", place)
      .field("address", std::move(address))
      .field("raised", matcher_for<std::string>(refused))
      .check();
}

} // namespace tripwire::plugins
