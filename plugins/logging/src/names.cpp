#include "names.hpp"

#include <tripwire/plugin_names.hpp>

namespace tripwire::plugins {

namespace {

struct Level {
  int number;
  const char *name;
  const char *word;
};

constexpr Level levels[] = {{LOG_EMERG, "LOG_EMERG", "assert_emergency"},   {LOG_ALERT, "LOG_ALERT", "assert_alert"},
                            {LOG_CRIT, "LOG_CRIT", "assert_critical"},      {LOG_ERR, "LOG_ERR", "assert_error"},
                            {LOG_WARNING, "LOG_WARNING", "assert_warning"}, {LOG_NOTICE, "LOG_NOTICE", "assert_notice"},
                            {LOG_INFO, "LOG_INFO", "assert_info"},          {LOG_DEBUG, "LOG_DEBUG", "assert_debug"}};

constexpr plugin::Named facilities[] = {
    {LOG_KERN, "LOG_KERN"},     {LOG_USER, "LOG_USER"},         {LOG_MAIL, "LOG_MAIL"},     {LOG_DAEMON, "LOG_DAEMON"},
    {LOG_AUTH, "LOG_AUTH"},     {LOG_SYSLOG, "LOG_SYSLOG"},     {LOG_LPR, "LOG_LPR"},       {LOG_NEWS, "LOG_NEWS"},
    {LOG_UUCP, "LOG_UUCP"},     {LOG_CRON, "LOG_CRON"},         {LOG_FTP, "LOG_FTP"},       {LOG_LOCAL0, "LOG_LOCAL0"},
    {LOG_LOCAL1, "LOG_LOCAL1"}, {LOG_LOCAL2, "LOG_LOCAL2"},     {LOG_LOCAL3, "LOG_LOCAL3"}, {LOG_LOCAL4, "LOG_LOCAL4"},
    {LOG_LOCAL5, "LOG_LOCAL5"}, {LOG_AUTHPRIV, "LOG_AUTHPRIV"}, {LOG_LOCAL6, "LOG_LOCAL6"}, {LOG_LOCAL7, "LOG_LOCAL7"}};

} // namespace

std::string name_of(LogLevel level) {
  for (const Level &one : levels)
    if (one.number == static_cast<int>(level))
      return one.name;
  return std::to_string(static_cast<int>(level));
}

std::string name_of(LogFacility facility) { return plugin::name_of_number(static_cast<int>(facility), facilities); }

std::string word_of(LogLevel level) {
  for (const Level &one : levels)
    if (one.number == static_cast<int>(level))
      return one.word;
  return {};
}

void tripwire_print(seam::Out &out, LogLevel level) { out.put(name_of(level)); }
void tripwire_print(seam::Out &out, LogFacility facility) { out.put(name_of(facility)); }

} // namespace tripwire::plugins
