// A library of headers as it is when it was rewritten: what it asks of acme goes through wrappers.
#ifndef MAILER_MAIL_HPP
#define MAILER_MAIL_HPP

#include "acme_seams.hpp"

#include <thread>

using MailProgress = int (*)(int number);

inline int mailer_ask(int number) { return tripwire_may_throw_acme_plain(number, nullptr, 0); }

inline int mailer_mail(int number, MailProgress progress) {
  const int asked = mailer_ask(number);
  return asked + progress(asked) + mailer_ask(number);
}

/// The same from a thread of its own.
inline int mailer_mail_later(int number) {
  int asked = 0;
  std::thread([&] {
    try {
      asked = mailer_ask(number);
    } catch (...) { // of a violation, which a thread must not let out
      asked = -1;
    }
  }).join();
  return asked;
}

#endif
