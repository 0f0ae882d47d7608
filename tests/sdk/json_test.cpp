#include <doctest/doctest.h>
#include <switchboard/kit/json.h>

using switchboard::kit::Json;

TEST_CASE("an id of 18 digits survives as it was written") {
  const auto json = Json::parse(R"({"data":{"taskId":557536075321468390,"cost":1.50e0}})");
  REQUIRE(json);
  CHECK((*json)["data"]["taskId"].as_string() == "557536075321468390");
  CHECK((*json)["data"]["cost"].as_string() == "1.50e0");
  CHECK((*json)["data"]["cost"].as_double() == 1.5);
  CHECK((*json)["data"]["taskId"].as_int() == 557536075321468390);
}

TEST_CASE("what is not there reads as null at any depth") {
  const auto json = Json::parse(R"({"errors":[{"msg":"bad"}]})");
  REQUIRE(json);
  CHECK((*json)["error"]["code"].is_null());
  CHECK((*json)["errors"].at(0)["msg"].as_string() == "bad");
  CHECK((*json)["errors"].at(1)["msg"].is_null());
  CHECK((*json)["errors"]["msg"].is_null());
  CHECK(json->get("errors", "msg") == nullptr);
  CHECK(json->get("errors") != nullptr);
}

TEST_CASE("numbers and truths written as strings are understood") {
  const auto json = Json::parse(R"({"code":"48001","on":"true","off":false,"n":-7})");
  REQUIRE(json);
  CHECK((*json)["code"].as_int() == 48001);
  CHECK((*json)["on"].as_bool() == true);
  CHECK((*json)["off"].as_bool() == false);
  CHECK((*json)["n"].as_int() == -7);
  CHECK_FALSE((*json)["code"].as_bool());
}

TEST_CASE("strings are decoded") {
  const auto json = Json::parse(R"(["a\"\\\/\b\f\n\r\t","\u00e9\u4e2d","\ud83d\ude00","\ud800x","\udc00"])");
  REQUIRE(json);
  CHECK(json->at(0).as_string() == "a\"\\/\b\f\n\r\t");
  CHECK(json->at(1).as_string() == "é中");
  CHECK(json->at(2).as_string() == "😀");
  CHECK(json->at(3).as_string() == "\xEF\xBF\xBDx");
  CHECK(json->at(4).as_string() == "\xEF\xBF\xBD");
}

TEST_CASE("bytes that are not UTF-8 become U+FFFD and do not spoil the answer") {
  const auto json = Json::parse("{\"message\":\"caf\xE9\",\"id\":7}");
  REQUIRE(json);
  CHECK((*json)["message"].as_string() == "caf\xEF\xBF\xBD");
  CHECK((*json)["id"].as_int() == 7);
}

TEST_CASE("of a repeated key the last value counts") {
  CHECK((*Json::parse(R"({"a":1,"a":2})"))["a"].as_int() == 2);
}

TEST_CASE("a BOM and white space around the value are skipped") {
  CHECK(Json::parse("\xEF\xBB\xBF \r\n\t[1] \n")->at(0).as_int() == 1);
}

TEST_CASE("text that is not JSON is refused with the place") {
  for (const char* bad :
       {"",         " ",    "{",   "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "01",      "1.",
        ".5",       "+1",   "1e",  "-",    "nul",        "tru",   "\"a",   "\"\\x\"", "\"\\u12g4\"",
        "\"a\nb\"", "[1]x", "'a'", "NaN",  "{\"a\" 1}",  "[",     "]",     "<html>"}) {
    CAPTURE(bad);
    std::string error;
    CHECK_FALSE(Json::parse(bad, &error));
    CHECK(error.find(" at byte ") != std::string::npos);
  }
}

TEST_CASE("nesting ends at the limit instead of at the end of the stack") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(Json::parse(nested(Json::kMaxDepth)));
  CHECK_FALSE(Json::parse(nested(Json::kMaxDepth + 2)));
  CHECK_FALSE(Json::parse(std::string(1'000'000, '[')));
  CHECK_FALSE(Json::parse([] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "{\"a\":";
    return text;
  }()));
}

TEST_CASE("a value goes back to the same compact text") {
  const std::string text = R"({"a":[1,2.50,"x\n\"",null,true,false,{}],"b":{"c":[]}})";
  CHECK(Json::parse(text)->to_text() == text);
}

TEST_CASE("members keep their order and can be listed") {
  const auto json = Json::parse(R"({"z":1,"a":2})");
  REQUIRE(json->keys().size() == 2);
  CHECK(json->keys()[0] == "z");
  CHECK(json->values()[1].as_int() == 2);
  CHECK(json->items().empty());
}
