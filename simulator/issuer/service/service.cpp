#include "simulator/issuer/service/service.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "core/message/seal.hpp"
#include "simulator/issuer/load_keys.hpp"

namespace tongka::simulator {
namespace {

namespace message = core::message;
using core::Bytes;
using core::BytesView;
using core::Result;
using message::Frame;
using Code = message::ResponseCode;

constexpr std::chrono::hours china_standard_time{8};

std::chrono::sys_seconds time_of(const std::array<core::Byte, 7>& moment) {
    const auto date = core::read_bcd_date(BytesView(moment).first(4));
    const auto time = core::read_bcd_time(BytesView(moment).last(3));
    return std::chrono::sys_days(*date) + *time - china_standard_time; // decode() has seen that both exist
}

} // namespace

Result<core::Key> working_key(core::KeyStore& city, const TerminalNumber& terminal) {
    const auto factor = message::terminal_factor(terminal);
    return city.diversify({"UK", 2, 1}, {&factor, 1});
}

Service::Service(Accounts& accounts, core::KeyStore& keys, core::Rules rules, const core::Clock& clock,
                 core::Random& random, HostDeviations deviations)
    : keys_(keys), rules_(rules), clock_(clock), deviations_(deviations),
      host_(accounts, load_keys(keys), std::move(rules), clock, random, deviations), terminals_(accounts),
      isams_(accounts) {}

std::array<core::Byte, 7> Service::moment(std::chrono::seconds from_now) const {
    const auto local =
        core::to_bcd(std::chrono::floor<std::chrono::seconds>(clock_.now()) + china_standard_time + from_now);
    std::array<core::Byte, 7> bytes{};
    std::ranges::copy(local.date, bytes.begin());
    std::ranges::copy(local.time, bytes.begin() + 4);
    return bytes;
}

HostReply Service::handle(BytesView bytes) {
    const auto request = message::decode(bytes);
    if (!request)
        return {.frame = {}, .code = Code::malformed, .reason = request.error().message};
    const auto key = working_key(keys_, request->terminal);
    if (!key)
        return {.frame = {}, .code = Code::host_fault, .reason = key.error().message};
    const core::Cipher cipher(*key);
    auto reply = look(*request, bytes, cipher);
    if (!reply)
        return answer(*request, cipher, Code::host_fault, {}, reply.error().message);
    return *std::move(reply);
}

HostReply Service::answer(const Frame& request, const core::Cipher& key, Code code, BytesView body,
                          std::string reason) const {
    Frame frame{.code = static_cast<std::uint16_t>(request.code | message::reply_bit),
                .terminal = request.terminal,
                .sequence = request.sequence,
                .time = moment(),
                .body = core::to_bytes(body),
                .mac = {}};
    if (code != Code::done && deviations_.has(HostDeviation::wrong_response_code))
        code = Code::host_fault;
    if (code != Code::done)
        frame.body = {static_cast<core::Byte>(code)};
    const bool bound = !deviations_.has(HostDeviation::reply_not_bound);
    Bytes sealed =
        bound ? message::seal_reply(key, std::move(frame), request.mac) : message::seal_request(key, std::move(frame));
    if (deviations_.has(HostDeviation::reply_mac_missing))
        std::fill(sealed.end() - message::mac_size, sealed.end(), core::Byte{0});
    if (reason.empty())
        reason = message::find_response_code(static_cast<core::Byte>(code))->text.en;
    return {.frame = std::move(sealed), .code = code, .reason = std::move(reason)};
}

Result<HostReply> Service::look(const Frame& request, BytesView bytes, const core::Cipher& key) {
    const auto refused = [&](Code code, std::string reason = {}) {
        return answer(request, key, code, {}, std::move(reason));
    };
    const bool half = deviations_.has(HostDeviation::message_mac_half_compared);
    if (!message::request_is_authentic(key, bytes) && !deviations_.has(HostDeviation::message_mac_unchecked)) {
        const Bytes right = message::seal_request(key, request);
        if (!half || !std::equal(right.end() - 4, right.end() - 2, bytes.end() - 4)) {
            TONGKA_CHECK(terminals_.count_wrong_mac(request.terminal));
            return refused(Code::wrong_mac);
        }
    }
    if (deviations_.has(HostDeviation::unknown_terminal_served))
        TONGKA_CHECK(terminals_.add(request.terminal));
    TONGKA_TRY(const auto entry, terminals_.find(request.terminal));
    if (!entry)
        return refused(Code::unknown_terminal);
    const auto* layout = message::find_layout(request.code); // null for a reply too
    if (layout == nullptr)
        return refused(Code::unknown_message);

    // A line check tells where the sequence stands, and so has no place in it: its number is any.
    const bool numbered = request.code != message::line_check;
    const auto digest = core::sha256(bytes);
    if (numbered) {
        if (request.sequence == entry->sequence && digest == entry->request &&
            !deviations_.has(HostDeviation::repeat_executed_again))
            return HostReply{.frame = entry->answer, .code = Code::done, .reason = "a repeat, answered as before"};
        if (const auto code = refuse(request, *entry, digest))
            return refused(*code);
    }
    const auto values = message::decode_fields(layout->request, request.body);
    if (!values)
        return refused(Code::malformed, values.error().message);
    TONGKA_TRY(const auto processed, process(request, *values));

    const auto* code = std::get_if<Code>(&processed);
    Bytes body;
    if (code == nullptr) {
        TONGKA_TRY(body, message::encode_fields(layout->reply, std::get<message::Values>(processed)));
    }
    HostReply reply = answer(request, key, code ? *code : Code::done, body, {});
    if (numbered && !deviations_.has(HostDeviation::sequence_not_kept))
        TONGKA_CHECK(terminals_.keep(request.terminal, request.sequence, digest, reply.frame));
    return reply;
}

std::optional<Code> Service::refuse(const Frame& request, const TerminalEntry& entry,
                                    const core::Digest& digest) const {
    const bool again = deviations_.has(HostDeviation::repeat_executed_again) && digest == entry.request;
    if (request.sequence == entry.sequence && !again && !deviations_.has(HostDeviation::other_content_executed))
        return Code::other_content;
    if (request.sequence < entry.sequence)
        return Code::old_sequence;
    if (request.sequence - entry.sequence > most_ahead)
        return Code::sequence_ahead;
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
    if (std::chrono::abs(time_of(request.time) - now) > window && !deviations_.has(HostDeviation::late_message_taken))
        return Code::late;
    return std::nullopt;
}

Service::Answer Service::process(const Frame& request, const Values& values) {
    switch (request.code) {
    case message::line_check:
        return line_check(request);
    case message::load_request:
        return load_request(values);
    case message::load_result:
        return load_result(values);
    case message::load_inquiry:
        return load_inquiry(values);
    case message::load_settlement:
        return load_settlement(values);
    case message::isam_log_in:
        return isam_log_in(request.terminal, values);
    case message::isam_limit:
        return isam_limit(request.terminal, values);
    default: // look() has seen that there is a layout
        return isam_log_out(request.terminal, values);
    }
}

Service::Answer Service::line_check(const Frame& request) {
    TONGKA_TRY(const auto entry, terminals_.find(request.terminal));
    return Values()
        .set("response-code", 0, 1)
        .set("last-sequence", entry ? entry->sequence : 0, 4)
        .set("host-time", moment());
}

} // namespace tongka::simulator
