// what a test says of parcels, and asserts of them
#ifndef PARCELS_HPP
#define PARCELS_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>

#include <string>

/// A parcel that is not taken raises this.
inline const std::string refused = "refused";

tripwire::plugin::Plugin &parcels_plugin();

/// An answer: the parcel is taken, or refused.
tripwire::plugin::Mock &mock_parcel(std::string address, bool is_taken = true,
                                    tripwire::Place place = tripwire::Place::here());
void pass_parcel(std::string address, tripwire::Place place = tripwire::Place::here());
void assert_parcel(const tripwire::Matcher &address, tripwire::Place place = tripwire::Place::here());
void assert_parcel_refused(const tripwire::Matcher &address, tripwire::Place place = tripwire::Place::here());

inline tripwire::Matcher to(const std::string &address) { return tripwire::matcher_for<std::string>(address); }

#endif
