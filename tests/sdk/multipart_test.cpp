#include <doctest/doctest.h>
#include <switchboard/kit/multipart.h>

using namespace switchboard::kit;

TEST_CASE("what the writer writes the reader reads") {
  std::string binary;
  for (int c = 0; c < 256; ++c) binary.push_back(static_cast<char>(c));
  MultipartWriter form("chain-1");
  form.field("groups", "1,2")
      .field("empty", "")
      .file("file", "con\"tacts.csv", "text/csv", "a,b\r\n1,2\r\n")
      .file("raw", "x", "application/octet-stream", binary);
  const auto parts = read_multipart(form.content_type(), form.body());
  REQUIRE(parts);
  REQUIRE(parts->size() == 4);
  CHECK(find_part(*parts, "groups")->content == "1,2");
  CHECK(find_part(*parts, "groups")->disposition == "form-data");
  CHECK_FALSE(find_part(*parts, "groups")->file_name);
  CHECK(find_part(*parts, "empty")->content.empty());
  CHECK(find_part(*parts, "file")->file_name == "con%22tacts.csv");
  CHECK(find_part(*parts, "file")->content_type == "text/csv");
  CHECK(find_part(*parts, "file")->content == "a,b\r\n1,2\r\n");
  CHECK(find_part(*parts, "raw")->content == binary);
  CHECK(find_part(*parts, "none") == nullptr);
}

TEST_CASE("the same chain gives the same bytes, another chain another boundary") {
  const auto body = [](std::string_view chain) { return MultipartWriter(chain).field("a", "b").body(); };
  CHECK(body("chain-1") == body("chain-1"));
  CHECK(body("chain-1") != body("chain-2"));
}

TEST_CASE("a boundary that occurs in the content is not used") {
  MultipartWriter probe("chain-1");
  const std::string boundary = *header_parameter(probe.content_type(), "boundary");
  MultipartWriter form("chain-1");
  form.field("a", "x --" + boundary + "-- y").file("b", boundary, "text/csv", boundary + "-1");
  const std::string chosen = *header_parameter(form.content_type(), "boundary");
  CHECK(chosen != boundary);
  CHECK(chosen.size() <= 70);  // RFC 2046
  const auto parts = read_multipart(form.content_type(), form.body());
  REQUIRE(parts);
  CHECK(parts->at(0).content == "x --" + boundary + "-- y");
  CHECK(parts->at(1).content == boundary + "-1");
}

TEST_CASE("a name cannot break out of its header") {
  MultipartWriter form("c");
  form.field("a\"\r\nX-Evil: 1", "v");
  CHECK(form.body().find("\r\nX-Evil") == std::string::npos);
}

TEST_CASE("a body that does not keep to the boundary is refused") {
  MultipartWriter form("c");
  form.field("a", "b");
  const std::string type = form.content_type();
  const std::string body = form.body();
  CHECK_FALSE(read_multipart(type, ""));
  CHECK_FALSE(read_multipart(type, body.substr(0, body.size() - 6)));
  CHECK_FALSE(read_multipart(type, "x" + body));
  CHECK_FALSE(read_multipart("multipart/form-data", body));
  CHECK(read_multipart(type, "preamble\r\n" + body));
  for (std::size_t cut = 0; cut < body.size(); ++cut) (void)read_multipart(type, body.substr(0, cut));
}

TEST_CASE("parameters of a header are found with and without quotes") {
  CHECK(header_parameter("a/b; x=1; Boundary=\"q;q\"", "boundary") == "q;q");
  CHECK(header_parameter("a/b;boundary=abc ", "boundary") == "abc");
  CHECK(header_parameter("form-data; name=\"a\\\"b\"; filename=\"C:\\dir\\f.csv\"", "name") == "a\"b");
  CHECK(header_parameter("form-data; name=\"a\"; filename=\"C:\\dir\\f.csv\"", "filename") ==
        "C:\\dir\\f.csv");
  CHECK_FALSE(header_parameter("a/b", "boundary"));
}
