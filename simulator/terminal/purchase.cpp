#include "simulator/terminal/purchase.hpp"

#include <algorithm>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr core::Byte purchase_type = 0x06;

template <std::size_t size>
void copy(BytesView from, std::array<core::Byte, size>& to) {
    std::ranges::copy(from.first(size), to.begin());
}

} // namespace

core::Result<PurchaseRecord> purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request) {
    PurchaseRecord record{.type = purchase_type, .amount = request.amount, .date_time = request.date_time};
    const Bytes amount = core::big_endian(request.amount, 4);

    TONGKA_CHECK(ask(card, "card", "SELECT the application", "00A4040009A0000000038698070100"_hex));
    TONGKA_TRY(const Bytes public_data, ask(card, "card", "READ BINARY 0015", "00B095001E"_hex, 30));
    copy(BytesView(public_data).subspan(2), record.city);
    copy(BytesView(public_data).subspan(12), record.asn);
    TONGKA_TRY(const Bytes code, ask(card, "card", "GET MESSAGE", "80CA000009"_hex, 9));

    TONGKA_CHECK(ask(psam, "PSAM", "SELECT the MF", "00A40000023F0000"_hex));
    TONGKA_TRY(const Bytes terminal, ask(psam, "PSAM", "READ BINARY 0016", "00B0960006"_hex, 6));
    copy(terminal, record.terminal);
    TONGKA_CHECK(ask(psam, "PSAM", "SELECT the application", "00A4040006BDA8C9E8B2BF00"_hex));
    TONGKA_TRY(const Bytes index, ask(psam, "PSAM", "READ BINARY 0017", "00B0970001"_hex, 1));
    record.key_index = index[0];
    TONGKA_CHECK(ask(psam, "PSAM", "AUTHENTICATION MESSAGE", core::concatenate({"80CA000009"_hex, code})));

    // Balance 4, offline counter 2, overdraft limit 3, key version 1, algorithm 1, random 4.
    TONGKA_TRY(const Bytes begun, ask(card, "card", "INITIALIZE FOR PURCHASE",
                                      core::concatenate({"805001020B"_hex, index, amount, terminal, "0F"_hex}), 15));
    const BytesView answer(begun);
    record.balance_before = static_cast<std::uint32_t>(core::read_big_endian(answer.first(4)));
    record.counter = static_cast<std::uint16_t>(core::read_big_endian(answer.subspan(4, 2)));
    record.key_version = answer[9];
    record.algorithm = answer[10];

    // Random 4, counter 2, amount 4, TTI 1, date and time 7, key version 1, algorithm 1, the card's factor, the city's.
    TONGKA_TRY(const Bytes mac1,
               ask(psam, "PSAM", "INIT_SAM_FOR_PURCHASE",
                   core::concatenate({"8070000024"_hex, answer.subspan(11, 4), answer.subspan(4, 2), amount,
                                      Bytes{purchase_type}, request.date_time, answer.subspan(9, 2), record.asn,
                                      record.city, "FF0000000000"_hex, "08"_hex}),
                   8));
    copy(mac1, record.terminal_serial);
    TONGKA_TRY(const Bytes paid, ask(card, "card", "DEBIT FOR PURCHASE",
                                     core::concatenate({"805401000F"_hex, BytesView(mac1).first(4), request.date_time,
                                                        BytesView(mac1).last(4), "08"_hex}),
                                     8));
    copy(paid, record.tac);
    copy(BytesView(paid).subspan(4), record.mac2);
    const auto confirmed =
        ask(psam, "PSAM", "CREDIT_SAM_FOR_PURCHASE", core::concatenate({"8072000004"_hex, record.mac2}));
    if (!confirmed)
        record.unconfirmed = confirmed.error().message;
    return record;
}

} // namespace tongka::simulator
