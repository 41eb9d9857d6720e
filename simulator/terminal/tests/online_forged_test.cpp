#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/issuer/service/load_form.hpp"
#include "simulator/terminal/tests/online_world.hpp"

namespace tongka::simulator {
namespace {

namespace message = core::message;
using message::ResponseCode;
using message::Values;

constexpr std::uint32_t amount = 700;

/// Frames made by hand, and what the host says to them.
class OnlineForged : public testing::Test {
protected:
    explicit OnlineForged(HostDeviations deviations = {}) : world(deviations) {
        EXPECT_TRUE(IsamBook(*world.accounts).add({isam, "payer", OnlineWorld::most, false}));
    }

    [[nodiscard]] core::Bytes frame(std::uint16_t code, const Values& values, std::uint32_t sequence) {
        return frame(code, values, sequence, OnlineWorld::number, world.key());
    }
    [[nodiscard]] core::Bytes frame(std::uint16_t code, const Values& values, std::uint32_t sequence,
                                    const TerminalNumber& terminal, const core::Key& key) {
        return message::seal_request(
            key, {.code = code,
                  .terminal = terminal,
                  .sequence = sequence,
                  .time = {0x20, 0x26, 0x11, 0x22, 0x12, 0x00, 0x00},
                  .body = message::encode_fields(message::find_layout(code)->request, values).value(),
                  .mac = {}});
    }
    ResponseCode say(const core::Bytes& bytes) { return world.service->handle(bytes).code; }

    /// What the card answers to INITIALIZE, as a request for a load.
    LoadRequest begin(const TerminalNumber& terminal = OnlineWorld::number) {
        (void)world.card.card->power_on();
        const auto line = line_to(*world.card.card);
        EXPECT_TRUE(read_asn(line));
        const auto answer = line(core::concatenate({core::from_hex("805000020B01").value(), core::big_endian(amount, 4),
                                                    terminal, core::Bytes{0x10}}))
                                .value();
        return {.asn = world.card.profile.card.asn,
                .city = world.card.profile.card.city,
                .type = 2,
                .key_index = 1,
                .amount = amount,
                .terminal = terminal,
                .answer = InitializeAnswer::parse(core::BytesView(answer).first(16)).value()};
    }
    [[nodiscard]] Values log_in_values() const {
        return Values()
            .set("unit", core::Bytes(4))
            .set("mode", 0, 1)
            .set("isam", isam)
            .set("pos", core::Bytes(6))
            .set("terminal", OnlineWorld::number)
            .set("operator", core::Bytes(8))
            .set("random", core::Bytes{1, 2, 3, 4, 5, 6, 7, 8});
    }
    [[nodiscard]] Values log_out_values(std::uint32_t batch, std::uint32_t count, std::uint32_t loaded) const {
        return Values()
            .set("unit", core::Bytes(4))
            .set("mode", 0, 1)
            .set("isam", isam)
            .set("pos", core::Bytes(6))
            .set("terminal", OnlineWorld::number)
            .set("operator", core::Bytes(8))
            .set("batch", batch, 3)
            .set("load-count", count, 4)
            .set("load-amount", loaded, 4)
            .set("deposit-amount", 0, 4);
    }
    [[nodiscard]] Values limit_values(core::Byte action, std::uint32_t left) const {
        return Values()
            .set("isam", isam)
            .set("batch", 1, 3)
            .set("action", action, 1)
            .set("challenge", core::Bytes{1, 2, 3, 4, 0, 0, 0, 0})
            .set("left", left, 4)
            .set("serial", action == 1 ? 5 : 7, 4);
    }
    Values reply_of(const core::Bytes& request) {
        const auto reply = world.service->handle(request);
        const auto read = message::decode(reply.frame).value();
        return message::decode_reply(*message::find_layout(read.code & 0x7FFF), read.body).value();
    }

