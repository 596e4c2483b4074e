// messages --> formatted by spdlog into memory, to standard output and into files that turn over
#define SPDLOG_HEADER_ONLY
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

namespace {

void show(const char *name) {
  std::ifstream file(name);
  for (std::string line; std::getline(file, line);)
    std::cout << name << ": " << line << "\n";
  std::remove(name);
}

} // namespace

int main() {
  std::ostringstream text;
  spdlog::logger memory("memory", std::make_shared<spdlog::sinks::ostream_sink_st>(text));
  memory.set_pattern("%n %l %v");
  memory.info("{} and {:>5}", 1, "two");
  memory.debug("not at this level");
  memory.error("{:.2f}", 3.14159);
  std::cout << text.str();

  auto out = spdlog::stdout_logger_mt("out");
  out->set_pattern("[%n] %v");
  out->warn("to standard output");
  out->flush();
  {
    auto file = spdlog::basic_logger_mt("file", "spdlog_basic.txt", true);
    file->set_pattern("%v");
    file->info("first");
    file->info("second");
    spdlog::drop("file");
  }
  show("spdlog_basic.txt");
  {
    auto rotating = spdlog::rotating_logger_mt("rotating", "spdlog_turning.txt", 24, 2);
    rotating->set_pattern("%v");
    for (int i = 0; i < 5; ++i)
      rotating->info("message number {}", i);
    spdlog::drop("rotating");
  }
  show("spdlog_turning.txt");
  show("spdlog_turning.1.txt");
  show("spdlog_turning.2.txt");
  try {
    spdlog::basic_logger_mt("nowhere", "/proc/none/log.txt");
  } catch (const spdlog::spdlog_ex &error) {
    std::cout << error.what() << "\n";
  }
}
