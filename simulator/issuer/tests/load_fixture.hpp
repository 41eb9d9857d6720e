#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "simulator/issuer/card_issuer.hpp"
#include "simulator/issuer/tests/load_terminal.hpp"

namespace tongka::simulator {

/// What differs from card to card.
struct LoadKind {
    std::string profile = "city-union"; ///< 3DES; or sm4
    core::Byte type = 0x02;             ///< TTI: 01 ED, 02 EP
    std::string tac_counter = "before";
    std::string prove_counter = "after";
};

inline std::string test_name(const testing::TestParamInfo<LoadKind>& info) {
    const LoadKind& kind = info.param;
    return std::string(kind.profile == "sm4" ? "sm4" : "des") + (kind.type == 0x01 ? "_ed_" : "_ep_") +
           kind.tac_counter + "_" + kind.prove_counter;
}

/// An issued card with 1.00 in each purse, a terminal, and a host with its book in a file.
class LoadWorld {
public:
    static constexpr std::uint32_t card_start = 100;
    static constexpr std::uint64_t account_start = 10'000'000;

    explicit LoadWorld(const LoadKind& kind = {}, Deviations deviations = {})
        : profile(profile_of(kind)), type(kind.type),
          card(make_card(profile, std::make_unique<core::SeededRandom>(1), deviations).value()),
          terminal(*card, profile.card.asn, profile.card.city, kind.type) {
        auto name = (std::filesystem::temp_directory_path() / "tongka-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no folder for the test");
        folder = name;
        open();
        EXPECT_TRUE(accounts->add_account("payer", account_start));
        EXPECT_TRUE(accounts->add_card({.asn = profile.card.asn, .city = profile.card.city, .account = "payer"}));
        Line line;
        terminal.start(line);
    }
    LoadWorld(const LoadWorld&) = delete;
    LoadWorld& operator=(const LoadWorld&) = delete;
    ~LoadWorld() {
        close();
        std::filesystem::remove_all(folder);
    }

    /// The host's process begins or ends.
    void open() {
        auto opened = Accounts::open(folder / "book");
        if (!opened)
            throw std::runtime_error(opened.error().message);
        accounts.emplace(*std::move(opened));
        host.emplace(
            *accounts,
            [this](std::string_view kind, core::Byte index, core::Byte version,
                   const Asn& asn) -> core::Result<core::Key> {
                const auto* found = core::find_key(profile.card.keys, kind, index);
                if (asn != profile.card.asn || found == nullptr || found->version != version)
                    return core::fail("there is no such key");
                return found->key;
            },
            profile.rules, clock, random);
    }
    void close() {
        host.reset();
        accounts.reset();
    }
    void restart() {
        close();
        open();
    }

    [[nodiscard]] std::vector<Load> loads() { return accounts->loads(profile.card.asn).value(); }

    /// No fen was made or lost, whatever happened.
    void expect_money_kept() {
        const auto totals = accounts->totals().value();
        EXPECT_EQ(totals.accounts + totals.held + totals.booked, account_start);
    }

    /// Both sides have come to the same end.
    void expect_agreement() {
        expect_money_kept();
        Line line;
        terminal.start(line);
        std::uint64_t loaded = 0;
        for (const Load& load : loads()) {
            EXPECT_FALSE(load.open());
            loaded += load.state == LoadState::booked ? load.amount : 0;
        }
        EXPECT_EQ(terminal.balance(), card_start + loaded);
        EXPECT_EQ(accounts->balance("payer").value(), account_start - loaded);
        EXPECT_EQ(accounts->totals().value().held, 0U);
    }

    core::Profile profile;
    core::Byte type;
    std::unique_ptr<Card> card;
    LoadTerminal terminal;
    std::filesystem::path folder;
    core::FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{4}};
    core::SeededRandom random{7};
    std::optional<Accounts> accounts;
    std::optional<LoadHost> host;

private:
    static core::Profile profile_of(const LoadKind& kind) {
        auto profile = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/" + kind.profile + ".yaml").value();
        profile.card.ep = {.balance = card_start};
        profile.card.ed = core::PurseProfile{.balance = card_start};
        EXPECT_TRUE(profile.rules.set("load-tac-counter", kind.tac_counter));
        EXPECT_TRUE(profile.rules.set("prove-counter", kind.prove_counter));
        return profile;
    }
};

} // namespace tongka::simulator
