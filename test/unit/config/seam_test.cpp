// an entry of `seams:` --> Seam, or what is wrong with it.
#include "reading.hpp"

using namespace reading;
using config::SeamKind;
using config::Semantics;

TEST(Seam, EachKindIsNamedByItsKey) {
  EXPECT_EQ(seam("function: acme_charge").kind, SeamKind::function);
  EXPECT_EQ(seam("method: \"acme::Gateway::charge\"").kind, SeamKind::method);
  EXPECT_EQ(seam("constructor: \"acme::Gateway\"").kind, SeamKind::constructor);
  EXPECT_EQ(seam("header: \"acme/*.h\"").kind, SeamKind::header);
  EXPECT_EQ(seam("{type: \"std::ifstream\", becomes: \"tripwire::file_io::ifstream\"}").kind, SeamKind::type);
}

TEST(Seam, ItsPlaceIsThatOfThePattern) { EXPECT_EQ(text(seam("function: f").place), "tripwire.yaml:4:15"); }

TEST(Seam, ABufferHasADirectionAndASizeInTheResultsName) {
  config::Seam it = seam("{function: recv, params: {buf: {out: bytes, size: return}, len: {}}}");
  EXPECT_EQ(it.parameters.at("buf").direction, Semantics::Direction::out);
  EXPECT_EQ(it.parameters.at("buf").shape, Semantics::Shape::bytes);
  EXPECT_EQ(it.parameters.at("buf").size, "result");
  EXPECT_EQ(it.parameters.at("len").shape, Semantics::Shape::value);
  EXPECT_EQ(it.parameters.at("len").direction, Semantics::Direction::none);
}

TEST(Seam, OnlyTheWholeWordReturnBecomesTheResult) {
  config::Seam it = seam("{function: f, params: {b: {in_out: bytes, size: \"return*n + return_size + my_return\"}}}");
  EXPECT_EQ(it.parameters.at("b").size, "result*n + return_size + my_return");
}

TEST(Seam, AStructIsPrintedByTheFieldsItNames) {
  config::Seam it = seam("{function: f, params: {receipt: {out: struct, fields: [id, cents]}}}");
  EXPECT_EQ(it.parameters.at("receipt").shape, Semantics::Shape::object);
  EXPECT_EQ(it.parameters.at("receipt").fields, (std::vector<std::string>{"id", "cents"}));
}

TEST(Seam, BitsEnumerationsSecretsAndTextsAreRead) {
  config::Seam it = seam("{function: f, params: {flags: {bits: [MSG_PEEK, MSG_DONTWAIT]}, code: {enum: acme_code}, "
                         "password: {secret: true}, name: {in: text}}}");
  EXPECT_EQ(it.parameters.at("flags").bits, (std::vector<std::string>{"MSG_PEEK", "MSG_DONTWAIT"}));
  EXPECT_EQ(it.parameters.at("code").enumeration, "acme_code");
  EXPECT_TRUE(it.parameters.at("password").secret);
  EXPECT_EQ(it.parameters.at("name").shape, Semantics::Shape::text);
  EXPECT_EQ(it.parameters.at("name").direction, Semantics::Direction::in);
}

TEST(Seam, TheResultHasSemanticsToo) {
  config::Seam it = seam("{function: getenv, result: {out: text}}");
  ASSERT_TRUE(it.result);
  EXPECT_EQ(it.result->shape, Semantics::Shape::text);
  EXPECT_FALSE(seam("function: getenv").result);
}

TEST(Seam, AFailureReturnsAnExpressionAndSetsErrno) {
  config::Seam it = seam("{function: f, failure: {returns: -1, errno: EPERM}}");
  ASSERT_TRUE(it.failure);
  EXPECT_EQ(it.failure->returns, "-1");
  EXPECT_EQ(it.failure->errno_name, "EPERM");
}

TEST(Seam, TheWordNullIsAnExpressionAndNotNothing) {
  EXPECT_EQ(seam("{function: f, failure: {returns: NULL}}").failure->returns, "NULL");
  EXPECT_EQ(seam("{function: f, failure: {returns: nullptr}}").failure->returns, "nullptr");
}

TEST(Seam, ExceptionsIncludeAndModeAreRead) {
  config::Seam it = seam("{function: \"acme::*\", except: [\"acme::version\"], include: acme.h, mode: symbol}");
  EXPECT_EQ(it.except, std::vector<std::string>{"acme::version"});
  EXPECT_EQ(it.include, "acme.h");
  EXPECT_EQ(it.mode, "symbol");
  EXPECT_EQ(it.mode_place.line, 4);
}

