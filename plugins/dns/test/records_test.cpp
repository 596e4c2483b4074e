// Records as a zone file writes them become the bytes that libc's own parser reads.
#include "records.hpp"

#include <gtest/gtest.h>

#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

// ns_sprintrr has no successor.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace {

using tripwire::plugins::decode_dns_question;
using tripwire::plugins::DnsQuestion;
using tripwire::plugins::encode_dns_name;
using tripwire::plugins::encode_dns_record;
using tripwire::plugins::encode_dns_response;
using tripwire::plugins::encode_failed_dns_response;
using tripwire::plugins::host_error_of_dns_response;

const unsigned char *bytes(const std::string &text) { return reinterpret_cast<const unsigned char *>(text.data()); }

/// The records of a response as libc prints them.
std::string printed(int type, const std::vector<std::string> &texts) {
  std::vector<std::string> records;
  for (const std::string &text : texts)
    records.push_back(encode_dns_record(type, text).value_or("(none)"));
  const std::string response = encode_dns_response("example.com", ns_c_in, type, records, 60);
  ns_msg message;
  if (ns_initparse(bytes(response), static_cast<int>(response.size()), &message) != 0)
    return "(no response)";
  std::string all;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); ++index) {
    ns_rr record;
    char line[1024];
    if (ns_parserr(&message, ns_s_an, index, &record) != 0 ||
        ns_sprintrr(&message, &record, nullptr, nullptr, line, sizeof line) < 0)
      return "(no record)";
    for (const char *at = line; *at != '\0'; ++at)
      if (*at != '\t' || all.empty() || all.back() != ' ')
        all += *at == '\t' ? ' ' : *at;
    all += '\n';
  }
  return all;
}

TEST(DnsRecords, AreWhatLibcReads) {
  EXPECT_EQ(printed(ns_t_a, {"192.0.2.7", "192.0.2.8"}),
            "example.com. 1M IN A 192.0.2.7\nexample.com. 1M IN A 192.0.2.8\n");
  EXPECT_EQ(printed(ns_t_aaaa, {"2001:db8::7"}), "example.com. 1M IN AAAA 2001:db8::7\n");
  EXPECT_EQ(printed(ns_t_mx, {"10 mail.example.com"}), "example.com. 1M IN MX 10 mail.example.com.\n");
  EXPECT_EQ(printed(ns_t_srv, {"0 5 5060 sip.example.com."}), "example.com. 1M IN SRV 0 5 5060 sip.example.com.\n");
  EXPECT_EQ(printed(ns_t_cname, {"www.example.com"}), "example.com. 1M IN CNAME www.example.com.\n");
  EXPECT_EQ(printed(ns_t_txt, {"v=spf1 -all"}), "example.com. 1M IN TXT \"v=spf1 -all\"\n");
  EXPECT_EQ(printed(ns_t_a, {"\\# 4 c000 0207"}), "example.com. 1M IN A 192.0.2.7\n");
  EXPECT_NE(printed(ns_t_soa, {"ns.example.com root.example.com 1 2 3 4 5"}).find("ns.example.com. root.example.com."),
            std::string::npos);
}

TEST(DnsRecords, ALongTextIsSeveralStrings) {
  const std::string data = encode_dns_record(ns_t_txt, std::string(300, 'x')).value();
  EXPECT_EQ(data.size(), 302U);
  EXPECT_EQ(static_cast<unsigned char>(data[0]), 255U);
  EXPECT_EQ(static_cast<unsigned char>(data[256]), 45U);
  EXPECT_EQ(encode_dns_record(ns_t_txt, ""), std::string(1, '\0'));
  EXPECT_EQ(encode_dns_record(ns_t_caa, "0 issue \"ca.example\""), std::string("\0\5issueca.example", 17));
}

TEST(DnsRecords, WhatIsNoneOfItsTypeIsNoRecord) {
  EXPECT_FALSE(encode_dns_record(ns_t_a, "2001:db8::7"));
  EXPECT_FALSE(encode_dns_record(ns_t_aaaa, "192.0.2.7"));
  EXPECT_FALSE(encode_dns_record(ns_t_mx, "mail.example.com"));
  EXPECT_FALSE(encode_dns_record(ns_t_mx, "70000 mail.example.com"));
  EXPECT_FALSE(encode_dns_record(ns_t_mx, "10 mail.example.com more"));
  EXPECT_FALSE(encode_dns_record(ns_t_srv, "0 5 sip.example.com"));
  EXPECT_FALSE(encode_dns_record(ns_t_naptr, "anything"));
  EXPECT_FALSE(encode_dns_record(ns_t_a, "\\# 4 c00002"));
  EXPECT_FALSE(encode_dns_record(ns_t_a, "\\# 4 c0000g07"));
}

TEST(DnsRecords, ANameHasLabelsOfAtMost63Bytes) {
  EXPECT_EQ(encode_dns_name("a.bc."), std::string("\1a\2bc\0", 6));
  EXPECT_EQ(encode_dns_name(""), std::string(1, '\0'));
  EXPECT_EQ(encode_dns_name("."), std::string(1, '\0'));
  EXPECT_TRUE(encode_dns_name(std::string(63, 'x') + ".com"));
  EXPECT_FALSE(encode_dns_name(std::string(64, 'x') + ".com"));
  EXPECT_FALSE(encode_dns_name("a..b"));
  std::string longest;
  for (int label = 0; label < 64; ++label)
    longest += "abc.";
  EXPECT_FALSE(encode_dns_name(longest));
}

TEST(DnsRecords, AQueryInBytesAsksForOneName) {
  const std::string query("\x12\x34\1\0\0\1\0\0\0\0\0\0\1a\2bc\0\0\x0f\0\1", 22);
  const auto question = decode_dns_question(query);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->name, "a.bc");
  EXPECT_EQ(question->rdtype, ns_t_mx);
  EXPECT_EQ(question->rdclass, ns_c_in);
  EXPECT_EQ(question->id, 0x1234U);
  EXPECT_FALSE(decode_dns_question(""));
  EXPECT_FALSE(decode_dns_question(query.substr(0, 14)));
  EXPECT_FALSE(decode_dns_question(std::string("\x12\x34\1\0\0\0\0\0\0\0\0\0", 12))) << "asks nothing";
}

TEST(DnsRecords, AResponseSaysHowItEnded) {
  const DnsQuestion question{"a.bc", ns_c_in, ns_t_a, 0x1234};
  for (const int error : {HOST_NOT_FOUND, NO_DATA, NO_RECOVERY}) {
    const auto response = encode_failed_dns_response(question, error);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->substr(0, 2), "\x12\x34");
    EXPECT_EQ(host_error_of_dns_response(*response), error);
  }
  EXPECT_FALSE(encode_failed_dns_response(question, TRY_AGAIN)) << "nobody answers";
  EXPECT_EQ(host_error_of_dns_response(encode_dns_response("a.bc", ns_c_in, ns_t_a, {"\1\2\3\4"}, 1)), 0);
  EXPECT_EQ(host_error_of_dns_response("short"), NO_RECOVERY);
}

} // namespace
