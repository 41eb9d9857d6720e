#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/terminal/tests/online_world.hpp"

namespace tongka::simulator {
namespace {

using core::message::ResponseCode;

const IsamOperator who{.unit = {0x21, 0x44, 0x03, 0x01}, .number = {0, 0, 0, 0, 0, 0, 0, 1}};

/// A load SAM of the city, that loads the card without the host.
class OnlineIsam : public testing::Test {
protected:
    OnlineIsam() {
        profile.rules = {};
        EXPECT_TRUE(give_isam_keys(profile, world.city));
        isam = make_isam(profile, std::make_unique<core::SeededRandom>(5)).value();
        (void)isam->power_on();
        std::copy_n(profile.isam->serial.end() - 8, 8, serial.begin());
        EXPECT_TRUE(IsamBook(*world.accounts).add({serial, "payer", OnlineWorld::most, false}));
    }

    core::Result<IsamLogIn> log_in(const ExchangeFrame& exchange) {
        auto line = world.line(exchange);
        return isam_log_in(line_to(*isam), line, who);
    }
    core::Result<IsamLogIn> log_in() { return log_in(world.straight()); }
    core::Result<std::optional<IsamLogOut>> log_out(const ExchangeFrame& exchange) {
        auto line = world.line(exchange);
        return isam_log_out(line_to(*isam), line, who, 0);
    }
    core::Result<std::optional<IsamLogOut>> log_out() { return log_out(world.straight()); }

    /// What the ISAM answers to the second command of a MAC2 of this amount.
    std::string mac2(std::uint32_t amount, const std::string& moment = "20261122120000") {
        const auto send = [&](const std::string& hex) {
            return core::to_hex(isam->exchange(core::from_hex(hex).value()));
        };
        const auto derived = send("801A2B01082144000000000001");
        if (derived != "9000")
            return derived;
        return send("80FA010018A1A2A3A40003" + core::to_hex(core::big_endian(amount, 4)) + "02665544332211" + moment);
    }