TEST(Seam, AnUnknownKeyIsAnErrorAtEveryDepth) {
  EXPECT_EQ(wrong_seam("{function: f, exept: [g]}"),
            "tripwire.yaml:4:19: error: unknown key 'exept'; did you mean 'except'?\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {secrt: true}}}"),
            "tripwire.yaml:4:32: error: unknown key 'secrt'; did you mean 'secret'?\n");
  EXPECT_EQ(wrong_seam("{function: f, failure: {return: 1}}"),
            "tripwire.yaml:4:29: error: unknown key 'return'; did you mean 'returns'?\n");
  EXPECT_EQ(wrong_seam("{function: f, result: {fieldz: [a]}}"),
            "tripwire.yaml:4:28: error: unknown key 'fieldz'; did you mean 'fields'?\n");
}

TEST(Seam, AnUnknownKeyNearNoOtherListsWhatThereIs) {
  EXPECT_EQ(wrong_seam("{function: f, failure: {colour: red}}"),
            "tripwire.yaml:4:29: error: unknown key 'colour'; 'failure' has 'returns' and 'errno'\n");
}

TEST(Seam, AMisspeltKindIsReportedOnce) {
  EXPECT_EQ(wrong_seam("functoin: f"), "tripwire.yaml:4:5: error: unknown key 'functoin'; did you mean 'function'?\n");
}

TEST(Seam, ASeamThatNamesNothingSaysWhatItCouldName) {
  EXPECT_EQ(wrong_seam("{params: {}}"),
            "tripwire.yaml:4:5: error: a seam says what it names: 'function', 'method', 'constructor', "
            "'type' or 'header'\n");
}

TEST(Seam, ASeamNamesOneThing) {
  EXPECT_EQ(wrong_seam("{function: f, type: T}"),
            "tripwire.yaml:4:19: error: a seam names one thing, not both 'function' and 'type'\n"
            "tripwire.yaml:4:6: note: the other is named here\n");
}

TEST(Seam, ABareNameShowsHowToWriteIt) {
  EXPECT_EQ(wrong_seam("acme_charge"),
            "tripwire.yaml:4:5: error: a seam wants a map of keys, not 'acme_charge'; write {function: acme_charge}\n");
}

TEST(Seam, AWrongTypeSaysWhatIsWantedAndWhatIsThere) {
  EXPECT_EQ(wrong_seam("{function: [f]}"), "tripwire.yaml:4:16: error: 'function' wants text, not a list\n");
  EXPECT_EQ(wrong_seam("{function: f, except: g}"),
            "tripwire.yaml:4:27: error: 'except' wants a list, not 'g'; write [g]\n");
  EXPECT_EQ(wrong_seam("{function: f, except: [[g]]}"),
            "tripwire.yaml:4:28: error: each entry of 'except' wants text, not a list\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {secret: yes}}}"),
            "tripwire.yaml:4:40: error: 'secret' wants true or false, not 'yes'\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {secret: \"true\"}}}"),
            "tripwire.yaml:4:40: error: 'secret' wants true or false, not 'true'\n");
  EXPECT_EQ(wrong_seam("{function: f, params: [b]}"),
            "tripwire.yaml:4:27: error: 'params' wants a map of keys, not a list\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: secret}}"),
            "tripwire.yaml:4:31: error: parameter 'b' wants a map of keys, not 'secret'\n");
  EXPECT_EQ(wrong_seam("{function: f, failure: -1}"),
            "tripwire.yaml:4:28: error: 'failure' wants a map of keys, not '-1'\n");
}

TEST(Seam, AKeyWithoutAValueIsReportedAtTheKey) {
  EXPECT_EQ(wrong_seam("function:"), "tripwire.yaml:4:5: error: 'function' wants text, not nothing\n");
  EXPECT_EQ(wrong_seam("function: f\n    params:"),
            "tripwire.yaml:5:5: error: 'params' wants a map of keys, not nothing\n");
  EXPECT_EQ(wrong_seam("function: \"\""), "tripwire.yaml:4:15: error: 'function' wants text, not an empty one\n");
}

TEST(Seam, AnUnknownShapeListsTheShapes) {
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {out: byte, size: 1}}}").substr(0, 121),
            "tripwire.yaml:4:37: error: 'out' wants 'text', 'bytes', 'struct' or 'value', not 'byte'; did you mean "
            "'bytes'?\ntripwire.y");
}

TEST(Seam, BytesWithoutASizeAreNotReadable) {
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {out: bytes}}}"),
            "tripwire.yaml:4:28: error: bytes want a 'size': an expression over the parameters' names, or 'return'\n");
}

TEST(Seam, SecretBytesNeedNoSizeSinceNobodyReadsThem) {
  EXPECT_TRUE(seam("{function: f, params: {b: {in: bytes, secret: true}}}").parameters.at("b").secret);
}

