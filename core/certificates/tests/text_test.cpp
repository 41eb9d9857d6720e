#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/certificates/tests/chain.hpp"

namespace tongka::core::certificates::test {
namespace {

using testing::HasSubstr;

TEST(Text, pem_and_der_are_the_same_certificate) {
    const auto root = make_root("Root").certificate;
    const auto der = root.encoded(Form::der);
    EXPECT_EQ(must(Certificate::read(root.encoded(Form::pem))).encoded(Form::der), der);
    EXPECT_EQ(must(Certificate::read(der)).encoded(Form::pem), root.encoded(Form::pem));
}

TEST(Text, a_file_may_hold_several) {
    const auto pem = make_root("Root").certificate.encoded(Form::pem);
    const auto twice = concatenate({pem, pem});
    EXPECT_EQ(must(Certificate::read_all(twice)).size(), 2U);
    EXPECT_THAT(Certificate::read(twice).error().message, HasSubstr("holds 2 PEM blocks"));
}

TEST(Text, cut_off_anywhere_is_refused) {
    const auto root = make_root("Root").certificate;
    for (const auto form : {Form::pem, Form::der}) {
        const auto whole = root.encoded(form);
        for (std::size_t size = 0; size + 1 < whole.size(); ++size)
            EXPECT_FALSE(Certificate::read_all(BytesView(whole).first(size))) << size;
        const auto one_and_a_half = concatenate({whole, BytesView(whole).first(whole.size() / 2)});
        EXPECT_FALSE(Certificate::read_all(one_and_a_half));
    }
}

TEST(Text, what_is_wrong_with_a_file_is_told) {
    const auto said = [](BytesView file) { return Certificate::read(file).error().message; };
    const std::string words = "good morning";
    EXPECT_EQ(said({}), "the file is empty");
    EXPECT_EQ(said(Bytes(words.begin(), words.end())), "neither PEM nor DER: no CERTIFICATE here");
    const auto list = must(RevocationList::create(make_root("Root"), {day(0), day(1)}));
    EXPECT_EQ(said(list.encoded(Form::pem)), "PEM block 1 is a X509 CRL, not a CERTIFICATE");
    EXPECT_THAT(said(list.encoded(Form::der)), HasSubstr("not a certificate: "));
}

TEST(Text, times) {
    EXPECT_EQ(to_text(day(0)), "2026-11-23T00:00:00Z");
    EXPECT_EQ(must(read_time("2026-11-23")), day(0));
    EXPECT_EQ(must(read_time("2026-11-24T00:00:00Z")), day(1));
    EXPECT_EQ(from_asn1(must(to_asn1(day(12000))).get()), day(12000)) << "beyond 2049";
    for (const auto* wrong : {"", "2026-02-30", "2026-13-01", "2026-11-23T25:00:00Z", "2026-11-23 00:00:00",
                              "1969-01-01", "2026-11-23T00:00:00", "20261123"})
        EXPECT_FALSE(read_time(wrong)) << wrong;
}

} // namespace
} // namespace tongka::core::certificates::test
