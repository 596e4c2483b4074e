// Names of variables say whether their values are secrets.
#include "secret.hpp"

#include <gtest/gtest.h>

namespace {

using tripwire::plugins::is_secret_variable;

// 64
TEST(EnvSecrets, ANameWithAWordOfASecretHidesItsValue) {
  for (const char *name : {"API_TOKEN", "DB_PASSWORD", "db.password", "SECRET_BASE", "AWS_SECRET_ACCESS_KEY",
                           "STRIPE_KEY", "KEY", "GOOGLE_APPLICATION_CREDENTIALS", "MYSQL_PWD", "token"})
    EXPECT_TRUE(is_secret_variable(name)) << name;
}

TEST(EnvSecrets, OtherNamesDoNot) {
  for (const char *name : {"HOME", "PWD", "OLDPWD", "PATH", "", "KEY_REPEAT", "TOKENIZER", "MONKEY", "SSH_AUTH_SOCK"})
    EXPECT_FALSE(is_secret_variable(name)) << name;
}

} // namespace
