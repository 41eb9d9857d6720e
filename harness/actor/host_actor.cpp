#include "harness/actor/host_actor.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/clock.hpp"
#include "core/message/seal.hpp"
#include "core/random.hpp"
#include "harness/actor/host_keys.hpp"
#include "harness/actor/host_messages.hpp"
#include "harness/actor/work_folder.hpp"
#include "simulator/issuer/host/accounts.hpp"
#include "simulator/issuer/service/service.hpp"

namespace tongka::harness {

namespace message = core::message;
namespace fs = std::filesystem;

namespace {

using simulator::TerminalNumber;

constexpr TerminalNumber known_terminal{0, 0, 0, 0, 0, 0x09};
constexpr TerminalNumber other_terminal{0, 0, 0, 0, 0, 0x08};
constexpr std::uint64_t money = 1'000'000;
constexpr std::uint32_t most_of_a_log_in = 20'000;
constexpr auto payer = "payer";

/// The system's time, and what a case lets pass.
class ShiftedClock final : public core::Clock {
public:
    [[nodiscard]] Time now() const override { return core::SystemClock().now() + shift; }
    std::chrono::minutes shift{};
};

class HostActor final : public Actor {
public:
    HostActor(const core::Profile& profile, simulator::HostDeviations deviations, std::uint64_t seed,
              std::unique_ptr<WorkFolder> folder)
        : profile_(profile), deviations_(deviations), keys_(profile), random_(seed), folder_(std::move(folder)) {
        std::copy_n(profile.isam->serial.end() - 8, 8, isam_.begin());
    }

    [[nodiscard]] const ActorIdentity& identity() const override { return identity_; }

    [[nodiscard]] core::Result<void> begin() override {
        close();
        std::error_code error;
        fs::remove(book(), error);
        last_request_.clear();
        last_reply_.clear();
        sequence_ = 0;
        clock_.shift = {};
        TONGKA_CHECK(restart());
        TONGKA_CHECK(accounts_->add_account(payer, money));
        TONGKA_CHECK(accounts_->add_card(
            {.asn = profile_.card.asn, .city = profile_.card.city, .generation = 1, .account = payer}));
        simulator::TerminalBook terminals(*accounts_);
        TONGKA_CHECK(terminals.add(known_terminal));
        TONGKA_CHECK(terminals.add(other_terminal));
        return simulator::IsamBook(*accounts_).add({isam_, payer, most_of_a_log_in, false});
    }

    [[nodiscard]] core::Result<void> restart() override {
        close();
        TONGKA_TRY(auto opened, simulator::Accounts::open(book()));
        accounts_.emplace(std::move(opened));
        service_.emplace(*accounts_, keys_, profile_.rules, clock_, random_, deviations_);
        return {};
    }

    [[nodiscard]] core::Result<Values> act(std::string_view action, const Values& arguments, const Lines&) override {
        if (action == "book")
            return tell_book(arguments);
        if (action == "repeat") {
            if (last_request_.empty())
                return core::fail("there is no message before that could be repeated");
            clock_.shift += std::chrono::minutes(arguments.number("after"));
            return send(last_request_);
        }
        TONGKA_TRY(const auto frame, make(arguments));
        return send(frame);
    }

private:
    [[nodiscard]] fs::path book() const { return folder_->path() / "book"; }
    void close() {
        service_.reset();
        accounts_.reset();
    }

    core::Result<Values> tell_book(const Values& arguments) {
        if (arguments.find("card-blocked") != nullptr)
            TONGKA_CHECK(accounts_->set_blocked(profile_.card.asn, arguments.word("card-blocked") == "yes"));
        if (arguments.find("isam-blocked") != nullptr || arguments.find("isam-most") != nullptr)
            TONGKA_CHECK(simulator::IsamBook(*accounts_)
                             .add({isam_, payer, arguments.number("isam-most", most_of_a_log_in),
                                   arguments.word("isam-blocked") == "yes"}));
        TONGKA_TRY(const auto totals, accounts_->totals());
        Values results;
        results.set_number("account", static_cast<std::uint32_t>(totals.accounts));
        results.set_number("held", static_cast<std::uint32_t>(totals.held));
        results.set_number("booked", static_cast<std::uint32_t>(totals.booked));
        return results;
    }

    std::array<core::Byte, 7> moment(const Values& arguments) const {
        const auto off =
            std::chrono::minutes(arguments.number("early")) - std::chrono::minutes(arguments.number("late"));
        const auto local = core::to_bcd(std::chrono::floor<std::chrono::seconds>(clock_.now()) + off +
                                        std::chrono::hours(8)); // China Standard Time
        std::array<core::Byte, 7> made{};
        std::ranges::copy(local.date, made.begin());
        std::ranges::copy(local.time, made.begin() + 4);
        return made;
    }