    IsamSerial isam{0x21, 0x44, 0, 0, 0, 0, 0, 0x77};
    OnlineWorld world;
};

TEST_F(OnlineForged, NoByteOfAMessageCanBeChanged) {
    const auto request = begin();
    const LoadName name{request.asn, 2, request.answer.counter};
    const std::pair<std::uint16_t, Values> all[] = {
        {message::line_check, {}},
        {message::load_request, write_load_request(request)},
        {message::load_result, write_load_name(name).set("new-balance", 1, 4).set("tac", core::Bytes(4))},
        {message::load_inquiry, Values().set("asn", request.asn).set("type", 2, 1)},
        {message::load_settlement, write_evidence(name, TacEvidence{})},
        {message::isam_log_in, log_in_values()},
        {message::isam_limit, limit_values(1, 0)},
        {message::isam_log_out, log_out_values(1, 0, 0)},
    };
    EXPECT_EQ(std::size(all), message::layouts().size());
    const auto before = world.accounts->totals().value();
    for (const auto& [code, values] : all) {
        const auto right = frame(code, values, 1);
        for (std::size_t at = 0; at < right.size(); ++at) {
            auto forged = right;
            forged[at] ^= static_cast<core::Byte>(1U << at % 8);
            const auto said = say(forged);
            EXPECT_TRUE(said == ResponseCode::wrong_mac || (said == ResponseCode::malformed && at < 20))
                << code << " byte " << at;
        }
        const core::Key other = working_key(world.city, {0, 0, 0, 0, 0, 8}).value();
        EXPECT_EQ(say(frame(code, values, 1, OnlineWorld::number, other)), ResponseCode::wrong_mac);
    }
    EXPECT_EQ(world.accounts->totals().value(), before);
    const auto entry = TerminalBook(*world.accounts).find(OnlineWorld::number).value();
    EXPECT_EQ(entry->sequence, 0U);
    EXPECT_GT(entry->wrong_mac, 100U);
}

TEST_F(OnlineForged, NoByteOfAReplyCanBeChanged) {
    core::Bytes reply;
    std::size_t at = 0;
    for (bool more = true; more; ++at) {
        auto line = world.line([&](core::BytesView request) -> core::Result<core::Bytes> {
            reply = world.service->handle(request).frame;
            if (request[3] == 0x05 && request[4] == 0x01 && at < reply.size())
                reply[at] ^= 0x01;
            more = at < reply.size() || request[4] != 0x01;
            return reply;
        });
        const auto request = begin();
        OnlineHost host(line);
        const auto answer = host.authorise(request);
        EXPECT_EQ(answer.has_value(), !more) << "byte " << at;
        world.recover();
    }
    EXPECT_GT(at, 40U);
}

TEST_F(OnlineForged, SequenceAndTimeAreLookedAt) {
    const auto request = begin();
    const auto first = frame(message::load_request, write_load_request(request), 7);
    EXPECT_EQ(say(first), ResponseCode::done);
    const auto totals = world.accounts->totals().value();
    world.clock.time += std::chrono::hours(2);
    EXPECT_EQ(world.service->handle(first).reason, "a repeat, answered as before");
    world.clock.time -= std::chrono::hours(2);
    const Values inquiry = Values().set("asn", request.asn).set("type", 2, 1);
    EXPECT_EQ(say(frame(message::load_inquiry, inquiry, 7)), ResponseCode::other_content);
    EXPECT_EQ(say(frame(message::load_inquiry, inquiry, 6)), ResponseCode::old_sequence);
    for (const auto& [minutes, code] : {std::pair(5, ResponseCode::done), std::pair(6, ResponseCode::late),
                                        std::pair(-6, ResponseCode::late), std::pair(-5, ResponseCode::done)}) {
        world.clock.time += std::chrono::minutes(minutes);
        static std::uint32_t sequence = 8;
        EXPECT_EQ(say(frame(message::load_inquiry, inquiry, sequence++)), code) << minutes;
        world.clock.time -= std::chrono::minutes(minutes);
    }
    EXPECT_EQ(world.accounts->totals().value(), totals);
    const TerminalNumber stranger{9, 9, 9, 9, 9, 9};
    EXPECT_EQ(say(frame(message::line_check, {}, 1, stranger, working_key(world.city, stranger).value())),
              ResponseCode::unknown_terminal);
}

TEST_F(OnlineForged, TheCodesOfLoadsAreThoseOfTheirRefusals) {
    for (unsigned i = 0; i <= static_cast<unsigned>(Refusal::wrong_tac); ++i) {
        const auto refusal = static_cast<Refusal>(i);
        EXPECT_EQ(refusal_of(code_of(refusal)), refusal);
        const auto* info = message::find_response_code(static_cast<core::Byte>(code_of(refusal)));
        EXPECT_EQ(info->text.en, describe(refusal).en);
        EXPECT_EQ(info->text.zh, describe(refusal).zh);
    }
    EXPECT_FALSE(refusal_of(ResponseCode::done));
    EXPECT_FALSE(refusal_of(ResponseCode::no_such_evidence));
}

TEST_F(OnlineForged, SumsOfALogOutMustFit) {
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 0, 0), 1)), ResponseCode::other_batch);
    EXPECT_EQ(reply_of(frame(message::isam_log_in, log_in_values(), 2)).number("batch"), 1U);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 3)), ResponseCode::done);
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 0, 0), 4)), ResponseCode::not_closed);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(2, OnlineWorld::most + 1), 5)), ResponseCode::wrong_sums);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(2, OnlineWorld::most - 50), 6)), ResponseCode::done);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 7)), ResponseCode::session_over);
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 2, 49), 8)), ResponseCode::wrong_sums);
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 1, 50), 9)), ResponseCode::wrong_sums);
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 2, 50), 10)), ResponseCode::done);
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 2, 50), 11)), ResponseCode::done) << "told again";
    EXPECT_EQ(say(frame(message::isam_log_out, log_out_values(1, 3, 50), 12)), ResponseCode::wrong_sums);
    EXPECT_EQ(world.accounts->totals().value(), (Totals{OnlineWorld::paid_in - 50, 0, 50}));
}

