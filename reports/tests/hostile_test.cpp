#include <gmock/gmock.h>
#include <pugixml.hpp>

#include "reports/decoded.hpp"
#include "reports/html_text.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"
#include "reports/tests/sample.hpp"

// Titles, reasons and answers come from files and devices: nothing in them may become part of a report's own markup.
namespace tongka::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string report(std::string_view name, core::Language language) {
    test::Folder folder;
    const auto summary = write_reports(test::sample_record(), folder.path(), {language});
    EXPECT_TRUE(summary) << summary.error().message;
    return test::read_file(folder.path() / name);
}

TEST(Hostile, MarkupInTextsIsEscapedInThePage) {
    const auto html = report("report.html", core::Language::zh);
    for (const auto* markup :
         {"<script>alert", "<img src=x", "<svg onload", "<b>bold</b>", "<i>reason</i>", "</script><script>alert"})
        EXPECT_THAT(html, Not(HasSubstr(markup)));
    EXPECT_THAT(html, HasSubstr("&lt;img src=x onerror=alert(&quot;title&quot;)&gt; &amp; &lt;/script&gt;"));
    EXPECT_THAT(html, HasSubstr("\\u003csvg onload=alert(1)\\u003e")) << "the traces hold it as JSON";
    EXPECT_THAT(html, HasSubstr("{{mustache}} {{{raw}}}")) << "texts are no templates";
}

TEST(Hostile, ThePageLetsNoScriptRunButItsOwn) {
    const auto html = report("report.html", core::Language::zh);
    EXPECT_THAT(html, HasSubstr("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"));
    std::size_t scripts = 0;
    for (auto at = html.find("<script>"); at != html.npos; at = html.find("<script>", at + 1))
        ++scripts;
    EXPECT_EQ(scripts, 1U);
    EXPECT_THAT(html, Not(HasSubstr("http://")));
    EXPECT_THAT(html, Not(HasSubstr("https://")));
}

TEST(Hostile, JUnitIsWellFormed) {
    for (const auto language : {core::Language::zh, core::Language::en}) {
        pugi::xml_document document;
        const auto xml = report("junit.xml", language);
        const auto parsed = document.load_string(xml.c_str(), pugi::parse_full);
        ASSERT_TRUE(parsed) << parsed.description() << " at " << parsed.offset;
        EXPECT_STREQ(document.child("testsuites").attribute("tests").value(), "10");
        EXPECT_STREQ(document.child("testsuites").attribute("failures").value(), "2") << "an observation is no failure";
        EXPECT_STREQ(document.child("testsuites").attribute("errors").value(), "2");
        EXPECT_STREQ(document.child("testsuites").attribute("skipped").value(), "2");
        for (const char c : xml)
            EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << "XML 1.0 forbids control characters";
    }
}

TEST(Hostile, EscapingLeavesNoMarkupAndNoControlCharacters) {
    EXPECT_EQ(escaped("<a href=\"x\">'&'</a>"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    EXPECT_EQ(escaped(std::string_view("a\0b\x1b", 4)), "a\uFFFDb\uFFFD");
    EXPECT_EQ(escaped("通卡"), "通卡");
    EXPECT_EQ(script_safe(R"({"a":"</script><!--&"})"), R"({"a":"\u003c/script\u003e\u003c!--\u0026"})");
}

TEST(Hostile, TheTerminalObeysNoText) {
    test::Folder folder;
    const auto summary = summarize(folder.write(
        "record.jsonl",
        test::make_record(
            {R"({"kind":"case","id":"c/\u001b[2J","standard":"c","title":"a\u001b]0;x\u0007","covers":[],"selection":"selected"})",
             R"({"kind":"begin","case":"c/\u001b[2J","at":1})",
             R"({"kind":"verdict","case":"c/\u001b[2J","verdict":"error","reason":"\u001b[31m","checks":0,"at":2,"us":1})"})));
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_THAT(summary_text(*summary, "out", {}), Not(HasSubstr("\x1b")));
}

TEST(Decoded, ARedactedPinHasNoMeaning) {
    const auto decoded = decode_exchange("card", "0020000003******", "63C2");
    EXPECT_THAT(decoded.command.en, HasSubstr("VERIFY"));
    for (const auto& field : decoded.sent)
        EXPECT_TRUE(field.offset < 5 || field.meaning.empty()) << field.meaning.en;
    EXPECT_THAT(decoded.status.en, HasSubstr("2 tries"));
}

TEST(Decoded, FieldsCoverTheWholeCommandAndAnswer) {
    struct {
        const char* command;
        const char* response;
    } const exchanges[] = {{"805001020B01000000641122334455660F", "000003E8000700000001"
                                                                  "0047800CF79000"},
                           {"00A4040009A0000000038698070100", "9000"},
                           {"805C000204", "6985"},
                           {"00B0951E", ""},
                           {"00B095001E", "00"},
                           {"80", "9000"},
                           {"", ""},
                           {"0020000003******", "63C2"},
                           {"801A2A0110214400000000000121"
                            "44FF0000000000",
                            "9000"},
                           {"DEADBEEF0102030405060708", "0102039000"}};
    for (const auto& [command, response] : exchanges) {
        const auto decoded = decode_exchange("card", command, response);
        const auto covered = [](const std::vector<DecodedField>& fields) {
            std::size_t at = 0;
            for (const auto& field : fields)
                if (field.depth == 0) {
                    EXPECT_EQ(field.offset, at);
                    at += field.size;
                }
            return at;
        };
        EXPECT_EQ(covered(decoded.sent), std::string_view(command).size() / 2) << command;
        const auto size = std::string_view(response).size() / 2;
        EXPECT_EQ(covered(decoded.received), size < 2 ? 0 : size - 2) << response;
    }
}

TEST(Decoded, WhatIsNotHexHasAName) {
    const auto decoded = decode_exchange("card", "80F", "xyz");
    EXPECT_EQ(decoded.command.en, "not a command");
    EXPECT_TRUE(decoded.sent.empty());
}

} // namespace
} // namespace tongka::reports