    /// The frame that a case asks for, with what is wrong with it.
    core::Result<core::Bytes> make(const Values& arguments) {
        TONGKA_TRY(const auto* layout, message::layout_named(arguments.word("message")));
        TerminalNumber terminal = known_terminal;
        if (const auto given = arguments.bytes("terminal"); !given.empty())
            std::ranges::copy(given, terminal.begin());
        const bool numbered = layout->code != message::line_check;
        const auto sequence = arguments.number("sequence", numbered ? sequence_ + 1 : 0);
        if (numbered && arguments.find("sequence") == nullptr)
            sequence_ = sequence;
        TONGKA_TRY(auto body, request_body(*layout, arguments, terminal));
        message::Frame frame{.code = layout->code,
                             .terminal = terminal,
                             .sequence = sequence,
                             .time = moment(arguments),
                             .body = std::move(body),
                             .mac = {}};
        const auto mac = arguments.word("mac", "right");
        TONGKA_TRY(const auto key, simulator::working_key(keys_, mac == "of-another" ? other_terminal : terminal));
        auto sealed = message::seal_request(core::Cipher(key), std::move(frame));
        if (mac == "wrong")
            sealed[sealed.size() - 4] ^= 0x01;
        if (mac == "half")
            sealed.back() ^= 0x01;
        if (const auto flipped = arguments.number("flip"); flipped != 0) {
            if (flipped > sealed.size())
                return core::fail(fmt::format("'flip' is {}, and the message has {} bytes", flipped, sealed.size()));
            sealed[flipped - 1] ^= 0x01;
        }
        return sealed;
    }

    core::Result<Values> send(const core::Bytes& request) {
        const auto reply = service_->handle(request);
        Values results;
        if (reply.frame.empty()) {
            last_request_ = request;
            results.set_word("outcome", "no-answer");
            return results;
        }
        TONGKA_CHECK(tell(request, reply.frame, results));
        results.set_word("as-before", reply.frame == last_reply_ ? "yes" : "no");
        last_request_ = request;
        last_reply_ = reply.frame;
        return results;
    }

    core::Result<void> tell(const core::Bytes& request, const core::Bytes& reply, Values& results) {
        TONGKA_TRY(const auto asked, message::decode(request));
        TONGKA_TRY(const auto said, message::decode(reply));
        const auto* layout = message::find_layout(asked.code);
        if (layout == nullptr)
            return core::fail("a message of no known code was sent");
        TONGKA_CHECK(tell_reply(*layout, said.body, results));
        TONGKA_TRY(const auto key, simulator::working_key(keys_, asked.terminal));
        results.set_word("authentic", message::reply_is_authentic(core::Cipher(key), reply, asked.mac) ? "yes" : "no");
        const bool belongs = said.code == (asked.code | message::reply_bit) && said.terminal == asked.terminal &&
                             said.sequence == asked.sequence;
        results.set_word("belongs", belongs ? "yes" : "no");
        return {};
    }

    ActorIdentity identity_{.spec = "sim:host", .name = "Tongka load host", .version = {}, .sha256 = {}};
    core::Profile profile_;
    simulator::HostDeviations deviations_;
    HostKeys keys_;
    ShiftedClock clock_;
    core::SeededRandom random_;
    std::unique_ptr<WorkFolder> folder_;
    simulator::IsamSerial isam_{};
    std::optional<simulator::Accounts> accounts_;
    std::optional<simulator::Service> service_;
    std::uint32_t sequence_ = 0; ///< of the last message that was given one
    core::Bytes last_request_;
    core::Bytes last_reply_;
};

} // namespace

core::Result<std::unique_ptr<Actor>> simulate_host(const core::Profile& profile, const OpenOptions& options) {
    if (!profile.isam)
        return core::fail(fmt::format("profile {} has no ISAM, and so no host", profile.name));
    simulator::HostDeviations deviations;
    if (!options.deviation.empty()) {
        TONGKA_TRY(const auto deviation, simulator::host_deviation_named(options.deviation));
        deviations.add(deviation);
    }
    TONGKA_TRY(auto folder, WorkFolder::create(fast_folder()));
    auto actor = std::make_unique<HostActor>(profile, deviations, options.seed, std::move(folder));
    TONGKA_CHECK(actor->begin());
    return actor;
}

} // namespace tongka::harness