TEST(Seam, WhatContradictsItselfIsAnError) {
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {in: text, out: text}}}"),
            "tripwire.yaml:4:42: error: a parameter has one of 'in', 'out' and 'in_out', not 'in' and 'out'\n"
            "tripwire.yaml:4:32: note: the other is given here\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {size: n}}}"),
            "tripwire.yaml:4:32: error: 'size' is for text and bytes; say so with 'in' or 'out'\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {in: text, bits: [A]}}}"),
            "tripwire.yaml:4:42: error: 'bits' is for a number, not for what a pointer leads to\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {enum: E, bits: [A]}}}"),
            "tripwire.yaml:4:41: error: 'bits' and 'enum' exclude each other\n");
  EXPECT_EQ(wrong_seam("{function: f, params: {b: {in: text, fields: [a]}}}"),
            "tripwire.yaml:4:42: error: 'fields' is for a struct\n");
}

TEST(Seam, AKeyOfAnotherKindOfSeamIsAnError) {
  EXPECT_EQ(wrong_seam("{function: f, becomes: g}"),
            "tripwire.yaml:4:19: error: 'becomes' means nothing for a function seam; take it out\n");
  EXPECT_EQ(wrong_seam("{method: \"A::f\", mode: symbol}"),
            "tripwire.yaml:4:22: error: 'mode' means nothing for a method seam; take it out\n");
  EXPECT_EQ(wrong_seam("{header: a.h, params: {}}"),
            "tripwire.yaml:4:19: error: 'params' means nothing for a header seam; take it out\n");
}

TEST(Seam, ATypeSaysWhatItBecomes) {
  EXPECT_EQ(wrong_seam("type: \"std::ifstream\""),
            "tripwire.yaml:4:11: error: a type seam wants 'becomes': the type that stands in for 'std::ifstream'\n");
}

TEST(Seam, ATypeSaysWhichFunctionsItsDropInAnswers) {
  const config::Seam type =
      seam("{type: \"acme::Gateway\", becomes: \"fake::Gateway\", answers: [\"acme::later*\", \"acme::now\"]}");
  EXPECT_TRUE(answers(type, "acme::later_on"));
  EXPECT_TRUE(answers(type, "acme::now"));
  EXPECT_FALSE(answers(type, "acme::never"));
  EXPECT_EQ(wrong_seam("{function: f, answers: [g]}"),
            "tripwire.yaml:4:19: error: 'answers' means nothing for a function seam; take it out\n");
}

TEST(Seam, AnUnknownModeIsAnError) {
  EXPECT_EQ(wrong_seam("{function: f, mode: symbl}"),
            "tripwire.yaml:4:25: error: unknown mode 'symbl'; did you mean 'symbol'?\n");
  EXPECT_EQ(wrong_seam("{function: f, mode: linker}"),
            "tripwire.yaml:4:25: error: unknown mode 'linker'; the only one is 'symbol'\n");
}

TEST(Seam, WhatIsNotSupportedYetSaysSo) {
  EXPECT_EQ(
      wrong_seam("{function: f, states: {}}"),
      "tripwire.yaml:4:19: error: 'states' stands beside 'seams', not in a seam: its transitions name their calls\n");
}

// 36
TEST(Seam, AFunctionThatHandsWorkOverSaysWhichArgumentIsTheWork) {
  const config::Seam carrier = seam("propagates: {function: \"pool::submit\", callable: 0}");
  EXPECT_EQ(carrier.kind, config::SeamKind::function);
  EXPECT_EQ(carrier.pattern, "pool::submit");
  EXPECT_TRUE(carrier.only_hands_over);
  EXPECT_EQ(carrier.hands_over->callables, std::vector<unsigned>{0});
  EXPECT_FALSE(carrier.hands_over->data);

  const config::Seam callbacks =
      seam("propagates: {method: \"a::Pool::add\", callable: [2, 3], data: 1, include: a.h}");
  EXPECT_EQ(callbacks.kind, config::SeamKind::method);
  EXPECT_EQ(callbacks.include, "a.h");
  EXPECT_EQ(callbacks.hands_over->callables, (std::vector<unsigned>{2, 3}));
  EXPECT_EQ(*callbacks.hands_over->data, 1u);

  const config::Seam both = seam("{function: f, propagates: {callable: 1}, failure: {returns: -1}}");
  EXPECT_FALSE(both.only_hands_over);
  EXPECT_EQ(both.hands_over->callables, std::vector<unsigned>{1});
}

