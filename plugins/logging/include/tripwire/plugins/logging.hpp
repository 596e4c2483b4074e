// tripwire::logging: what a test says about records of the system's log, and asserts of them
//
//   {
//     tripwire::Sandbox sandbox;
//     watch_disk();
//   }
//   tripwire::logging.assert_warning("disk 91% full", "diskd");
#ifndef TRIPWIRE_PLUGINS_LOGGING_HPP
#define TRIPWIRE_PLUGINS_LOGGING_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin_mock.hpp>

#include <syslog.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace tripwire::plugins {

/// How grave a record is: `LOG_EMERG` to `LOG_DEBUG`, which stand for it wherever one is asked for.
enum class LogLevel : int {};
/// `LOG_WARNING`
void tripwire_print(seam::Out &out, LogLevel level);

/// Which part of the system speaks: `LOG_USER`, `LOG_MAIL` and so on.
enum class LogFacility : int {};
/// `LOG_MAIL`
void tripwire_print(seam::Out &out, LogFacility facility);

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class LogAnswer : public plugin::MockWords<Self> {
public:
  /// Only records of this logger: what `openlog` named, empty when nothing did.
  template <class T> Self &logger(const T &expected) { return only("logger", matcher_for<std::string>(expected)); }
  /// Only records of this facility.
  template <class T> Self &facility(const T &expected) { return only("facility", matcher_for<LogFacility>(expected)); }

private:
  friend Self;
  explicit LogAnswer(plugin::FieldMock &mock) : plugin::MockWords<Self>(mock), mock_(&mock) {}
  Self &only(const char *field, Matcher matcher) {
    mock_->only(field, std::move(matcher));
    return static_cast<Self &>(*this);
  }

  plugin::FieldMock *mock_;
};

/// A record that the test waits for: it is swallowed, and when it is never written, the mock was unused.
class LogExpected : public LogAnswer<LogExpected> {
public:
  explicit LogExpected(plugin::FieldMock &mock) : LogAnswer(mock) {}
};

/// Records that are really written, recorded, and must be asserted.
class LogPassThrough : public LogAnswer<LogPassThrough> {
public:
  explicit LogPassThrough(plugin::FieldMock &mock) : LogAnswer(mock) {}
};

/// The plugin's words. Has no state: everything belongs to the current test.
///
/// A level is one of syslog's constants or a matcher, a message and a logger are text or a matcher. The logger is what
/// `openlog` named; it is empty when nothing did, and libc puts the program's name in its place. The facility has to be
/// asserted where it is not `LOG_USER`.
class Logging {
  struct NotSaid {};

public:
  template <class Level, class Message>
  LogExpected &mock_log(const Level &level, const Message &message, Place place = Place::here()) const {
    return expect(matcher_for<LogLevel>(level), matcher_for<std::string>(message), place);
  }
  template <class Level, class Message>
  LogPassThrough &pass_through(const Level &level, const Message &message, Place place = Place::here()) const {
    return let_pass(matcher_for<LogLevel>(level), matcher_for<std::string>(message), place);
  }

  template <class Level, class Message, class Logger, class Facility = NotSaid>
  void assert_log(const Level &level, const Message &message, const Logger &logger, const Facility &facility = {},
                  Place place = Place::here()) const {
    check("assert_log", matcher_for<LogLevel>(level), message, logger, facility, place);
  }
  /// The level is `LOG_EMERG`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_emergency(const Message &message, const Logger &logger, const Facility &facility = {},
                        Place place = Place::here()) const {
    check("assert_emergency", matcher_for<LogLevel>(LOG_EMERG), message, logger, facility, place);
  }
  /// The level is `LOG_ALERT`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_alert(const Message &message, const Logger &logger, const Facility &facility = {},
                    Place place = Place::here()) const {
    check("assert_alert", matcher_for<LogLevel>(LOG_ALERT), message, logger, facility, place);
  }
  /// The level is `LOG_CRIT`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_critical(const Message &message, const Logger &logger, const Facility &facility = {},
                       Place place = Place::here()) const {
    check("assert_critical", matcher_for<LogLevel>(LOG_CRIT), message, logger, facility, place);
  }
  /// The level is `LOG_ERR`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_error(const Message &message, const Logger &logger, const Facility &facility = {},
                    Place place = Place::here()) const {
    check("assert_error", matcher_for<LogLevel>(LOG_ERR), message, logger, facility, place);
  }
  /// The level is `LOG_WARNING`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_warning(const Message &message, const Logger &logger, const Facility &facility = {},
                      Place place = Place::here()) const {
    check("assert_warning", matcher_for<LogLevel>(LOG_WARNING), message, logger, facility, place);
  }
  /// The level is `LOG_NOTICE`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_notice(const Message &message, const Logger &logger, const Facility &facility = {},
                     Place place = Place::here()) const {
    check("assert_notice", matcher_for<LogLevel>(LOG_NOTICE), message, logger, facility, place);
  }
  /// The level is `LOG_INFO`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_info(const Message &message, const Logger &logger, const Facility &facility = {},
                   Place place = Place::here()) const {
    check("assert_info", matcher_for<LogLevel>(LOG_INFO), message, logger, facility, place);
  }
  /// The level is `LOG_DEBUG`.
  template <class Message, class Logger, class Facility = NotSaid>
  void assert_debug(const Message &message, const Logger &logger, const Facility &facility = {},
                    Place place = Place::here()) const {
    check("assert_debug", matcher_for<LogLevel>(LOG_DEBUG), message, logger, facility, place);
  }

private:
  LogExpected &expect(Matcher level, Matcher message, Place place) const;
  LogPassThrough &let_pass(Matcher level, Matcher message, Place place) const;
  template <class Message, class Logger, class Facility>
  void check(const char *word, Matcher level, const Message &message, const Logger &logger, const Facility &facility,
             Place place) const {
    std::optional<Matcher> said;
    if constexpr (!std::is_same_v<Facility, NotSaid>)
      said = matcher_for<LogFacility>(facility);
    check_record(word, std::move(level), matcher_for<std::string>(message), matcher_for<std::string>(logger),
                 std::move(said), place);
  }
  void check_record(const char *word, Matcher level, Matcher message, Matcher logger, std::optional<Matcher> facility,
                    Place place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Logging logging{};

} // namespace tripwire

#endif
