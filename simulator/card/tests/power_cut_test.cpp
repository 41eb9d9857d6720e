#include "core/crypto/secure_messaging.hpp"
#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

/// One command that writes, on a card made ready for it. Its answer when all goes well ends in 9000 unless told.
class PowerCutTest : public CardTest {
protected:
    PowerCutTest() : CardTest(full_profile()) {}

    struct Scenario {
        const char* name;
        std::function<void()> prepare;
        std::function<std::string()> command;
        std::size_t commits = 1; ///< states that the memory goes through
        const char* status = "9000";
    };

    /// Cuts the power before and after each write of the command. What is found at the next power-up is a state that a
    /// commit left, or the old one, and never a later one than the command got to.
    void cut_everywhere(const Scenario& scenario) {
        SCOPED_TRACE(scenario.name);
        std::vector<core::Bytes> states;
        const auto start = [&] {
            insert({});
            scenario.prepare();
            states = {card_->memory().image()};
        };
        start();
        const auto before = card_->memory().writes();
        card_->memory().keep_with([&](core::BytesView image) {
            states.push_back(core::to_bytes(image));
            return true;
        });
        const std::string answer = scenario.command();
        ASSERT_GE(answer.size(), 4U);
        EXPECT_EQ(answer.substr(answer.size() - 4), scenario.status);
        EXPECT_EQ(states.size(), 1 + scenario.commits);
        const auto right = states;
        const auto writes = card_->memory().writes() - before;
        ASSERT_GT(writes, 0U);

        std::size_t last = 0;
        for (std::uint64_t at = 0; at < writes; ++at)
            for (const bool after : {false, true}) {
                start();
                ASSERT_EQ(states.front(), right.front()) << "the same card comes to the same state";
                card_->cut_power_at(Chip::Cut{at, after});
                EXPECT_EQ(scenario.command(), "") << "a chip without power is silent";
                (void)card_->power_on();
                // A try given back makes a state that was there before: no earlier one is looked at.
                const auto found =
                    std::find(right.begin() + static_cast<std::ptrdiff_t>(last), right.end(), card_->memory().image());
                ASSERT_NE(found, right.end())
                    << "a third state at write " << at << (after ? ", after it" : ", before it");
                last = static_cast<std::size_t>(found - right.begin());
                EXPECT_EQ(exchange("00A40000023F00").substr(0, 2), "6F") << "and the card goes on working";
            }
        EXPECT_EQ(last, scenario.commits);
    }

    void in_master_file() { (void)exchange("00A40000023F00"); }

    /// INITIALIZE `p1 p2` for 10 of key 01, its MAC1 or MAC2 over `mac_input` under `kind` when `completion` is called.
    void initialize(const std::string& p1p2) { initialized = exchange("8050" + p1p2 + "0B010000000A00112233445500"); }
    std::string offline_mac(const std::string& type) {
        return mac(session("DPK", part(initialized, 11, 4) + part(initialized, 4, 2) + "0029"),
                   "0000000A" + type + "00112233445520261122120000");
    }
    std::string online_mac(const std::string& kind, const std::string& data) {
        return mac(session(kind, part(initialized, 8, 4) + part(initialized, 4, 2) + "8000"),
                   data + "00112233445520261122120000");
    }
    std::string debit(const std::string& type) {
        return exchange("805401000F0000002920261122120000" + offline_mac(type) + "08");
    }
    void verify() { ASSERT_EQ(exchange("0020000003123456"), "9000"); }

    std::string initialized;
};

