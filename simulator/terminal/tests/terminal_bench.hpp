#pragma once

#include <gtest/gtest.h>

#include "core/crypto/secure_messaging.hpp"
#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/tests/two_cities.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::simulator {

/// A line that is cut at one exchange, before or after the device has worked on it; from then on the device is gone.
struct CutLine {
    SmartCard* device = nullptr;
    unsigned cut_at = 0; ///< 0: never
    bool after = false;
    unsigned count = 0;
    bool gone = false;
    std::vector<std::string> commands = {};
    std::vector<std::string>* all = nullptr; ///< commands of all lines in their order

    [[nodiscard]] Transmit transmit() {
        return [this](core::BytesView command) -> core::Result<core::Bytes> {
            commands.push_back(core::to_hex(command));
            if (all)
                all->push_back(commands.back());
            const bool cut = ++count == cut_at;
            if (gone || (cut && !after))
                return gone = true, core::fail("the device is gone");
            auto answer = line_to(*device)(command);
            if (cut)
                return gone = true, core::fail("the device is gone");
            return answer;
        };
    }
    [[nodiscard]] bool was_sent(std::string_view prefix) const {
        return std::ranges::any_of(commands, [&](const std::string& one) { return one.starts_with(prefix); });
    }
};

/// A card, a PSAM, an ISAM that is logged in, and a terminal of the card's city, by a profile of the suite.
struct TerminalBench {
    using Kind = TerminalRecord::Kind;
    using Result = TerminalOutcome::Result;
    using State = TerminalRecord::State;

    explicit TerminalBench(const std::string& name, std::uint32_t balance = 10'000) {
        profile = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/" + name + ".yaml").value();
        profile.card.ep.balance = balance;
        parameters.city = profile.card.city;
        parameters.rules = profile.rules;
        parameters.place = {1, 1};
        parameters.operator_code = {0x00, 0x00, 0x09};
        parameters.fares.highest = 700;
        parameters.fares.stations = {{{1, 1}, 0}, {{1, 2}, 3000}, {{1, 3}, 9000}, {{2, 1}, -4000}};
        parameters.fares.segments = {{4000, 200}, {8000, 300}};
        insert();
    }

    /// New devices, as they were issued.
    void insert(Deviations of_card = {}, Deviations of_psam = {}) {
        card = make_card(profile, std::make_unique<core::SeededRandom>(1), of_card).value();
        psam = make_psam(profile, std::make_unique<core::SeededRandom>(2), of_psam).value();
        (void)card->power_on();
        (void)psam->power_on();
    }

    void begin() {
        (void)card->power_on();
        (void)psam->power_on();
        commands.clear();
        card_line = {.device = card.get(), .cut_at = card_cut, .after = cut_after, .all = &commands};
        psam_line = {.device = psam.get(), .cut_at = psam_cut, .after = cut_after, .all = &commands};
    }
    TerminalOutcome run(const std::function<TerminalOutcome(Terminal&, const Transmit&, const Transmit&)>& flow) {
        begin();
        Terminal terminal(parameters, store, deviation);
        return flow(terminal, card_line.transmit(), psam_line.transmit());
    }
    TerminalOutcome pay(std::uint32_t amount = 250) {
        return run([&](Terminal& terminal, const Transmit& c, const Transmit& p) {
            return terminal.purchase(c, p, {.amount = amount, .date_time = moment});
        });
    }
    TerminalOutcome tap_in(Place place = {1, 1}) {
        return run([&](Terminal& terminal, const Transmit& c, const Transmit& p) {
            return terminal.tap_in(c, p, {.date_time = moment, .place = place});
        });
    }
    TerminalOutcome tap_out(Place place = {1, 2}) {
        return run([&](Terminal& terminal, const Transmit& c, const Transmit& p) {
            return terminal.tap_out(c, p, {.date_time = moment, .place = place});
        });
    }
    TerminalOutcome recover() {
        return run([&](Terminal& terminal, const Transmit& c, const Transmit& p) {
            return terminal.recover(c, p, profile.card.pin);
        });
    }

