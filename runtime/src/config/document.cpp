// text --(check_bytes)--> UTF-8 without surprises --(yaml-cpp)--> events --(TreeBuilder)--> Node
#include "document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>
#include <string_view>
#include <utility>

namespace tripwire::config {

namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t heaviest = 1000000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Ends the parse; what is wrong is in the log by then.
struct Stop {};

/// How many bytes the UTF-8 sequence at \p at has; zero when it is none.
std::size_t sequence_length(const std::string &text, std::size_t at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(at);
  std::size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (length == 0 || at + length > text.size())
    return 0;
  for (std::size_t i = at + 1; i < at + length; ++i)
    if ((byte(i) & 0xC0) != 0x80)
      return 0;
  bool overlong = (first == 0xE0 && byte(at + 1) < 0xA0) || (first == 0xF0 && byte(at + 1) < 0x90);
  bool out_of_range = (first == 0xED && byte(at + 1) > 0x9F) || (first == 0xF4 && byte(at + 1) > 0x8F);
  return overlong || out_of_range ? 0 : length;
}

/// yaml-cpp ends a file at some control characters and reads UTF-16 by guess, so such bytes never get there.
bool check_bytes(const std::string &text, const std::string &file, Log &log) {
  if (text.size() >= 2 && (text.compare(0, 2, "\xFF\xFE") == 0 || text.compare(0, 2, "\xFE\xFF") == 0)) {
    log.error({file, 1, 1}, "the file is UTF-16; save it as UTF-8");
    return false;
  }
  Place place{file, 1, 1};
  for (std::size_t at = 0; at < text.size();) {
    auto byte = static_cast<unsigned char>(text[at]);
    std::size_t length = sequence_length(text, at);
    if (byte == 0) {
      log.error(place, "a NUL byte in the file; is it text?");
      return false;
    }
    if (length == 0) {
      log.error(place, "not valid UTF-8; save the file as UTF-8");
      return false;
    }
    if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F) {
      log.error(place, "a control character in the file; take it out");
      return false;
    }
    at += length;
    place.column += static_cast<int>(length);
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
    }
  }
  return true;
}

/// Whether the quoted scalar that begins at \p at ends before the text does; yaml-cpp takes the end of the file for its
/// closing quote.
bool quote_is_closed(const std::string &text, std::size_t at) {
  char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    const bool is_escape = quote == '"' && text[i] == '\\';
    const bool is_doubled = quote == '\'' && text[i] == quote && i + 1 < text.size() && text[i + 1] == quote;
    if (is_escape || is_doubled)
      ++i;
    else if (text[i] == quote)
      return true;
  }
  return false;
}

class TreeBuilder final : public YAML::EventHandler {
public:
  TreeBuilder(const std::string &text, const std::string &file, Log &log) : text_(text), file_(file), log_(log) {}

  NodePointer root() const { return root_; }
  bool has_document() const { return documents_ > 0; }

