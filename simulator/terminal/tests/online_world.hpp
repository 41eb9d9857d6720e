#pragma once

#include <filesystem>

#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/message/seal.hpp"
#include "simulator/issuer/service/service.hpp"
#include "simulator/issuer/tests/two_cities.hpp"
#include "simulator/terminal/load.hpp"
#include "simulator/terminal/online_host.hpp"
#include "simulator/terminal/online_isam.hpp"

namespace tongka::simulator {

class SetClock final : public core::Clock {
public:
    [[nodiscard]] Time now() const override { return time; }
    Time time = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours{4};
};

/// A city's host with its book in a file, a card and a load SAM of the city, and a terminal that has its working key.
class OnlineWorld {
public:
    static constexpr std::uint32_t paid_in = 1'000'000;
    static constexpr std::uint32_t card_start = 10000;
    static constexpr std::uint32_t most = 20000; ///< that a log-in grants
    static constexpr TerminalNumber number{0, 0, 0, 0, 0, 9};

    explicit OnlineWorld(HostDeviations faults = {}) : deviations(faults) {
        EXPECT_TRUE(core::new_national_store(national, random, core::Algorithm::triple_des));
        EXPECT_TRUE(core::add_all(city, core::city_keys(national, *city.owner().city).value()));
        card = issue_card(city, "2144", 1, "card");
        auto name = (std::filesystem::temp_directory_path() / "tongka-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no folder for the test");
        folder = name;
        open();
        EXPECT_TRUE(accounts->add_account("payer", paid_in));
        EXPECT_TRUE(accounts->add_card(
            {.asn = card.profile.card.asn, .city = card.profile.card.city, .generation = 1, .account = "payer"}));
        EXPECT_TRUE(TerminalBook(*accounts).add(number));
    }
    OnlineWorld(const OnlineWorld&) = delete;
    OnlineWorld& operator=(const OnlineWorld&) = delete;
    ~OnlineWorld() {
        close();
        std::filesystem::remove_all(folder);
    }

    /// The host's process begins or ends.
    void open() {
        accounts.emplace(Accounts::open(folder / "book").value());
        service.emplace(*accounts, city, core::Rules{}, clock, random, deviations);
    }
    void close() {
        service.reset();
        accounts.reset();
    }
    void restart() {
        close();
        open();
    }

    [[nodiscard]] core::Key key() { return working_key(city, number).value(); }
    /// A line on which nothing is lost.
    [[nodiscard]] ExchangeFrame straight() {
        return [this](core::BytesView frame) -> core::Result<core::Bytes> { return answered(service->handle(frame)); };
    }
    static core::Result<core::Bytes> answered(HostReply reply) {
        if (reply.frame.empty())
            return core::fail("the host has closed the line: " + reply.reason);
        return std::move(reply.frame);
    }
    /// A terminal that was just switched on.
    [[nodiscard]] OnlineLine line(ExchangeFrame exchange) {
        return {std::move(exchange), number, key(), clock, random};
    }

    core::Result<LoadOutcome> load(OnlineLine& host, std::uint32_t amount, const Transmit& to_card) {
        (void)card.card->power_on();
        OnlineHost service_there(host);
        return simulator::load(to_card, service_there, {.number = number, .key_index = 1}, amount);
    }
    core::Result<LoadOutcome> load(OnlineLine& host, std::uint32_t amount) {
        return load(host, amount, line_to(*card.card));
    }
    /// Settles what was cut off, by a terminal that was just switched on.
    void recover() {
        card.card->power_off();
        (void)card.card->power_on();
        auto host = line(straight());
        OnlineHost service_there(host);
        const auto settled = recover_load(line_to(*card.card), service_there, {.number = number, .key_index = 1});
        ASSERT_TRUE(settled) << settled.error().message;
    }

    [[nodiscard]] std::uint32_t balance() {
        (void)card.card->power_on();
        (void)card.card->exchange(core::from_hex("00A4040009A00000000386980701").value());
        const auto answer = core::to_bytes(card.card->exchange(core::from_hex("805C000204").value()));
        return static_cast<std::uint32_t>(core::read_big_endian(core::BytesView(answer).first(4)));
    }

    /// No fen was made or lost, whatever happened.
    void expect_money_kept() {
        const auto totals = accounts->totals().value();
        EXPECT_EQ(totals.accounts + totals.held + totals.booked, paid_in);
    }
    /// Both sides have come to the same end.
    void expect_agreement() {
        expect_money_kept();
        const auto totals = accounts->totals().value();
        EXPECT_EQ(totals.held, 0U);
        EXPECT_EQ(balance(), card_start + totals.booked);
    }

    HostDeviations deviations;
    core::SeededRandom random{3};
    SetClock clock;
    core::MemoryKeyStore national{core::KeyOwner{}};
    core::MemoryKeyStore city{core::KeyOwner{std::array<core::Byte, 2>{0x21, 0x44}}};
    std::filesystem::path folder;
    std::optional<Accounts> accounts;
    std::optional<Service> service;
    IssuedCard card;
};

} // namespace tongka::simulator
