#include "simulator/terminal/purchase_steps.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/profile/keys.hpp"
#include "simulator/terminal/step_macros.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr core::Byte purchase_type = 0x06;
constexpr core::Byte composite_type = 0x09;
constexpr std::size_t purse_file_size = 25; // key index 1, issuer 8, receiver 8, start 4, end 4 (clauses.md J.1)

/// Balance 4, offline counter 2, overdraft limit 3 (rule purchase-init-overdraft), key version 1, algorithm 1,
/// random 4.
core::Byte initialize_answer_size(const core::Rules& rules) {
    return rules.is(core::Rule::purchase_init_overdraft, "no") ? 12 : 15;
}

Bytes initialize_command(const PurchaseRecord& record, std::uint32_t amount, const core::Rules& rules) {
    const core::Byte form = record.type == composite_type ? 0x03 : 0x01;
    return core::concatenate({Bytes{0x80, 0x50, form, 0x02, 0x0B, record.key_index}, core::big_endian(amount, 4),
                              record.terminal, Bytes{initialize_answer_size(rules)}});
}

template <std::size_t size>
void copy(BytesView from, std::array<core::Byte, size>& to) {
    std::ranges::copy(from.first(size), to.begin());
}

} // namespace

core::Error StepFailure::error() const {
    return {fmt::format("{}: {}: {}", device, what, reason)};
}

StepResult<Bytes> step(const Transmit& line, std::string_view device, std::string_view what, BytesView command,
                       std::size_t size) {
    StepFailure failure{std::string(device), std::string(what)};
    const auto answer = line(command);
    if (!answer) {
        failure.reason = answer.error().message;
        return tl::unexpected(failure);
    }
    const auto response = core::parse_response(*answer);
    failure.answered = true;
    if (!response) {
        failure.reason = response.error().message;
        return tl::unexpected(failure);
    }
    if (response->sw != 0x9000) {
        failure.status_word = response->sw;
        failure.reason = fmt::format("the answer is {:04X}", response->sw);
        return tl::unexpected(failure);
    }
    if (size != 0 && response->data.size() != size) {
        failure.reason = fmt::format("the answer has {} bytes, not {}", response->data.size(), size);
        return tl::unexpected(failure);
    }
    return core::to_bytes(response->data);
}

StepResult<CardData> read_card(const Transmit& card) {
    TONGKA_STEP_DONE(step(card, "card", "SELECT the application", "00A4040009A0000000038698070100"_hex));
    TONGKA_STEP(const Bytes file, step(card, "card", "READ BINARY 0015", "00B095001E"_hex, 30));
    const BytesView bytes(file);
    CardData data;
    copy(bytes.subspan(2), data.city);
    copy(bytes.subspan(4), data.industry);
    data.enabled = file[8];
    data.version = file[9];
    copy(bytes.subspan(10), data.interoperability);
    copy(bytes.subspan(12), data.asn);
    copy(bytes.subspan(20), data.start);
    copy(bytes.subspan(24), data.expiry);
    data.main_type = file[28];
    data.sub_type = file[29];
    return data;
}

StepResult<std::uint32_t> read_balance(const Transmit& card) {
    TONGKA_STEP(const Bytes balance, step(card, "card", "GET BALANCE", "805C000204"_hex, 4));
    return static_cast<std::uint32_t>(core::read_big_endian(balance));
}

PurchaseSteps::PurchaseSteps(const Transmit& card, const Transmit& psam, const CardData& data,
                             const PurchaseRequest& request, Form form)
    : record{.asn = data.asn,
             .city = data.city,
             .type = form == Form::composite ? composite_type : purchase_type,
             .amount = request.amount,
             .date_time = request.date_time},
      card_(card), psam_(psam), form_(form) {}

