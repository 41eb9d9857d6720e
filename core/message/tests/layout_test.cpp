#include <set>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/message/frame.hpp"
#include "core/message/response_code.hpp"
#include "core/message/values.hpp"

namespace tongka::core::message {
namespace {

using namespace literals;

TEST(Layout, NamesAndCodesAreOnce) {
    std::set<std::uint16_t> codes;
    std::set<std::string_view> names;
    for (const Layout& layout : layouts()) {
        EXPECT_TRUE(codes.insert(layout.code).second);
        EXPECT_TRUE(names.insert(layout.name).second);
        EXPECT_EQ(layout.code & reply_bit, 0);
        EXPECT_EQ(find_layout(layout.code), &layout);
        EXPECT_EQ(layout_named(layout.name).value(), &layout);
        for (const auto fields : {layout.request, layout.reply}) {
            EXPECT_LE(least_size + size_of(fields), most_size);
            std::set<std::string_view> fields_seen;
            for (const Field& field : fields) {
                EXPECT_TRUE(fields_seen.insert(field.name).second) << field.name;
                EXPECT_FALSE(field.from.empty());
                EXPECT_FALSE(field.text.zh.empty());
                EXPECT_FALSE(field.text.en.empty());
            }
        }
        EXPECT_EQ(layout.reply.front().name, "response-code");
    }
    EXPECT_EQ(find_layout(0x0507), nullptr);
    EXPECT_EQ(layout_named("load-requset").error().message,
              "there is no message 'load-requset': did you mean 'load-request'?");
}

// The widths of clauses.md F.
TEST(Layout, LogInAndLogOutHaveThePublicWidths) {
    EXPECT_EQ(size_of(find_layout(0x0508)->request), 4U + 1 + 8 + 6 + 6 + 8 + 8);
    EXPECT_EQ(size_of(find_layout(0x0508)->reply), 1U + 8 + 4 + 7 + 4 + 3);
    EXPECT_EQ(size_of(find_layout(0x0608)->request), 4U + 1 + 8 + 6 + 6 + 8 + 3 + 4 + 4 + 4);
}

TEST(Layout, ABodyIsItsFieldsInOrder) {
    const Layout& layout = *find_layout(load_result);
    Values values;
    values.set("asn", "2144000000000001"_hex).set("type", 2, 1).set("counter", 5, 2).set("new-balance", 700, 4);
    EXPECT_EQ(encode_fields(layout.request, values).error().message, "field tac is missing");
    values.set("tac", "A1A2A3A4"_hex);
    const auto body = encode_fields(layout.request, values).value();
    EXPECT_EQ(to_hex(body), "2144000000000001"
                            "02"
                            "0005"
                            "000002BC"
                            "A1A2A3A4");
    EXPECT_EQ(decode_fields(layout.request, body).value(), values);
    for (std::size_t size = 0; size < body.size(); ++size)
        EXPECT_FALSE(decode_fields(layout.request, BytesView(body).first(size)));
    values.set("counter", 5, 3);
    EXPECT_EQ(encode_fields(layout.request, values).error().message, "field counter must have 2 bytes, not 3");
    values.set("counter", 5, 2).set("count", 5, 2);
    EXPECT_EQ(encode_fields(layout.request, values).error().message, "the message has no field count");
}

TEST(Layout, BcdIsLookedAt) {
    const Layout& layout = *find_layout(line_check);
    EXPECT_TRUE(decode_reply(layout, "000000000520261123083059"_hex));
    EXPECT_EQ(decode_reply(layout, "00000000052026112308305A"_hex).error().message, "field host-time is not BCD");
}

TEST(Layout, ARefusalStandsAlone) {
    const Layout& layout = *find_layout(load_request);
    EXPECT_EQ(decode_reply(layout, "26"_hex).value().byte("response-code"), 0x26);
    EXPECT_FALSE(decode_reply(layout, "00"_hex)) << "what is done comes with all its fields";
    Bytes body(size_of(layout.reply));
    EXPECT_TRUE(decode_reply(layout, body));
    body[0] = 0x26;
    EXPECT_FALSE(decode_reply(layout, body));
}

TEST(ResponseCodes, AreOnceEachInBothLanguages) {
    std::set<ResponseCode> codes;
    for (const auto& info : response_codes()) {
        EXPECT_TRUE(codes.insert(info.code).second);
        EXPECT_FALSE(info.text.zh.empty());
        EXPECT_FALSE(info.text.en.empty());
    }
    EXPECT_EQ(find_response_code(0x12)->name, "wrong-mac");
    EXPECT_EQ(find_response_code(0x99), nullptr);
}

} // namespace
} // namespace tongka::core::message