// 36
TEST(Seam, AHandOverThatSaysNothingUsefulIsAnError) {
  EXPECT_EQ(
      wrong_seam("propagates: {function: f}"),
      "tripwire.yaml:4:5: error: 'propagates' says which argument is the work: write 'callable: 0' for the first\n");
  EXPECT_EQ(wrong_seam("propagates: {callable: 0}"), "tripwire.yaml:4:17: error: a seam says what it names: "
                                                     "'function', 'method', 'constructor', 'type' or 'header'\n");
  EXPECT_EQ(wrong_seam("propagates: {function: f, callable: last}"),
            "tripwire.yaml:4:41: error: 'callable' wants the number of a parameter, counted from 0, not 'last'\n");
  EXPECT_EQ(wrong_seam("propagates: {function: f, callable: -1}"),
            "tripwire.yaml:4:41: error: 'callable' wants the number of a parameter, counted from 0, not '-1'\n");
  EXPECT_EQ(wrong_seam("propagates: {function: f, callable: [1, 1]}"),
            "tripwire.yaml:4:45: error: parameter 1 is named twice in 'callable'\n");
  EXPECT_EQ(wrong_seam("propagates: {function: f, callable: 1, data: 1}"),
            "tripwire.yaml:4:50: error: parameter 1 cannot be both 'callable' and 'data'\n");
  EXPECT_EQ(wrong_seam("propagates: {function: f, callabel: 1, callable: 1}"),
            "tripwire.yaml:4:31: error: unknown key 'callabel'; did you mean 'callable'?\n");
  EXPECT_EQ(wrong_seam("propagates: {function: \"pool::*\", callable: 0}"),
            "tripwire.yaml:4:28: error: 'propagates' names one function, not 'pool::*'\n");
  EXPECT_EQ(wrong_seam("propagates: {header: \"pool.h\", callable: 0}"),
            "tripwire.yaml:4:26: error: 'propagates' names a function or a method, not a header\n");
  EXPECT_EQ(wrong_seam("{function: \"pool::*\", propagates: {callable: 0}}"),
            "tripwire.yaml:4:27: error: 'propagates' wants a seam that names one function, not 'pool::*'\n");
}

TEST(Seam, AFailureSaysSomething) {
  EXPECT_EQ(wrong_seam("{function: f, failure: {}}"),
            "tripwire.yaml:4:19: error: 'failure' says nothing; give it 'returns' or 'errno'\n");
  EXPECT_EQ(wrong_seam("{function: f, failure: {errno: 13 + 1}}"),
            "tripwire.yaml:4:36: error: 'errno' wants the name of an error like EPERM, not '13 + 1'\n");
}

TEST(Seam, APatternThatCanNameNothingIsAnError) {
  EXPECT_EQ(wrong_seam("function: \"a-b\""),
            "tripwire.yaml:4:15: error: 'a-b' is no name: '-' does not belong in one\n");
  EXPECT_EQ(wrong_seam("function: \"a::::b\""), "tripwire.yaml:4:15: error: 'a::::b' has a scope without a name\n");
  EXPECT_EQ(wrong_seam("function: \"9lives\""),
            "tripwire.yaml:4:15: error: '9lives' is no name: it begins with a digit\n");
  EXPECT_EQ(wrong_seam("function: \"f(int\""),
            "tripwire.yaml:4:15: error: 'f(int' opens a parameter list and does not close it\n");
  EXPECT_EQ(wrong_seam("function: \"::\""), "tripwire.yaml:4:15: error: '::' names nothing\n");
}

TEST(Seam, AMethodIsNamedWithItsClass) {
  EXPECT_EQ(wrong_seam("method: charge"),
            "tripwire.yaml:4:13: error: a method is named with its class: 'Class::charge'\n");
}

TEST(Seam, TheSameSeamTwiceIsAnErrorThatShowsTheFirst) {
  EXPECT_EQ(wrong_seam("function: f\n  - function: \"::f\""),
            "tripwire.yaml:5:15: error: duplicate seam: function '::f'\n"
            "tripwire.yaml:4:15: note: first named here\n");
  EXPECT_EQ(wrong_seam("function: \"f( int )\"\n  - function: \"f(int)\""),
            "tripwire.yaml:5:15: error: duplicate seam: function 'f(int)'\n"
            "tripwire.yaml:4:15: note: first named here\n");
}

TEST(Seam, TwoOverloadsAreTwoSeams) {
  EXPECT_EQ(
      right("version: 1\nplugins: []\nseams:\n  - function: \"f(int)\"\n  - function: \"f(long)\"\n").seams.size(), 2U);
}

TEST(Seam, EveryThingThatIsWrongIsReportedInTheOrderOfTheFile) {
  EXPECT_EQ(wrong_in("plugins: []\nseams:\n  - {function: f, exept: [g]}\n  - {method: charge}\n  - 7up\n"),
            "tripwire.yaml:4:19: error: unknown key 'exept'; did you mean 'except'?\n"
            "tripwire.yaml:5:14: error: a method is named with its class: 'Class::charge'\n"
            "tripwire.yaml:6:5: error: a seam wants a map of keys, not '7up'; write {function: 7up}\n");
}