StepResult<void> PurchaseSteps::show_code() {
    TONGKA_STEP(const Bytes code, step(card_, "card", "GET MESSAGE", "80CA000009"_hex, 9));
    TONGKA_STEP_DONE(step(psam_, "PSAM", "SELECT the MF", "00A40000023F0000"_hex));
    TONGKA_STEP(const Bytes terminal, step(psam_, "PSAM", "READ BINARY 0016", "00B0960006"_hex, 6));
    copy(terminal, record.terminal);
    TONGKA_STEP(const Bytes serial, step(psam_, "PSAM", "READ BINARY 0015", "00B095000A"_hex, 10));
    copy(serial, record.psam);
    TONGKA_STEP_DONE(step(psam_, "PSAM", "SELECT the application", "00A4040006BDA8C9E8B2BF00"_hex));
    const core::Byte size = reads_psam_dates ? purse_file_size : 1;
    TONGKA_STEP(const Bytes file,
                step(psam_, "PSAM", "READ BINARY 0017", core::concatenate({"00B09700"_hex, Bytes{size}}), size));
    record.key_index = file[0];
    if (reads_psam_dates) {
        const BytesView dates = BytesView(file).last(8);
        const auto today = BytesView(record.date_time).first(4);
        psam_is_valid_ = !std::ranges::lexicographical_compare(today, dates.first(4)) &&
                         !std::ranges::lexicographical_compare(dates.last(4), today);
    }
    if (!shows_code)
        return {};
    TONGKA_STEP_DONE(step(psam_, "PSAM", "AUTHENTICATION MESSAGE", core::concatenate({"80CA000009"_hex, code})));
    return {};
}

StepResult<PurseState> read_purse(const Transmit& card, const PurchaseRecord& record, const core::Rules& rules) {
    TONGKA_STEP(const Bytes answer, step(card, "card", "INITIALIZE FOR PURCHASE", initialize_command(record, 0, rules),
                                         initialize_answer_size(rules)));
    return PurseState{.balance = static_cast<std::uint32_t>(core::read_big_endian(BytesView(answer).first(4))),
                      .counter = static_cast<std::uint16_t>(core::read_big_endian(BytesView(answer).subspan(4, 2)))};
}

StepResult<void> PurchaseSteps::initialize() {
    TONGKA_STEP(begun_, step(card_, "card", "INITIALIZE FOR PURCHASE", initialize_command(record, record.amount, rules),
                             initialize_answer_size(rules)));
    const BytesView answer(begun_);
    record.balance_before = static_cast<std::uint32_t>(core::read_big_endian(answer.first(4)));
    record.counter = static_cast<std::uint16_t>(core::read_big_endian(answer.subspan(4, 2)));
    record.key_version = answer[answer.size() - 6];
    record.algorithm = answer[answer.size() - 5];
    return {};
}

StepResult<void> PurchaseSteps::ask_mac1() {
    // Random 4, counter 2, amount 4, TTI 1, date and time 7, key version 1, algorithm 1, the card's factor, the city's.
    const BytesView answer(begun_);
    TONGKA_STEP(const Bytes mac1, step(psam_, "PSAM", "INIT_SAM_FOR_PURCHASE",
                                       core::concatenate({"8070000024"_hex, answer.last(4), answer.subspan(4, 2),
                                                          core::big_endian(record.amount, 4), Bytes{record.type},
                                                          record.date_time, answer.last(6).first(2), record.asn,
                                                          core::city_factor(record.city, rules), "08"_hex}),
                                       8));
    copy(mac1, record.terminal_serial);
    copy(BytesView(mac1).subspan(4), mac1_);
    return {};
}

StepResult<void> PurchaseSteps::stage(BytesView command) {
    TONGKA_STEP_DONE(step(card_, "card", "UPDATE CAPP DATA CACHE", command));
    return {};
}

StepResult<void> PurchaseSteps::debit() {
    const bool two = form_ == Form::simple && rules.is(core::Rule::purchase_debit_p1, "02");
    TONGKA_STEP(const Bytes paid,
                step(card_, "card", "DEBIT FOR PURCHASE",
                     core::concatenate({Bytes{0x80, 0x54, two ? core::Byte{0x02} : core::Byte{0x01}, 0x00, 0x0F},
                                        record.terminal_serial, record.date_time, mac1_, "08"_hex}),
                     8));
    copy(paid, record.tac);
    copy(BytesView(paid).subspan(4), record.mac2);
    return {};
}

StepResult<void> PurchaseSteps::confirm() {
    TONGKA_STEP_DONE(
        step(psam_, "PSAM", "CREDIT_SAM_FOR_PURCHASE", core::concatenate({"8072000004"_hex, record.mac2})));
    return {};
}

} // namespace tongka::simulator
