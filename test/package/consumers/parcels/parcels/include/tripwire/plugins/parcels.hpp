// tripwire::parcels: what a test says of parcels, and asserts of them
//
//   tripwire::parcels.mock_parcel("Oslo");
//   {
//     tripwire::Sandbox sandbox;
//     send_presents();
//   }
//   tripwire::parcels.assert_parcel("Oslo");
#ifndef TRIPWIRE_PLUGINS_PARCELS_HPP
#define TRIPWIRE_PLUGINS_PARCELS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin_mock.hpp>

#include <string>

namespace tripwire::plugins {

class ParcelMock;

/// What becomes of a parcel: the post takes it, unless told.
class ParcelAnswer : public plugin::MockWords<ParcelAnswer> {
public:
  explicit ParcelAnswer(ParcelMock &mock);
  /// The post does not take it: `post_send` returns 0.
  ParcelAnswer &refused();

private:
  ParcelMock *mock_;
};

/// The plugin's words. Has no state: everything belongs to the current test. An address is a text or a matcher.
class Parcels {
public:
  template <class Address> ParcelAnswer &mock_parcel(const Address &address, Place place = Place::here()) const {
    return answer(matcher_for<std::string>(address), place);
  }
  /// The parcel is really sent, recorded, and must be asserted.
  template <class Address> void pass_through(const Address &address, Place place = Place::here()) const {
    let_pass(matcher_for<std::string>(address), place);
  }
  template <class Address> void assert_parcel(const Address &address, Place place = Place::here()) const {
    check_taken(matcher_for<std::string>(address), place);
  }
  template <class Address> void assert_refused(const Address &address, Place place = Place::here()) const {
    check_refused(matcher_for<std::string>(address), place);
  }

private:
  ParcelAnswer &answer(Matcher address, Place place) const;
  void let_pass(Matcher address, Place place) const;
  void check_taken(Matcher address, Place place) const;
  void check_refused(Matcher address, Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Parcels parcels{};

} // namespace tripwire

#endif
