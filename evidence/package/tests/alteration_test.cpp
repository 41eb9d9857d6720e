#include <random>

#include <gmock/gmock.h>

#include "evidence/package/container.hpp"
#include "evidence/package/tests/sample_package.hpp"

namespace tongka::evidence {
namespace {

using test::SamplePackage;
using test::view;
using testing::HasSubstr;

/// What a verifier found wrong: "subject: text".
std::vector<std::string> wrong(const Verification& told) {
    std::vector<std::string> found;
    for (const auto& one : told.findings)
        if (one.kind == Finding::Kind::bad)
            found.push_back(one.subject + ": " + one.text.en);
    return found;
}

std::string all(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += line + "\n";
    return text;
}

class AlterationTest : public testing::Test {
protected:
    static const SamplePackage& sample() {
        static const SamplePackage made;
        return made;
    }

    /// The file of which a byte of the package is content; empty for the container's own bytes.
    static std::string owner_of(std::size_t at) {
        static const auto entries = read_container(view(sample().bytes())).value();
        for (const auto& entry : entries) {
            const auto begin = static_cast<std::size_t>(entry.content.data() - view(sample().bytes()).data());
            if (at >= begin && at < begin + entry.content.size())
                return entry.name;
        }
        return {};
    }

    static Verification verified(const std::string& package, bool reports = false) {
        auto request = sample().request();
        request.reports = reports;
        return verify_package(view(package), request);
    }
};

TEST_F(AlterationTest, NothingIsWrongWithWhatWasNotAltered) {
    const auto told = verified(sample().bytes(), true);
    EXPECT_TRUE(told.is_good()) << all(wrong(told));
    EXPECT_EQ(told.signer, "CN=Laboratory");
}

/// The signature, what it is over and what it is checked with cannot be told apart when one of them was altered.
bool names(const std::vector<std::string>& findings, const std::string& owner) {
    const auto begins = [&](const std::string& subject) {
        return std::ranges::any_of(findings, [&](const auto& one) { return one.starts_with(subject + ": "); });
    };
    if (owner.starts_with("manifest.") || owner.starts_with("certificates/"))
        return begins("manifest.json") || begins("manifest.sig") ||
               all(findings).find("certificates/") != std::string::npos;
    return begins(owner);
}

TEST_F(AlterationTest, EveryBitThatIsFlippedIsFoundAndItsFileNamed) {
    std::mt19937 random(1); // NOLINT(cert-msc51-cpp): the same alterations each time
    // As many bytes of each file as of any other: else most would be of the largest.
    std::vector<std::vector<std::size_t>> places;
    std::string before = "?";
    for (std::size_t at = 0; at < sample().bytes().size(); ++at) {
        const auto owner = owner_of(at);
        if (owner != before)
            places.emplace_back();
        before = owner;
        places.back().push_back(at);
    }
    for (int i = 0; i < 8000; ++i) {
        const auto& part = places[i % places.size()];
        const auto at = part[random() % part.size()];
        auto altered = sample().bytes();
        altered[at] = static_cast<char>(altered[at] ^ (1 << random() % 8));
        const auto found = wrong(verified(altered));
        const auto owner = owner_of(at);
        ASSERT_FALSE(found.empty()) << "byte " << at << " of " << owner;
        ASSERT_TRUE(owner.empty() || names(found, owner)) << "byte " << at << " of " << owner << "\n" << all(found);
    }
}

TEST_F(AlterationTest, WhatIsAddedTakenAwayOrMovedIsFound) {
    std::mt19937 random(2); // NOLINT(cert-msc51-cpp)
    const auto& right = sample().bytes();
    for (int i = 0; i < 3000; ++i) {
        auto altered = right;
        const auto at = random() % right.size();
        const auto size = 1 + random() % 1024;
        switch (i % 5) {
        case 0:
            altered.insert(at, 1, static_cast<char>(random()));
            break;
        case 1:
            altered.erase(at, size);
            break;
        case 2:
            altered.resize(at);
            break;
        case 3:
            altered.insert(at / 512 * 512, std::string(512, '\0'));
            break;
        default:
            altered.insert(at / 512 * 512, altered.substr(random() % right.size() / 512 * 512, 512));
            break;
        }
        if (altered != right) {
            ASSERT_FALSE(verified(altered).is_good()) << "kind " << i % 5 << " at " << at;
        }
    }
}

/// A package that somebody has signed anew, over something that is not so.
class LieTest : public testing::Test {
protected:
    std::string lie() const {
        const auto made = make_package(sample_.made_of(), sample_.signer(), sample_.file("lie"));
        return made ? std::string() : made.error().message;
    }
    const SamplePackage sample_;
};

TEST_F(LieTest, AReportThatSaysSomethingElseIsNotPacked) {
    auto text = reports::test::read_file(sample_.file("run/junit.xml"));
    text.replace(text.find("failures=\""), 11, "failures=\"0");
    sample_.write("run/junit.xml", text);
    EXPECT_THAT(lie(), HasSubstr("junit.xml: is not what the record says"));
}

TEST_F(LieTest, AnAttachmentThatIsGoneOrAnotherIsNotPacked) {
    sample_.write("run/attachments/photo.jpg", "another photograph");
    EXPECT_THAT(lie(), HasSubstr("photo.jpg: is not the file that was attached"));
    std::filesystem::remove(sample_.file("run/attachments/photo.jpg"));
    EXPECT_THAT(lie(), HasSubstr("photo.jpg: cannot be read"));
}

TEST_F(LieTest, AnotherSuiteIsNotPacked) {
    sample_.write("suite/cases/more.yaml", "[]");
    EXPECT_THAT(lie(), HasSubstr("is not the suite that was run"));
}

TEST_F(LieTest, ARecordThatWasAlteredOrCutOffIsNotPacked) {
    const auto right = reports::test::read_file(sample_.file("run/record.jsonl"));
    auto text = right;
    text.replace(text.find("\"pass\":false"), 12, "\"pass\":true ");
    sample_.write("run/record.jsonl", text);
    EXPECT_THAT(lie(), HasSubstr("record.jsonl:"));
    sample_.write("run/record.jsonl", right.substr(0, right.rfind('\n', right.size() - 2) + 1));
    EXPECT_THAT(lie(), HasSubstr("did not come to its end"));
}

TEST_F(LieTest, NothingIsLeftOfAPackageThatWasNotMade) {
    std::filesystem::remove(sample_.file("run/report.json"));
    EXPECT_THAT(lie(), HasSubstr("report.json"));
    EXPECT_FALSE(std::filesystem::exists(sample_.file("lie")));
}

} // namespace
} // namespace tongka::evidence