TEST_F(OnlineForged, ALimitIsOpenedOnceAndForTheTerminalThatLoggedIn) {
    const TerminalNumber other{0, 0, 0, 0, 0, 8};
    ASSERT_TRUE(TerminalBook(*world.accounts).add(other));
    const auto other_key = working_key(world.city, other).value();
    EXPECT_EQ(say(frame(message::isam_log_in, log_in_values(), 1)), ResponseCode::done);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 1, other, other_key)), ResponseCode::not_logged_in);
    EXPECT_EQ(say(frame(message::isam_log_in, log_in_values(), 2, other, other_key)), ResponseCode::malformed)
        << "the terminal inside is not the one outside";
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 2)), ResponseCode::done);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 3)), ResponseCode::done) << "nothing was loaded yet";
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0).set("serial", 6, 4), 4)), ResponseCode::session_over);
    ASSERT_TRUE(IsamBook(*world.accounts).add({isam, "payer", OnlineWorld::most, true}));
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(1, 0), 5)), ResponseCode::isam_blocked);
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(2, OnlineWorld::most - 1), 6)), ResponseCode::wrong_sums)
        << "two loads of one fen";
    EXPECT_EQ(say(frame(message::isam_limit, limit_values(2, OnlineWorld::most).set("serial", 5, 4), 7)),
              ResponseCode::done)
        << "a blocked SAM is closed all the same";
}

TEST_F(OnlineForged, ALogInThatIsOverOpensNothing) {
    auto line = world.line(world.straight());
    const auto log_in = [&] { return std::get<Values>(line.ask(message::isam_log_in, log_in_values()).value()); };
    EXPECT_EQ(log_in().number("batch"), 1U);
    world.clock.time += Service::log_in_lasts + std::chrono::minutes(1);
    EXPECT_EQ(std::get<ResponseCode>(line.ask(message::isam_limit, limit_values(1, 0)).value()),
              ResponseCode::session_over);
    EXPECT_EQ(log_in().number("batch"), 2U) << "its limit never came into the SAM";
    EXPECT_EQ(world.accounts->totals().value().held, OnlineWorld::most);
    world.expect_money_kept();
}

TEST_F(OnlineForged, ANumberFarAheadIsRefusedAndATerminalFindsItsWayBack) {
    auto line = world.line(world.straight());
    const Values inquiry = Values().set("asn", begin().asn).set("type", 2, 1);
    ASSERT_TRUE(line.ask(message::load_inquiry, inquiry));
    EXPECT_EQ(say(frame(message::load_inquiry, inquiry, 0xFFFFFFFF)), ResponseCode::sequence_ahead);
    auto other = world.line(world.straight());
    for (unsigned message = 0; message < 3; ++message)
        ASSERT_TRUE(other.ask(message::load_inquiry, inquiry));
    const auto overtaken = line.ask(message::load_inquiry, inquiry);
    ASSERT_TRUE(overtaken) << overtaken.error().message;
    EXPECT_TRUE(std::holds_alternative<Values>(*overtaken));
}

/// A host with one fault, and what is seen of it from outside.
struct FaultyHost : OnlineForged {
    explicit FaultyHost(HostDeviations deviations) : OnlineForged(deviations) {}
    void TestBody() override {}

    using OnlineForged::begin;
    using OnlineForged::frame;
    using OnlineForged::log_in_values;
    using OnlineForged::say;

