#include "simulator/virtual_reader/reference_chip.hpp"

#include <array>
#include <numeric>
#include <thread>

namespace tongka::simulator {
namespace {

constexpr auto basis = "docs/reader.md, \"The reference card\"";
constexpr Reason chosen{0x0000, "the status word that was asked for", basis};
constexpr Reason longer_than_le{0x6C00, "the answer is longer than Le", basis};
constexpr Reason wrong_length{0x6700, "the command has another length", basis};
constexpr Reason not_supported{0x6D00, "the reference card has no such command", basis};

enum Instruction : core::Byte {
    select = 0xA4,
    take = 0x10,
    give = 0x12,
    take_and_give = 0x14,
    tell = 0x16,
    be_slow = 0x18,
    keep = 0x1A,
    state = 0x1C,
    status_word = 0x1E,
};

constexpr std::array<core::Byte, 7> identifier{0xF0, 'T', 'O', 'N', 'G', 'K', 'A'};
constexpr std::array<core::Byte, 9> name{'T', 'O', 'N', 'G', 'K', 'A', 'R', 'E', 'F'};
constexpr std::array<core::Byte, 4> fixed_uid{'T', 'R', 'E', 'F'};
constexpr std::uint16_t no_le = 0xFFFF;
constexpr std::size_t longest_answer = 256;

void append(core::Bytes& bytes, std::uint16_t number) {
    core::append(bytes, core::big_endian(number, 2));
}

/// ISO/IEC 7816-3, 8.2: interface bytes, "TONGKAREF", and a TCK where more than T=0 is offered.
core::Bytes make_answer_to_reset(ReferenceChip::Interface interface) {
    using Interface = ReferenceChip::Interface;
    core::Bytes interface_bytes;
    switch (interface) {
    case Interface::t0:
        interface_bytes = {0x09};
        break;
    case Interface::t1:
        interface_bytes = {0x89, 0x01};
        break;
    case Interface::contactless: // PC/SC part 3, 3.1.3.2.3.1
        interface_bytes = {0x89, 0x80, 0x01};
        break;
    case Interface::t0_and_t1: // TC2 tells the usual waiting time, and that this is no contactless card
        interface_bytes = {0x89, 0xC0, 0x0A, 0x01};
        break;
    }
    auto bytes = core::concatenate({interface_bytes, name});
    if (interface != Interface::t0)
        bytes.push_back(std::accumulate(bytes.begin(), bytes.end(), core::Byte{0},
                                        [](core::Byte sum, core::Byte one) -> core::Byte { return sum ^ one; }));
    bytes.insert(bytes.begin(), 0x3B);
    return bytes;
}

/// 00 01 02 …
Reply fill(core::Bytes& answer, const core::Command& command, bool over_t0) {
    const std::size_t size = command.p1p2();
    // T=0 brings no Le behind data: GET RESPONSE does.
    if (size > longest_answer || (!command.ne && !(over_t0 && !command.data.empty())))
        return refuse(wrong_length);
    if (command.ne && *command.ne < size && !over_t0)
        return refuse(longer_than_le, size & 0xFF);
    answer.resize(size);
    std::iota(answer.begin(), answer.end(), core::Byte{0});
    return success();
}

} // namespace

ReferenceChip::ReferenceChip(Interface interface, Wait wait)
    : interface_(interface), wait_(std::move(wait)), answer_to_reset_(make_answer_to_reset(interface)) {
    if (!wait_)
        wait_ = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
}

void ReferenceChip::speak_t1() {
    over_t0_ = false;
    transport_ = std::make_unique<ApduTransport>();
}

core::BytesView ReferenceChip::power_on() {
    start(ResetKind::cold);
    return answer_to_reset_;
}

core::BytesView ReferenceChip::reset() {
    start(powered_ ? ResetKind::warm : ResetKind::cold);
    return answer_to_reset_;
}

void ReferenceChip::power_off() {
    powered_ = false;
}

void ReferenceChip::start(ResetKind kind) {
    powered_ = true;
    last_reset_ = kind;
    ++resets_;
    volatile_ = 0;
    over_t0_ = interface_ == Interface::t0 || interface_ == Interface::t0_and_t1;
    if (over_t0_)
        transport_ = std::make_unique<T0Transport>();
    else
        transport_ = std::make_unique<ApduTransport>();
}

core::BytesView ReferenceChip::uid() const {
    return interface_ == Interface::contactless ? core::BytesView(fixed_uid) : core::BytesView();
}

core::BytesView ReferenceChip::exchange(core::BytesView command) {
    if (cut_ && powered_ && cut_->writes-- == 0) {
        powered_ = false;
        cut_.reset();
    }
    return powered_ ? transport_->exchange(command, *this) : core::BytesView();
}

Reply ReferenceChip::execute(const core::Command& command, core::Bytes& answer) {
    if (command.cla == 0x00 && command.ins == select)
        return core::equal(command.data, identifier) ? success() : refuse(not_supported);
    // Bits of secure messaging and channels are the reader's to leave alone: any class of 80 is taken.
    if ((command.cla & 0xF0) != 0x80)
        return refuse(not_supported);
    if (command.ins == tell || command.ins == state) {
        if (!command.data.empty() || !command.ne)
            return refuse(wrong_length);
        command.ins == tell ? tell_last(answer) : tell_state(answer);
        return success();
    }
    remember(command);
    switch (command.ins) {
    case take:
        return success();
    case give:
    case take_and_give:
        return fill(answer, command, over_t0_);
    case be_slow:
        wait_(std::chrono::milliseconds(100) * command.p1);
        return success();
    case keep:
        volatile_ = command.p1;
        return success();
    case status_word:
        return {command.p1p2(), &chosen};
    default:
        return refuse(not_supported);
    }
}

void ReferenceChip::remember(const core::Command& command) {
    ++commands_;
    last_ = {command.cla, command.ins, command.p1, command.p2};
    append(last_, static_cast<std::uint16_t>(command.data.size()));
    last_.push_back(std::accumulate(command.data.begin(), command.data.end(), core::Byte{0},
                                    [](core::Byte sum, core::Byte one) -> core::Byte { return sum ^ one; }));
    append(last_, command.ne ? static_cast<std::uint16_t>(*command.ne) : no_le);
}

void ReferenceChip::tell_last(core::Bytes& answer) const {
    append(answer, commands_);
    answer.insert(answer.end(), last_.begin(), last_.end());
    answer.resize(11);
}

void ReferenceChip::tell_state(core::Bytes& answer) const {
    answer = {volatile_, static_cast<core::Byte>(last_reset_)};
    append(answer, resets_);
}

} // namespace tongka::simulator
