#include "simulator/terminal/isam_steps.hpp"

#include <algorithm>

#include <botan/mem_ops.h>

#include "core/hex.hpp"
#include "simulator/terminal/step_macros.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr Byte load_type = 0x02;
constexpr std::size_t answer_size = 16; // balance 4, online counter 2, version 1, algorithm 1, random 4, MAC1 4

Bytes initialize_command(const PurchaseRecord& record, std::uint32_t amount) {
    return core::concatenate(
        {"805000020B"_hex, Bytes{record.key_index}, core::big_endian(amount, 4), record.terminal, "10"_hex});
}

} // namespace

StepResult<void> verify_pin(const Transmit& card, BytesView pin) {
    if (pin.empty())
        return {};
    Bytes command = core::concatenate({"00200000"_hex, Bytes{static_cast<Byte>(pin.size())}, pin});
    const auto verified = step(card, "card", "VERIFY", command);
    Botan::secure_scrub_memory(command.data(), command.size());
    TONGKA_STEP_DONE(verified);
    return {};
}

StepResult<LoadSam> read_load_sam(const Transmit& isam) {
    LoadSam sam;
    TONGKA_STEP_DONE(step(isam, "ISAM", "SELECT the MF", "00A40000023F00"_hex));
    TONGKA_STEP(const Bytes terminal, step(isam, "ISAM", "READ BINARY 0016", "00B0960006"_hex, 6));
    std::ranges::copy(terminal, sam.terminal.begin());
    TONGKA_STEP(const Bytes serial, step(isam, "ISAM", "READ BINARY 0015", "00B095000A"_hex, 10));
    std::ranges::copy(serial, sam.serial.begin());
    TONGKA_STEP_DONE(step(isam, "ISAM", "SELECT the application", "00A40000021001"_hex));
    TONGKA_STEP(const Bytes index, step(isam, "ISAM", "READ BINARY 0017", "00B0970001"_hex, 1));
    sam.key_index = index[0];
    return sam;
}

IsamSteps::IsamSteps(const Transmit& card, const Transmit& isam, const LoadSam& sam, const CardData& data,
                     std::uint32_t amount, const std::array<Byte, 7>& date_time)
    : record{.asn = data.asn,
             .city = data.city,
             .key_index = sam.key_index,
             .type = load_type,
             .amount = amount,
             .terminal = sam.terminal,
             .psam = sam.serial,
             .date_time = date_time},
      card_(card), isam_(isam) {}

StepResult<void> IsamSteps::verify(BytesView pin) {
    return verify_pin(card_, pin);
}

StepResult<void> IsamSteps::initialize() {
    TONGKA_STEP(begun_,
                step(card_, "card", "INITIALIZE FOR LOAD", initialize_command(record, record.amount), answer_size));
    const BytesView answer(begun_);
    record.balance_before = static_cast<std::uint32_t>(core::read_big_endian(answer.first(4)));
    record.counter = static_cast<std::uint16_t>(core::read_big_endian(answer.subspan(4, 2)));
    record.key_version = answer[6];
    record.algorithm = answer[7];
    return {};
}

/// Usage 2B: a load key, derived once (clauses.md E). Random 4 and counter 2 make the session key; the ISAM pads.
StepResult<Bytes> IsamSteps::mac(std::string_view what, BytesView data) {
    TONGKA_STEP_DONE(step(isam_, "ISAM", "INIT_FOR_DESCRYPT",
                          core::concatenate({"801A2B"_hex, Bytes{record.key_index}, "08"_hex, record.asn})));
    const BytesView answer(begun_);
    const Bytes input = core::concatenate({answer.subspan(8, 4), answer.subspan(4, 2), data});
    return step(isam_, "ISAM", what,
                core::concatenate({"80FA0100"_hex, Bytes{static_cast<Byte>(input.size())}, input}));
}

StepResult<bool> IsamSteps::check_mac1() {
    const BytesView answer(begun_);
    TONGKA_STEP(const Bytes mac1,
                mac("MAC1 of the load", core::concatenate({answer.first(4), core::big_endian(record.amount, 4),
                                                           Bytes{load_type}, record.terminal})));
    return mac1.size() >= 4 && core::equal(BytesView(mac1).first(4), answer.last(4));
}

StepResult<void> IsamSteps::ask_mac2() {
    TONGKA_STEP(const Bytes mac2,
                mac("MAC2 of the load", core::concatenate({core::big_endian(record.amount, 4), Bytes{load_type},
                                                           record.terminal, record.date_time})));
    if (mac2.size() < 4)
        return tl::unexpected(StepFailure{.device = "ISAM",
                                          .what = "MAC2 of the load",
                                          .reason = "the answer has fewer than 4 bytes",
                                          .answered = true});
    std::copy_n(mac2.begin(), 4, record.mac2.begin());
    return {};
}

StepResult<void> IsamSteps::credit() {
    TONGKA_STEP(const Bytes tac,
                step(card_, "card", "CREDIT FOR LOAD",
                     core::concatenate({"805200000B"_hex, record.date_time, record.mac2, "04"_hex}), 4));
    std::ranges::copy(tac, record.tac.begin());
    return {};
}

StepResult<void> IsamSteps::append_log() {
    TONGKA_STEP_DONE(
        step(card_, "card", "APPEND RECORD",
             core::concatenate({"00E200D01F"_hex, core::big_endian(record.counter, 2), "000000"_hex,
                                core::big_endian(record.amount, 4), Bytes{load_type}, record.terminal, record.date_time,
                                core::big_endian(record.balance_before + record.amount, 4), record.tac})));
    return {};
}

StepResult<std::uint16_t> read_online_counter(const Transmit& card, const PurchaseRecord& record, BytesView pin) {
    TONGKA_STEP_DONE(verify_pin(card, pin));
    TONGKA_STEP(const Bytes answer,
                step(card, "card", "INITIALIZE FOR LOAD", initialize_command(record, 0), answer_size));
    return static_cast<std::uint16_t>(core::read_big_endian(BytesView(answer).subspan(4, 2)));
}

} // namespace tongka::simulator