TEST_F(PowerCutTest, OfEveryCommandThatWritesFindsTheOldStateOrTheNew) {
    const auto maintenance = key("DAMK", 0);
    const Scenario scenarios[] = {

        {"VERIFY", [] {}, [&] { return exchange("0020000003123456"); }, 2},
        {"VERIFY, wrong", [] {}, [&] { return exchange("0020000003111111"); }, 1, "63C2"},
        {"UPDATE BINARY with MAC", [] {}, [&] { return send_protected("04D69600", "AABBCC", maintenance); }, 3},
        {"UPDATE BINARY, wrong MAC", [&] { (void)exchange("0084000004"); },
         [&] { return exchange("04D6960007AABBCC00000000"); }, 1, "6988"},
        {"UPDATE RECORD", [] {}, [&] { return exchange("00DC01B830012E" + std::string(92, 'A')); }},
        {"APPEND RECORD", [] {}, [&] { return exchange("00E200B8040A02AABB"); }},
        {"CREDIT FOR LOAD", [&] { initialize("0002"); },
         [&] { return exchange("805200000B20261122120000" + online_mac("DLK", "0000000A02") + "04"); }},
        {"DEBIT FOR PURCHASE", [&] { initialize("0102"); }, [&] { return debit("06"); }},
        {"DEBIT FOR CAPP PURCHASE",
         [&] {
             initialize("0302");
             ASSERT_EQ(exchange("80DC01B830012E" + std::string(92, 'B')), "9000");
         },
         [&] { return debit("09"); }},
        {"DEBIT FOR CASH WITHDRAW",
         [&] {
             verify();
             initialize("0201");
         },
         [&] { return debit("04"); }},
        {"DEBIT FOR UNLOAD",
         [&] {
             verify();
             initialize("0501");
         },
         [&] { return exchange("805403000B20261122120000" + online_mac("DULK", "0000000A03") + "04"); }},
        {"UPDATE OVERDRAW LIMIT",
         [&] {
             verify();
             initialized = exchange("80500401070100112233445500");
         },
         [&] {
             const auto mac2 = mac(session("DUK", part(initialized, 11, 4) + part(initialized, 4, 2) + "8000"),
                                   "00012C0700112233445520261122120000");
             return exchange("805800000E00012C20261122120000" + mac2 + "04");
         }},
        {"EXTERNAL AUTHENTICATION", [] {},
         [&] {
             const auto challenge = core::from_hex(exchange("0084000008").substr(0, 16)).value();
             return exchange("0082000108" + core::to_hex(core::external_authentication(key("UK", 1), challenge)));
         },
         2},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

// With the master control key the directory is open to its issuer.
TEST_F(PowerCutTest, OfIssuingCommandsToo) {
    const auto master = key("DACK", 0);
    const auto authenticate = [&] {
        const auto challenge = core::from_hex(exchange("0084000008").substr(0, 16)).value();
        ASSERT_EQ(exchange("0082000008" + core::to_hex(core::external_authentication(master, challenge))), "9000");
    };
    const std::string new_key = "30F0AA0100" + std::string(32, '7');
    const Scenario scenarios[] = {
        {"CREATE FILE", authenticate, [&] { return exchange("80E0002107280020F0F0FFFF"); }},
        {"WRITE KEY, a new one", authenticate, [&] { return exchange("80D4010215" + new_key); }},
        {"WRITE KEY with MAC", authenticate, [&] { return send_protected("84D43001", new_key, master); }, 3},
        {"ERASE DF", authenticate, [&] { return exchange("800E000000"); }},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

/// What a terminal sees of a purse.
struct Seen {
    std::string balance, counter, log, record, proof;
    bool operator==(const Seen&) const = default;
};

TEST_F(PowerCutTest, ATornCompositePurchaseIsWholeOrNotAtAllForTheTerminal) {
    const auto look = [&] {
        (void)card_->power_on();
        select();
        Seen seen;
        seen.balance = balance();
        seen.log = exchange("00B201C417").substr(0, 46);
        seen.record = exchange("00B201B830").substr(0, 12);
        seen.proof = exchange("805A000902000708");
        initialize("0302");
        seen.counter = part(initialized, 4, 2);
        return seen;
    };
    const auto stage = [&] {
        initialize("0302");
        ASSERT_EQ(exchange("80DC01B830012E" + std::string(92, 'B')), "9000");
    };
    insert({});
    const Seen old = look();
    insert({});
    stage();
    const auto first = card_->memory().writes();
    ASSERT_EQ(debit("09").size(), 20U);
    const auto writes = card_->memory().writes() - first;
    const Seen paid = look();
    EXPECT_EQ(old.balance, "000000649000");
    EXPECT_EQ(paid.balance, "0000005A9000");
    EXPECT_EQ(old.proof, "9406");
    EXPECT_EQ(paid.proof.size(), 20U);
    EXPECT_EQ(old.counter + paid.counter, "00060007");
    EXPECT_EQ(paid.record, "012EBBBBBBBB");
    EXPECT_NE(paid.log, old.log);
    unsigned torn = 0;
    for (std::uint64_t at = 0; at < writes; ++at)
        for (const bool after : {false, true}) {
            insert({});
            stage();
            card_->cut_power_at(Chip::Cut{at, after});
            (void)debit("09");
            const Seen found = look();
            EXPECT_TRUE(found == old || found == paid) << at << after;
            torn += found == old ? 1 : 0;
        }
    EXPECT_GT(torn, 0U);
    EXPECT_LT(torn, 2 * writes);
}

} // namespace
} // namespace tongka::simulator
