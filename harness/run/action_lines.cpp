#include "harness/run/action_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/device/apdu.hpp"

namespace tongka::harness {

Lines ActionLines::lines() {
    return {line_to(Role::card), line_to(Role::psam), line_to(Role::isam)};
}

Line ActionLines::line_to(Role role) {
    if (std::ranges::find(offered_, role) == offered_.end())
        return {};
    return {[this, role](core::BytesView command) { return transmit(role, command); },
            [this, role] { return reset(role); }};
}

bool ActionLines::is_cut(Role role, core::BytesView command) const {
    return cut_ && !was_asked_ && cut_->device == role && command.size() >= cut_->command.size() &&
           core::equal(command.first(cut_->command.size()), cut_->command);
}

core::Error ActionLines::note(core::Error error) {
    if (!trouble_)
        trouble_ = error;
    return error;
}

core::Result<core::Bytes> ActionLines::transmit(Role role, core::BytesView command) {
    if (is_away(role))
        return core::fail(fmt::format("the {} is away", name(role)));
    if (is_cut(role, command))
        return transmit_cut(role, command);
    Device& device = *devices_.at(role);
    std::vector<Exchange> tpdus;
    const auto sent = std::chrono::steady_clock::now();
    auto answer = send_apdu(device, command, tpdus);
    const auto answered = std::chrono::steady_clock::now();
    trace_.exchange(role, position_, sent, answered, command, answer ? core::BytesView(*answer) : core::BytesView{},
                    answer ? device.last_reason() : answer.error().message, tpdus);
    if (!answer)
        return core::fail(note(answer.error()).message);
    return answer;
}

bool ActionLines::spoil(core::Bytes& answer) {
    const auto& [from, bytes] = *cut_->spoil;
    if (from == 0) {
        answer = bytes;
        return true;
    }
    if (answer.size() < from - 1 + bytes.size())
        return false;
    std::ranges::copy(bytes, answer.begin() + (from - 1));
    return true;
}

core::Result<core::Bytes> ActionLines::transmit_cut(Role role, core::BytesView command) {
    was_asked_ = true;
    Device& device = *devices_.at(role);
    if (cut_->tear)
        if (auto armed = device.tear(cut_->tear); !armed)
            return core::fail(note(armed.error()).message);
    std::vector<Exchange> tpdus;
    const auto sent = std::chrono::steady_clock::now();
    auto answer = send_apdu(device, command, tpdus);
    const auto answered = std::chrono::steady_clock::now();
    std::string reason = answer ? std::string(device.last_reason()) : answer.error().message;
    core::Bytes altered = answer ? *answer : core::Bytes{};
    has_cut_ = cut_->tear ? !answer : cut_->spoil ? answer && spoil(altered) : answer.has_value();
    if (has_cut_ && cut_->spoil)
        reason = fmt::format("the answer reached the other as {}, as the case asks", core::to_hex(altered));
    else if (has_cut_)
        reason = cut_->tear ? fmt::format("the power was cut {} write {}, as the case asks",
                                          cut_->tear->after ? "after" : "before", cut_->tear->write)
                            : "the answer was kept back, as the case asks";
    trace_.exchange(role, position_, sent, answered, command, answer ? core::BytesView(*answer) : core::BytesView{},
                    reason, tpdus);
    if (has_cut_ && cut_->spoil)
        return altered;
    if (has_cut_)
        return core::fail(fmt::format("the {} did not answer", name(role)));
    if (!answer)
        return core::fail(note(answer.error()).message);
    answer_ = *answer;
    if (cut_->spoil)
        return answer;
    if (auto disarmed = device.tear(std::nullopt); !disarmed)
        return core::fail(note(disarmed.error()).message);
    return answer;
}

core::Result<void> ActionLines::reset(Role role) {
    if (is_away(role))
        return core::fail(fmt::format("the {} is away", name(role)));
    if (auto done = devices_.at(role)->reset(); !done)
        return core::fail(note(done.error()).message);
    trace_.reset(role, position_.phase);
    return {};
}

Words ActionLines::why_not_cut() const {
    const auto command = core::to_hex(cut_->command);
    const auto device = name(cut_->device);
    if (!was_asked_)
        return {fmt::format("没有向{}发送以{}开头的命令", device, command),
                fmt::format("the {} was sent no command that begins with {}", device, command)};
    const auto status = core::to_hex(core::BytesView(answer_).last(2));
    if (cut_->spoil)
        return {fmt::format("{}应答了{}字节，不足以改动", device, answer_.size()),
                fmt::format("the {} answered {} bytes, too few to be altered so", device, answer_.size())};
    const auto write = cut_->tear ? cut_->tear->write : 0;
    return {fmt::format("{}在第{}次写入之前已应答{}，没有断电", device, write, status),
            fmt::format("the {} answered {} before it came to write {}: its power was not cut", device, status, write)};
}

} // namespace tongka::harness