    /// What a tester sees; the same for two hosts that behave alike.
    std::vector<std::string> seen() {
        std::vector<std::string> all;
        const auto note = [&](const std::string& what, const HostReply& reply) {
            all.push_back(what + " " + core::to_hex(reply.frame));
        };
        const auto send = [&](const std::string& what, const core::Bytes& bytes) {
            note(what, world.service->handle(bytes));
        };
        const auto request = begin();
        const LoadName name{request.asn, 2, request.answer.counter};
        const auto right = frame(message::load_request, write_load_request(request), 1);
        auto forged = right;
        forged.back() ^= 1;
        send("forged", forged);
        auto wrong_mac1 = request;
        wrong_mac1.answer.mac1[0] ^= 1;
        send("mac1", frame(message::load_request, write_load_request(wrong_mac1), 1));
        const auto good = frame(message::load_request, write_load_request(request), 2);
        send("request", good);
        world.clock.time += std::chrono::seconds(1);
        send("repeat", good);
        const Values inquiry = Values().set("asn", request.asn).set("type", 2, 1);
        send("other content", frame(message::load_inquiry, inquiry, 2));
        send("old", frame(message::load_inquiry, inquiry, 1));
        send("inquiry", frame(message::load_inquiry, inquiry, 3));
        world.clock.time += std::chrono::minutes(10);
        send("late", frame(message::load_inquiry, inquiry, 4));
        world.clock.time -= std::chrono::minutes(10);
        const auto granted = write_load_name(name).set("new-balance", 10700, 4).set("tac", core::Bytes(4));
        send("refund", frame(message::load_settlement,
                             write_evidence(name, InitializeEvidence{1, amount, evidence_of_a_done_load()}), 5));
        send("tac", frame(message::load_result, granted, 6));
        const TerminalNumber stranger{9, 9, 9, 9, 9, 9};
        send("stranger", frame(message::line_check, {}, 1, stranger, working_key(world.city, stranger).value()));
        send("no random", frame(message::isam_log_in, log_in_values().set("random", core::Bytes(8)), 7));
        send("log-in", frame(message::isam_log_in, log_in_values(), 8));
        send("log-in again", frame(message::isam_log_in, log_in_values(), 9));
        send("log-out early", frame(message::isam_log_out, log_out_values(1, 0, 0), 10));
        const TerminalNumber other{0, 0, 0, 0, 0, 8};
        EXPECT_TRUE(TerminalBook(*world.accounts).add(other));
        send("open", frame(message::isam_limit, limit_values(1, 0), 20));
        send("open elsewhere",
             frame(message::isam_limit, limit_values(1, 0), 1, other, working_key(world.city, other).value()));
        send("open again", frame(message::isam_limit, limit_values(1, 0).set("serial", 6, 4), 21));
        send("close", frame(message::isam_limit, limit_values(2, OnlineWorld::most - 100), 22));
        send("log-out batch", frame(message::isam_log_out, log_out_values(9, 2, 100), 23));
        send("log-out sums", frame(message::isam_log_out, log_out_values(1, 2, 5), 24));
        return all;
    }

private:
    /// A MAC1 over the challenge at the counter behind the load's: what a card shows that took it.
    InitializeAnswer evidence_of_a_done_load() {
        const auto open = world.accounts->open_load(world.card.profile.card.asn, 2).value();
        if (!open)
            return {};
        InitializeAnswer answer{.old_balance = OnlineWorld::card_start + amount,
                                .counter = static_cast<std::uint16_t>(open->name.counter + 1),
                                .key_version = 1,
                                .algorithm = 0,
                                .random = {1, 2, 3, 4},
                                .mac1 = {}};
        const auto key = world.city.diversify({"DLK", 1, 1}, {&open->name.asn, 1}).value();
        const std::array<core::Byte, 8> input{
            1, 2, 3, 4, static_cast<core::Byte>(answer.counter >> 8), static_cast<core::Byte>(answer.counter), 0x80, 0};
        answer.mac1 = core::transaction_mac(
            core::session_key(key, input),
            {core::big_endian(answer.old_balance, 4), core::big_endian(amount, 4), core::Bytes{2}, open->challenge});
        return answer;
    }
};

TEST(HostDeviation, EveryOneIsSeenFromOutside) {
    const auto right = FaultyHost({}).seen();
    EXPECT_EQ(right, FaultyHost({}).seen()) << "the same host does the same";
    for (const auto& info : host_deviation_table()) {
        HostDeviations deviations;
        deviations.add(info.deviation);
        EXPECT_NE(FaultyHost(deviations).seen(), right) << info.name;
        EXPECT_EQ(host_deviation_named(info.name).value(), info.deviation);
    }
}

} // namespace
} // namespace tongka::simulator
