#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "harness/plan/catalogue.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;

/// A catalogue of three files in a folder of its own.
class CatalogueTest : public testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(testing::TempDir()) / ("catalogue-" + std::to_string(getpid()));
        fs::create_directories(folder_);
        write("cjt304", entry("304-PUR-001", "shall", "verified"));
        write("cjt333", entry("333-KEY-001", "should", "inferred"));
        write("gbt31778", entry("31778-FLW-001", "may", "single-source"));
    }
    void TearDown() override { fs::remove_all(folder_); }

    static std::string entry(const std::string& id, const std::string& level, const std::string& confidence) {
        return "- id: " + id + "\n  title: {zh: 题, en: title}\n  rule: {zh: 规则, en: rule}\n  level: " + level +
               "\n  edition: \"2017\"\n  basis: JR/T 0025.2\n  confidence: " + confidence + "\n  testable: apdu\n";
    }
    void write(const std::string& standard, const std::string& text) {
        std::ofstream(folder_ / (standard + ".yaml")) << text;
    }
    std::string error() {
        const auto loaded = Catalogue::load(folder_);
        const auto message = loaded ? "no error" : loaded.error().message;
        const auto prefix = folder_.string() + "/";
        return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
    }

    fs::path folder_;
};

TEST_F(CatalogueTest, IsReadWhole) {
    const auto catalogue = Catalogue::load(folder_).value();
    ASSERT_EQ(catalogue.requirements().size(), 3U);
    EXPECT_EQ(catalogue.find("333-KEY-001")->standard, "cjt333");
    EXPECT_TRUE(catalogue.find("333-KEY-001")->is_inferred());
    EXPECT_EQ(catalogue.find("304-PUR-001")->clause, "");
    EXPECT_EQ(catalogue.find("304-PUR-002"), nullptr);
    EXPECT_EQ(catalogue.unknown("304-PUR-01"), "there is no requirement '304-PUR-01': did you mean '304-PUR-001'?");
}

TEST_F(CatalogueTest, WhatIsWrongIsToldWithItsPlace) {
    write("cjt304", entry("304-PUR-001", "must", "verified"));
    EXPECT_EQ(error(), "cjt304.yaml:4:10: level is one of shall, should, may, not 'must'");
    write("cjt304", entry("333-PUR-001", "shall", "verified"));
    EXPECT_EQ(error(), "cjt304.yaml:1:7: ids of cjt304 begin with '304-'");
    write("cjt304", entry("304-PUR-001", "shall", "verified") + entry("304-PUR-001", "may", "verified"));
    EXPECT_EQ(error().substr(0, 40), "cjt304.yaml:9:3: 304-PUR-001 stands at /");
    write("cjt304", entry("304-PUR-001", "shall", "verified") + "  claus: \"8\"\n");
    EXPECT_EQ(error().substr(0, 17), "cjt304.yaml:9:3: ");
}

TEST_F(CatalogueTest, ATestIsOfAKnownKind) {
    for (const auto* kind : {"apdu", "timing", "terminal", "file", "message", "reader"}) {
        std::string text = entry("304-PUR-001", "shall", "verified");
        write("cjt304", text.replace(text.find("apdu"), 4, kind));
        EXPECT_EQ(Catalogue::load(folder_).value().find("304-PUR-001")->testable, kind);
    }
    std::string text = entry("304-PUR-001", "shall", "verified");
    write("cjt304", text.replace(text.find("apdu"), 4, "host"));
    EXPECT_EQ(error(),
              "cjt304.yaml:8:13: testable is one of apdu, timing, terminal, file, message, reader, inspection, not 'host'");
}

TEST_F(CatalogueTest, AnInspectionAloneTellsTheInspectorWhatToDo) {
    std::string inspection = entry("304-PUR-001", "shall", "verified");
    inspection.replace(inspection.find("apdu"), 4, "inspection");
    const std::string instructions = "  inspect: {zh: 看, en: look}\n";
    write("cjt304", inspection + instructions);
    const auto catalogue = Catalogue::load(folder_).value();
    EXPECT_EQ(catalogue.find("304-PUR-001")->inspect.zh, "看");
    EXPECT_EQ(catalogue.find("304-PUR-001")->inspect.en, "look");
    EXPECT_EQ(catalogue.find("333-KEY-001")->inspect.en, "");

    write("cjt304", inspection);
    EXPECT_EQ(error(), "cjt304.yaml:1:3: 304-PUR-001 is an inspection and has no 'inspect': say what is looked at");
    write("cjt304", inspection + "  inspect: {en: look}\n");
    EXPECT_EQ(error().substr(0, 18), "cjt304.yaml:9:12: ");
    write("cjt304", entry("304-PUR-001", "shall", "verified") + instructions);
    EXPECT_EQ(error(), "cjt304.yaml:9:12: 'inspect' is for an inspection, and 304-PUR-001 is testable: apdu");
}

TEST_F(CatalogueTest, TheOwnerOfTheTextsSuppliesTheClauses) {
    auto catalogue = Catalogue::load(folder_).value();
    std::ofstream(folder_ / "map.yaml") << "304-PUR-001: \"9.1\"\n333-KEY-001: {clause: \"5.2\", edition: \"2010\"}\n";
    ASSERT_TRUE(catalogue.apply_clause_map(folder_ / "map.yaml"));
    EXPECT_EQ(catalogue.find("304-PUR-001")->clause, "9.1");
    EXPECT_EQ(catalogue.find("304-PUR-001")->edition, "2017");
    EXPECT_EQ(catalogue.find("333-KEY-001")->clause, "5.2");
    EXPECT_EQ(catalogue.find("333-KEY-001")->edition, "2010");
    std::ofstream(folder_ / "map.yaml") << "304-PUR-002: \"9.1\"\n";
    const auto message = catalogue.apply_clause_map(folder_ / "map.yaml").error().message;
    EXPECT_NE(message.find("map.yaml:1:1: there is no requirement '304-PUR-002'"), std::string::npos) << message;
}

TEST(Catalogue, OursLoadsAndHoldsAtLeastSixtyRequirements) {
    const auto catalogue = Catalogue::load(TONGKA_SOURCE_DIR "/testcases/catalogue");
    ASSERT_TRUE(catalogue) << catalogue.error().message;
    EXPECT_GE(catalogue->requirements().size(), 60U);
}

} // namespace
} // namespace tongka::harness