  void OnDocumentStart(const YAML::Mark &mark) override {
    if (++documents_ > 1)
      stop(place(mark), "a second document begins here; one file holds one document");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    Node node;
    node.place = place(mark);
    node.text = null_word(mark);
    add(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override {
    auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      stop(place(mark), "an alias inside its own anchor");
    put(found->second, place(mark));
  }

  void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                const std::string &value) override {
    check_tag(mark, tag);
    Node node;
    node.kind = Node::Kind::scalar;
    node.place = place(mark);
    node.text = value;
    node.quoted = tag == "!";
    std::size_t at = offset(mark);
    if (at < text_.size() && (text_[at] == '"' || text_[at] == '\'') && !quote_is_closed(text_, at))
      stop(node.place, "the quote that opens here is never closed");
    add(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

private:
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    std::string key;
    Place key_place;
    std::map<std::string, Place> keys;
  };

  Place place(const YAML::Mark &mark) const { return {file_, mark.line + 1, mark.column + 1}; }
  static std::size_t offset(const YAML::Mark &mark) { return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos); }

  [[noreturn]] void stop(const Place &place, std::string message) {
    log_.error(place, std::move(message));
    throw Stop{};
  }

  /// The word at the mark when it is one that YAML takes for nothing.
  std::string null_word(const YAML::Mark &mark) const {
    for (std::string_view word : {"NULL", "Null", "null", "~"}) {
      std::size_t at = offset(mark);
      if (at <= text_.size() && text_.compare(at, word.size(), word) == 0)
        return std::string(word);
    }
    return {};
  }

  void check_tag(const YAML::Mark &mark, const std::string &tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      stop(place(mark), "the tag '" + tag + "' means nothing here; take it out");
  }

  void open(Node::Kind kind, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor) {
    check_tag(mark, tag);
    if (open_.size() >= deepest)
      stop(place(mark), "nested too deeply");
    Frame frame;
    frame.node.kind = kind;
    frame.node.place = place(mark);
    frame.anchor = anchor;
    open_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(open_.back());
    open_.pop_back();
    add(std::move(frame.node), frame.anchor);
  }

  void add(Node node, YAML::anchor_t anchor) {
    Place at = node.place;
    auto shared = std::make_shared<const Node>(std::move(node));
    if (anchor != 0)
      anchors_[anchor] = shared;
    put(shared, at);
  }

  /// Puts a whole node where the innermost open one waits for it.
  void put(const NodePointer &node, const Place &at) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    Frame &frame = open_.back();
    frame.node.weight += node->weight;
    if (frame.node.weight > heaviest)
      stop(at, "the aliases make the file too large; write out what is meant");
    if (frame.node.kind == Node::Kind::sequence) {
      frame.node.items.push_back(node);
      return;
    }
    if (!frame.has_key) {
      take_key(frame, *node, at);
      return;
    }
    frame.has_key = false;
    auto [first, is_new] = frame.keys.emplace(frame.key, frame.key_place);
    if (!is_new) {
      log_.error(frame.key_place, "duplicate key '" + frame.key + "'", {{first->second, "first given here"}});
      return;
    }
    frame.node.entries.push_back({frame.key, frame.key_place, node});
  }

  void take_key(Frame &frame, const Node &key, const Place &at) {
    if (key.kind != Node::Kind::scalar && key.text.empty())
      stop(at, "a key is one word here");
    if (key.text == "<<" && !key.quoted)
      stop(at, "merge keys are not read; write the keys out");
    frame.has_key = true;
    frame.key = key.text;
    frame.key_place = at;
  }

  const std::string &text_;
  const std::string &file_;
  Log &log_;
  std::vector<Frame> open_;
  std::map<YAML::anchor_t, NodePointer> anchors_;
  NodePointer root_;
  int documents_ = 0;
};

/// Whether a tab stands in the indentation of a line, the usual reason why YAML does not parse.
bool indented_by_tab(const std::string &text, int line) {
  std::istringstream in(text);
  std::string content;
  for (int i = 0; i <= line; ++i)
    if (!std::getline(in, content))
      return false;
  std::size_t first = content.find_first_not_of(' ');
  return first != std::string::npos && content[first] == '\t';
}

void log_parse_error(const YAML::Exception &error, const std::string &text, const std::string &file, Log &log) {
  if (error.mark.line < 0) {
    log.error({file, 0, 0}, "not valid YAML: " + error.msg);
    return;
  }
  Place place{file, error.mark.line + 1, error.mark.column + 1};
  if (indented_by_tab(text, error.mark.line))
    log.error(place, "a tab indents this line; YAML wants spaces");
  else if (error.msg == "bad file")
    log.error(place, "nested too deeply");
  else
    log.error(place, "not valid YAML: " + error.msg);
}

} // namespace

NodePointer read_document(const std::string &bytes, const std::string &file, Log &log) {
  std::string text = bytes;
  if (text.compare(0, byte_order_mark.size(), byte_order_mark) == 0)
    text.erase(0, byte_order_mark.size());
  if (!check_bytes(text, file, log))
    return nullptr;

  TreeBuilder builder(text, file, log);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop &) {
    return nullptr;
  } catch (const YAML::Exception &error) {
    log_parse_error(error, text, file, log);
    return nullptr;
  }
  if (!builder.has_document() || (builder.root()->kind == Node::Kind::nothing && builder.root()->text.empty())) {
    log.error({file, 1, 1}, "the file is empty; it begins with 'version: 1'");
    return nullptr;
  }
  return builder.root();
}

} // namespace tripwire::config
