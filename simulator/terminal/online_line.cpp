#include "simulator/terminal/online_line.hpp"

#include <chrono>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/message/seal.hpp"

namespace tongka::simulator {

namespace message = core::message;
using core::Result;

namespace {

/// Refused for its number alone, and not looked at any further.
bool is_out_of_step(message::ResponseCode code) {
    return code == message::ResponseCode::old_sequence || code == message::ResponseCode::other_content ||
           code == message::ResponseCode::sequence_ahead;
}

} // namespace

std::array<core::Byte, 7> OnlineLine::now() const {
    const auto local =
        core::to_bcd(std::chrono::floor<std::chrono::seconds>(clock_.now()) + std::chrono::hours(8)); // China Standard
    std::array<core::Byte, 7> bytes{};
    std::ranges::copy(local.date, bytes.begin());
    std::ranges::copy(local.time, bytes.begin() + 4);
    return bytes;
}

Result<OnlineLine::Reply> OnlineLine::ask(std::uint16_t code, const message::Values& values) {
    if (!sequence_)
        TONGKA_CHECK(find_sequence());
    // A number is spent whatever comes of it: an answer that is lost must not become that of another message.
    TONGKA_TRY(auto reply, send(code, ++*sequence_, values));
    const auto* refused = std::get_if<message::ResponseCode>(&reply);
    if (!refused || !is_out_of_step(*refused))
        return reply;
    // Another program of this terminal has been on line since: the host tells anew where it stands.
    TONGKA_CHECK(find_sequence());
    return send(code, ++*sequence_, values);
}

Result<void> OnlineLine::find_sequence() {
    std::array<core::Byte, 4> number{};
    random_.fill(number);
    TONGKA_TRY(const auto reply,
               send(message::line_check, static_cast<std::uint32_t>(core::read_big_endian(number)), {}));
    if (const auto* refused = std::get_if<message::ResponseCode>(&reply))
        return core::fail(fmt::format("the host refuses the line check: {}",
                                      message::find_response_code(static_cast<core::Byte>(*refused))->text.en));
    sequence_ = static_cast<std::uint32_t>(std::get<message::Values>(reply).number("last-sequence"));
    return {};
}

Result<OnlineLine::Reply> OnlineLine::send(std::uint16_t code, std::uint32_t sequence, const message::Values& values) {
    const message::Layout& layout = *message::find_layout(code);
    TONGKA_TRY(auto body, message::encode_fields(layout.request, values));
    message::Frame request{
        .code = code, .terminal = terminal_, .sequence = sequence, .time = now(), .body = std::move(body), .mac = {}};
    const auto frame = message::seal_request(key_, request);
    std::ranges::copy(core::BytesView(frame).last(message::mac_size), request.mac.begin());
    std::string why;
    for (unsigned attempt = 0; attempt < attempts; ++attempt) {
        const auto answer = exchange_(frame);
        if (!answer) {
            why = answer.error().message;
            continue;
        }
        auto reply = read(layout, request, *answer);
        if (reply)
            return reply;
        why = reply.error().message;
    }
    return core::fail(fmt::format("the host gave no answer to {} ({} attempts): {}", layout.name, attempts, why));
}

Result<OnlineLine::Reply> OnlineLine::read(const message::Layout& layout, const message::Frame& request,
                                           core::BytesView answer) const {
    TONGKA_TRY(const auto reply, message::decode(answer));
    if (!message::reply_is_authentic(key_, answer, request.mac))
        return core::fail("the MAC of the reply is wrong");
    if (reply.code != (request.code | message::reply_bit) || reply.terminal != request.terminal ||
        reply.sequence != request.sequence)
        return core::fail("the reply is to another request");
    TONGKA_TRY(auto values, message::decode_reply(layout, reply.body));
    const core::Byte code = values.byte("response-code");
    if (code == 0)
        return values;
    if (message::find_response_code(code) == nullptr)
        return core::fail(fmt::format("the reply has the unknown response code {:02X}", code));
    // The frame may have been spoilt on its way, and the host may be able to do it the next time.
    const auto* info = message::find_response_code(code);
    if (info->code == message::ResponseCode::wrong_mac || info->code == message::ResponseCode::host_fault)
        return core::fail(fmt::format("the host says that {}", info->text.en));
    return static_cast<message::ResponseCode>(code);
}

} // namespace tongka::simulator