    OnlineWorld world;
    core::Profile profile = layout(world.city, {});
    std::unique_ptr<Isam> isam;
    IsamSerial serial{};
};

TEST_F(OnlineIsam, LogsInLoadsAndLogsOut) {
    const auto in = log_in();
    ASSERT_TRUE(in) << in.error().message;
    EXPECT_EQ(in->limit.amount, OnlineWorld::most);
    EXPECT_EQ(in->limit.until, (std::array<core::Byte, 7>{0x20, 0x26, 0x11, 0x23, 0x12, 0x00, 0x00}));
    EXPECT_EQ(world.accounts->totals().value().held, OnlineWorld::most);
    EXPECT_EQ(mac2(700).substr(0, 2), "61");
    EXPECT_EQ(mac2(300).substr(0, 2), "61");
    EXPECT_EQ(mac2(OnlineWorld::most), "9401");

    const auto out = log_out();
    ASSERT_TRUE(out) << out.error().message;
    ASSERT_TRUE(*out);
    EXPECT_EQ((*out)->load_count, 2U);
    EXPECT_EQ((*out)->load_amount, 1000U);
    EXPECT_EQ(world.accounts->totals().value(), (Totals{OnlineWorld::paid_in - 1000, 0, 1000}));
    EXPECT_TRUE(std::ranges::all_of(isam->limit()->moment, [](core::Byte byte) { return byte == 0; })) << "closed";
    EXPECT_FALSE(log_out().value()) << "once more is nothing more";
    world.expect_money_kept();

    const auto next = log_in();
    ASSERT_TRUE(next) << next.error().message;
    EXPECT_EQ(next->limit.batch, in->limit.batch + 1);
    EXPECT_EQ(mac2(1).substr(0, 2), "61");
}

// A second log-in goes on with the first: what was loaded does not come back.
TEST_F(OnlineIsam, ALogInAgainGrantsNothingMore) {
    ASSERT_TRUE(log_in());
    EXPECT_EQ(mac2(700).substr(0, 2), "61");
    (void)isam->reset();
    world.restart();
    const auto again = log_in();
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->limit.amount, OnlineWorld::most - 700);
    EXPECT_EQ(world.accounts->totals().value().held, OnlineWorld::most);
}

TEST_F(OnlineIsam, ACutAtAnyMessageLosesNoMoney) {
    std::uint32_t loaded = 0;
    for (const bool reply_lost : {false, true})
        for (unsigned at = 0; at < 6; ++at) { // line check, log-in, limit; line check, limit, log-out
            SCOPED_TRACE(testing::Message() << "message " << at << (reply_lost ? ", reply lost" : ""));
            unsigned sent = 0;
            const ExchangeFrame cut = [&](core::BytesView frame) -> core::Result<core::Bytes> {
                if (sent++ < at)
                    return OnlineWorld::answered(world.service->handle(frame));
                if (reply_lost)
                    (void)world.service->handle(frame);
                return core::fail("no answer");
            };
            bool in = log_in(cut).has_value();
            EXPECT_EQ(in, at >= 3);
            world.expect_money_kept();
            if (!in) {
                (void)isam->reset();
                const auto again = log_in();
                ASSERT_TRUE(again) << again.error().message;
                EXPECT_EQ(again->limit.amount, OnlineWorld::most);
            }
            EXPECT_EQ(mac2(10).substr(0, 2), "61");
            loaded += 10;
            if (in) {
                EXPECT_FALSE(log_out(cut));
                world.expect_money_kept();
            }
            (void)isam->reset();
            world.restart();
            const auto out = log_out();
            ASSERT_TRUE(out) << out.error().message;
            EXPECT_EQ(world.accounts->totals().value(), (Totals{OnlineWorld::paid_in - loaded, 0, loaded}));
            (void)isam->reset();
        }
}

// Torn between any two commands, and with the answer lost.
TEST_F(OnlineIsam, ATornSamLosesNoMoney) {
    std::uint32_t loaded = 0;
    for (unsigned torn = 0; torn < 20; ++torn) {
        SCOPED_TRACE(torn);
        bool gone = false;
        unsigned commands = 0;
        const Transmit tearing = [&](core::BytesView command) -> core::Result<core::Bytes> {
            if (gone)
                return core::fail("the SAM is gone");
            auto answer = line_to(*isam)(command);
            gone = commands++ == torn;
            if (gone)
                return core::fail("the SAM is gone");
            return answer;
        };
        auto line = world.line(world.straight());
        const auto in = isam_log_in(tearing, line, who);
        if (!in) {
            (void)isam->reset();
            gone = false;
            ASSERT_TRUE(log_in());
        }
        EXPECT_EQ(mac2(10).substr(0, 2), "61");
        loaded += 10;
        const auto out = isam_log_out(tearing, line, who, 0);
        (void)isam->reset();
        if (!out) {
            ASSERT_TRUE(log_out());
        }
        EXPECT_EQ(world.accounts->totals().value(), (Totals{OnlineWorld::paid_in - loaded, 0, loaded}));
        (void)isam->reset();
    }
}

TEST_F(OnlineIsam, IsRefusedWhereNothingCanBeGranted) {
    IsamBook book(*world.accounts);
    ASSERT_TRUE(book.add({serial, "payer", OnlineWorld::most, true}));
    EXPECT_EQ(log_in().error().message, "the host refuses isam-log-in: the load SAM is blocked");
    ASSERT_TRUE(world.accounts->add_account("poor", 0));
    ASSERT_TRUE(book.add({serial, "poor", OnlineWorld::most, false}));
    EXPECT_EQ(log_in().error().message, "the host refuses isam-log-in: there is no amount to grant");
    ASSERT_TRUE(world.accounts->deposit("poor", 50));
    EXPECT_EQ(log_in().value().limit.amount, 50U) << "what the account holds";
}

} // namespace
} // namespace tongka::simulator
