#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/language/loader.hpp"
#include "harness/plan/catalogue.hpp"
#include "harness/plan/proforma.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path testcases = TONGKA_SOURCE_DIR "/testcases";

const Proformas& proformas() {
    static const auto loaded = [] {
        auto result = Proformas::load(testcases / "proforma");
        if (!result)
            throw std::runtime_error(result.error().message);
        return *result;
    }();
    return loaded;
}

std::string contents(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// A folder of proformas of which one has other text.
class Changed : public testing::Test {
protected:
    std::string error(const std::string& kind, const std::string& from, const std::string& to) {
        for (const auto one : proforma_kinds)
            fs::copy_file(testcases / "proforma" / (std::string(one) + ".yaml"), folder_ / (std::string(one) + ".yaml"),
                          fs::copy_options::overwrite_existing);
        auto text = contents(folder_ / (kind + ".yaml"));
        const auto at = text.find(from);
        if (at == std::string::npos)
            return "the proforma does not have: " + from;
        std::ofstream(folder_ / (kind + ".yaml")) << text.replace(at, from.size(), to);
        const auto loaded = Proformas::load(folder_);
        return loaded ? "" : loaded.error().message.substr(folder_.string().size() + 1);
    }
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

private:
    const fs::path folder_ = fs::path(testing::TempDir()) / ("tongka-proforma-" + std::to_string(getpid()));
};

void add_keys(std::set<std::string>& keys, const std::optional<AppliesClause>& clause) {
    if (clause)
        keys.merge(keys_of(clause->root));
}

std::set<std::string> keys_of_suite() {
    std::set<std::string> keys;
    const auto suite = load_suite(testcases).value();
    for (const auto& test_case : suite.cases)
        add_keys(keys, test_case.applies);
    return keys;
}

/// Every `ixit.NAME` in cases and procedures.
std::set<std::string> values_of_suite() {
    std::set<std::string> names;
    constexpr std::string_view before = "ixit.";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-";
    for (const char* part : {"cases", "procedures"})
        for (const auto& entry : fs::recursive_directory_iterator(testcases / part)) {
            if (entry.path().extension() != ".yaml")
                continue;
            const auto text = contents(entry.path());
            for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
                at += before.size();
                auto name = text.substr(at, text.find_first_not_of(letters, at) - at);
                name.erase(name.find_last_not_of('-') + 1);
                if (!name.empty())
                    names.insert(std::move(name));
            }
        }
    return names;
}

TEST(Proforma, WhatCasesNameCanBeDeclared) {
    for (const auto& key : keys_of_suite())
        EXPECT_NE(proformas().item(key), nullptr) << key;
    for (const auto& name : values_of_suite())
        EXPECT_NE(proformas().value(name), nullptr) << name;
}

TEST(Proforma, WhatCanBeDeclaredIsUsed) {
    auto used = keys_of_suite();
    for (const auto& proforma : proformas().all()) {
        for (const auto& rule : proforma.rules) {
            used.merge(keys_of(rule.condition.root));
            used.merge(keys_of(rule.demand.root));
        }
        // No case is over these yet; the record of a run keeps what is declared.
        if (proforma.kind != "reader" && proforma.kind != "terminal") {
            for (const auto& item : proforma.items)
                EXPECT_TRUE(used.contains(item.key) || item.probe) << item.key;
        }
    }
    const auto names = values_of_suite();
    for (const auto name : proformas().value_names())
        EXPECT_TRUE(names.contains(std::string(name))) << name;
}

TEST(Proforma, ReferencesAreInTheCatalogue) {
    const auto catalogue = Catalogue::load(testcases / "catalogue").value();
    for (const auto& proforma : proformas().all())
        for (const auto& item : proforma.items)
            for (const auto& id : item.references)
                EXPECT_NE(catalogue.find(id), nullptr) << item.place << ": " << id;
}

TEST_F(Changed, MistakesAreToldWithTheirPlace) {
    EXPECT_THAT(error("card", "- key: CAPP", "- key: GREY-LOCK"), HasSubstr("GREY-LOCK stands at"));
    EXPECT_THAT(error("card", "    when: EP\n", "    when: EPP\n"),
                HasSubstr("no proforma has the ICS key 'EPP': did you mean 'EP'?"));
    EXPECT_THAT(error("card", "    status: mandatory", "    status: must"),
                testing::MatchesRegex("card.yaml:[0-9]+:13: status is one of mandatory, optional, conditional, not "
                                      "'must'"));
    EXPECT_THAT(error("card", "    status: mandatory", "    status: conditional"),
                HasSubstr("a conditional item says when it is asked for"));
    EXPECT_THAT(error("card", "send: \"80 5C 00 02 04\"", "send: \"80 5C\""),
                HasSubstr("card.yaml:12:13: send needs at least 4 bytes, not 2"));
    EXPECT_THAT(error("card", "present: \"9000 * | 6982\"", "present: \"90\""),
                HasSubstr("card.yaml:13:17: a status word has 4"));
    EXPECT_THAT(error("card", "    when: EP\n", "    when: PSAM\n"),
                HasSubstr("PSAM is asked for after CAPP, which hangs on it"));
    EXPECT_THAT(error("isam", "kind: isam", "kind: psam"), HasSubstr("the proforma of this file is that of 'isam'"));
    EXPECT_THAT(error("psam", "- name: psam-mac\n", "- name: psam-mac1\n"),
                HasSubstr("no case spends 'psam-mac1': did you mean 'psam-mac'?"));
    EXPECT_THAT(error("card", "default: \"112233445566\"", "default: \"1122334455\""),
                HasSubstr("6 bytes are needed, not 5"));
}

TEST(Proforma, ValuesHaveAWidthAndAFormat) {
    ProformaValue value{.name = "v", .kind = {}, .place = {}, .title = {}, .question = {}, .shortest = 2, .longest = 4};
    EXPECT_EQ(fault_of(value, core::Bytes{1}), "2 to 4 bytes are needed, not 1");
    EXPECT_EQ(fault_of(value, core::Bytes{0xAB, 1}), "");
    value.format = ValueFormat::bcd;
    EXPECT_EQ(fault_of(value, core::Bytes{0xAB, 1}), "decimal digits are needed, filled up with F");
    EXPECT_EQ(fault_of(value, core::Bytes{0x12, 0x3F}), "");
    value.format = ValueFormat::date;
    EXPECT_EQ(fault_of(value, core::Bytes{0x20, 0x26, 0x13, 0x01}), "a day YYYYMMDD is needed");
    EXPECT_EQ(fault_of(value, core::Bytes{0x20, 0x26, 0x12, 0x31}), "");
}

} // namespace
} // namespace tongka::harness
