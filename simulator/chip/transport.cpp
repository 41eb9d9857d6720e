#include "simulator/chip/transport.hpp"

#include <utility>

#include "simulator/chip/common_reasons.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte get_response_ins = 0xC0;

constexpr Reason not_a_command{0x6700, "lengths of the command do not add up", "ISO/IEC 7816-4 5.1"};
constexpr Reason extended_length{0x6700, "extended lengths are not supported", "standards.md 2.2"};
constexpr Reason data_waits{0x6100, "the answer waits for GET RESPONSE", "standards.md 2.1"};
constexpr Reason nothing_waits{0x6985, "no answer waits for GET RESPONSE", "ISO/IEC 7816-4"};

constexpr const Reason* reasons[] = {&not_a_command, &extended_length, &data_waits, &nothing_waits, &common::wrong_le};

bool is_get_response(core::BytesView tpdu) {
    return tpdu[1] == get_response_ins && (tpdu[0] & 0xF0) == 0;
}

} // namespace

std::span<const Reason* const> transport_reasons() {
    return reasons;
}

core::BytesView ApduTransport::exchange(core::BytesView bytes, Executor& executor) {
    answer_.clear();
    const auto command = core::parse_command(bytes);
    if (!command)
        return close(answer_, refuse(not_a_command));
    if (command->extended)
        return close(answer_, refuse(extended_length));
    return close(answer_, executor.execute(*command, answer_));
}

core::BytesView T0Transport::exchange(core::BytesView bytes, Executor& executor) {
    answer_.clear();
    if (bytes.size() < 4)
        return close(answer_, refuse(not_a_command));
    core::Command command{.cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3], .data = {}, .ne = {}};
    const unsigned p3 = bytes.size() > 4 ? bytes[4] : 0;
    if (is_get_response(bytes))
        return close(answer_, get_response(p3));
    waiting_.clear();
    const core::Bytes held = std::exchange(held_, {});

    const auto body = bytes.subspan(std::min<std::size_t>(bytes.size(), 5));
    if (!body.empty()) {
        if (p3 == 0 || body.size() < p3 || body.size() > p3 + 1)
            return close(answer_, refuse(not_a_command));
        command.data = body.first(p3);
        waiting_reply_ = executor.execute(command, waiting_);
        return close(answer_, waiting_.empty() ? waiting_reply_ : offer_waiting());
    }

    const unsigned le = p3 == 0 ? 256 : p3;
    if (bytes.size() > 4)
        command.ne = le;
    // The command that 6Cxx was told for, with the length that was told: what it answered then, and not done twice.
    if (held.size() == 4 + le && core::equal(core::BytesView(held).first(4), bytes.first(4))) {
        answer_.assign(held.begin() + 4, held.end());
        return close(answer_, waiting_reply_);
    }
    const Reply reply = executor.execute(command, answer_);
    // In T=0 an Le of 00 means 256 and not "all there is": the chip tells how much there is.
    if (answer_.empty() || answer_.size() == le)
        return close(answer_, reply);
    const auto size = static_cast<unsigned>(answer_.size());
    held_ = core::concatenate({bytes.first(4), answer_});
    waiting_reply_ = reply;
    answer_.clear();
    return close(answer_, refuse(common::wrong_le, size & 0xFF));
}

Reply T0Transport::offer_waiting() const {
    return refuse(data_waits, waiting_.size() < 256 ? static_cast<unsigned>(waiting_.size()) : 0);
}

Reply T0Transport::get_response(unsigned le) {
    if (waiting_.empty())
        return refuse(nothing_waits);
    const std::size_t wanted = le == 0 ? 256 : le;
    if (wanted > waiting_.size())
        return refuse(common::wrong_le, static_cast<unsigned>(waiting_.size()));
    answer_.assign(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(wanted));
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(wanted));
    return waiting_.empty() ? waiting_reply_ : offer_waiting();
}

} // namespace tongka::simulator