    /// Logs the ISAM in and gives it a limit, as its host does (clauses.md F; docs/decisions/0008-sams.md).
    void log_in(std::uint32_t limit = 1'000'000) {
        isam = make_isam(profile, std::make_unique<core::SeededRandom>(3)).value();
        (void)isam->power_on();
        const auto line = line_to(*isam);
        const auto ask_isam = [&](core::BytesView command) {
            const auto answer = line(command).value();
            EXPECT_EQ(core::to_hex(core::BytesView(answer).last(2)), "9000") << core::to_hex(command);
            return core::Bytes(answer.begin(), answer.end() - 2);
        };
        using namespace core::literals;
        sam = read_load_sam(line).value();
        const auto key = [&](std::string_view kind, core::Byte index) {
            return core::find_key(profile.isam->keys, kind, index)->key;
        };
        core::Bytes challenge = ask_isam("0084000004"_hex);
        const core::Bytes head =
            core::concatenate({"04D69B0012"_hex, core::big_endian(limit, 4), "20361231235959"_hex, "000001"_hex});
        (void)ask_isam(core::concatenate({head, core::secure_messaging_mac(key("SMK", 0), challenge, head)}));
        challenge = ask_isam("0084000004"_hex);
        (void)ask_isam(core::concatenate(
            {"0082000108"_hex, core::external_authentication(core::Cipher(key("UK", 1)), challenge)}));
    }
    TerminalOutcome load(std::uint32_t amount, unsigned isam_cut = 0) {
        begin();
        CutLine isam_line{.device = isam.get(), .cut_at = isam_cut, .after = cut_after};
        Terminal terminal(parameters, store, deviation);
        return terminal.load(card_line.transmit(), isam_line.transmit(), sam,
                             {.amount = amount, .date_time = moment, .pin = profile.card.pin});
    }

    std::uint32_t balance() {
        (void)card->power_on();
        const auto line = line_to(*card);
        EXPECT_TRUE(read_card(line));
        return read_balance(line).value();
    }
    /// What the records say that the card has less than at the start (negative: more).
    std::int64_t taken() const {
        std::int64_t sum = 0;
        for (const auto& record : store.records())
            if (record.state == State::paid || record.state == State::mac2_wrong)
                sum += record.kind == Kind::load ? -std::int64_t{record.purchase.amount} : record.purchase.amount;
        return sum;
    }
    void at(unsigned hour, unsigned minute, unsigned second = 0) {
        const auto bcd = [](unsigned number) { return static_cast<core::Byte>(number / 10 * 16 + number % 10); };
        moment[4] = bcd(hour);
        moment[5] = bcd(minute);
        moment[6] = bcd(second);
    }

    core::Profile profile;
    TerminalParameters parameters;
    RecordStore store = RecordStore::open({}).value();
    std::optional<TerminalDeviation> deviation;
    std::unique_ptr<Card> card;
    std::unique_ptr<Psam> psam;
    std::unique_ptr<Isam> isam;
    LoadSam sam;
    Moment moment{0x20, 0x26, 0x11, 0x22, 0x08, 0x15, 0x30};
    std::vector<std::string> commands; ///< of card and PSAM, in their order
    CutLine card_line;
    CutLine psam_line;
    unsigned card_cut = 0;
    unsigned psam_cut = 0;
    bool cut_after = false;
};

/// For INSTANTIATE_TEST_SUITE_P over names of profiles.
inline std::string profile_name(const testing::TestParamInfo<const char*>& profile) {
    std::string name = profile.param;
    std::ranges::replace(name, '-', '_');
    return name;
}

inline void expect_accepted(const TerminalOutcome& outcome) {
    EXPECT_EQ(name(outcome.result), "accepted")
        << (outcome.reason ? info(*outcome.reason).name : "") << ": " << outcome.detail;
}

inline void expect_refused(const TerminalBench& bench, const TerminalOutcome& outcome, RefusalReason reason) {
    EXPECT_EQ(name(outcome.result), "refused") << outcome.detail;
    ASSERT_TRUE(outcome.reason);
    EXPECT_EQ(info(*outcome.reason).name, info(reason).name) << outcome.detail;
    EXPECT_FALSE(bench.card_line.was_sent("8054"));
    EXPECT_FALSE(bench.card_line.was_sent("8052"));
}

} // namespace tongka::simulator
