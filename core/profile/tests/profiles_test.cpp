#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/profile/key_kinds.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {
namespace {

namespace fs = std::filesystem;

const fs::path folder = TONGKA_SOURCE_DIR "/testcases/profiles";

/// The names of the profiles in the folder, `<name>.yaml`.
std::set<std::string> names() {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (const auto stem = entry.path().stem(); entry.path().extension() == ".yaml" && stem.extension().empty())
            found.insert(stem.string());
    return found;
}

Profile profile(const std::string& name) {
    auto loaded = load_profile(folder / (name + ".yaml"));
    EXPECT_TRUE(loaded) << loaded.error().message;
    return std::move(loaded).value();
}

std::set<std::string> keys_of(const std::string& name, std::string_view section) {
    const auto file = document::read(folder / (name + ".ics.yaml"));
    EXPECT_TRUE(file) << (file ? "" : file.error().message);
    std::set<std::string> keys;
    for (const auto& part : file->entries)
        if (part.key.text == section)
            for (const auto& entry : part.value.entries)
                keys.insert(entry.key.text);
    return keys;
}

TEST(Profiles, AreTheEightOfTheSuite) {
    EXPECT_EQ(names(), (std::set<std::string>{"alternatives", "city-union", "cyclic-composite", "fmcos",
                                              "load-with-pin", "pboc", "sm4", "two-composite-files"}));
}

TEST(Profiles, EachIsACompleteCardUnderItsOwnName) {
    for (const auto& name : names()) {
        SCOPED_TRACE(name);
        const Profile one = profile(name);
        EXPECT_EQ(one.name, name);
        for (const auto kind : key_kinds)
            EXPECT_TRUE(std::ranges::any_of(one.card.keys, [&](const NamedKey& key) { return key.kind == kind; }))
                << "no key " << kind;
        EXPECT_NE(find_key(one.psam.keys, "DPK", 1), nullptr);
        EXPECT_TRUE(std::ranges::equal(one.card.city, std::span(one.card.asn).first(2)))
            << "an ASN begins with its city";
    }
}

// Keys that differ in parity bits alone are one key to DES: a case could not tell them apart.
TEST(Profiles, NoTwoKeysOfACardAreOneToDes) {
    const auto without_parity = [](const NamedKey& named) {
        Bytes bytes = to_bytes(named.key.bytes());
        for (Byte& byte : bytes)
            byte &= 0xFE;
        return bytes;
    };
    for (const auto& name : names()) {
        SCOPED_TRACE(name);
        std::set<Bytes> seen;
        for (const NamedKey& named : profile(name).card.keys)
            EXPECT_TRUE(seen.insert(without_parity(named)).second) << named.kind << '.' << int{named.index};
    }
}

TEST(Profiles, EachHasTheFileItsCompositePurchasesUse) {
    for (const auto& name : names()) {
        SCOPED_TRACE(name);
        const Profile one = profile(name);
        const auto id = std::stoi(std::string(one.rules.value(Rule::composite_file)), nullptr, 16);
        const auto file = std::ranges::find_if(
            one.card.files, [&](const FileProfile& each) { return each.parent == 0x3F01 && each.id == id; });
        ASSERT_NE(file, one.card.files.end());
        EXPECT_EQ(file->kind, one.rules.is(Rule::composite_update, "cyclic")   ? FileKind::cyclic
                              : one.rules.is(Rule::composite_update, "number") ? FileKind::linear_fixed
                                                                               : FileKind::linear_variable);
        if (file->kind != FileKind::cyclic) {
            ASSERT_FALSE(file->content.empty()) << "a record to update";
            EXPECT_EQ(file->content[0][0], 0x01) << "record 01 of the declarations";
        }
    }
}

TEST(Profiles, EachDeclaresTheSameKeysAndValues) {
    for (const auto& name : names()) {
        SCOPED_TRACE(name);
        EXPECT_EQ(keys_of(name, "ics"), keys_of("city-union", "ics"));
        EXPECT_EQ(keys_of(name, "ixit"), keys_of("city-union", "ixit"));
    }
}

TEST(Profiles, TheDefaultProfileKeepsEveryDefaultOfTheRules) {
    const Profile city = profile("city-union");
    for (const RuleInfo& rule : rule_table())
        EXPECT_EQ(city.rules.value(rule.rule), rule.choices.front()) << rule.name;
    EXPECT_FALSE(city.card.ed);
}

TEST(Profiles, WhatEachIsThereFor) {
    EXPECT_TRUE(profile("pboc").card.ed);
    EXPECT_EQ(profile("pboc").card.interface, CardInterface::contact);
    EXPECT_TRUE(profile("fmcos").card.ed);
    EXPECT_EQ(profile("fmcos").card.interface, CardInterface::dual);
    EXPECT_TRUE(profile("load-with-pin").rules.is(Rule::load_needs_pin, "yes"));
    const Profile sm4 = profile("sm4");
    for (const auto* keys : {&sm4.card.keys, &sm4.psam.keys})
        for (const NamedKey& key : *keys)
            EXPECT_EQ(key.key.algorithm(), Algorithm::sm4) << key.kind;
    const Profile two = profile("two-composite-files");
    const auto has = [&](std::uint16_t id, Byte record_size) {
        return std::ranges::any_of(
            two.card.files, [&](const FileProfile& file) { return file.id == id && file.record_size == record_size; });
    };
    EXPECT_TRUE(has(0x0019, 0));
    EXPECT_TRUE(has(0x001A, 31));
}

} // namespace
} // namespace tongka::core
