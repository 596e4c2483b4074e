// a request --> the narrowest rule for it, as code and as YAML, ready to paste
#include "rule_hint.hpp"

#include "c/hint_in_c.hpp"
#include "c/in_c.hpp"

#include "tripwire/seam/out.hpp"

#include <algorithm>
#include <cctype>

namespace tripwire::runtime {

namespace {

/// The words that `M` has a member for; all other fields are named by `field`.
constexpr std::string_view named_words[] = {"function", "file", "host", "hostname", "port",    "scheme",   "path",
                                            "method",   "url",  "uri",  "binary",   "command", "database", "operation"};

bool is_number(const std::string &text) {
  return !text.empty() && text.size() < 18 && (text == "0" || text.front() != '0') &&
         std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_literal_glob(const Request::Named &field) {
  return field.is_glob_kind && field.text.find_first_of("*%") != std::string::npos;
}

std::string quoted(std::string_view text) {
  std::string written;
  seam::Out out(written, seam::Style::paste);
  out.put_quoted(text);
  return written;
}

std::string code_value(const Request::Named &field) {
  if (is_literal_glob(field)) {
    return "tripwire::exact(" + quoted(field.text) + ")";
  }
  return is_number(field.text) ? field.text : quoted(field.text);
}

/// A word that YAML reads as text whatever it is, or text in double quotes.
std::string yaml_text(const std::string &text) {
  const bool is_plain =
      !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
      std::all_of(text.begin(), text.end(), [](char letter) {
        return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_' || letter == '.' || letter == '-';
      });
  const bool is_special = text == "true" || text == "false" || text == "null" || text == "yes" || text == "no" ||
                          text == "on" || text == "off" || text == "y" || text == "n";
  if ((is_plain && !is_special) || is_number(text)) {
    return text;
  }
  constexpr char digits[] = "0123456789ABCDEF";
  std::string written = "\"";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      written += '\\';
      written += letter;
    } else if (byte < 0x20 || byte == 0x7F) {
      written += "\\x";
      written += digits[byte / 16];
      written += digits[byte % 16];
    } else {
      written += letter;
    }
  }
  return written + "\"";
}

std::string yaml_field(const Request::Named &field) {
  const std::string value = yaml_text(field.text);
  return yaml_text(field.name) + ": " + (is_literal_glob(field) ? "{exact: " + value + "}" : value);
}

} // namespace

std::string rule_code(const Request &request) {
  std::string text = "tripwire::M(" + quoted(request.plugin()) + ")";
  for (const Request::Named &field : request.narrowest()) {
    if (field.is_argument) {
      text += ".argument(" + quoted(field.name) + ", ";
    } else if (std::find(std::begin(named_words), std::end(named_words), field.name) != std::end(named_words)) {
      text += "." + field.name + "(";
    } else {
      text += ".field(" + quoted(field.name) + ", ";
    }
    text += code_value(field) + ")";
  }
  return text;
}

std::string rule_line(const Request &request) {
  if (speaks_c()) {
    const std::string listed = rule_yaml(request);
    return c::literal(std::string_view(listed).substr(2)); // without what makes it an entry of a list
  }
  return rule_code(request);
}

std::string allow_line(const std::vector<const Request *> &requests) {
  const std::string begin = speaks_c() ? "tripwire_allow(" : "auto permit = tripwire::allow(";
  std::string rules;
  for (const Request *request : requests) {
    rules += (rules.empty() ? std::string() : ",\n" + std::string(begin.size(), ' ')) + rule_line(*request);
  }
  return begin + rules + ");";
}

std::string rule_yaml(const Request &request) {
  std::string fields;
  std::string arguments;
  for (const Request::Named &field : request.narrowest()) {
    std::string &list = field.is_argument ? arguments : fields;
    list += (list.empty() ? "" : ", ") + yaml_field(field);
  }
  if (!arguments.empty()) {
    fields += (fields.empty() ? "" : ", ") + ("arguments: {" + arguments + "}");
  }
  return "- " + yaml_text(std::string(request.plugin())) + ": {" + fields + "}";
}

} // namespace tripwire::runtime
