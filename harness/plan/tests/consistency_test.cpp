#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/plan/consistency.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;
using Kind = DeclarationFinding::Kind;

const fs::path testcases = TONGKA_SOURCE_DIR "/testcases";

Proformas proformas() {
    return Proformas::load(testcases / "proforma").value();
}

Declaration city_union() {
    return Declaration::load(testcases / "profiles/city-union.ics.yaml", proformas()).value();
}

std::string all(const std::vector<DeclarationFinding>& findings) {
    std::string text;
    for (const auto& finding : findings)
        text += finding.place + ": " + finding.text.en + "\n";
    return text;
}

std::string checked(const Declaration& declaration) {
    return all(check_declaration(declaration, proformas(), core::Rules{}));
}

core::Result<Declaration> load(const std::string& text) {
    const auto path = fs::path(testing::TempDir()) / ("consistency-" + std::to_string(getpid()) + ".yaml");
    std::ofstream(path) << text;
    auto loaded = Declaration::load(path, proformas());
    fs::remove(path);
    if (!loaded)
        return core::fail(loaded.error().message.substr(path.string().size()));
    return loaded;
}

TEST(Consistency, TheDeclarationsOfAllProfilesAreCompleteAndGoTogether) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(testcases / "profiles")) {
        if (!entry.path().native().ends_with(".ics.yaml"))
            continue;
        const auto declaration = Declaration::load(entry.path(), proformas());
        ASSERT_TRUE(declaration) << declaration.error().message;
        EXPECT_EQ(checked(*declaration), "") << entry.path();
        ++count;
    }
    EXPECT_EQ(count, 8);
}

TEST(Consistency, ANameThatNoProformaHasIsAnError) {
    EXPECT_EQ(load("ics: {EP: yes, GRAY-LOCK: yes}\n").error().message,
              ":1:16: there is no ICS key 'GRAY-LOCK': did you mean 'GREY-LOCK'?");
    EXPECT_EQ(load("ics: {EP: yes}\nixit: {pins: 123456}\n").error().message,
              ":2:8: there is no IXIT value 'pins': did you mean 'pin'?");
    EXPECT_EQ(load("ics: {EP: yes}\nixit: {terminal: 12}\n").error().message,
              ":2:8: terminal: 6 bytes are needed, not 1");
    EXPECT_EQ(load("ics: {EP: yes}\ntries: {pim: 1}\n").error().message,
              ":2:9: there is no kind of tries 'pim': did you mean 'pin'?");
}

TEST(Consistency, WhatDoesNotGoTogetherIsTold) {
    auto declaration = city_union();
    declaration.claims["UNLOAD"] = true;
    const auto findings = check_declaration(declaration, proformas(), core::Rules{});
    ASSERT_EQ(findings.size(), 1U) << all(findings);
    EXPECT_EQ(findings[0].kind, Kind::inconsistent);
    EXPECT_EQ(findings[0].name, "UNLOAD");
}

TEST(Consistency, WhatIsMissingIsTold) {
    auto declaration = city_union();
    declaration.claims.erase("GREY-LOCK");
    declaration.values.erase("pin");
    EXPECT_THAT(checked(declaration), testing::HasSubstr("GREY-LOCK (grey lock) is not answered"));
    EXPECT_THAT(checked(declaration), testing::HasSubstr("the value pin (PIN) is missing: PIN needs it"));
    declaration.claims["PIN"] = declaration.claims["PIN-RELOAD"] = declaration.claims["PIN-UNBLOCK"] = false;
    EXPECT_THAT(checked(declaration), testing::Not(testing::HasSubstr("PIN needs it")));
}

TEST(Consistency, AnEmptyAnswerIsNone) {
    const auto declaration = load("ics:\n  ISAM: \"\"\n").value();
    EXPECT_THAT(checked(declaration), testing::HasSubstr(":2:3: ISAM (load SAM) is not answered"));
}

TEST(Consistency, WhatIsLeftEmptyGoesAgainstNothing) {
    EXPECT_THAT(checked(load("ics:\n  READER-CONTACT: \"\"\n").value()),
                testing::Not(testing::HasSubstr("takes cards")));
    EXPECT_THAT(checked(load("ics:\n  READER-CONTACT: \"no\"\n").value()), testing::HasSubstr("takes cards"));
}

TEST(Consistency, ANameIsKnownEvenWithNothingBehindIt) {
    EXPECT_THAT(load("ics:\n  GRAY-LOCK: \"\"\n").error().message, testing::HasSubstr("did you mean 'GREY-LOCK'?"));
}

TEST(Consistency, AQuestionThatIsNotAskedNeedsNoAnswer) {
    auto declaration = city_union();
    declaration.claims.erase("UNLOAD");
    EXPECT_EQ(checked(declaration), "");
    declaration.claims["EP"] = false;
    EXPECT_THAT(checked(declaration), testing::HasSubstr("EP (electronic purse) is mandatory"));
}

/// What is asked only under a condition cannot be claimed without it.
TEST(Consistency, EveryConditionalClaimHasARule) {
    const auto forms = proformas();
    for (const auto& proforma : forms.all())
        for (const auto& item : proforma.items) {
            if (item.status != ItemStatus::conditional || item.key == "ED-AT-ITS-END")
                continue;
            Declaration declaration;
            for (const auto& other : proforma.items)
                declaration.claims[other.key] = other.key == item.key;
            const auto findings = check_declaration(declaration, forms, core::Rules{});
            EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [&](const auto& one) {
                return one.kind == Kind::inconsistent && one.text.en.find(item.key) != std::string::npos;
            })) << item.key;
        }
}

TEST(Consistency, ADeclarationOfOneKindIsNotAskedForTheOthers) {
    Declaration declaration;
    declaration.claims = {{"ISAM", false}};
    const auto forms = proformas();
    const auto kinds = kinds_of(declaration, forms);
    ASSERT_EQ(kinds.size(), 1U);
    EXPECT_EQ(kinds[0]->kind, "isam");
    EXPECT_EQ(checked(declaration), "");
}

} // namespace
} // namespace tongka::harness
